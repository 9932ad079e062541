"""Names of inputs as a reader of one language knows them; not a section, what several of them share."""

from __future__ import annotations

from collections.abc import Sequence

from lca.catalogue.book import FactorBook
from lca.catalogue.mixes import UPSTREAM_ADDED
from lca.presenting.writer import Writer
from lca.quantities.by_language import MissingText
from lca.quantities.provenance import Factor, Stated


def name_of(leaf: Factor | Stated, writer: Writer, book: FactorBook) -> str:
    """Return the name of a factor in the writer's language, or the path of a stated value."""
    if isinstance(leaf, Stated):
        return leaf.path
    return _part_of(leaf.names, writer) or _translated(leaf, leaf.names[0], writer, book)


def label_in(label: str, writer: Writer) -> str:
    """Return the writer's language's part of a name of the catalogue, or its translation; a proper name stays as it is.

    Raises:
        MissingText: the name has a translation into another language, so it is none, and the writer's words have none.
    """
    names = label.split("|")
    own = _part_of(names, writer) or writer.words["factor_labels"].get(names[0], "")
    if not own and len(names) > 1:
        raise MissingText(f"factor_labels.{names[0]}", writer.language)
    return str(own or label)


def _part_of(names: Sequence[str], writer: Writer) -> str:
    """Return the part of a name, from bar to bar, that is of the writer's language, empty where there is none."""
    place = writer.words["place_in_labels"]
    return names[place - 1] if 0 < place <= len(names) else ""


def _translated(factor: Factor, label: str, writer: Writer, book: FactorBook) -> str:
    """Return a label by the words of the locale: electricity by its zone, parts of a device by the device."""
    words = writer.words
    if factor.key.startswith("electricity/"):
        return _electricity(factor, writer, book)
    if factor.key.startswith(("mix/", "technology/", "upstream/")):
        return _technology(factor, writer, book)
    if factor.key.startswith("price/"):
        return str(words["price_of"].format(zone=zone_name(factor.geography, writer, book), year=factor.year))
    item, _, part = label.rpartition(": ")
    if part in words["of_item"]:
        return f"{words['factor_labels'].get(item, item)}{words['colon']} {words['of_item'][part]}"
    if factor.key.startswith("instance/"):
        item, _, part = label.rpartition(", ")
        return f"{item}, {words['of_instance'][part]}"
    return label_in("|".join(filter(None, factor.names)), writer)


def zone_name(zone: str, writer: Writer, book: FactorBook) -> str:
    """Return what a zone is called in the writer's language; a place that the catalogue does not know, as it is written.

    Raises:
        MissingText: neither the words, nor the conventions, nor the catalogue have its name in that language.
    """
    own = writer.words["zones"].get(zone) or writer.country(zone) or book.zone_names.get(writer.language, {}).get(zone)
    if own is None and zone in book.zones:
        raise MissingText(f"zones.{zone}", writer.language)
    return str(own or zone)


def _electricity(factor: Factor, writer: Writer, book: FactorBook) -> str:
    """Return the name of a zone's electricity, with the method of its series and what is added to it."""
    words = writer.words
    _, zone, year = factor.key.split("/")
    forms = {"electricity_primary_energy": "primary_energy_of", "water_consumption": "water_of"}
    name: str = words[forms.get(factor.indicator, "electricity_of")].format(
        zone=zone_name(zone, writer, book), year=year
    )
    name = words["series"].get(factor.source.id, "{name}").format(name=name)
    return str(words["with_upstream"].format(name=name)) if UPSTREAM_ADDED in factor.coverage else name


def _technology(factor: Factor, writer: Writer, book: FactorBook) -> str:
    """Return the name of a technology's share in a mix, or of what one of its kilowatt-hours takes."""
    words, parts = writer.words, factor.key.split("/")
    if parts[0] == "mix":
        what = words["technologies"][parts[2]]
        return str(words["share_of"].format(what=what, zone=zone_name(parts[1], writer, book), year=parts[3]))
    return str(words["technology_of"][factor.indicator].format(what=words["technologies"][parts[1]]))


def coverage_of(factor: Factor, writer: Writer) -> str:
    """Return what a factor covers, in words."""
    names = writer.words["coverage_names"]
    return ", ".join(names[word] for word in sorted(factor.coverage)) or str(writer.words["coverage_unknown"])
