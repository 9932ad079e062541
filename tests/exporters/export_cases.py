"""Studies that every export is tried on: worked examples, a study whose names and texts are hostile, and partial ones."""

from __future__ import annotations

import functools
import json

from conftest import AS_OF, ROOT

import lca
from lca import Assessment

#: A text that means something in YAML, Markdown, LaTeX, BibTeX, JSON, XML and spreadsheets.
HOSTILE = '=c|\'A0 {x}: [y](z) <b>&amp;</b> \\i %$_^~ #`q` "d" @é猫'

#: A study with one text wherever people write one.
_STUDY_OF_A_TEXT = """
descriptor: 1
project:
  name: TEXT
  applicant: TEXT
  start: 2024-03
  summary: TEXT
  sources: [TEXT]
goal: {excluded: {storage: {reason: TEXT}}}
sites: {paris: {location: FR, label: TEXT}}
models: {m: {name: TEXT, type: llm, licence: TEXT, version: TEXT, parameters: 7, training_tokens: 2e12 token}}
machines:
  node: {site: paris, label: TEXT, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}
training:
  final-model:
    on: node
    duration: 72 h
    model: m
    label: TEXT
    note: TEXT
    period: {start: 2024-03-01, end: 2024-03-09}
"""

#: Nothing of a training, and one line that has no factor.
_SERVICE = """
descriptor: 1
project: {name: A service, start: 2024-03}
goal: {units: [image], functional_unit: {description: one image, quantity: 1 image}}
sites: {paris: {location: FR}}
inference:
  pictures:
    {site: paris, volume: 100 image/day, duration: 1 year, energy_per_request: 3 Wh/image, device: {kind: phone, time: 30 s}}
devices: {phone: {kind: smartphone}}
"""

#: A footprint known from elsewhere, and no energy.
_STATED = """
descriptor: 1
project: {name: Only stated, start: 2024-03}
training: {final: {stated: {gwp100: 2.7 tCO2e, scope: operational, source: a call's slides}}}
"""


def study_text(text: str) -> str:
    """Return a descriptor with a text in all its names, labels, notes and reasons; JSON is YAML."""
    return _STUDY_OF_A_TEXT.replace("TEXT", json.dumps(text, ensure_ascii=False))


TEXTS = {"hostile": study_text(HOSTILE), "service": _SERVICE, "stated": _STATED}


@functools.cache
def study(name: str, draws: int = 100) -> Assessment:
    """Return a study of this module, or a worked example of the clone."""
    if name in TEXTS:
        return lca.read(TEXTS[name], name=f"{name}.yaml").assess(draws, 2026, AS_OF)
    return lca.load(ROOT / "projects" / f"{name}.yaml").assess(draws, 2026, AS_OF)


NAMES = (*TEXTS, *sorted(path.stem for path in (ROOT / "projects").glob("*.yaml")))
