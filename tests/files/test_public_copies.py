"""What the public copy of a study gives away: nothing but how coarsely its totals are told."""

from __future__ import annotations

import base64
import datetime
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lca
from lca.assessment.data_section import links
from lca.assessment.public.copy import PUBLIC
from lca.files.public_copies import published

#: A host that keeps its PUE to itself beside a laboratory that does not; digits that stand nowhere by chance.
STUDY = """\
descriptor: 1
catalogue: "2026.2"
project: {name: Two hosts, applicant: Lab A, start: 2024-01, language: en}
goal:
  excluded:
    collection: {reason: the data set existed before the project}
sites:
  host: {location: FR, pue: {value: 1.3742, range95: [1.3121, 1.4393], visibility: restricted, source: log 1.3742}}  # 1.3742
  lab: {location: DE, pue: 1.6}
machines:
  a: {site: host, host: server, gpu: {model: A100 SXM4 80 GB, count: 8}}
  b: {site: lab, host: server, gpu: {model: A100 SXM4 80 GB, count: 8}}
training:
  final: {on: a, duration: 400 h, gpu_load: 0.9}
  other: {on: b, duration: 900 h, gpu_load: 0.9}
stated_results:
  paper: {figure: training.final.energy, value: 1636.2 kWh, source: the paper}
  other: {figure: training.other.energy, value: 4147 kWh, source: the paper}
"""
VALUE, DAY = 1.3742, datetime.date(2026, 9, 21)
#: The same with the range that its number was stated with left out, so that another number fits.
PLAIN = STUDY.replace(" range95: [1.3121, 1.4393],", "")


@pytest.fixture(autouse=True)
def _date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")


def assessed(text: str, draws: int = 0, **files: str) -> lca.Assessment:
    return lca.read(text, files={name.replace("_", "."): content for name, content in files.items()}).assess(
        draws, as_of=DAY
    )


def with_value(value: float, text: str = PLAIN) -> str:
    return text.replace("value: 1.3742", f"value: {value!r}")


def carried(page: str) -> dict[str, str]:
    return {name: base64.b64decode(content).decode() for name, content in links(page)}


def everything(report: lca.Report) -> Iterator[str]:
    """Yield each text that leaves the house in a public copy: page, files, the words of the PDF."""
    page = report.html
    yield re.sub(r"base64,[A-Za-z0-9+/=]+", "", page)
    yield from carried(page).values()
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(report.pdf()))
    yield from (one.extract_text() for one in reader.pages)
    yield from (content[0].decode("utf-8", "replace") for content in reader.attachments.values())


@pytest.fixture(scope="module")
def study() -> lca.Assessment:
    return assessed(STUDY, 200)


def test_neither_the_value_nor_a_figure_that_rests_on_it_stands_anywhere(study: lca.Assessment) -> None:
    report = study.report()
    withheld = json.loads(study.json())["withheld"]
    assert {"training.final.energy", "training.final.gwp100", "energy", "total.gwp100"} <= set(withheld)
    figures = [study.figures[path] for path in withheld]
    numbers = {VALUE, 1.3121, 1.4393, 1636.2, *(one.value for one in figures)}
    numbers |= {bound for one in figures if one.is_drawn and not one.is_open for bound in one.interval()}
    written = {
        form
        for number in numbers
        for scaled in (number * scale for scale in (1e-6, 1e-3, 1, 1e3, 1e6, 100))
        for form in (f"{scaled:.5g}", f"{scaled:.6g}", f"{scaled:.12g}")
        if len(form.replace(".", "").strip("0")) >= 5
    }
    written |= {form.replace(".", ",") for form in written}
    assert "1.3742" in written
    assert "137.42" in written
    open_numbers = {f"{one.value:.12g}" for path, one in study.figures.items() if path not in withheld}
    shown = [one["shown"] for one in json.loads(study.json())["inputs"]]
    open_numbers |= {f"{one[bound]:.12g}" for one in shown for bound in ("value", "low95", "high95")}
    for text in everything(report):
        tokens = set(re.findall(r"\d+(?:[.,]\d+)?", text)) - open_numbers
        assert tokens & written == set()


def test_the_agency_has_them_all(study: lca.Assessment) -> None:
    files = carried(study.report(copy="agency").html)
    assert files["study.yaml"] == STUDY
    assert study.figures["training.final.energy"].value == pytest.approx(
        8 * 0.4 * 0.9 * 400 * VALUE + _others(study), rel=1e-6
    )
    assert json.loads(study.json(copy="agency"))["energy"]["value"] > 0
    assert "agency’s copy, not to be published" in study.report(copy="agency").page_one


