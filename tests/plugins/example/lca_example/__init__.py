"""One plug-in of each kind, as small as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from lca.catalogue.book import FactorBook
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.importers.importer import Draft, Importer, Log

_DATA = files(__name__)


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    """Draft a descriptor from a log that holds the kilowatt-hours of one training and nothing else."""
    energy = sum(float(log.content) for log in logs)
    site = f"sites: {{lab: {{location: FR}}}}  # catalogue {book.version}\n"
    training = f"training: {{logged: {{site: lab, energy: {{value: {energy} kWh, evidence: measured}}}}}}\n"
    return Draft(f"descriptor: 1\nproject: {{name: logged, start: 2024-03}}\n{site}{training}", f"{energy:g} kWh")


def _write(asked: Asked) -> Exported:
    """Write the greenhouse gases in one line."""
    total = asked.record.footprint.totals["gwp100"].total
    value = "not assessed" if total is None else f"{total.value:.12g} {total.unit}"
    return Exported(f"{asked.record.study.about.name}: {value}; {asked.program}\n".encode(), ("All but one number.",))


IMPORTER = Importer(largest=1000, read=_read)
EXPORTER = Exporter(_write, {"line": ".txt"})
#: Files with acts, as `lca schema checklist` has them.
ACTS = {"example.yaml": (_DATA / "example.yaml").read_text("utf-8")}
#: Files of sources, as they stand below `factors/`.
SOURCES = {
    f"example-lab/{name}": (_DATA / "example-lab" / name).read_text("utf-8") for name in ("source.yaml", "factors.csv")
}
