"""The rooms of the house as docs/architecture.md shows them: the layers, the printed sections and the problem codes."""

from __future__ import annotations

import ast
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "lca"
PAGE = ROOT / "docs" / "architecture.md"

#: The inner width of the picture of the layers.
WIDTH = 118

#: What the codes of a hundred are about.
HUNDREDS = {
    "LCA1": "the file as a text",
    "LCA2": "keys and their values",
    "LCA3": "quantities, units and uncertainty",
    "LCA4": "what must fit together: names, dates, named files, combinations",
    "LCA5": "the catalogue: what it does not know, and factors that do not fit",
    "LCA6": "doubts: warnings that travel with the report",
    "LCA7": "outputs",
    "LCA8": "claims that would not hold",
    "LCA9": "scenarios, sweeps, what was measured, the check of a report, and calls",
}

_CODE = re.compile(r'"(LCA\d{3})"')
_MARKED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(page: str) -> str:
    """Return a page with what stands between its markers made afresh."""
    return _MARKED.sub(lambda match: f"{match[1]}{PARTS[match[2]]()}\n{match[3]}", page)


def architecture_page() -> str:
    """Return docs/architecture.md with its generated parts."""
    return filled(PAGE.read_text("utf-8"))


# The layers


def contracts() -> list[Mapping[str, Any]]:
    """Return the import contracts."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[Mapping[str, Any]] = config["tool"]["importlinter"]["contracts"]
    return found


def layers_of(containers: Sequence[str]) -> list[list[str]]:
    """Return the layers of the contract with these containers, from the top, each with its packages."""
    contract = next(c for c in contracts() if c["containers"] == containers)
    return [_names(layer) for layer in contract["layers"]]


def inside_a_subject() -> list[list[str]]:
    """Return the layers of modules inside each subject."""
    (contract,) = (c for c in contracts() if c["containers"] not in (["lca"], ["lca.subjects"]))
    return [_names(layer) for layer in contract["layers"]]


def _names(layer: str) -> list[str]:
    return re.findall(r"\w+", layer)


def layers() -> str:
    """Return the picture of the layers: a box imports only from boxes below it."""
    boxes = [
        [line for name in layer for line in (*_row(name, PACKAGE / name, WIDTH), *_below(name))]
        for layer in layers_of(["lca"])
    ]
    return "\n".join(["```text", *_stacked(boxes, WIDTH), "```"])


def _below(name: str) -> Iterator[str]:
    """Yield the lines that stand inside the box of a package: the subjects, and what is inside each of them."""
    if name != "subjects":
        return
    width = WIDTH - 4
    boxes = [
        [line for one in layer for line in _row(one, PACKAGE / "subjects" / one, width)]
        for layer in layers_of(["lca.subjects"])
    ]
    yield from (f"  {line}" for line in _stacked(boxes, width))
    yield "  inside each of them, from the top: " + " · ".join(" ".join(layer) for layer in inside_a_subject())


def _row(name: str, path: Path, width: int) -> list[str]:
    """Return the lines of one package: its name, and the first line of what it says of itself."""
    lines = textwrap.wrap(knows(path), width - 16)
    return [f"{shown:<13}{line}" for shown, line in zip([name, *[""] * len(lines)], lines, strict=False)]


def knows(path: Path) -> str:
    """Return what a package or module says that it knows: the first line of its docstring."""
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").partition("\n")[0]


def _stacked(boxes: Iterable[list[str]], width: int) -> list[str]:
    """Return boxes of lines, one below the other."""
    edge = "─" * width
    lines = [f"┌{edge}┐"]
    for box in boxes:
        lines += [f"│ {line:<{width - 1}}│" for line in box]
        lines.append(f"├{edge}┤")
    return [*lines[:-1], f"└{edge}┘"]


# The printed sections


def sections() -> str:
    """Return the table of the printed sections of the subjects, in the order of the report."""
    from lca.assessment.dossier import ORDER
    from lca.subjects import SUBJECTS

    rows = [
        (
            section.name,
            f"`{section.view.__name__}` in `lca/subjects/{subject.name}/section.py`",
            f"`templates/{section.template}`",
        )
        for subject in SUBJECTS
        for section in subject.module("section").SECTIONS
    ]
    place = {name: number for number, name in enumerate(ORDER)}
    rows.sort(key=lambda row: place.get(row[0], len(place)))
    return _table(("Section", "What it is given", "Template"), rows)


# The problem codes


def codes() -> str:
    """Return the table of the problem codes: by hundred, where they are declared and where they are found."""
    declared, raised = _codes_by_file(declaring=True), _codes_by_file(declaring=False)
    rows = [
        (
            f"{hundred}xx",
            meaning,
            "; ".join(
                f"`{file}` {_ranges(code for code in found if code.startswith(hundred))}"
                for file, found in declared.items()
                if any(code.startswith(hundred) for code in found)
            ),
            ", ".join(sorted({f"`{_room(file)}`" for file, found in raised.items() if _has(found, hundred)})),
        )
        for hundred, meaning in HUNDREDS.items()
    ]
    return _table(("Codes", "About", "Declared in", "Found in, among others"), rows)


def _has(found: Iterable[str], hundred: str) -> bool:
    return any(code.startswith(hundred) for code in found)


def _codes_by_file(*, declaring: bool) -> dict[str, list[str]]:
    """Return the codes that files below `lca` name, of those that declare codes or of all others."""
    found: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if (path.name in ("codes.py", "problems.py")) == declaring:
            named = sorted(set(_CODE.findall(path.read_text("utf-8"))))
            found |= {path.relative_to(PACKAGE).as_posix(): named} if named else {}
    return found


def _room(file: str) -> str:
    """Return the subject, or else the module, that a file belongs to."""
    parts = file.removesuffix(".py").split("/")
    return "/".join(parts[:2])


def _ranges(codes: Iterable[str]) -> str:
    """Return the numbers of codes: `101–110, 201`."""
    runs: list[list[int]] = []
    for number in (int(code.removeprefix("LCA")) for code in codes):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


#: What stands between markers, by the name in the marker.
PARTS: Mapping[str, Callable[[], str]] = {"layers": layers, "sections": sections, "codes": codes}
