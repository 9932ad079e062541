"""Templates and views become HTML; the only user of Jinja."""

from __future__ import annotations

import base64
import contextlib
import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lca.presenting.contents import contents, folded, pages
from lca.presenting.writer import Writer
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from jinja2 import BytecodeCache
    from markupsafe import Markup

    from lca.presenting.svg import Drawing


class ShippedTexts(Struct, frozen=True):
    """The shipped texts: templates by name, and each language's fixed words.

    `compiled` is a folder of the user's own that remembers the compiled templates, empty where there is none. Where a theme lies
    over them (`theme`, its hash), templates run in a sandbox.
    """

    templates: Mapping[str, str]
    locales: Mapping[str, Mapping[str, Any]]
    references: Mapping[str, str]
    compiled: str = ""
    theme: str = ""


#: The frames that hold the content policy, which no theme replaces.
FRAMES = frozenset(
    {
        *("pages/dossier.html.j2", "pages/what_if.html.j2", "pages/what_if.js"),
        *("assessment/report.html.j2", "assessment/comparison.html.j2", "review/page.html.j2"),
        *("portfolio/dashboard.html.j2", "portfolio/dashboard.js"),
        "assessment/public.html.j2",
    }
)


def _of_theme(template: str, message: str) -> ProblemsFound:
    hint = "leave it out, or take the shipped template"
    return ProblemsFound([Problem(Location(template, 1, 1), "LCA417", message[:300], hint)])


def template_fault(text: str) -> tuple[int, str] | None:
    """Return the line of what cannot be read in a template of a theme, and what it is; None where it can be."""
    from jinja2 import TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    try:
        ImmutableSandboxedEnvironment().parse(text)
    except TemplateSyntaxError as error:
        return error.lineno, error.message or "it is no template"
    return None


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
    *("fixed", "in_unit", "heading", "inside", "when", "counted"),
)


class Templates:
    """The templates in one language; `common` are names that all of them may use.

    The common name `climate` is the figure that gives the unit of the filter of that name. Where `is_typeset`, what is filled in
    has its spaces already, or is a user's own and must stay as it is.
    """

    def __init__(
        self, writer: Writer, texts: ShippedTexts, common: Mapping[str, Any], *, is_typeset: bool = False
    ) -> None:
        from jinja2 import DictLoader, Environment, StrictUndefined

        if texts.theme:
            from jinja2.sandbox import ImmutableSandboxedEnvironment as Environment

        environment = Environment(
            loader=DictLoader(dict(texts.templates)),
            autoescape=True,
            undefined=StrictUndefined,
            bytecode_cache=_remembering(texts.compiled) if texts.compiled else None,
        )
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.finalize = _as_it_is if is_typeset else writer.typeset
        environment.filters |= {name: getattr(writer, name) for name in _OF_WRITER}
        environment.filters["climate"] = lambda value: writer.like(common["climate"], value)
        environment.filters |= {"contents": contents, "pages": pages, "folded": _folded}
        environment.filters["drawn"] = _drawn
        environment.globals |= {"t": writer.words, "language": writer.language, **common}
        self._environment, self._is_theme = environment, bool(texts.theme)

    def filled(self, template: str, view: Mapping[str, Any]) -> str:
        """Return a template with its names filled in; another one prints it by the filter `safe`.

        Raises:
            ProblemsFound: a theme's template cannot be filled in, or writes what acts or fetches.
        """
        if not self._is_theme:
            return _focusable(self._environment.get_template(template).render(**view))
        try:
            text = _focusable(self._environment.get_template(template).render(**view))
        except Exception as error:  # whatever an untrusted template asks for
            raise _of_theme(template, f"the template cannot be filled in: {error}") from None
        from lca.presenting.acting import acting

        if template not in FRAMES and (found := acting(text)):
            raise _of_theme(template, f"the template writes {found[0]}, which acts or fetches")
        return text


def _as_it_is(value: Any) -> Any:
    """Return a value; remembered templates call something for each, so that nothing at all would be no way to leave it alone."""
    return value


_TABLE = re.compile(r"<table(?! tabindex)")


def _focusable(text: str) -> str:
    """Return a filled template whose tables take the keyboard focus, for on a narrow screen they scroll."""
    return _TABLE.sub('<table tabindex="0"', text)


@functools.cache
def _remembering(folder: str) -> BytecodeCache:
    """Return what remembers compiled templates in a folder; a file that is damaged or cannot be written is no fault."""
    from jinja2 import FileSystemBytecodeCache, __version__
    from jinja2.bccache import Bucket

    class Remembering(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            try:
                super().load_bytecode(bucket)
            except Exception:  # whatever a damaged file makes of the library's reading
                bucket.reset()

        def dump_bytecode(self, bucket: Bucket) -> None:
            with contextlib.suppress(OSError):
                super().dump_bytecode(bucket)

    # The library looks at the text and at the version of Python, not at its own.
    return Remembering(folder, f"%s-{__version__}")


def _folded(section: str) -> Markup:
    """Return a section that was filled in, which is HTML, under a heading that unfolds it."""
    from markupsafe import Markup

    return Markup(folded(section))


def _drawn(picture: Drawing | str, alternative: str) -> Markup:
    """Return a picture with its alternative text, a part of the page itself; one that is SVG already shows letters as paths."""
    from markupsafe import Markup, escape

    from lca.presenting.svg import Drawing

    text = alternative.unescape() if isinstance(alternative, Markup) else alternative
    if isinstance(picture, Drawing):
        return Markup(picture.svg(text))
    source = base64.b64encode(picture.encode()).decode()
    return Markup('<img src="data:image/svg+xml;base64,{}" alt="{}">').format(source, escape(text))