def _others(study: lca.Assessment) -> float:
    """Return what the training draws beside its accelerators, from its lines."""
    lines = [one.value for path, one in study.figures.items() if re.fullmatch(r"training\.final\..+\.energy", path)]
    return sum(lines) - 8 * 0.4 * 0.9 * 400 * VALUE


def test_all_values_within_ten_per_cent_give_the_same_copy_byte_for_byte() -> None:
    """Who has the copy can tell nothing among these: the copy is the same for each of them, its page and its files too."""
    first = assessed(with_value(VALUE)).report()
    for value in (1.15, 1.24, 1.31, 1.45, 1.55):
        other = assessed(with_value(value)).report()
        assert other.html == first.html, value


def test_two_copies_differ_in_how_the_totals_are_told_and_in_nothing_else() -> None:
    near, far = (json.loads(assessed(with_value(value)).json()) for value in (VALUE, 3.0))
    assert near != far
    for one in (near, far):
        for total in one["totals"]:
            assert (total["cell"] is None) != (
                total["indicator"] in ("gwp100", "electricity_primary_energy", "water_consumption")
            )
            total["cell"] = None
    assert near == far


def test_what_rests_on_nothing_restricted_is_told_whole(study: lca.Assessment) -> None:
    public, open_study = json.loads(study.json()), assessed(STUDY.replace(", visibility: restricted", ""), 200)
    for path in ("training.other.gwp100", "training.other.energy", "training.final.adpe", "total.adpe"):
        figure = open_study.figures[path]
        low, _, high = figure.interval()
        told = public["figures"][path]
        assert (told["value"], told["low95"], told["high95"]) == pytest.approx((figure.value, low, high), rel=1e-11)


def test_the_redacted_descriptor_has_markers_and_no_comment(study: lca.Assessment) -> None:
    text = carried(study.report().html)["study.yaml"]
    assert "    pue:\n      visibility: restricted\n" in text
    assert "1.37" not in text
    assert "1636" not in text  # a stated result of a figure that is withheld
    assert "value: 4147 kWh" in text
    with pytest.raises(lca.ProblemsFound) as found:
        lca.read(text).assess(0)
    told = [(p.code, p.location.line) for p in found.value.problems]
    assert [code for code, _ in told] == ["LCA427", "LCA427"]
    assert told[0][1] - 1 == next(n for n, line in enumerate(text.split("\n"), 1) if line == "    pue:")


def test_no_hash_of_what_is_restricted_travels() -> None:
    """A hash tells a value to who tries them one by one."""
    part = "sites:\n  host: {location: FR, pue: {value: 1.3742, visibility: restricted}}\n"
    import hashlib

    digest = hashlib.sha256(part.encode()).hexdigest()
    own = re.sub(r"  host: \{loc.*\n", "", PLAIN) + f"include:\n  p: {{owner: Host, file: part.yaml, hash: {digest}}}\n"
    study = assessed(own, part_yaml=part)
    page = study.report().html
    files = carried(page)
    assert set(files) == {"study.yaml", "part.yaml", PUBLIC, "report.json"}
    assert "visibility: restricted" in files["part.yaml"]
    assert "1.3742" not in files["part.yaml"]
    known = {digest, study.fingerprint.descriptor, *study.fingerprint.files.values()}
    assert not any(one in text or one[:12] in text for one in known for text in (page, *files.values()))
    assert json.loads(study.json())["restricted"] == [{"path": "sites.host.pue", "file": "part.yaml"}]


def test_the_own_figure_of_a_tool_goes_with_what_it_measured() -> None:
    text = PLAIN.replace(", visibility: restricted", "").replace(
        "final: {on: a, duration: 400 h, gpu_load: 0.9}",
        "final: {on: a, energy: {value: 1234.5 kWh, visibility: restricted}, "
        "measured_by: {tool: codecarbon, gwp100: 61.7 kgCO2e}}",
    )
    text = re.sub(r"stated_results:(.|\n)*", "", text)
    study = assessed(text)
    for content in (study.json(), *carried(study.report().html).values()):
        assert "61.7" not in content
        assert "1234.5" not in content


def test_nothing_changes_where_nothing_is_restricted() -> None:
    study = assessed(PLAIN.replace(", visibility: restricted", ""))
    assert study.json() == study.json(copy="public") == study.json(copy="agency")
    assert study.report().html == study.report(copy="public").html == study.report(copy="agency").html


