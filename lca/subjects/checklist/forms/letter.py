"""The letter to the host of a site: questions by what the checklist's rows ask, with what the descriptor already knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.presenting.blocks import Block, Heading, Page, Paragraph, TableBlock, page
from lca.presenting.writer import Writer
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.declared import Declarations, EquipmentLine, Hosting
from lca.subjects.checklist.forms.export import footer
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.site import Site
from lca.subjects.subject import Assessed


class Host(Struct, frozen=True):
    """A site as the descriptor knows it: its record, what its host declared, and the machines that run there."""

    site: Site
    hosting: Hosting | None
    machines: Mapping[str, Machine]
    equipment: Mapping[str, EquipmentLine]
    assessed: Assessed
    writer: Writer

    @property
    def words(self) -> Mapping[str, Any]:
        """The fixed words of letters."""
        found: Mapping[str, Any] = self.writer.words["letter"]
        return found


KnownAnswer = Callable[[Host], str]
KNOWN: dict[str, KnownAnswer] = {}


def known(question: str) -> Callable[[KnownAnswer], KnownAnswer]:
    """Register what the descriptor knows of a question, an empty text where it knows nothing."""

    def register(function: KnownAnswer) -> KnownAnswer:
        KNOWN[question] = function
        return function

    return register


def letter(form: Mapping[str, Any], assessed: Assessed, writer: Writer, site: str) -> Page:
    """Return the letter to the host of a site, in the writer's language."""
    descriptor, language = assessed.study, writer.language
    machines = {name: machine for name, machine in descriptor[ProductSystem].machines.items() if machine.site == site}
    host = Host(
        site=descriptor[ProductSystem].sites[site],
        hosting=descriptor[Declarations].hosting.get(site),
        machines=machines,
        equipment={name: line for name, line in descriptor[Declarations].equipment.items() if name in machines},
        assessed=assessed,
        writer=writer,
    )
    blocks: list[Block] = [Paragraph(line) for line in _address(host)]
    blocks += [Paragraph(form["opening"][language]), Paragraph(form["asking"][language])]
    for section in form["sections"]:
        blocks.append(Heading(section["heading"][language]))
        if section["rows"]:
            blocks.append(Paragraph(form["bears_on"][language].format(rows=", ".join(section["rows"])), "note"))
        blocks.append(_questions(form, section, host))
    blocks += [Paragraph(f"{line[language]}…") for line in form["signature"]]
    blocks.append(Paragraph(footer(assessed, writer), "note"))
    return page(form["title"][language].format(project=descriptor.about.name), blocks, writer)


def _address(host: Host) -> Iterator[str]:
    about, words, colon = host.assessed.study.about, host.words, host.writer.words["colon"]
    if about.applicant:
        yield f"{words['from']}{colon} {about.applicant}"
    provider = f" ({host.site.provider})" if host.site.provider else ""
    yield f"{words['to']}{colon} {words['host_of'].format(site=host.site.name)}{provider}"
    if about.call:
        yield f"{host.writer.words['call']}{colon} {about.call}"
    yield f"{host.writer.words['date']}{colon} {host.writer.date(host.assessed.fingerprint.as_of)}"


def _questions(form: Mapping[str, Any], section: Mapping[str, Any], host: Host) -> TableBlock:
    language = host.writer.language
    rows = []
    for question in section["questions"]:
        value = KNOWN[question["id"]](host) if question["id"] in KNOWN else ""
        rows.append((question[language], form["confirm"][language].format(value=value) if value else "–", ""))
    columns = form["columns"]
    return TableBlock(tuple(c[language] for c in columns), tuple(rows), tuple(c["width"] for c in columns))


def _several(host: Host, parts: Iterator[str]) -> str:
    separator: str = host.writer.words["forms"]["separator"]
    return separator.join(part for part in parts if part)


@known("operator")
def _operator(host: Host) -> str:
    return host.site.provider


@known("location")
def _location(host: Host) -> str:
    place = host.hosting.location if host.hosting and host.hosting.location else host.site.location
    return ", ".join(part for part in (place, host.site.region) if part)


@known("in_service")
def _in_service(host: Host) -> str:
    return host.hosting.in_service if host.hosting else ""


@known("it_power")
def _it_power(host: Host) -> str:
    return host.writer.stated(host.hosting.it_power) if host.hosting and host.hosting.it_power else ""


@known("machines")
def _machines(host: Host) -> str:
    return _several(host, (_machine(host, name, machine) for name, machine in host.machines.items()))


def _machine(host: Host, name: str, machine: Machine) -> str:
    count = f"{host.writer.stated(machine.count)} × " if machine.count else ""
    parts = [
        f"{host.writer.trimmed(part.count.value) + ' × ' if part.count else ''}{part.model}"
        for part in (*machine.kinds, machine.cpu)
        if part is not None and part.model
    ]
    return f"{count}{name}{' (' + ', '.join(parts) + ')' if parts else ''}"


@known("coc_edition")
def _edition(host: Host) -> str:
    code = host.hosting.code_of_conduct if host.hosting else None
    return code.edition if code else ""


