"""What the terminal says of a study whose restricted values are kept out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lca.assessment.public.copy import PublicCopy
    from lca.presenting.writer import Writer
    from lca.problems import Problem


def public_problems(problems: Iterable[Problem], public: PublicCopy) -> tuple[Problem, ...]:
    """Return those of a study's problems that its public copy tells."""
    known = {(one.code, one.message) for one in public.problems}
    return tuple(problem for problem in problems if (problem.code, problem.message) in known)


def public_lines(public: PublicCopy, writer: Writer) -> Iterator[str]:
    """Yield the totals of a public copy, and what it keeps out."""
    from lca.assessment.public.page import total_row

    words = writer.words["public_copy"]
    yield f"{public.project.name} ({writer.counted(len(public.restricted), words['status'])})"
    yield ""
    for total in public.totals:
        row = total_row(total, writer)
        told = [row.amount, *([f"({row.interval})"] if row.interval != "–" else [])]
        yield f"{row.name}{writer.words['colon']} {' '.join(told)}" + (f" – {row.note}" if row.note else "")
    yield ""
    yield f"{words['values']}{writer.words['colon']} {', '.join(one.path for one in public.restricted)}"
