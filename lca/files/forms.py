"""A form of a call from outside the package: read, and refused whole where it cannot be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lca.descriptor.document import read_document
from lca.descriptor.reading import validate
from lca.files.shipped import read_schema
from lca.files.texts import read_text, shown
from lca.problems import ProblemsFound
from lca.subjects.checklist.forms.reading import problems_of_form


def read_form(path: Path, language: str) -> Mapping[str, Any]:
    """Return a form that a person has written, to be filled in in a language.

    Raises:
        ProblemsFound: the file cannot be read, does not fit the schema, or leaves out what a reader must see.
    """
    document = read_document(read_text(path, what="a form file"), shown(path), "title: {en: My call}")
    _, problems = validate(document, read_schema("form"))
    problems = problems or list(problems_of_form(document, language))
    if problems:
        raise ProblemsFound(problems)
    form: Mapping[str, Any] = document.data
    return form
