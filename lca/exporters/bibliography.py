"""The sources under an assessment as BibTeX entries: factors, methods, the project's own documents and this program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from lca.assessment.record import Record
from lca.exporters.escaping import in_latex
from lca.exporters.exporter import Asked
from lca.quantities.provenance import Factor, Source
from lca.quantities.quantity import Computed
from lca.quantities.trees import citations, leaves, walk

#: A year of publication in a citation.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

#: What no address may hold as it is, and what would end a command of LaTeX.
_UNSAFE = re.compile(r"[^A-Za-z0-9/:?=&;,+@!()*'~.\-_%#]")

#: The key of this program, and who stands behind it where the catalogue says "this project".
PROGRAM, AUTHORS = "lca-ai", {"This project": "The lca-ai authors"}

#: Formulas by definition, and those that are assumed, cite nothing.
_NO_PUBLICATION = ("definition", "assumption")


class Entry(Struct, frozen=True):
    """One entry: its key, and its fields, whose values are escaped already."""

    key: str
    fields: Mapping[str, str]

    def text(self) -> str:
        """Return the entry as BibTeX."""
        lines = (f"  {name} = {{{value}}}" for name, value in self.fields.items() if value)
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}"


class Bibliography(Struct, frozen=True):
    """What an assessment rests on: the sources of its factors, the publications of its formulas, the project's own documents."""

    program: Entry
    factors: tuple[Entry, ...]
    methods: tuple[Entry, ...]
    documents: tuple[Entry, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, each key once."""
        every = (self.program, *self.factors, *self.methods, *self.documents)
        return tuple({entry.key: entry for entry in every}.values())

    def text(self) -> str:
        """Return all entries as BibTeX."""
        return "\n\n".join(entry.text() for entry in self.entries)


def bibliography_of(asked: Asked) -> Bibliography:
    """Return the sources under every figure of a study; its scenarios and sweeps have those of their own in the report."""
    own = asked.record.study.about.sources
    return Bibliography(
        program=_program(asked),
        factors=tuple(_of_source(source) for source in used_sources(asked.record)),
        methods=tuple(_methods(asked)),
        documents=tuple(
            Entry(f"project-{n}", {"title": in_latex(text), **_year(text)}) for n, text in enumerate(own, 1)
        ),
    )


def used_sources(record: Record) -> list[Source]:
    """Return the sources of the factors under every figure of a study, each once; an applicant's own factors have none."""
    return citations(leaf.origin for leaf in leaves(record.roots) if isinstance(leaf.origin, Factor))


def _program(asked: Asked) -> Entry:
    made = asked.record.fingerprint
    note = f"Version {made.code_version}, catalogue {made.catalogue_version}"
    title = "lca-ai: life-cycle assessment reports for AI projects"
    return Entry(
        PROGRAM,
        {
            "author": "{The lca-ai authors}",
            "title": in_latex(title),
            "note": in_latex(note),
            "year": str(made.as_of.year),
        },
    )


def _of_source(source: Source) -> Entry:
    notes = [f"Version {source.version}" if source.version else "", source.licence]
    notes.append(f"accessed {source.accessed}" if source.accessed else "")
    return Entry(
        source.id,
        {
            "author": f"{{{in_latex(AUTHORS.get(source.producer, source.producer))}}}",  # an institution: braces of its own
            "title": in_latex(source.title),
            **_year(source.published or source.citation),
            "howpublished": rf"\url{{{_url(source.url)}}}" if source.url else "",
            "note": in_latex("; ".join(note for note in notes if note)),
        },
    )


def _methods(asked: Asked) -> Iterator[Entry]:
    """Yield the publications of the formulas that ran, by their keys."""
    nodes = (node.origin for node in walk(asked.record.roots))
    names = {origin.formula.source for origin in nodes if isinstance(origin, Computed)}
    for name in sorted(names & asked.references.keys() - set(_NO_PUBLICATION)):
        citation = asked.references[name]
        yield Entry(name, {"title": in_latex(citation), **_year(citation)})


def _year(text: str) -> dict[str, str]:
    found = _YEAR.search(text)
    return {"year": found[0]} if found is not None else {}


def _url(address: str) -> str:
    """Return an address with what would end or change the command around it written by its number."""
    plain = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
    return re.sub(r"([%&_#])", r"\\\1", plain)