@known("coc_table")
def _table(host: Host) -> str:
    code = host.hosting.code_of_conduct if host.hosting else None
    if code is None or not (code.file or code.practices):
        return ""
    return code.file or host.writer.counted(len(code.practices), host.words["practices"])


@known("coc_value_5")
def _value_5(host: Host) -> str:
    code = host.hosting.code_of_conduct if host.hosting else None
    practices = code.practices.values() if code else ()
    missing = [p.name for p in practices if p.expected and p.value == 5 and p.status != "implemented"]
    return str(host.words["not_implemented"].format(numbers=", ".join(missing))) if missing else ""


@known("audit")
def _audit(host: Host) -> str:
    code = host.hosting.code_of_conduct if host.hosting else None
    if code is None or code.audit is None:
        return ""
    independence = host.words["independent" if code.audit.independent else "not_independent"]
    return _several(host, iter((code.audit.date, code.audit.by, independence)))


@known("refrigerants")
def _refrigerants(host: Host) -> str:
    fluids = (host.hosting.refrigerants or {}).values() if host.hosting else ()

    def said(fluid: Any) -> str:
        if fluid.gwp is None:
            return str(fluid.fluid)
        basis = f", {host.words['bases'][fluid.basis]}" if fluid.basis else ""
        return f"{fluid.fluid} ({host.words['gwp']} {host.writer.trimmed(fluid.gwp)}{basis})"

    return _several(host, (said(fluid) for fluid in fluids))


@known("pue")
def _pue(host: Host) -> str:
    declared = host.hosting.pue if host.hosting else None
    if declared is not None and declared.value is not None:
        parts = (host.writer.stated(declared.value), str(declared.year or ""), host.words["kinds"][declared.kind])
        return _several(host, iter(parts))
    return host.writer.stated(host.site.pue) if host.site.pue else ""


@known("wue")
def _wue(host: Host) -> str:
    declared = host.hosting.wue if host.hosting else None
    if declared is not None and declared.value is not None:
        return _several(host, iter((host.writer.stated(declared.value), str(declared.year or ""))))
    return host.writer.stated(host.site.wue) if host.site.wue else ""


@known("ref")
def _renewable(host: Host) -> str:
    share = host.hosting.renewable_share if host.hosting else None
    return host.writer.stated(share) if share else ""


@known("hazards")
def _hazards(host: Host) -> str:
    risk = host.hosting.climate_risk if host.hosting else None
    if risk is None:
        return ""
    names = host.assessed.results[ChecklistResult].criteria.hazards

    def named(hazards: tuple[str, ...]) -> str:
        return ", ".join(names[hazard].in_(host.writer.language) for hazard in hazards)

    parts = (("material", risk.material), ("not_material", risk.not_material))
    colon = host.writer.words["colon"]
    return _several(host, (f"{host.words[word]}{colon} {named(found)}" for word, found in parts if found))


@known("scenarios")
def _scenarios(host: Host) -> str:
    risk = host.hosting.climate_risk if host.hosting else None
    if risk is None:
        return ""
    stated = [host.writer.stated(value) for value in (risk.horizon, risk.lifespan) if value is not None]
    return _several(host, iter([", ".join(risk.scenarios), *stated]))


@known("water_body")
def _water_body(host: Host) -> str:
    water = host.hosting.water if host.hosting else None
    return _several(host, iter((host.words["stress"][water.basin_stress], water.source))) if water else ""


@known("rohs")
def _rohs(host: Host) -> str:
    return _of_equipment(host, lambda line: line.rohs_declaration)


@known("ecodesign")
def _ecodesign(host: Host) -> str:
    return _of_equipment(host, lambda line: line.placed_on_market)


@known("lifetime")
def _lifetime(host: Host) -> str:
    def said(name: str, machine: Machine) -> str:
        line = host.equipment.get(name)
        stated = line.lifetime if line and line.lifetime else machine.lifetime
        return f"{name}{host.writer.words['colon']} {host.writer.stated(stated)}" if stated else ""

    return _several(host, (said(name, machine) for name, machine in host.machines.items()))


@known("waste_plan")
def _waste_plan(host: Host) -> str:
    return host.hosting.waste.plan if host.hosting and host.hosting.waste else ""


@known("waste_route")
def _waste_route(host: Host) -> str:
    waste = host.hosting.waste if host.hosting else None
    return str(host.words["routes"][waste.route]) if waste and waste.route else ""


@known("end_of_life")
def _end_of_life(host: Host) -> str:
    return _of_equipment(host, lambda line: str(host.words["ends"][line.end_of_life]) if line.end_of_life else "")


@known("sensitive_area")
def _sensitive_area(host: Host) -> str:
    distance = host.hosting.protected_area_distance if host.hosting else None
    return host.writer.stated(distance) if distance else ""


def _of_equipment(host: Host, said: Callable[[EquipmentLine], str]) -> str:
    colon = host.writer.words["colon"]
    found = ((name, said(line)) for name, line in host.equipment.items())
    return _several(host, (f"{name}{colon} {text}" for name, text in found if text))
