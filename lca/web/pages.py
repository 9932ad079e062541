"""What each page of the form is given, and its HTML: the step, the text or the review, beside page one of the dossier."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lca import Assessment
from lca.assessment.public.copy import AGENCY_COPY
from lca.descriptor.document import Path
from lca.descriptor.keys import NAME
from lca.descriptor.placeholders import CODE as PLACEHOLDER
from lca.descriptor.references import whole
from lca.exporters import FORMATS
from lca.files.folders import languages
from lca.files.shipped import read_texts, schema_in, words
from lca.presenting.html import Templates
from lca.presenting.writer import Writer
from lca.problems import Problem
from lca.web.draft import Draft, Message
from lca.web.edits import field_of, place_of
from lca.web.effects import defaults, moved, to_measure
from lca.web.fields import Fields
from lca.web.nodes import Cards, Field, Group, flat
from lca.web.sent import Conflict, Refused, path_and_end
from lca.web.sentences import with_code
from lca.web.steps import read_steps
from lca.web.suggestions import suggestions

View = dict[str, Any]
Shown = Field | Group | Cards

#: Every top-level key that some step shows, and what is no part that a person could miss.
_UNSHOWN = ("descriptor", "catalogue")
#: Styles within elements, which the strict policy of the form's pages forbids; its sheet says the same of the pictures.
_INLINE_STYLE = re.compile(r' style="[^"]*"')


class Seen(Struct, frozen=True):
    """What a page is about: the text as it stands, the last one without errors, and the one before the last change.

    `saved` says when it was written, `file` how it is called, `revision` which state of the text it is.
    """

    draft: Draft
    good: Draft | None
    before: Draft | None
    file: str
    revision: str
    saved: str = ""
    can_undo: bool = False
    conflict: str | None = None


class Pages:
    """The pages in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.writer = Writer(language, words(language))
        self.words: Mapping[str, Any] = self.writer.words["form"]
        self.templates = Templates(self.writer, read_texts(), {"climate": None}, is_typeset=True)
        self.schema = schema_in("project", language)

    def filled(self, view: View, whole: bool = True) -> str:
        """Return a page, or only what of it changes."""
        return self.templates.filled("web/page.html.j2" if whole else "web/body.html.j2", {"view": view})

    def messages_of(self, messages: Sequence[Message]) -> str:
        """Return what is said below a field."""
        return self.templates.filled("web/said.html.j2", {"messages": messages})

    def failed(self, lines: Sequence[str]) -> str:
        """Return a page that says what could not be done, where even the text may be out of reach."""
        view = {"template": "failed.html.j2", "step": "", "title": self.words["untitled"], "file": "", "saved": ""}
        view |= {"can_undo": False, "notices": list(lines), "languages": [], "steps": [], "page": None}
        return self.filled(view)

    def told(self, problems: Iterable[Problem]) -> list[str]:
        """Return problems as lines in the language of the page."""
        told, signs = self.writer.words["messages"].of, self.writer.words["problem_line"]
        return [told(problem).on_one_line(signs["warning"], signs["hint"]) for problem in problems]

    def notices(self, lines: Sequence[str]) -> str:
        """Return what a page says above its fields."""
        return self.templates.filled("web/notices.html.j2", {"lines": list(lines)})

    def new(self, seen: Seen, notices: Sequence[str] = ()) -> View:
        """Return the page that a new project begins with."""
        return {**self._around(seen, "way", "new.html.j2", notices), "steps": [], "page": None}

    def step(
        self,
        seen: Seen,
        name: str,
        opened: frozenset[str] = frozenset(),
        focus: str = "",
        notices: Sequence[str] = (),
        conflicts: Sequence[Conflict] = (),
    ) -> View:
        """Return a step with its fields."""
        messages = tuple(seen.draft.messages(self.language))
        fields = self._fields(seen, messages, opened)
        nodes = fields.of_step(name)
        told = {id(message) for node in flat(nodes) for message in node.messages}
        told |= {id(one) for one in messages if one.code == PLACEHOLDER}
        first = read_steps().steps
        elsewhere = [
            one
            for one in messages
            if id(one) not in told and (not one.path or one.path[0] in first[name]) and one.severity == "error"
        ]
        listed = sorted({node.listed for node in flat(nodes) if isinstance(node, Field) and node.listed})
        return {
            **self._around(seen, name, "step.html.j2", notices, messages),
            "nodes": nodes,
            "opened": " ".join(sorted(opened)),
            "focus": focus,
            "elsewhere": elsewhere,
            "conflicts": [self._conflict(one) for one in conflicts],
            "lists": {one: suggestions(one, seen.draft.data, self.language) for one in listed},
        }

    def text(self, seen: Seen, text: str, notices: Sequence[str] = ()) -> View:
        """Return the page with the whole text; `text` may be one that was not taken."""
        messages = seen.draft.messages(self.language)
        errors = [one for one in messages if one.severity == "error"]
        return {
            **self._around(seen, "text", "text.html.j2", notices, messages),
            "text": text,
            "elsewhere": errors,
            "is_unreadable": bool(seen.draft.text.strip()) and seen.draft.document is None,
            "lines": [*seen.draft.text.splitlines(), ""],
            "conflict": seen.conflict is not None,
            "mine": seen.conflict or "",
            "back": next(iter(read_steps().steps)),
        }

    def upload(self, seen: Seen, step: str, name: str) -> View:
        """Return the page that asks for a file for a field."""
        path, _ = path_and_end(name)
        title, why = self.title_of(path)
        return {
            **self._around(seen, step, "upload.html.j2"),
            "upload": {"name": name, "title": title, "why": why},
        }

    def review(self, seen: Seen, kept: Sequence[str], told: tuple[str, str], notices: Sequence[str] = ()) -> View:
        """Return what is left to mend, to doubt and to measure, the downloads, and what is told of what is kept."""
        messages = seen.draft.messages(self.language)
        around = self._around(seen, "review", "review.html.j2", notices, messages)
        assessment = seen.draft.assessment
        shown = {key for keys in read_steps().steps.values() for key in keys}
        return {
            **around,
            "errors": [self._linked(one) for one in messages if one.severity == "error"],
            "doubts": [self._linked(one) for one in messages if one.severity == "warning" and one.code != PLACEHOLDER],
            "placeholders": [self._linked(one) for one in messages if one.code == PLACEHOLDER],
            "measurable": assessment is not None,
            "to_measure": list(self._to_measure(assessment)) if assessment is not None else [],
            "in_text": [key for key in seen.draft.data if key not in shown and key not in _UNSHOWN],
            "can_download": assessment is not None,
            "exports": list(FORMATS),
            "kept": list(kept),
            "kept_where": told[0],
            "forget": with_code(told[1]),
        }

    def refusals(self, refused: Sequence[Refused]) -> list[str]:
        """Return why changes could not be made, in words."""
        said = self.words["problems"]
        return [
            f"{self.title_of(one.path)[0]}{self.writer.words['colon']} "
            + said[one.why].format(name=one.written, example=self.schema["$defs"]["name"]["examples"][0])
            for one in refused
        ]

    def title_of(self, path: Path) -> tuple[str, str]:
        """Return what the key at a path is called, and its meaning."""
        place, node = place_of(path), self.schema
        for step in path if place is not None else ():
            node = _below(node, self.schema, step)
        return str(node.get("title", ".".join(path))), str(node.get("description", ""))

    def _fields(self, seen: Seen, messages: tuple[Message, ...], opened: frozenset[str]) -> Fields:
        taken: Mapping[Path, str] = {}
        rows: Mapping[str, tuple[str, str]] = {}
        if seen.good is not None and seen.good.assessment is not None:
            taken, rows = _taken(seen.good, self.language), self._rows(seen.good.assessment)
        return Fields(seen.draft, self.schema, self.words, messages, opened, taken, rows)

    def _rows(self, assessment: Assessment) -> Mapping[str, tuple[str, str]]:
        return {
            one.criterion.id: (one.criterion.question.in_(self.language), one.criterion.reference.in_(self.language))
            for one in assessment.checklist.findings
        }

    def _around(
        self,
        seen: Seen,
        step: str,
        template: str,
        notices: Sequence[str] = (),
        messages: Sequence[Message] | None = None,
    ) -> View:
        """Return what stands around each page: the steps with what is to mend in each, the language, and page one."""
        told = seen.draft.messages(self.language) if messages is None else messages
        about = seen.draft.data.get("project")
        name = about.get("name") if isinstance(about, Mapping) else None
        return {
            "template": template,
            "step": step,
            "title": str(name) if name else self.words["untitled"],
            "file": seen.file,
            "saved": self.words["saved"].format(time=seen.saved) if seen.saved else self.words["unsaved"],
            "can_undo": seen.can_undo,
            "revision": seen.revision,
            "notices": list(notices),
            "languages": [(code, words(code)["form"]["own_name"]) for code in languages()],
            "steps": [
                {"name": one, "title": self.words["steps"][one]["title"], "errors": self._errors_in(one, told)}
                for one in read_steps().steps
            ],
            "page": self._page_one(seen),
        }

    @staticmethod
    def _errors_in(step: str, messages: Sequence[Message]) -> int:
        of_step = read_steps().step_of
        return sum(one.severity == "error" and of_step(one.path) == step for one in messages)

    def _page_one(self, seen: Seen) -> View:
        good = seen.good
        if good is None or good.assessment is None:
            return {"state": "none", "html": "", "moved": []}
        state = "note" if good is seen.draft else "former"
        before = seen.before.assessment if seen.before is not None else None
        changed = moved(before, good.assessment, self.writer) if state == "note" else []
        return {"state": state, "html": _page_one(good, self.language), "moved": changed}

    def _conflict(self, one: Conflict) -> View:
        title, _ = self.title_of(path_and_end(one.name)[0])
        return {"name": title, "field": one.name, "mine": one.mine, "theirs": one.theirs}

    def _linked(self, message: Message) -> View:
        path = field_of(message.path)
        step = read_steps().step_of(path)
        title, place = self.title_of(path)[0], place_of(path)
        if path[:2] == ("goal", "excluded"):  # the reason of a stage, which stands with the stage
            title = self.title_of(path[:3])[0]
        names = [own for own, known in zip(path, place.pattern, strict=True) if known == NAME] if place else []
        title = f"{', '.join(names)}{self.writer.words['colon']} {title}" if names else title
        return {"step": step, "anchor": anchor(path), "title": title, "message": message}

    def _to_measure(self, assessment: Assessment) -> Iterator[View]:
        for one in to_measure(assessment, self.writer):
            paths = [tuple(name.split(".")) for name in one.names]
            links = [{"step": read_steps().step_of(path), "anchor": anchor(path), "name": path[1]} for path in paths]
            yield {"title": one.title, "share": one.share, "links": links}


def anchor(path: Path) -> str:
    """Return where on a page a key stands."""
    return Group(path=path, title="").id


def _below(node: Mapping[str, Any], root: Mapping[str, Any], step: str) -> Mapping[str, Any]:
    node = whole(node, root)
    properties, other, items = node.get("properties", {}), node.get("additionalProperties"), node.get("items")
    found = properties.get(step) or (other if isinstance(other, Mapping) else items)
    return whole(found, root) if isinstance(found, Mapping) else node


@functools.lru_cache(maxsize=4)
def _taken(good: Draft, language: str) -> Mapping[Path, str]:
    """Return the defaults of a draft without errors."""
    assert good.assessment is not None
    return defaults(good.assessment, pages_in(language).writer)


@functools.lru_cache(maxsize=4)
def _page_one(good: Draft, language: str) -> str:
    """Return page one of a draft without errors, for a page whose sheet styles it."""
    assert good.assessment is not None
    return _INLINE_STYLE.sub("", good.assessment.report(language, copy=AGENCY_COPY).page_one)


@functools.cache
def pages_in(language: str) -> Pages:
    """Return the pages in a language."""
    return Pages(language)
