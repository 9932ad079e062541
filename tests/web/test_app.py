"""The form without JavaScript: projects made from nothing, answers in place, two tabs, texts, files and hostile words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT
from form_by_hand import Person

import lca
from lca.web.steps import read_steps

STEPS = list(read_steps().steps)


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "study.yaml", "fr")


def opened(tmp_path: Path, example: str, language: str = "en") -> Person:
    file = tmp_path / "study.yaml"
    file.write_bytes((ROOT / example).read_bytes())
    return Person(file, language)


def test_alexnet_is_made_from_nothing_and_has_the_figures_of_the_example(person: Person) -> None:
    person.go("/").save(name="AlexNet sur ImageNet", template="shortest")
    assert person.address.endswith("/step/project")
    person.save("next:", **{"project.applicant": "Atelier IA responsable, Nancy", "project.start": "2012-01"})
    assert person.address.endswith("/step/place")
    person.save(
        **{
            "name:sites.cluster": "toronto",
            "sites.cluster.location": "CA-ON",
            "sites.cluster.pue": "1,67",
            "sites.cluster.pue:low": "1.2",
            "sites.cluster.pue:high": "2.0",
            "sites.cluster.pue:source": "valeur par défaut de Green Algorithms",
            "machines.machine.gpu.model": "GeForce GTX 580 3 GB",
            "machines.machine.gpu.count": "2",
            "machines.machine.host": "desktop",
            "machines.machine.utilisation": "0.5",
            "machines.machine.utilisation:low": "0.2",
            "machines.machine.utilisation:high": "0.85",
        }
    )
    person.save("open:machines.machine.gpu.power").save(**{"machines.machine.gpu.power": "244 W"})
    person.go("/step/work").save(
        **{
            "training.final.duration": "130 h",
            "training.final.duration:low": "120 h",
            "training.final.duration:high": "144 h",
            "training.final.gpu_load": "1.0",
            **{f"goal.excluded.{stage}.reason": "non publié" for stage in ("collection", "transfer", "storage")},
            **{f"goal.excluded.{stage}.reason": "hors de l’étude" for stage in ("experiments", "inference")},
        }
    )
    person.go("/step/benefit").save("next:", **{"benefit.none": "l’étude porte sur le coût d’un entraînement"})
    made = lca.load(person.file).assess()
    wanted = lca.load(ROOT / "projects/alexnet-2012.yaml").assess()
    for figure in ("total.gwp100", "energy", "training.gwp100"):
        assert made.figures[figure].value == wanted.figures[figure].value
    assert made.figures["total.gwp100"].interval() == pytest.approx(wanted.figures["total.gwp100"].interval(), rel=0.05)
    assert not [one for one in made.problems if one.code == "LCA614"]
    assert person.client.get("/download/json").content == f"{made.json()}\n".encode()
    assert "10,2\u00a0kg CO₂e" in person.go("/step/review").text.replace("\u202f", "\u00a0").replace("g\u00a0C", "g C")


def test_a_service_by_an_interface_is_made_from_nothing(tmp_path: Path) -> None:
    person = Person(tmp_path / "study.yaml")
    person.go("/").save(name="Assistant", template="api")
    person.go("/step/work").save(**{"way:inference.service": "api"})
    assert "tokens" not in person.file.read_text().split("inference:")[1].split("equipment:")[0]
    person.save(
        **{
            "inference.service.volume": "800 request/day",
            "inference.service.duration": "2 year",
            "inference.service.api.provider": "openai",
            "inference.service.api.model": "gpt-4o-2024-08-06",
            "inference.service.api.input": "1500 token",
            "inference.service.api.output": "350 token",
            "inference.service.api.region": "unknown",
        }
    )
    made = lca.load(person.file).assess(0)
    text = """
