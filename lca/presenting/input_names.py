"""Names of inputs as a reader of one language knows them; not a section, what several of them share."""

from __future__ import annotations

from lca.catalogue.book import FactorBook
from lca.catalogue.mixes import UPSTREAM_ADDED
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor, Stated


def name_of(leaf: Factor | Stated, writer: Writer, book: FactorBook) -> str:
    """Return the name of a factor in the writer's language, or the path of a stated value."""
    if isinstance(leaf, Stated):
        return leaf.path
    english, french = leaf.names
    if writer.language == "en":
        return english
    return french or _translated(leaf, english, writer, book)


def _translated(factor: Factor, label: str, writer: Writer, book: FactorBook) -> str:
    """Return a label by the words of the locale: electricity by its zone, parts of a device by the device."""
    words = writer.words
    if factor.key.startswith("electricity/"):
        return _electricity(factor, writer, book)
    if factor.key.startswith(("mix/", "technology/", "upstream/")):
        return _technology(factor, writer, book)
    if factor.key.startswith("price/"):
        return str(words["price_of"].format(zone=writer.place(factor.geography, factor.geography), year=factor.year))
    item, _, part = label.rpartition(": ")
    if part in words["of_item"]:
        return f"{words['factor_labels'].get(item, item)}{words['colon']} {words['of_item'][part]}"
    return str(words["factor_labels"].get(label, label))


def _zone(name: str, book: FactorBook) -> str:
    return book.zone_names["fr"].get(name, name)


def _electricity(factor: Factor, writer: Writer, book: FactorBook) -> str:
    """Return the name of a zone's electricity, with the method of its series and what is added to it."""
    words = writer.words
    _, zone, year = factor.key.split("/")
    forms = {"electricity_primary_energy": "primary_energy_of", "water_consumption": "water_of"}
    name: str = words[forms.get(factor.indicator, "electricity_of")].format(zone=_zone(zone, book), year=year)
    name = words["series"].get(factor.source.id, "{name}").format(name=name)
    return str(words["with_upstream"].format(name=name)) if UPSTREAM_ADDED in factor.coverage else name


def _technology(factor: Factor, writer: Writer, book: FactorBook) -> str:
    """Return the name of a technology's share in a mix, or of what one of its kilowatt-hours takes."""
    words, parts = writer.words, factor.key.split("/")
    if parts[0] == "mix":
        what = words["technologies"][parts[2]]
        return str(words["share_of"].format(what=what, zone=_zone(parts[1], book), year=parts[3]))
    return str(words["technology_of"][factor.indicator].format(what=words["technologies"][parts[1]]))


def coverage_of(factor: Factor, writer: Writer) -> str:
    """Return what a factor covers, in words."""
    names = writer.words["coverage_names"]
    return ", ".join(names[word] for word in sorted(factor.coverage)) or str(writer.words["coverage_unknown"])