def test_a_value_alone_in_every_total_is_told_as_coarsely_as_it_must() -> None:
    """The only training of the study: two digits would tell it to a few per cent."""
    text = re.sub(r"  (lab|b|other): .*\n", "", PLAIN)
    public, room = _copy(assessed(re.sub(r"stated_results:(.|\n)*", "", text)))
    told = {total["indicator"]: total["cell"]["manner"] for total in public["totals"] if total["cell"]}
    assert told["gwp100"] in ("one_digit", "class")
    assert "two_digits" not in told.values()
    assert room[1] - room[0] >= 0.2


def _copy(study: lca.Assessment) -> tuple[dict[str, Any], tuple[float, float]]:
    from lca.assessment.public.cut import public_copy

    return json.loads(study.json()), public_copy(study, ())[1]["stated/sites.host.pue"]


def test_what_cannot_be_computed_with_ones_is_told_by_its_totals_alone() -> None:
    """An attribution of 0.4 beside one of 0.6: with any other number in its place the shares are more than the whole."""
    text = (
        PLAIN.replace(", visibility: restricted", "")
        + """\
benefit:
  horizon: 5 year
  reference: {description: heating by hand, justification: it is how the buildings are heated today by their owners}
  effects:
    one: {id: heat, quantity: 10 tCO2e/year, attribution: 0.6, evidence: model}
    two: {id: heat, attribution: {value: 0.4, visibility: restricted}, evidence: expert}
"""
    )
    study = assessed(text)
    public = json.loads(study.json())
    assert public["is_short"]
    assert public["figures"] == {}
    assert public["verdicts"] == {}
    assert "0.4" not in study.json()
    assert "Nothing else can be told apart" in study.report().html


@pytest.mark.parametrize("written", ["summary: a PUE of 1.3742 is low", 'summary: "1.3742"'])
def test_a_number_that_is_written_elsewhere_is_told(written: str) -> None:
    text = PLAIN.replace("applicant: Lab A", f"applicant: Lab A, {written}")
    problems = [p for p in lca.read(text).problems if p.code == "LCA619"]
    assert [p.location.line for p in problems] == [3]
    assert "project.summary" in problems[0].message
    assert not [p for p in lca.read(PLAIN).problems if p.code == "LCA619"]


def test_another_visibility_is_refused() -> None:
    found = lca.read(PLAIN.replace("visibility: restricted", "visibility: secret")).problems
    assert [(p.code, p.location.line) for p in found if p.severity == "error"] == [("LCA204", 8)]


def test_what_would_publish_is_refused(study: lca.Assessment) -> None:
    for publish in (lambda: study.export("sci"), study.sealed):
        with pytest.raises(lca.ProblemsFound) as found:
            publish()
        assert [(p.code, p.location.line) for p in found.value.problems] == [("LCA428", 8)]
    assert study.export("sci", copy="agency").content
    assert "1.3742" in study.sealed(copy="agency")


def test_an_explanation_keeps_the_numbers_of_what_is_restricted_out(study: lca.Assessment) -> None:
    steps = study.explain("training.final.energy")
    told = {step.label: step.value for step in steps}
    assert steps[0].value == "restricted"
    assert told["sites.host.pue"] == "restricted"
    assert told["power of a"] == "2880 W" or told["processor power"] == "2880 W"
    assert not any("1.374" in f"{step.value} {step.how} {step.origin}" for step in steps)
    whole = study.explain("training.final.energy", copy="agency")
    assert any("1.374" in step.value for step in whole)
    assert study.explain("training.other.energy") == study.explain("training.other.energy", copy="agency")


def test_the_copy_made_from_the_descriptor_of_the_agency_is_the_same(study: lca.Assessment) -> None:
    taken = carried(study.report(copy="agency").html)["study.yaml"]
    assert assessed(taken, 200).report(copy="public").html == study.report().html


def test_the_same_in_french(study: lca.Assessment) -> None:
    page = study.report("fr").html
    assert "copie publique\u202f: 1 valeur est restreinte et compte dans les totaux" in page.lower().replace(
        "\u00a0:", "\u202f:"
    )
    assert "restricted values count" not in re.sub(r"base64,[A-Za-z0-9+/=]+", "", page)


def test_the_record_stays_whole(study: lca.Assessment) -> None:
    copy = published(study, study.source.readable)
    assert copy.restricted[0].path == "sites.host.pue"
    assert study.figures["sites.host.pue"].value == VALUE if "sites.host.pue" in study.figures else True
    assert Path(study.source.name).name == "study.yaml"
