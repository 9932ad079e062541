"""Ten mistakes of beginners in each template: each is answered with what would be right, where it stands."""

from __future__ import annotations

import pytest
from conftest import ROOT

import lca
from lca.descriptor.placeholders import CODE
from lca.files.folders import TEMPLATES

#: For each template: what stands there, what a beginner writes, the code, and what the answer holds.
MISTAKES: dict[str, list[tuple[str, str, str, str]]] = {
    "shortest": [
        ("<72 h>", "72", "LCA303", "write it with its unit, as in `130 h`"),
        ("<72 h>", "72 kWh", "LCA303", "is an energy, where a duration is asked"),
        ("<72 h>", "6h30", "LCA302", "write one number and one unit"),
        ("<FR>", "Frannce", "LCA501", "did you mean `France`?"),
        ("<FR>", "Lyon", "LCA501", "use the country's code"),
        ("<8>", "eight", "LCA301", "write it in digits, as in `8`"),
        ("{model: <NVIDIA A100 SXM4 80 GB>, count: <8>}", "NVIDIA A100", "LCA203", '"count": 8}'),
        ("<2026-01>", "01/2026", "LCA205", "for example `2026-01`"),
        ("    inference: {", "    inferrence: {", "LCA201", "did you mean `inference`?"),
        ("on: machine", "on: machin", "LCA401", "did you mean `machine`?"),
        ("language: en", "language: english", "LCA204", "one of en, fr"),
    ],
    "training": [
        ("<72 h>", "1,500 h", "LCA301", "write `1.500 h`, or `1500 h` where the comma sets thousands apart"),
        ("<500 GB>, network", "0,5 TB, network", "LCA301", 'write `0.5 TB` or quote it: `"0,5 TB"`'),
        ("<500 GB>, network", "500 GB/year, network", "LCA303", "a volume per time together with `duration`"),
        ("<10000 image/day>", "10000 image", "LCA303", "is a total, where an amount per time is asked; divide it"),
        ("<10000 image/day>", "10000 photos/day", "LCA302", "client, image, model"),
        ("<300 k€>", "300", "LCA303", "as in `600000 EUR`"),
        ("<300 k€>", "300k", "LCA302", "as in `300 k€`"),
        ("<0.2>", "14 h", "LCA303", "is a duration, where a plain number is asked"),
        ("repeats: training.final", "repeats: final", "LCA401", "did you mean `training.final`?"),
        ("network: fixed", "network: fibre", "LCA204", "one of fixed, mobile, data-centre"),
        ("<20 ms>", "20", "LCA303", "as in `8 ms`"),
        ("<3 year>\n", "3 ans et demi\n", "LCA302", "write one number and one unit, as in `3.5 year`"),
    ],
    "finetuning": [
        ("<400 h>", "400", "LCA303", "as in `400 h`"),
        ("{reserved: server, volume", "{on: server, volume", "LCA402", "for example `time_per_request: 8 ms`"),
        ("reserved: server", "reserved: serveur", "LCA401", "did you mean `server`?"),
        ("kind: fine-tuning", "kind: finetuning", "LCA204", "did you mean `fine-tuning`?"),
        ("rule: excluded", "rule: exclude", "LCA204", "did you mean `excluded`?"),
        ("<800 letter/day>", "800 letter", "LCA303", "divide it by the time that it covers"),
        ("<800 letter/day>", "800 advice/day", "LCA302", "another noun must stand in `goal.units`, as in `units: [advice]`"),
        ("<50 GB>", "50 GB/month", "LCA303", "is an amount per time, where a total is asked; multiply it"),
        ("<NVIDIA L4>", "NVIDIA L5", "LCA502", "search with `lca factors search`"),
        ("kind: office", "kind: bureau", "LCA204", "one of data-centre, office"),
    ],
    "cluster": [
        ("site: jean-zay\n    gpu", "site: jean-zai\n    gpu", "LCA401", "did you mean `jean-zay`?"),
        ("site: jean-zay\n    gpu", "site: Jean Zay\n    gpu", "LCA205", "use lower-case letters, digits and hyphens"),
        ("<2400 h>", "2400", "LCA303", "write it with its unit"),
        ("<2400 h>", "2,400 h", "LCA301", "write `2.400 h`, or `2400 h`"),
        ("<2400 h>", "2400 kWh", "LCA303", "is an energy, where a duration is asked"),
        ("processor_hours: <2400 h>", "processor-hours: 2400 h", "LCA201", "did you mean `processor_hours`?"),
        ("<2400 h>", "2400 h, duration: 10 h", "LCA402", "keep one of them"),
        ("<2 TB>, network", "2, network", "LCA303", "as in `138 GB`"),
        ("<150 k€>", "150 ke", "LCA302", "as in `300 k€`"),
        ("exploration: {on: node", "exploration: {on: noeud", "LCA401", "known: node"),
    ],
    "api": [
        ("<2000000 letter/month>", "2000000 letter", "LCA303", "is a total, where an amount per time is asked"),
        ("<2000000 letter/month>", "2 million letters/month", "LCA302", "write the number in digits, as in `2000000`"),
        ("<2000000 letter/month>", "2,000,000 letter/month", "LCA301", "write `2000000`"),
        ("<2000000 letter/month>", "2000000 lettres/mois", "LCA302", "client, letter,"),
        ("<70>", "70B", "LCA303", "where a plain number is asked"),
        ("<400 token>", "400", "LCA404", "write for example `400 token`"),
        ("kind: phone, time", "kind: smartphone, time", "LCA401", "known: phone, laptop"),
        ("kind: mobile", "kind: 4G", "LCA204", "one of fixed, mobile, data-centre"),
        ("user_location: <FR>", "user_location: Europe", "LCA501", "write the code `EU27`"),
        ("count: <2>", "count: 2 laptops", "LCA302", "counted here:"),
    ],
    "federated": [
        ("<20 min>", "20", "LCA303", "as in `60 s`"),
        ("<20 min>", "20 m", "LCA303", "is a distance, where a duration is asked"),
        ("<350 MB>", "350 M", "LCA302", "or `350 MB`"),
        ("client_location: <FR>", "client_location: [FR, DE, IT]", "LCA203", "must be a text; for example `FR`"),
        ("device: station", "device: stations", "LCA401", "did you mean `station`?"),
        ("<10 h>", "10 kWh", "LCA303", "is an energy, where a duration is asked"),
        ("<450 W>", "450", "LCA303", "as in `4.5 W`"),
        ("<450 W>", "450 kWh", "LCA303", "is an energy, where a power is asked"),
        ("<12>", "twelve", "LCA301", "write it in digits"),
        ("<0.1>", "10", "LCA304", "10 means 1000 %; write `10 %` or `0.1`"),
    ],
    "field-study": [
        ("<320 kWh>", "320 kWh/year", "LCA303", "is an amount per time, where a total is asked; multiply it"),
        ("<320 kWh>", "320 kW", "LCA303", "is a power, where an energy is asked"),
        ("quantity: <60 tCO2e/year>", "quantity: 60 tCO2e", "LCA303", "is a total, where an amount per time is asked"),
        ("quantity: <60 tCO2e/year>", "quantity: 60 t/an", "LCA303", "is a mass per time, where a climate impact per time"),
        ("attribution: <0.5>", "attribution: 50", "LCA304", "50 means 5000 %; write `50 %` or `0.5`"),
        ("[<0.2>, <0.5>, <1.0>]", "[0,2, 0,6, 1]", "LCA301", 'write `0.2` or quote it: `"0,2"`'),
        ("[<0.2>, <0.5>, <1.0>]", "[20, 60, 100]", "LCA304", "write `20 %` or `0.2`"),
        ("range95: [<5 tCO2e/year>", "range95: [25 tCO2e/year", "LCA305", "the range must contain the value"),
        ("evidence: pilot", "evidence: pilote", "LCA204", "did you mean `pilot`?"),
        ("amount: <1500 L>", "amount: 18000 km", "LCA303", "is for amounts in L"),
        ("factor: fuel/diesel/FR", "factor: diesel", "LCA401", "as in `fuel/diesel`"),
        ("kind: drones", "kind: drone", "LCA204", "did you mean `drones`?"),
    ],
    "student": [
        ("{value: <0.8 kWh>", "{value: 0,8 kWh", "LCA301", 'write `0.8 kWh` or quote it: `"0,8 kWh"`'),
        ("{value: <0.8 kWh>", "{value: 0.8", "LCA303", "as in `433 MWh`"),
        ("{value: <0.8 kWh>", "{value: 0.8 kW", "LCA303", "is a power, where an energy is asked"),
        ("{value: <0.8 kWh>", "{value: 0.8 kWh/year", "LCA303", "is an amount per time, where a total is asked"),
        ("evidence: measured, source: \"", "evidence: mesuré, source: \"", "LCA204", "`measured`"),
        ("duration: <6 h>", 'duration: "6:30"', "LCA302", "write one number and one unit"),
        ("<FR>", "Lyon", "LCA501", "use the country's code"),
        ("<2026-10>", "2026-13", "LCA205", "for example `2026-01`"),
        ("<90 W>", "90 Wh", "LCA303", "is an energy, where a power is asked"),
        ("<10>", "ten", "LCA301", "write it in digits, as in `20`"),
        ("repeats: training.final", "repeats: training.finale", "LCA401", "did you mean `training.final`?"),
        ("host: laptop", "host: portable", "LCA204", "desktop, laptop"),
    ],
}  # fmt: skip