descriptor: 1
project: {name: Assistant, start: 2027-01}
devices: {phone: {kind: smartphone}}
inference:
  service:
    volume: 800 request/day
    duration: 2 year
    api: {provider: openai, model: gpt-4o-2024-08-06, input: 1500 token, output: 350 token, region: unknown}
    network: {volume: 20 kB, kind: mobile}
    device: {kind: phone, time: 90 s}
    user_location: FR
"""
    wanted = lca.read(text).assess(0)
    assert made.figures["inference.service.gwp100"].value == wanted.figures["inference.service.gwp100"].value


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("training.final-model.duration", "72 kWh", "To mend: `72 kWh` is an energy, where a duration is asked"),
        ("training.final-model.duration", "72 hous", "To mend: `hous` is neither a unit nor a counted noun"),
        ("training.final-model.duration", "72,5 h", ""),
        ("training.final-model.on", "nodes", "To mend: `nodes` is not one of the machines; did you mean `node`?"),
    ],
)
def test_a_value_is_answered_in_place_while_it_is_typed(tmp_path: Path, name: str, value: str, answer: str) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/work")
    before = person.file.read_bytes()
    said = person.answered(name, value)
    assert said.startswith(answer.replace("`", "")) if answer else said == ""
    assert not answer or "line 10" in said
    assert person.file.read_bytes() == before


def test_a_misspelt_accelerator_is_answered_and_the_page_of_before_stays(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/place")
    person.save(**{"machines.node.gpu.model": "NVIDIA A100 SXM4 80 GBB"})
    assert person.said("machines.node.gpu.model").startswith(
        "To mend: The processor NVIDIA A100 SXM4 80 GBB is unknown"
    )
    assert "NVIDIA A100 SXM4 80 GBB" in person.file.read_text()
    assert "as of the last text without errors" in person.all_text()
    assert person.client.get("/download/pdf").status_code == 409
    person.client.post("/undo", data={"step": "place"})
    assert person.file.read_bytes() == (ROOT / "projects/minimal.yaml").read_bytes()


def test_only_the_lines_that_are_changed_differ(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/alexnet-2012.yaml").go("/step/place")
    before = person.file.read_text().splitlines()
    person.save(**{"machines.workstation.utilisation": "0.4"})
    after = person.file.read_text().splitlines()
    (changed,) = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert changed[1] == changed[0].replace("value: 0.5", "value: 0.4")


@pytest.mark.parametrize("step", [step for step in STEPS if step != "review"])
@pytest.mark.parametrize(
    "example", ["projects/alexnet-2012.yaml", "projects/transition-call.yaml", "projects/federated.yaml"]
)
def test_a_page_that_is_saved_as_it_is_changes_no_byte(tmp_path: Path, example: str, step: str) -> None:
    person = opened(tmp_path, example).go(f"/step/{step}").save()
    assert person.file.read_bytes() == (ROOT / example).read_bytes()


def test_two_tabs_lose_nothing(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/work")
    other = person.second_tab().go("/step/work")
    person.save(**{"training.final-model.duration": "100 h"})
    other.save(**{"training.final-model.on": "node", "training.final-model.gpu_load": "0.9"})
    assert "{on: node, duration: 100 h, gpu_load: 0.9}" in person.file.read_text()


def test_the_same_field_in_two_tabs_is_asked_about(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/work")
    other = person.second_tab().go("/step/work")
    person.save(**{"training.final-model.duration": "100 h"})
    other.save(**{"training.final-model.duration": "90 h"})
    assert "here 90 h, meanwhile 100 h" in other.all_text()
    assert "duration: 100 h" in person.file.read_text()
    (form,) = [one for one in other.page.iter("form") if one.get("id") is None and one.get("action") == "/step/work"]
    mine = {one.get("name", ""): one.get("value", "") for one in form.iter("input")}
    other.client.post("/step/work", data=mine)
    assert "duration: 90 h" in person.file.read_text()


def test_a_change_by_an_editor_is_in_the_form_at_once(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/work")
    person.file.write_text(person.file.read_text().replace("count: 8", "count: 4"))
    person.save(**{"training.final-model.duration": "100 h"})
    text = person.file.read_text()
    assert "count: 4" in text
    assert "duration: 100 h" in text


def test_the_text_is_edited_too_and_a_text_that_cannot_be_read_is_kept(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/text")
    text = person.fields()["text"].replace("72 h", "80 h")
    person.save(text=text)
    assert person.file.read_text() == text
    assert person.go("/step/work").fields()["training.final-model.duration"] == "80 h"
    person.go("/text").save(text=text + "broken: [1\n")
    assert "To mend: Not YAML" in person.all_text()
    assert "it is kept as you wrote it" in person.all_text()
    assert person.go("/step/work").address.endswith("/text")
    assert person.fields()["text"] == text + "broken: [1\n"


def test_an_older_page_of_the_text_takes_the_place_of_nothing(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/text")
    other = person.second_tab().go("/text")
    person.save(text=person.fields()["text"].replace("72 h", "80 h"))
    other.save(text=other.fields()["text"].replace("72 h", "60 h"))
    assert other.status == 409
    assert "72 h" not in other.fields()["text"]
    assert "80 h" in person.file.read_text()
    other.save()
    assert "60 h" in person.file.read_text()


def test_cards_are_added_renamed_wherever_they_are_named_and_removed(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/alexnet-2012.yaml").go("/step/place")
    person.save("add:devices")
    assert "devices:\n  device:\n    kind: <laptop>\n" in person.file.read_text()
    person.save("remove:devices.device")
    assert person.file.read_bytes() == (ROOT / "projects/alexnet-2012.yaml").read_bytes()
    person.save(**{"name:sites.toronto": "ontario"})
    text = person.file.read_text()
    assert "site: ontario" in text
    assert "toronto" not in re.sub(r"#.*", "", text)
    assert not lca.load(person.file).assess(0).problems[0].code.startswith("LCA4")
    person.save(**{"name:sites.ontario": "Not a name"})
    assert "Not a name has not" in person.all_text()


def test_what_a_person_writes_is_shown_as_it_is_and_acts_nowhere(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml", "fr").go("/step/project")
    hostile = """<script>alert(1)</script> "quoted' & {{ 7*7 }} ; : ! « x »"""
    person.save(**{"project.name": hostile, "project.applicant": hostile})
    assert person.fields()["project.name"] == hostile
    assert not [one for one in person.page.iter("script") if one.get("src") is None]
    person.save()
    assert lca.load(person.file).descriptor.about.name == hostile


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("step", [*(f"/step/{step}" for step in STEPS), "/text"])
def test_every_control_has_a_label_and_nothing_is_inline(tmp_path: Path, step: str, language: str) -> None:
    person = opened(tmp_path, f"templates/descriptors/{language}/field-study.yaml", language).go(step)
    ids = [one.get("id") for one in person.page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {one.get("for") for one in person.page.iter("label")}
    for one in person.page.iter():
        if one.tag in ("input", "select", "textarea") and one.get("type") != "hidden":
            assert one.get("id") in labelled, one.attrib
            assert set(one.get("aria-describedby", "").split()) <= set(ids)
        assert not [key for key in one.attrib if key == "style" or key.startswith("on")], one.attrib
        assert one.tag != "style"
    assert "{{" not in person.text
    assert language in person.page.get("lang", "")


def test_the_language_is_chosen_and_kept(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/work")
    assert "What it does" in person.all_text()
    person.go("/language/fr?step=work")
    assert person.address.endswith("/step/work")
    assert "Ce qu’il fait" in person.all_text()
    assert "Ce qu’il apporte" in person.go("/step/benefit").all_text()


def test_defaults_are_shown_with_their_weight(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/place")
    assert "Left empty, 0.5 is taken" in person.all_text()
    narrowing = lca.load(person.file).assess().crosscheck.worth_measuring[0]
    assert f"would narrow the result by about {100 * narrowing.shrinks_by:.0f} %." in person.all_text()


def test_evidence_is_stored_beside_the_descriptor_and_named_in_it(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/checklist")
    person.save(**{"checklist.answers.ms-1.answer": "yes"})
    person.save("add:checklist.answers.ms-1.evidence")
    person.save("upload:checklist.answers.ms-1.evidence.0.file")
    sent = person.fields()
    answer = person.client.post("/upload", data=sent, files={"file": ("../Étude.pdf", b"%PDF-1.7 of nobody")})
    assert answer.status_code == 200
    (stored,) = (tmp_path / "study-files").iterdir()
    assert f"file: study-files/{stored.name}" in person.file.read_text()
    assert stored.read_bytes() == b"%PDF-1.7 of nobody"


def test_a_log_becomes_a_draft_and_undo_brings_the_text_back(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml").go("/step/review")
    (log, *_) = sorted((ROOT / "tests/cases/codecarbon").glob("*.csv"))
    answer = person.client.post("/import", files={"log": (log.name, log.read_bytes())})
    assert answer.status_code == 200
    assert log.name in person.file.read_text()
    person.client.post("/undo", data={"step": "review"})
    assert person.file.read_bytes() == (ROOT / "projects/minimal.yaml").read_bytes()
    refused = person.client.post("/import", files={"log": ("notes.txt", b"nothing of a log")})
    assert refused.status_code == 422
    assert person.file.read_bytes() == (ROOT / "projects/minimal.yaml").read_bytes()


def test_downloads_are_what_the_commands_write(tmp_path: Path) -> None:
    person = opened(tmp_path, "projects/minimal.yaml")
    made = lca.load(person.file).assess()
    assert person.client.get("/download/yaml").content == person.file.read_bytes()
    assert person.client.get("/download/html").text == made.report("en").html
    assert person.client.get("/download/pdf").content.startswith(b"%PDF-1.7")
    assert person.client.get("/export/paragraph").content == made.export("paragraph", "en").content
    for address in ("/download/exe", "/export/nothing", "/shipped/../pyproject.toml", "/shipped/web/form.css"):
        assert person.client.get(address).status_code == 404


def test_names_that_no_entry_may_have_are_shown_and_lead_to_the_text(tmp_path: Path) -> None:
    person = Person(tmp_path / "study.yaml")
    sites = '  "a.b": {location: FR}\n  "x\\"\'<b>&": {location: DE}\n'
    person.file.write_text(f"descriptor: 1\nproject: {{name: One}}\nsites:\n{sites}")
    person.go("/step/place")
    fields = person.fields()
    assert fields["sites.x\"'<b>&.location"] == "DE"
    assert not [name for name in fields if name.startswith("sites.a")]
    assert "a.b A place where machines run. Written in another form; it stands in the text." in person.all_text()
    assert person.text.count('href="/text"') > 2
    asked = [
        one.get("hx-vals", "") for one in person.page.iter("input") if one.get("name") == "sites.x\"'<b>&.location"
    ]
    assert [json.loads(one) for one in asked] == [{"checked": "sites.x\"'<b>&.location"}]
    person.save(**{"name:sites.x\"'<b>&": "there"})
    assert "  there: {location: DE}\n" in person.file.read_text()


def test_the_review_leads_to_the_field_that_shows_what_is_left_of_a_template(tmp_path: Path) -> None:
    person = opened(tmp_path, "templates/descriptors/fr/api.yaml", "fr")
    person.go("/step/review")
    links = [one for one in person.page.iter("a") if (one.get("href") or "").startswith("/step/")]
    titles = {str(one.get("href")): "".join(one.itertext()).replace("\u00a0", " ") for one in links}
    assert titles["/step/work#f-inference_service_tokens_batch"] == "service : Lot"
    assert titles["/step/work#f-goal_excluded_collection_reason"] == "Écartée : collecte"
    assert not [href for href in titles if "range95" in href]
    person.go("/step/work")
    shown = {one.get("id") for one in person.page.iter()}
    assert {href.partition("#")[2] for href in titles if href.startswith("/step/work#")} <= shown
