"""What applicants want to say: each sentence of theirs has a line of a descriptor, or a gap that is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, assess_file

from lca import Assessment
from lca.descriptor.document import read_document

CASES = ROOT / "tests" / "cases" / "applicants"
VINEYARD = ROOT / "projects" / "vineyard.yaml"

#: What each applicant says, and where it stands: a path of the descriptor with its text, or `gap`, an activity and a part.
SAID: dict[Path, list[tuple[str, ...]]] = {
    VINEYARD: [
        ("project.start", "2027-01"),
        ("project.duration", "5 year"),
        ("project.funding", "480 k€"),
        ("project.readiness_level", "4"),
        ("project.partners.0", "une coopérative"),
        ("models.conseiller.parameters", "7"),
        ("machines.noeud.site", "jean-zay"),
        ("machines.noeud.gpu.count", "4"),
        ("training.final.duration", "2400 GPU h"),
        ("experiments.essais.duration", "9600 GPU h"),
        ("collection.drones.hours", "200 h"),
        ("collection.drones.electricity", "320 kWh"),
        ("collection.capteurs.count", "150"),
        ("collection.capteurs.duration", "3 year"),
        ("collection.fourgons.flows.route.amount", "18000 km"),
        ("transfer.mesures.network", "mobile"),
        ("transfer.images.volume", "12 TB"),
        ("storage.images.copies", "2"),
        ("machines.serveur.gpu.model", "NVIDIA L4"),
        ("machines.serveur.dedicated", "True"),
        ("inference.conseils.volume", "800 conseil/day"),
        ("inference.conseils.time_per_request", "6 s"),
        ("inference.conseils.device.kind", "telephone"),
        ("gap", "collection.drones", "manufacture of drone"),
        ("gap", "collection.capteurs", "manufacture of capteur"),
        ("gap", "collection.capteurs", "electricity of capteur"),
        ("benefit.reference.flows.substance-active.amount.value", "6000 kg/year"),
        ("benefit.effects.moins-de-traitements.flows.substance-active.with_project.value", "4000 kg/year"),
        ("benefit.effects.moins-de-traitements.attribution.value", "0.5"),
        ("benefit.reference.alternatives.bulletin.flows.substance-active.remains.value", "5000 kg/year"),
    ],
    CASES / "letters-by-interface.yaml": [
        ("inference.letters.volume", "2000000 letter/month"),
        ("inference.letters.duration", "3 year"),
        ("inference.letters.api.model", "gpt-4o"),
        ("inference.letters.api.input", "300 token"),
        ("inference.letters.api.cached_input", "150 token"),
        ("inference.letters.api.output", "400 token"),
        ("inference.letters.api.region", "unknown"),
        ("inference.letters.device.time", "90 s"),
        ("inference.letters.network.kind", "mobile"),
        ("inference.letters.user_location", "FR"),
        ("storage.archive.volume", "100 GB"),
        ("equipment.laptops.count", "2"),
        ("benefit.none", "no environmental benefit is claimed"),
    ],
    CASES / "student.yaml": [
        ("machines.laptop.gpu.model", "NVIDIA GeForce RTX 3060 Laptop GPU"),
        ("training.best.energy.source", "emissions.csv de CodeCarbon"),
        ("experiments.others.energy.value", "0.82 kWh"),
        ("sites.lyon.location", "FR"),
        ("scenarios.school-server.machines.laptop.site", "school"),
    ],
    CASES / "rented-instances.yaml": [
        ("machines.trainer.instance", "p4d.24xlarge"),
        ("training.model.duration", "340 h"),
        ("machines.server.instance", "g5.xlarge"),
        ("inference.service.duration", "2 year"),
        ("sites.paris.region", "eu-west-3"),
        ("training.model.note", "the bill of 14,000 USD"),
    ],
    CASES / "hospitals.yaml": [
        ("training.france.federated.clients", "4"),
        ("training.germany.federated.client_location", "DE"),
        ("training.italy.federated.rounds", "200"),
        ("training.italy.federated.local_time", "20 min"),
        ("training.italy.federated.model_size", "350 MB"),
        ("sites.frankfurt.location", "DE"),
        ("scenarios.copied.transfer.images.volume", "9 TB"),
    ],
    CASES / "ministry.yaml": [
        ("models.open24.parameters", "24"),
        ("machines.server.gpu.count", "2"),
        ("inference.assistant.reserved", "server"),
        ("inference.assistant.volume", "6000000 token/day"),
        ("inference.assistant.note", "18 million tokens a day are read; the meter on the rack has not been read yet"),
    ],
    CASES / "operations-only.yaml": [
        ("training.pretraining.estimated.flop.value", "6.2e22 FLOP"),
        ("training.pretraining.estimated.utilisation.value", "0.4"),
        ("sites.europe.location", "EU27"),
        ("machines.node.gpu.model", "NVIDIA A100"),
    ],
}


def at(data: Any, path: str) -> str:
    for key in path.split("."):
        data = data[int(key) if isinstance(data, list) else key]
    return str(data)


@pytest.mark.parametrize("path", list(SAID), ids=lambda path: path.stem)
def test_what_an_applicant_says_has_a_line_or_a_gap(path: Path) -> None:
    data, assessment = read_document(path.read_text("utf-8"), path.name).data, assess_file(path, draws=200)
    gaps = {(gap.activity, gap.part) for gap in assessment.footprint.gaps}
    for said in SAID[path]:
        if said[0] == "gap":
            assert said[1:] in gaps
        else:
            assert at(data, said[0]).startswith(said[1]), said
    assert assessment.footprint.climate is not None
    assert not {p.code for p in assessment.problems} & {"LCA606", "LCA607", "LCA612"}


def test_every_case_is_said() -> None:
    assert {path for path in SAID if path.parent == CASES} == set(CASES.glob("*.yaml"))


def value(assessment: Assessment, figure: str) -> float:
    return assessment.figures[figure].value


def test_figures_by_hand() -> None:
    # 2,400 h / 4 = 600 h of a node of 4 x 700 W x 0.7 and half of a host of 1,200 W, at a PUE of 1.2.
    vineyard = assess_file(VINEYARD, draws=200)
    assert value(vineyard, "training.final.energy") == pytest.approx(600 * (4 * 0.7 * 0.7 + 0.6) * 1.2, rel=1e-9)
    assert value(vineyard, "experiments.energy") == pytest.approx(
        4 * value(vineyard, "training.final.energy"), rel=1e-9
    )
    # 18,000 km by van, and its share of the field work: 0.3156 kg a kilometre.
    assert value(vineyard, "collection.fourgons.gwp100") == pytest.approx(18_000 * 0.31558, rel=1e-3)
    # 6.2e22 / (312e12 x 0.4) s on eight accelerators: 17,250 h of a node.
    operations = assess_file(CASES / "operations-only.yaml", draws=200)
    hours = 6.2e22 / (312e12 * 0.4) / 3600 / 8
    assert value(operations, "training.pretraining.machine_time") == pytest.approx(hours, rel=1e-9)
    # 340 h of eight accelerators of 400 W x 0.7 and a whole host of 1,200 W, at AWS's PUE of the nearest year.
    rented = assess_file(CASES / "rented-instances.yaml", draws=200)
    pue = rented.book.of_host("pue", "aws", "eu-west-3", 2026)
    assert pue is not None
    assert value(rented, "training.energy") == pytest.approx(340 * (8 * 0.4 * 0.7 + 1.2) * pue.value, rel=1e-9)
    # Four workstations of 400 W for 200 x 20 min, 350 MB down and up each time at 0.03 kWh/GB, and 60 W for 23 h at a PUE of 1.54.
    hospitals = assess_file(CASES / "hospitals.yaml", draws=200)
    expected = 4 * 200 * 0.4 / 3 + 2 * 4 * 200 * 0.35 * 0.03 + 23 * 0.06 * 1.54
    assert value(hospitals, "training.france.energy") == pytest.approx(expected, rel=1e-9)
