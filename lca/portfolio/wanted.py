"""Which documents on single dossiers are asked for, and what keeps some from being made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from lca.files.pdf import PANGO_HINT, PangoMissing, renderer
from lca.portfolio.addresses import HTML
from lca.portfolio.listing import Listing
from lca.portfolio.reviews import reviews_in
from lca.problems import Location, Problem


class Wanted(Struct, frozen=True):
    """What is asked for beside the page: kinds of documents, their language (each dossier's own if empty), and reviews.

    `copy` is `agency` where what is made holds restricted values.
    """

    kinds: tuple[str, ...] = ()
    language: str = ""
    copy: str = ""
    reviews: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)


def wanted(
    kinds: Iterable[str], language: str, copy: str, reviews: Path | None, listing: Listing
) -> tuple[Wanted, tuple[Problem, ...]]:
    """Return what can be made of what is asked for, and what keeps the rest from it or is doubtful.

    Raises:
        ProblemsFound: the folder of reviews cannot be read.
    """
    asked, problems = tuple(kinds), list[Problem]()
    by_number: Mapping[str, tuple[Path, ...]] = {}
    if reviews is not None:
        by_number, problems = reviews_in(reviews, (one.number for one in listing.dossiers))
    if any(kind != HTML for kind in asked):
        try:
            renderer()
        except PangoMissing as error:
            asked = tuple(kind for kind in asked if kind == HTML)
            message = f"the PDF needs a system library that is missing ({error})"
            problems.append(Problem(Location("--pdf", 1, 1), "LCA702", message, PANGO_HINT))
    return Wanted(asked, language, copy, by_number), tuple(problems)
