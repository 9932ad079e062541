"""The study as a research object: a ZIP archive of descriptor, results and tables, and the run of this program that made them.

Specification: RO-Crate 1.3 (https://w3id.org/ro/crate/1.3) and the profile Process Run Crate 0.5
(https://w3id.org/ro/wfrun/process/0.5): one `CreateAction` whose instrument is this program, its objects what was read, its results
what was made. Headline figures are `PropertyValue` entities with their 95 % bounds as `minValue` and `maxValue`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lca.assessment.attachments import HOW, MADE, Attachment, Manner, attached
from lca.exporters.bibliography import used_sources
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import is_least, limits_of, scope_lines
from lca.exporters.identity import archive, identifier
from lca.presenting.values import Plain, as_json, value
from lca.quantities.quantity import Quantity

LIMITS = ("evidence_files", "trees", "quoted_cells")

METADATA, PROFILE = "ro-crate-metadata.json", "https://w3id.org/ro/wfrun/process/0.5"

_TYPES = {".json": "application/json", ".csv": "text/csv", ".yaml": "application/yaml"}


def write(asked: Asked) -> Exported:
    """Return the crate as a ZIP archive."""
    limits = limits_of(asked, LIMITS)
    carried = attached(asked.record, asked.sources, Manner(asked.writer.language))
    files = {name: one for name, one in carried.items() if name != HOW}  # that is of a report, which is not in here
    graph = [*_graph(asked, files, limits)]
    metadata = {"@context": "https://w3id.org/ro/crate/1.3/context", "@graph": graph}
    contents = {
        name: one.content.encode() if isinstance(one.content, str) else one.content for name, one in files.items()
    }
    return Exported(archive(asked, {METADATA: as_json(metadata).encode() + b"\n", **contents}), limits)


def _graph(asked: Asked, files: Mapping[str, Attachment], limits: tuple[str, ...]) -> Iterator[Plain]:
    about, made = asked.record.study.about, asked.record.fingerprint
    figures = list(_figures(asked))
    yield {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.3"},
        "about": {"@id": "./"},
    }
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": about.name,
        "description": " ".join([about.summary or about.name, *scope_lines(asked), *limits]),
        "datePublished": made.as_of.isoformat(),
        "license": asked.words["ro_crate"]["licence"],
        "identifier": f"urn:uuid:{identifier(asked, 'ro-crate')}",
        "conformsTo": {"@id": PROFILE},
        "hasPart": [{"@id": name} for name in files],
        "mentions": [{"@id": "#run"}],
        "variableMeasured": [{"@id": figure["@id"]} for figure in figures],
        "citation": [{"@id": _id_of_source(source.id)} for source in used_sources(asked.record)],
        **({"author": {"@id": "#applicant"}} if about.applicant else {}),
    }
    yield {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    yield from _run(asked, files)
    for name, one in files.items():
        size = len(one.content.encode() if isinstance(one.content, str) else one.content)
        ending = name[name.rfind(".") :]
        yield {
            "@id": name,
            "@type": "File",
            "name": one.description,
            "contentSize": str(size),
            **({"encodingFormat": _TYPES[ending]} if ending in _TYPES else {}),
        }
    yield from figures
    for source in used_sources(asked.record):
        found = {
            "@id": _id_of_source(source.id),
            "@type": "CreativeWork",
            "name": source.title,
            "license": source.licence,
        }
        yield {**found, "publisher": source.producer, **({"url": source.url} if source.url else {})}


def _id_of_source(source: str) -> str:
    return f"#source-{source}"


def _run(asked: Asked, files: Mapping[str, Attachment]) -> Iterator[Plain]:
    """Yield the run, the program and who answers for the figures."""
    about, made = asked.record.study.about, asked.record.fingerprint
    yield {
        "@id": "#run",
        "@type": "CreateAction",
        "name": asked.program,
        "description": asked.words["ro_crate"]["run"].format(draws=made.draws, seed=made.seed),
        "endTime": made.as_of.isoformat(),
        "instrument": {"@id": "#lca"},
        "object": [{"@id": name} for name, one in files.items() if one.kind not in MADE],
        "result": [{"@id": name} for name, one in files.items() if one.kind in MADE],
        **({"agent": {"@id": "#applicant"}} if about.applicant else {}),
    }
    yield {
        "@id": "#lca",
        "@type": "SoftwareApplication",
        "name": "lca",
        "softwareVersion": made.code_version,
        "version": made.code_version,
        "description": asked.program,
    }
    if about.applicant:
        yield {"@id": "#applicant", "@type": "Organization", "name": about.applicant}


def _figures(asked: Asked) -> Iterator[Plain]:
    """Yield the totals and the electricity; an indicator that was not assessed has no value and says so."""
    footprint, book = asked.record.footprint, asked.record.book
    for name, part in footprint.totals.items():
        label = book.indicators[name].name[asked.writer.language]
        yield _figure(asked, f"total.{name}", label, part.total, is_least(footprint, name), book.indicators[name].unit)
    if footprint.energy is not None:
        yield _figure(asked, "energy", asked.writer.words["energy"], footprint.energy, False, footprint.energy.unit)


def _figure(asked: Asked, path: str, name: str, quantity: Quantity | None, least: bool, unit: str) -> Plain:
    found: Plain = {"@id": f"#{path}", "@type": "PropertyValue", "propertyID": path, "name": name, "unitText": unit}
    plain = value(quantity)
    if plain is None or quantity is None:
        return {**found, "description": asked.writer.words["not_assessed"]}
    found["value"] = plain["value"]
    if quantity.is_drawn and plain["low95"] is not None:
        found |= {"minValue": plain["low95"], "maxValue": plain["high95"], "measurementMethod": "95 %"}
    if least:
        found["description"] = asked.words["at_least"].format(amount=asked.writer.amount(quantity))
    return found


EXPORTER = Exporter(write, {"zip": ".zip"}, is_binary=True)
