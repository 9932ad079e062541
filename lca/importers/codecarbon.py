"""CodeCarbon: its log of runs becomes a draft with one training a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca.importers.codecarbon_draft import draft
from lca.importers.codecarbon_log import MAXIMUM_BYTES, read_runs
from lca.importers.importer import Draft, Importer

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook


def _read(text: str, file: str, name: str, book: FactorBook) -> Draft:
    runs = read_runs(text, file)
    energy = sum(run.energy for run in runs)
    return Draft(draft(runs, book, name), f"{len(runs)} runs, {energy:.4g} kWh")


IMPORTER = Importer("codecarbon", "emissions.csv of CodeCarbon", MAXIMUM_BYTES, _read)
