"""What a reader may change in the page itself, with the figures that follow; best estimates alone."""

from __future__ import annotations

import math
from typing import Any

from msgspec import Struct

from lca.assessment.pages.headline import cost_facts
from lca.assessment.record import Record
from lca.assessment.what_if.control import ATTRIBUTION, PLACE, REBOUND, VOLUME, Control
from lca.assessment.what_if.data import Moved, WhatIf, as_data, what_if
from lca.presenting.input_names import zone_name
from lca.presenting.item_names import item_name
from lca.presenting.script import script_data
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.subject import View

#: What is entered in percent.
SHARES = (ATTRIBUTION, REBOUND)


class Figure(Struct, frozen=True):
    """A figure that moves: its name in the page, its label, and what it is as described."""

    name: str
    label: str
    described: str


class Entry(Struct, frozen=True):
    """What may be entered: a number between two bounds, or one of some zones; `note` says the bounds, and what is described."""

    label: str
    note: str
    value: str = ""
    low: str = ""
    high: str = ""
    zones: tuple[tuple[str, str], ...] = ()


def view(assessment: Record, writer: Writer) -> View | None:
    """Return what the section needs; None where nothing may be changed."""
    found = what_if(assessment)
    climate = assessment.footprint.climate
    if found is None or climate is None:
        return None
    words = writer.words["dossier"]["what_if"]
    return {
        "figures": _figures(assessment, climate, writer),
        "entries": [_entry(one, assessment, writer) for one in found.controls],
        "data": script_data(_data(found, assessment, climate, writer)),
        "words": words,
    }


def _data(found: WhatIf, assessment: Record, climate: Quantity, writer: Writer) -> dict[str, Any]:
    words = writer.words["dossier"]["what_if"]
    data = as_data(found, assessment.study.scenarios)
    for control in data["controls"]:
        control["percent"] = control["kind"] in SHARES
    return {
        **data,
        "locale": writer.words["locale"],
        "units": writer.scales(climate.unit),
        "words": {
            "percent": writer.words["percent"],
            "footprint": _at_least(assessment, "{amount}", writer),
            **{
                key: str(writer.typeset(words[key]))
                for key in ("no_share", "outside", "unchanged", "copied", "comment")
            },
        },
    }


def _figures(assessment: Record, climate: Quantity, writer: Writer) -> list[Figure]:
    words, study = writer.words["dossier"]["what_if"], assessment.benefit.study
    described = _at_least(assessment, writer.like(climate, climate.value), writer)
    figures = [Figure("footprint", words["footprint"], described)]
    if study is not None:
        net = study.climate.net_project
        share = next((one.value for one in assessment.benefit.break_evens if one.name == "benefit"), None)
        suffices = share is not None and math.isfinite(share) and share <= 1
        figures += [
            Figure("net", words["net" if study.is_established else "remains"], writer.like(net, net.value)),
            Figure(
                "share", words["share"], writer.percent(share) if suffices and share is not None else words["no_share"]
            ),
        ]
    return figures


def _at_least(assessment: Record, amount: str, writer: Writer) -> str:
    """Return an amount of the footprint, as the least that it is where something is left out."""
    at_least = writer.words["dossier"]["emissions"]["at_least"]
    return f"{at_least}\u00a0{amount}" if cost_facts(assessment).at_least else amount


def _entry(moved: Moved, assessment: Record, writer: Writer) -> Entry:
    control = moved.control
    words = writer.words["dossier"]["what_if"]
    form = f"{control.kind}_of_all" if not control.path else control.kind
    name = item_name(assessment.study, control.path) if control.path else ""
    label = words[form].format(name=name, unit=_unit(control, writer))
    if control.kind == PLACE:
        zones = tuple((zone, zone_name(zone, writer, assessment.book)) for zone in control.choices)
        return Entry(
            label,
            "",
            zones=(("", words["as_described"].format(value=_own_place(assessment, name, control, writer))), *zones),
        )
    scale = 100.0 if control.kind in SHARES else 1.0
    bounds = words["bounds"].format(low=writer.trimmed(control.low * scale), high=writer.trimmed(control.high * scale))
    described = words["differing"] if moved.stated is None else writer.trimmed(moved.stated * scale)
    return Entry(
        label,
        f"{words['as_described'].format(value=described)}{writer.words['semicolon']} {bounds}",
        value="" if moved.stated is None else _number(moved.stated * scale),
        low=_number(control.low * scale),
        high=_number(control.high * scale),
    )


def _own_place(assessment: Record, name: str, control: Control, writer: Writer) -> str:
    """Return the zone in which a site stands; its own name where a factor of its own says more than a zone."""
    site = assessment.study[ProductSystem].sites[control.path.removeprefix("sites.")]
    zone = assessment.book.zone_of(site.provider, site.region) or site.location
    return zone_name(zone, writer, assessment.book) if zone and site.electricity is None else name


def _unit(control: Control, writer: Writer) -> str:
    """Return the unit in which a volume is entered, as it is read: `image/day`."""
    if control.kind != VOLUME or not control.written:
        return ""
    counted, _, below = control.written.partition("/")
    return f"{counted}/{writer.unit(below)}" if below else counted


def _number(value: float) -> str:
    return f"{value:.12g}"
