"""Templates and views become HTML; the only user of Jinja."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lca.presenting.contents import contents
from lca.presenting.writer import Writer


@dataclass(frozen=True, slots=True)
class Texts:
    """The shipped texts: templates by name, and each language's fixed words."""

    templates: Mapping[str, str]
    locales: Mapping[str, Mapping[str, Any]]
    references: Mapping[str, str]


def filled(template: str, writer: Writer, texts: Texts, view: Mapping[str, Any]) -> str:
    """Return a template with its names filled in; the figure `climate` gives the unit of the filter of that name."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    environment = Environment(loader=DictLoader(dict(texts.templates)), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.finalize = writer.typeset
    for name in (
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
        "fixed",
        "in_unit",
        "heading",
        "inside",
        "when",
    ):
        environment.filters[name] = getattr(writer, name)
    environment.filters["climate"] = lambda value: writer.like(view["climate"], value)
    environment.filters["contents"] = contents
    environment.filters["picture"] = lambda svg: "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    return environment.get_template(template).render(t=writer.words, language=writer.language, **view)
