"""Names of inputs as a reader of one language knows them; not a section, what several of them share."""

from __future__ import annotations

from lca.catalogue.book import FactorBook
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor, Stated


def name_of(leaf: Factor | Stated, writer: Writer, book: FactorBook) -> str:
    """Return the name of a factor in the writer's language, or the path of a stated value."""
    if isinstance(leaf, Stated):
        return leaf.path
    english, _, french = (leaf.label or leaf.key).partition("|")
    if writer.language == "en":
        return english
    return french or _translated(leaf, english, writer, book)


def _translated(factor: Factor, label: str, writer: Writer, book: FactorBook) -> str:
    """Return a label by the words of the locale: electricity by its zone, parts of a device by the device."""
    words = writer.words
    if factor.key.startswith("electricity/"):
        _, zone, year = factor.key.split("/")
        known = book.zones_fr.get(zone) or book.zones.get(zone, zone)
        form = words["water_of" if factor.indicator.startswith("water") else "electricity_of"]
        text: str = form.format(zone=known, year=year)
        return text
    if factor.key.startswith("price/"):
        return str(words["price_of"].format(zone=writer.place(factor.geography, factor.geography), year=factor.year))
    item, _, part = label.rpartition(": ")
    if part in words["of_item"]:
        return f"{words['factor_labels'].get(item, item)}{words['colon']} {words['of_item'][part]}"
    return str(words["factor_labels"].get(label, label))


def coverage_of(factor: Factor, writer: Writer) -> str:
    """Return what a factor covers, in words."""
    names = writer.words["coverage_names"]
    return ", ".join(names[word] for word in sorted(factor.coverage)) or str(writer.words["coverage_unknown"])
