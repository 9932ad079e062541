"""The page of the documents that the project was made from: for each scenario of theirs an example, a command and its figure."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import lca
from lca.assessment.sweeps.kinds import SWEEPS
from lca.assessment.sweeps.variation import Sweep
from lca.files.shipped import words
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.declared import ProductSystem

PROJECTS = Path(__file__).parent.parent / "projects"
WRITER = Writer("en", words("en"))


class Row(NamedTuple):
    """A question in English and in French, the command that answers it, and the figure that it prints."""

    english: str
    french: str
    command: str
    figure: Callable[[], str]


@functools.cache
def study(name: str) -> lca.Assessment:
    """Return an example, at its best estimates."""
    return lca.load(PROJECTS / f"{name}.yaml").assess(draws=0)


def figure(name: str, path: str) -> str:
    """Return a figure of an example in words."""
    return plain(study(name).figures[path])


def plain(quantity: Quantity) -> str:
    """Return the best estimate of a quantity in words."""
    return WRITER.amount(quantity, 3).replace("\u00a0", " ").replace("\u202f", " ")


def of_scenarios(name: str, path: str, *scenarios: str) -> str:
    """Return a figure of some scenarios of an example."""
    return ", ".join(f"{one} {plain(study(name).scenarios[one].figures[path])}" for one in scenarios)


@functools.cache
def swept(name: str, kind: str) -> Sweep:
    """Return a sweep of an example."""
    return SWEEPS[kind](study(name), "")


def ends(name: str, kind: str) -> str:
    """Return the lowest and the highest climate total of a sweep."""
    table = swept(name, kind).table("total.gwp100")
    assert table is not None
    rows = sorted((row for group in table.groups for row in group.rows), key=lambda row: row.amount.value)
    low, high = (f"{plain(row.amount)} ({row.case.name or 'as described'})" for row in (rows[0], rows[-1]))
    return f"{low} to {high}"


def method(name: str, wanted: str, version: str) -> str:
    """Return the climate impact of an example's work by another method."""
    found = next(m for m in study(name).crosscheck.methods if m.name == wanted and m.version == version)
    return plain(found.carbon) if found.carbon is not None else "–"


def devices(name: str) -> str:
    """Return the electricity of users' devices of an example."""
    flows = [flow for flow in study(name).footprint.flows if "device" in flow.part and flow.is_electricity]
    return ", ".join(f"{flow.part} {plain(flow.quantity)}" for flow in flows)


def of_tasks() -> str:
    """Return the tasks of the example of ten that draw least and most."""
    drawn = {
        a.path: study("ten-tasks").figures[f"{a.path}.energy"]
        for a in study("ten-tasks").study[ProductSystem].inference.values()
    }
    low, *_, high = sorted(drawn, key=lambda path: drawn[path].value)
    return f"{low.partition('.')[2]} {plain(drawn[low])} to {high.partition('.')[2]} {plain(drawn[high])}"


NANCY, YNOV = (
    "Atelier IA responsable, Nancy (Ligozat, d'Aquin, 2021)",
    "Éco-responsabilité et machine learning (Vacavant)",
)
ICEBERG = "La partie immergée de l'IA-iceberg (Jay, Carastan Dos Santos, Pint of Science 2023)"
POSTER, CALL = (
    "Sobriété économique et technologique de l'IA (affiche)",
    "IA frugale et numérique écoresponsable (diaporama, 2023)",
)