def test_every_template_has_ten() -> None:
    assert list(MISTAKES) == list(TEMPLATES)
    assert all(len(mistakes) >= 10 for mistakes in MISTAKES.values())


@pytest.mark.parametrize(
    ("template", "stands", "is_written", "code", "answer"),
    [(template, *mistake) for template, mistakes in MISTAKES.items() for mistake in mistakes],
)
def test_a_mistake_is_answered_with_what_would_be_right(
    template: str, stands: str, is_written: str, code: str, answer: str
) -> None:
    text = (ROOT / "templates" / "descriptors" / "en" / f"{template}.yaml").read_text("utf-8")
    head, _, body = text.partition("descriptor: 1")
    assert stands in body
    wrong = f"{head}descriptor: 1{body.replace(stands, is_written, 1)}"
    found = [problem for problem in lca.read(wrong, name="my.yaml").problems if problem.code != CODE]
    assert found, "the mistake is not seen"
    fitting = [p for p in found if p.code == code and answer in f"{p.message}; {p.hint}"]
    assert fitting, [str(problem) for problem in found]
    # The answer stands in the line of the mistake, or in the next above where the whole entry is spoken of.
    line = f"{head}descriptor: 1{body[: body.index(stands)]}".count("\n") + 1
    assert any(line - 1 <= p.location.line <= line + 1 for p in fitting)
    # What only follows from the mistake is not told beside it.
    assert {p.code for p in found if p.severity == "warning"} <= {"LCA607"}
