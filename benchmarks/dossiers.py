"""Writes invented dossiers of applicants, good and bad: `python benchmarks/dossiers.py FOLDER --number 1000 --seed 2026`.

The same seed gives the same bytes, and dossier k is the same however many are asked for. `FOLDER/00001.yaml` and so on are
the dossiers; `--truth FILE` also writes what was planted in which of them. Nothing in them is real: places, organisations and
sentences come from the small grammars in `applicants/fr.yaml` and `en.yaml`.

What is drawn, of a hundred dossiers:

- language: 65 French, 35 English;
- way of working: own servers 22, cloud instances by name 19, interfaces by tokens 16, fine-tuning on a national centre 14,
  logs of measuring tools 11, trainings of one task set against each other 7, a dozen lines 6, people's devices 5;
- parts: 60 claim a benefit (the others say why not), 70 answer the checklist, 25 count money, 30 have scenarios; of a dozen
  lines, 5 have either. Half of the benefits have an `id`;
- domains: ten alike, from heating to archives;
- sizes: half between 4 and 10 kB, one in a hundred above 20 kB, one in a thousand above 45 kB.

Faults, of a hundred dossiers. Those of the first list stop an assessment, and a dossier with one of them has no other:

- no YAML 1.0 (`LCA104`);
- an unknown key 1.4 (`LCA201`), a unit of another dimension 1.3 (`LCA303`), a required key missing 1.3 (`LCA202`);
- a pin to a catalogue that there never was 0.5 (`LCA506`); a named file that is missing 1.0 (`LCA406`);
- a PUE below one or above ten 0.8, grams taken for kilograms of electricity 0.7 (`LCA304`).

An assessment bears these:

- a PUE of 3.6 to 8.5, a machine or a GPU of 20 to 100 kW, a training longer than the project, 1.0 each (`LCA607`);
- silent on stages 5.0, and all of a dozen lines (`LCA606`);
- a range of 2 % on an expert's word 3.0 (`LCA834`); a reference without figures 3.0 (`LCA821`);
- a pin to the catalogue before this one 1.0: no code tells it, but what that catalogue lacks stops the assessment (`LCA503`);
- the benefit of another dossier claimed again 2.0, three in ten of them without its `id`; answers in the words of another
  dossier 2.0, in nearly its words 2.0. The other one comes before it, in the same language, and has no fault; the first
  dossiers find none, and then have no such fault. No code tells them in one dossier.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

from applicants.faults import Fault, plant, unreadable
from applicants.grammar import rules_of
from applicants.plan import Plan, planned, tree_of
from applicants.text import written


@dataclasses.dataclass(frozen=True)
class Dossier:
    """A dossier as it is handed in, and what is known of it beside."""

    plan: Plan
    text: str
    faults: tuple[Fault, ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.plan.name


def dossier(number: int, seed: int = 2026) -> Dossier:
    """Return one dossier; it depends on its number and the seed alone."""
    plan = planned(seed, number)
    tree = tree_of(plan)
    faults = plant(plan, tree)
    text, of_the_text = unreadable(plan, written(tree, rules_of(plan.language)["head"][0]))
    return Dossier(plan, text, (*faults, *of_the_text))


def dossiers(number: int, seed: int = 2026) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of so many dossiers."""
    for one in map(dossier, range(1, number + 1), [seed] * number):
        yield one.name, one.text


def truth(one: Dossier) -> dict[str, object]:
    """Return what is known of a dossier, as JSON takes it."""
    faults = [dataclasses.asdict(fault) for fault in one.faults]
    return {"file": one.name, "language": one.plan.language, "way": one.plan.way, "faults": faults}


def main() -> None:
    parser = argparse.ArgumentParser(description="write invented dossiers of applicants, good and bad")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--truth", type=Path, metavar="FILE", help="also write what was planted, as JSON")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    known = []
    for number in range(1, asked.number + 1):
        one = dossier(number, asked.seed)
        (asked.folder / one.name).write_text(one.text, encoding="utf-8", newline="\n")
        known.append(truth(one))
    if asked.truth:
        asked.truth.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
