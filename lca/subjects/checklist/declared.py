"""What a descriptor declares under `checklist`: answers with their evidence, and facts on hosts, equipment and claim."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import force_setattr

from lca.descriptor.named_file import EvidenceItem, one_name
from lca.quantities.provenance import Stated


class Answer(Struct, frozen=True):
    """What the applicant says of one row."""

    path: str
    answer: str
    justification: str = ""
    not_applicable_reason: str = ""
    evidence: tuple[EvidenceItem, ...] = ()


class HostPractice(Struct, frozen=True):
    """One practice of the code of conduct, from the host's table."""

    path: str
    name: str
    expected: bool
    value: int
    status: str
    title: str = ""
    category: str = ""
    justification: str = ""


class Audit(Struct, frozen=True):
    """Somebody who looked, when, and whether independently."""

    path: str
    date: str
    by: str
    independent: bool


class CodeOfConduct(Struct, frozen=True):
    """What a host does of the European Code of Conduct on Data Centre Energy Efficiency."""

    path: str
    edition: str
    file: str = ""
    practices: Mapping[str, HostPractice] = field(default_factory=dict)
    audit: Audit | None = None

    def __post_init__(self) -> None:
        """Give the file its one name."""
        force_setattr(self, "file", one_name(self.file))


class Refrigerant(Struct, frozen=True):
    """One fluid of a cooling system; without a GWP, that of the F-gas Regulation."""

    path: str
    fluid: str
    gwp: float | None = None
    basis: str = ""
    source: str = ""


class DeclaredPue(Struct, frozen=True):
    """Power usage effectiveness as the host states it."""

    path: str
    kind: str
    value: Stated | None = None
    year: int | None = None


class DeclaredWue(Struct, frozen=True):
    """Water usage effectiveness as the host states it."""

    path: str
    value: Stated | None = None
    year: int | None = None


class Waste(Struct, frozen=True):
    """The waste plan, and what secures it."""

    path: str
    plan: str = ""
    route: str = ""


class ClimateRisk(Struct, frozen=True):
    """What a climate risk and vulnerability assessment covers."""

    path: str
    material: tuple[str, ...] = ()
    not_material: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    horizon: Stated | None = None
    lifespan: Stated | None = None


class WaterBody(Struct, frozen=True):
    """The water body that a site draws from."""

    path: str
    basin_stress: str
    source: str = ""


class Hosting(Struct, frozen=True):
    """What the host of a site states; `refrigerants` is empty where it states that there are none."""

    path: str
    name: str
    location: str = ""
    in_service: str = ""
    it_power: Stated | None = None
    rated_power: Stated | None = None
    waste_heat: str = ""
    pue: DeclaredPue | None = None
    wue: DeclaredWue | None = None
    renewable_share: Stated | None = None
    code_of_conduct: CodeOfConduct | None = None
    refrigerants: Mapping[str, Refrigerant] | None = None
    waste: Waste | None = None
    climate_risk: ClimateRisk | None = None
    water: WaterBody | None = None
    protected_area_distance: Stated | None = None


class EquipmentLine(Struct, frozen=True):
    """What is declared of one kind of machine or device."""

    path: str
    name: str
    kind: str = ""
    placed_on_market: str = ""
    lifetime: Stated | None = None
    rohs_declaration: str = ""
    end_of_life: str = ""


class AvoidanceClaim(Struct, frozen=True):
    """What supports a claim of avoided emissions."""

    path: str
    baseline: str = ""
    method: str = ""
    verification: Audit | None = None


class NamedLaw(Struct, frozen=True):
    """The date of the law that a call names, and where it says so."""

    path: str
    date: str
    source: str


class Scale(Struct, frozen=True):
    """The level of a scale that a study intends, and what the applicant says that it lacks for it."""

    path: str
    level: int
    lacks: tuple[str, ...] = ()


class Gate(Struct, frozen=True):
    """What a company says of one gate before it claims avoided emissions."""

    path: str
    answer: str
    justification: str = ""


class Depth(Struct, frozen=True):
    """How deep a study intends to be, on scales of others; no conformity is claimed with any."""

    path: str
    empreinte_projet: Scale | None = None
    l1480: Scale | None = None
    specificity: str = ""
    gates: Mapping[str, Gate] = field(default_factory=dict)


class Declarations(Struct, frozen=True):
    """The `checklist` of a descriptor; `acts` is None where the descriptor leaves the choice to the program."""

    path: str = "checklist"
    acts: tuple[str, ...] | None = None
    law: NamedLaw | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    hosting: Mapping[str, Hosting] = field(default_factory=dict)
    equipment: Mapping[str, EquipmentLine] = field(default_factory=dict)
    claim: AvoidanceClaim | None = None
    depth: Depth | None = None


class AskedActs(Struct, frozen=True):
    """Acts that the profile of a call adds to those that a descriptor needs or chooses; no descriptor states them."""

    acts: tuple[str, ...]
