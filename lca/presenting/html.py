"""Templates and views become HTML; the only user of Jinja."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from lca.presenting.contents import contents
from lca.presenting.writer import Writer


class ShippedTexts(Struct, frozen=True):
    """The shipped texts: templates by name, and each language's fixed words."""

    templates: Mapping[str, str]
    locales: Mapping[str, Mapping[str, Any]]
    references: Mapping[str, str]


#: Filters of the templates that a writer answers.
_OF_WRITER = (
    *(
        "amount",
        "interval",
        "median",
        "stated",
        "trimmed",
        "percent",
        "probability",
        "date",
        "phrase",
        "unit",
        "number",
    ),
    *("fixed", "in_unit", "heading", "inside", "when"),
)


class Templates:
    """The templates in one language; `common` are names that all of them may use.

    The common name `climate` is the figure that gives the unit of the filter of that name.
    """

    def __init__(self, writer: Writer, texts: ShippedTexts, common: Mapping[str, Any]) -> None:
        from jinja2 import DictLoader, Environment, StrictUndefined

        environment = Environment(loader=DictLoader(dict(texts.templates)), autoescape=True, undefined=StrictUndefined)
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.finalize = writer.typeset
        environment.filters |= {name: getattr(writer, name) for name in _OF_WRITER}
        environment.filters["climate"] = lambda value: writer.like(common["climate"], value)
        environment.filters["contents"] = contents
        environment.filters["picture"] = _picture
        environment.globals |= {"t": writer.words, "language": writer.language, **common}
        self._environment = environment

    def filled(self, template: str, view: Mapping[str, Any]) -> str:
        """Return a template with its names filled in; another one prints it by the filter `safe`."""
        return self._environment.get_template(template).render(**view)


def _picture(svg: str) -> str:
    """Return a picture as a source that stands in the page itself."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