DOCUMENTS: dict[str, tuple[Row, ...]] = {
    NANCY: (
        Row(
            "AlexNet, 130 h on two GTX 580 in Ontario",
            "AlexNet, 130 h sur deux GTX 580 en Ontario",
            "lca assess projects/alexnet-2012.yaml",
            lambda: figure("alexnet-2012", "total.gwp100"),
        ),
        Row(
            "The same by Green Algorithms, as then",
            "Le même par Green Algorithms, version d'alors",
            "lca methods projects/alexnet-2012.yaml",
            lambda: method("alexnet-2012", "green-algorithms", "1.0"),
        ),
        Row(
            "The server in Ireland, the United States, Sweden or France: operation",
            "Le serveur en Irlande, aux États-Unis, en Suède, en France : exploitation",
            "lca compare projects/alexnet-2012.yaml",
            lambda: of_scenarios(
                "alexnet-2012", "total.gwp100.operational", "ireland", "united-states", "sweden", "france"
            ),
        ),
        Row(
            "On a cloud: operation",
            "Sur un cloud : exploitation",
            "lca compare projects/alexnet-2012.yaml",
            lambda: of_scenarios("alexnet-2012", "total.gwp100.operational", "cloud"),
        ),
        Row(
            "Which other items: manufacture",
            "Quels autres postes : la fabrication",
            "lca explain projects/alexnet-2012.yaml total.gwp100.embodied",
            lambda: figure("alexnet-2012", "total.gwp100.embodied"),
        ),
    ),
    YNOV: (
        Row(
            "Quality against time, energy and carbon of two trainings",
            "Qualité contre temps, énergie et carbone de deux entraînements",
            "lca report projects/training-set-size.yaml",
            lambda: figure("training-set-size", "energy"),
        ),
        Row(
            "Models on small images, without and with augmentation",
            "Des modèles sur de petites images, sans et avec augmentation",
            "lca report projects/measured/images.yaml --layout full",
            lambda: "as measured",
        ),
        Row(
            "Ways of sorting against the size of the data",
            "Des algorithmes de tri selon la taille des données",
            "lca report projects/measured/sorting.yaml --layout full",
            lambda: "as measured",
        ),
        Row(
            "π in sequence and in parallel",
            "π en séquence et en parallèle",
            "lca report projects/measured/pi.yaml --layout full",
            lambda: "as measured",
        ),
        Row(
            "What CodeCarbon measured becomes a study",
            "Ce que CodeCarbon a mesuré devient une étude",
            "lca import codecarbon emissions.csv -o draft.yaml",
            lambda: "as logged",
        ),
        Row(
            "A student's run of eight hours",
            "Un travail d'étudiant de huit heures",
            "lca assess projects/controlnet-sam.yaml",
            lambda: figure("controlnet-sam", "total.gwp100"),
        ),
    ),
    ICEBERG: (
        Row(
            "Stable Diffusion, 150,000 hours of accelerators: training",
            "Stable Diffusion, 150 000 heures-GPU : entraînement",
            "lca assess projects/stable-diffusion-v1.yaml",
            lambda: figure("stable-diffusion-v1", "training.gwp100"),
        ),
        Row(
            "All seven stages with users' devices",
            "Les sept étapes, terminaux compris",
            "lca assess projects/stable-diffusion-service.yaml",
            lambda: figure("stable-diffusion-service", "total.gwp100"),
        ),
        Row(
            "How is manufacture shared?",
            "Comment répartir l'impact indirect ?",
            "lca sweep projects/stable-diffusion-service.yaml utilisation",
            lambda: ends("stable-diffusion-service", "utilisation"),
        ),
        Row(
            "What do users' devices draw?",
            "Que consomment les équipements utilisateurs ?",
            "lca explain projects/stable-diffusion-service.yaml inference.pictures.energy",
            lambda: devices("stable-diffusion-service"),
        ),
        Row(
            "How much is it used?",
            "Quel volume d'utilisation ?",
            "lca sweep projects/stable-diffusion-service.yaml volume",
            lambda: ends("stable-diffusion-service", "volume"),
        ),
        Row(
            "How long does equipment last?",
            "Quelle durée de vie ?",
            "lca sweep projects/stable-diffusion-service.yaml lifetime",
            lambda: ends("stable-diffusion-service", "lifetime"),
        ),
        Row(
            "How often was it trained?",
            "Combien d'entraînements ?",
            "lca sweep projects/stable-diffusion-service.yaml experiments",
            lambda: ends("stable-diffusion-service", "experiments"),
        ),
        Row(
            "Federated learning and its centralised twin",
            "L'apprentissage fédéré et son jumeau centralisé",
            "lca compare projects/federated.yaml",
            lambda: (
                f"{figure('federated', 'total.gwp100')}; {of_scenarios('federated', 'total.gwp100', 'centralised')}"
            ),
        ),
    ),
    POSTER: (
        Row(
            "60,000 images in place of 30,000: 436.3 kWh more",
            "60 000 images au lieu de 30 000 : 436,3 kWh de plus",
            "lca assess projects/training-set-size.yaml",
            lambda: figure("training-set-size", "energy"),
        ),
        Row(
            "The same in other countries",
            "Le même dans d'autres pays",
            "lca sweep projects/training-set-size.yaml location",
            lambda: ends("training-set-size", "location"),
        ),
        Row(
            "By source of generation",
            "Selon la source d'énergie",
            "lca sweep projects/training-set-size.yaml generation",
            lambda: ends("training-set-size", "generation"),
        ),
    ),
    CALL: (
        Row(
            "E_total = PUE × Σ E",
            "E_total = PUE × Σ E",
            'lca formula site_electricity it_electricity="100 kWh" pue=1.2',
            lambda: "120 kWh",
        ),
        Row(
            "Six systems, 2.7 t in all",
            "Six systèmes, 2,7 t en tout",
            "lca assess projects/transition-call.yaml",
            lambda: figure("transition-call", "total.gwp100"),
        ),
        Row(
            "A gain of 1000 t a year at term: what would remain of it",
            "Un gain de 1000 t par an à terme : ce qui en resterait",
            "lca report projects/transition-call.yaml",
            lambda: figure("transition-call", "benefit.net_project"),
        ),
        Row(
            "The same under unfavourable readings",
            "Le même selon des lectures défavorables",
            "lca report projects/transition-call.yaml",
            lambda: figure("transition-call", "benefit.adverse.all"),
        ),
        Row(
            "Do no significant harm",
            "Ne pas causer de préjudice important",
            "lca dnsh projects/transition-call.yaml",
            lambda: f"{len(study('transition-call').checklist.findings)} rows",
        ),
        Row(
            "BLOOM: the training's own electricity, and all that the paper counts",
            "BLOOM : l'électricité de l'entraînement seul, et tout ce que l'article compte",
            "lca assess projects/bloom-176b.yaml",
            lambda: f"{method('bloom-176b', 'patterson', '')}; {figure('bloom-176b', 'total.gwp100')}",
        ),
        Row(
            "A thousand requests of ten tasks",
            "Mille requêtes de dix tâches",
            "lca assess projects/ten-tasks.yaml",
            of_tasks,
        ),
    ),
}


def lines() -> Iterator[str]:
    """Yield the lines of the page."""
    yield from (
        "# Scenarios of the first documents",
        "",
        "The project was made from five French documents. Each question of theirs has an example, a command and a figure (best",
        "estimates; the reports give the intervals). *Chaque question des cinq documents a son exemple, sa commande et son*",
        "*chiffre.*",
        "Generated by `python docs/generate.py`.",
    )
    for title, rows in DOCUMENTS.items():
        yield from ("", f"## {title}", "", "| Question | En français | Command | Figure |", "|---|---|---|---|")
        yield from (f"| {row.english} | {row.french} | `{row.command}` | {row.figure()} |" for row in rows)
