"""The host's practice table of the code of conduct: written in the descriptor, or a CSV or YAML file beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from lca.descriptor.document import Document, read_document
from lca.descriptor.named_file import NamedFile
from lca.problems import MOST_PROBLEMS, Location, Problem, ProblemsFound, did_you_mean
from lca.subjects.checklist.declared import CodeOfConduct, HostPractice

COLUMNS = ("number", "title", "category", "expected", "value", "status", "justification")
NEEDED = ("number", "expected", "value", "status")
STATUSES = ("implemented", "replaced", "not_relevant_explained", "planned", "not_implemented")
MOST_ROWS = 1000
#: A row has few problems, so the last one that is told says that reading stopped.
_ENOUGH, _STOPPED = MOST_PROBLEMS - 10, "too much is wrong: nothing is read from here on"

#: What a table may write for true and false, in both languages.
_TRUTH = {
    **dict.fromkeys(("true", "yes", "oui", "vrai", "1"), True),
    **dict.fromkeys(("false", "no", "non", "faux", "0"), False),
}


def practice_table(
    code: CodeOfConduct | None, files: Mapping[str, NamedFile]
) -> tuple[tuple[HostPractice, ...] | None, list[Problem]]:
    """Return a host's practices, None where there is no table, and what is wrong with its file."""
    if code is None:
        return None, []
    if not code.file:
        return tuple(code.practices.values()) or None, []
    found = files.get(code.file)
    if found is None:
        return None, []
    rows, problems = read_table(found.text, found.path)
    return (tuple(rows.values()) or None), problems


def read_table(text: str, file: str) -> tuple[dict[str, HostPractice], list[Problem]]:
    """Read a table: YAML where the file's name says so, else CSV with commas or semicolons."""
    if file.casefold().endswith((".yaml", ".yml")):
        return _yaml(text, file)
    return _csv(text, file)


def _csv(text: str, file: str) -> tuple[dict[str, HostPractice], list[Problem]]:
    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if header.count(";") > header.count(",") else ",")
    problems = list(_header(reader.fieldnames or [], file))
    rows: dict[str, HostPractice] = {}
    if problems:
        return rows, problems
    try:
        for cells in reader:
            place = Location(file, reader.line_num, 1)
            if len(rows) >= MOST_ROWS:
                message = f"the table has more than {MOST_ROWS} rows"
                return rows, [*problems, Problem(place, "LCA410", message, "is it the right file?")]
            if len(problems) >= _ENOUGH:
                return rows, [*problems, Problem(place, "LCA410", _STOPPED, "is it the right file?")]
            if not any((cell or "").strip() for cell in cells.values() if isinstance(cell, str)):
                continue
            practice, found = _practice({k: (v or "").strip() for k, v in cells.items() if k in COLUMNS}, place, rows)
            problems += found
            if practice is not None:
                rows[practice.name] = practice
    except csv.Error as error:
        problems.append(Problem(Location(file, reader.line_num, 1), "LCA410", f"not a table: {error}"))
    return rows, problems


def _header(names: Any, file: str) -> Iterator[Problem]:
    place = Location(file, 1, 1)
    for name in names:
        if name not in COLUMNS:
            hint = did_you_mean(str(name), COLUMNS) or f"known columns: {', '.join(COLUMNS)}"
            yield Problem(place, "LCA410", f"the column `{str(name)[:40]}` is unknown", hint)
    for name in NEEDED:
        if name not in names:
            yield Problem(place, "LCA410", f"the column `{name}` is missing", f"known columns: {', '.join(COLUMNS)}")


def _practice(
    cells: Mapping[str, str], place: Location, before: Mapping[str, HostPractice]
) -> tuple[HostPractice | None, list[Problem]]:
    """Return one row as a practice, or what is wrong with it."""
    problems: list[Problem] = []

    def wrong(message: str, hint: str) -> None:
        problems.append(Problem(place, "LCA410", message, hint))

    number, status, value = cells["number"], cells["status"], cells["value"]
    if not number:
        wrong("`number` is empty", "the practice's number in the edition, as in 3.2.1")
    elif number in before:
        wrong(f"the practice {number} stands twice", "keep one of the two")
    if status not in STATUSES:
        wrong(f"`{status[:40]}` is not a status", did_you_mean(status, STATUSES) or f"one of {', '.join(STATUSES)}")
    if value not in ("1", "2", "3", "4", "5"):
        wrong(f"`{value[:40]}` is not a value of 1 to 5", "the value that the edition assigns")
    expected = _TRUTH.get(cells["expected"].casefold())
    if expected is None:
        wrong(f"`{cells['expected'][:40]}` does not say whether it is expected", "true or false")
    if problems or expected is None:
        return None, problems
    others = {name: cells.get(name, "") for name in ("title", "category", "justification")}
    return HostPractice(f"{place.file}:{place.line}", number, expected, int(value), status, **others), []


def _yaml(text: str, file: str) -> tuple[dict[str, HostPractice], list[Problem]]:
    try:
        document = read_document(text, file)
    except ProblemsFound as found:
        return {}, list(found.problems)
    table = document.data.get("practices")
    if set(document.data) - {"practices", "edition"} or not isinstance(table, dict):
        hint = "write `practices:` and below it each practice by its number, as in the descriptor"
        return {}, [Problem(document.at(()), "LCA410", "the file holds no `practices`", hint)]
    rows: dict[str, HostPractice] = {}
    problems: list[Problem] = []
    for number, node in table.items():
        if len(problems) >= _ENOUGH:
            place = document.key_at(("practices", number))
            return rows, [*problems, Problem(place, "LCA410", _STOPPED, "is it the right file?")]
        found_problems = list(_keys(document, number, node))
        if not found_problems:
            cells = {"number": number, **{k: _plain(v) for k, v in node.items()}}
            practice, found_problems = _practice(
                {**dict.fromkeys(COLUMNS, ""), **cells}, document.key_at(("practices", number)), rows
            )
            if practice is not None:
                rows[number] = practice
        problems += found_problems
    return rows, problems


def _keys(document: Document, number: str, node: Any) -> Iterator[Problem]:
    place = document.key_at(("practices", number))
    if not isinstance(node, dict):
        yield Problem(place, "LCA410", f"the practice {number} is no map of keys", "as in the descriptor")
        return
    for key in node:
        if key not in COLUMNS[1:]:
            hint = did_you_mean(key, COLUMNS[1:]) or f"known keys: {', '.join(COLUMNS[1:])}"
            yield Problem(document.key_at(("practices", number, key)), "LCA410", f"the key `{key}` is unknown", hint)


def _plain(value: Any) -> str:
    return str(value).casefold() if isinstance(value, bool) else "" if value is None else str(value)
