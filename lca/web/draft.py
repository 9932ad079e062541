"""A text as the form sees it: its data, what is wrong and at which key, and what it amounts to; nothing here judges on its own."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path as Folder
from typing import TYPE_CHECKING, Any

from msgspec import Struct

import lca
from lca.descriptor.document import Document, Path, read_document
from lca.files.shipped import words
from lca.problems import Location, Problem, ProblemsFound
from lca.web.sentences import ended, with_code

if TYPE_CHECKING:
    from lca import Assessment, Study


class Message(Struct, frozen=True):
    """What is wrong or doubtful at a place, in the reader's language; `path` is that of the key, empty where none is found."""

    path: Path
    code: str
    severity: str
    text: str
    hint: str
    line: int


class Draft(Struct, frozen=True, eq=False, dict=True):
    """A descriptor as it stands at some moment, which may be wrong or unfinished."""

    text: str
    name: str
    folder: Folder

    @functools.cached_property
    def document(self) -> Document | None:
        """The data with the place of each key, None where the text is not YAML."""
        try:
            return read_document(self.text, self.name)
        except ProblemsFound:
            return None

    @property
    def data(self) -> Mapping[str, Any]:
        """The data, empty where the text is not YAML."""
        found: Mapping[str, Any] = self.document.data if self.document is not None else {}
        return found

    def written(self, path: Path) -> str | None:
        """Return a value as the text has it, empty where none stands; None where no value stands but keys."""
        value = value_at(self.data, path)
        match value:
            case None:
                return ""
            case bool():
                return "true" if value else "false"
            case int() | float():
                return self.document.written(path, value) if self.document is not None else str(value)
            case str():
                return value
            case list():
                items = [self.written((*path, str(index))) for index in range(len(value))]
                return None if None in items else "\n".join(map(str, items))
        return None

    @functools.cached_property
    def study(self) -> Study:
        """The text as the public face reads it."""
        return lca.read(self.text, name=self.name, folder=self.folder)

    @functools.cached_property
    def _assessed(self) -> tuple[Assessment | None, tuple[Problem, ...]]:
        try:
            assessment = self.study.assess()
        except ProblemsFound as found:
            return None, found.problems
        return assessment, assessment.problems

    @property
    def assessment(self) -> Assessment | None:
        """The assessment with all draws, None while the text has errors."""
        return self._assessed[0]

    @functools.cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong or doubtful, as `lca check` says it."""
        return self._assessed[1] if "_assessed" in self.__dict__ else self.study.problems

    def messages(self, language: str) -> list[Message]:
        """Return the problems in a language, each with the key that it is about."""
        told = words(language)["messages"].of
        return [self._message(problem, told(problem)) for problem in self.problems]

    def _message(self, problem: Problem, own: Problem) -> Message:
        path = self._paths.get(problem.location, ())
        text = own.message
        for length in range(len(path), 0, -1):
            said, colon, rest = text.partition(":")
            if colon and said.rstrip() == ".".join(path[:length]):
                text = rest.lstrip()
        text = text[:1].upper() + text[1:]
        line = problem.location.line
        return Message(path, problem.code, problem.severity, with_code(text), with_code(ended(own.hint)), line)

    @functools.cached_property
    def _paths(self) -> Mapping[Location, Path]:
        """The key that stands at each place; where a map and its first key begin together, the key."""
        if self.document is None:
            return {}
        found = {place: path for path, place in sorted(self.document.nodes.items(), key=lambda item: len(item[0]))}
        return {place: path for path, place in self.document.keys.items()} | found


def value_at(data: Any, path: Path) -> Any:
    """Return what stands at a path, None where nothing does."""
    for step in path:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data
