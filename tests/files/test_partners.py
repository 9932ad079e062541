"""Parts in partners' files: read below the folder, held to their hashes, and carried wherever the descriptor goes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import AS_OF, ROOT

import lca
from lca.cli.main import main
from lca.files.carried import read_report
from lca.files.taking_out import load_again, take_out

EXAMPLE = ROOT / "projects" / "consortium" / "chauffage.yaml"
MAIN = """descriptor: 1
project: {name: Whole, start: 2024-01, applicant: Lab}
include:
  city: {owner: City of Nancy, file: parts/city.yaml}
  forest:
    owner: Forest Lab
    file: parts/forest.yaml
sites:
  paris: {location: FR, pue: 1.20}
"""
CITY = """sites:
  nancy: {location: FR, pue: 1.350}
machines:
  small: {site: nancy, host: none, gpu: {model: NVIDIA L4, count: 1}}
experiments:
  tries: {on: small, duration: 100 h}
"""
FOREST = """machines:
  node: {site: paris, host: none, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}
training:
  final: {on: node, duration: 72 h}
"""
FILES = {"parts/city.yaml": CITY, "parts/forest.yaml": FOREST}


def errors(text: str = MAIN, files: Mapping[str, str | bytes] = FILES) -> list[tuple[str, str, str]]:
    study = lca.read(text, name="main.yaml", files=files)
    return [(str(p.location), p.code, p.message) for p in study.problems if p.severity == "error"]


def on_disk(folder: Path) -> Path:
    (folder / "parts").mkdir(parents=True)
    for name, text in {**FILES, "main.yaml": MAIN}.items():
        (folder / name).write_text(text, "utf-8")
    return folder / "main.yaml"


def test_the_whole_equals_the_descriptor_written_out() -> None:
    written = """descriptor: 1
project: {name: Whole, start: 2024-01, applicant: Lab, partners: [City of Nancy, Forest Lab]}
sites:
  paris: {location: FR, pue: 1.20}
  nancy: {location: FR, pue: 1.350}
machines:
  small: {site: nancy, host: none, gpu: {model: NVIDIA L4, count: 1}}
  node: {site: paris, host: none, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}
training:
  final: {on: node, duration: 72 h}
experiments:
  tries: {on: small, duration: 100 h}
"""
    whole = lca.read(MAIN, name="main.yaml", files=FILES).assess(draws=200, as_of=AS_OF)
    alike = lca.read(written, name="main.yaml").assess(draws=200, as_of=AS_OF)
    assert {path: (f.value, f.interval()) for path, f in whole.figures.items()} == {
        path: (f.value, f.interval()) for path, f in alike.figures.items()
    }
    assert whole.study.about.partners == ("City of Nancy", "Forest Lab") == alike.study.about.partners


def test_every_value_names_the_partners_own_line() -> None:
    found = json.loads(lca.read(MAIN, name="main.yaml", files=FILES).assess(draws=0, as_of=AS_OF).json())
    places = {row["path"]: (row["file"], row["line"], row["column"]) for row in found["inputs"] if "file" in row}
    assert places["training.final.duration"] == ("forest.yaml", 4, 31)
    assert places["sites.nancy.pue"] == ("city.yaml", 2, 30)
    assert places["sites.paris.pue"] == ("main.yaml", 9, 30)


def test_a_mistake_in_a_part_is_told_at_its_own_place() -> None:
    files = {**FILES, "parts/city.yaml": CITY.replace("on: small", "on: smal")}
    assert errors(files=files) == [("parts/city.yaml:6:15", "LCA401", "`smal` is not one of the machines")]


def test_a_file_that_changed_after_its_hash_was_written() -> None:
    digest = hashlib.sha256(CITY.encode()).hexdigest()
    text = MAIN.replace("parts/city.yaml}", f"parts/city.yaml, hash: {digest}}}")
    assert errors(text) == []
    changed = CITY.replace("100 h", "1000 h")
    new = hashlib.sha256(changed.encode()).hexdigest()
    message = f"`parts/city.yaml` changed after its hash was written: it was {digest[:12]}…, it is {new[:12]}…"
    assert errors(text, {**FILES, "parts/city.yaml": changed}) == [("main.yaml:4:61", "LCA425", message)]


def test_parts_that_cannot_be_read_are_all_told() -> None:
    text = MAIN.replace("parts/city.yaml", "../city.yaml").replace("file: parts/forest.yaml", "file: parts/none.yaml")
    assert errors(text) == [
        ("main.yaml:4:38", "LCA407", "`../city.yaml`: it lies outside the folder of the descriptor"),
        ("main.yaml:7:11", "LCA406", "`parts/none.yaml`: there is no such file (it was not given)"),
    ]
    broken: dict[str, str | bytes] = {"parts/city.yaml": "sites: [1,\n", "parts/forest.yaml": b"sites: \xff\n"}
    assert errors(files=broken) == [
        ("main.yaml:7:11", "LCA103", "`parts/forest.yaml`: the file is not UTF-8 text (byte 7)"),
        ("parts/city.yaml:2:1", "LCA104", "not YAML: did not find expected node content"),
    ]


def test_parts_are_no_larger_together_than_a_descriptor_may_be() -> None:
    padding = "#" * 600_000
    files = {name: f"{text}{padding}\n" for name, text in FILES.items()}
    message = "`parts/forest.yaml`: the descriptor has more than 1 MB with its parts"
    assert errors(files=files) == [("main.yaml:7:11", "LCA408", message)]


def test_too_many_parts_are_not_read() -> None:
    parts = "".join(f"  p{n}: {{owner: City, file: p{n}.yaml}}\n" for n in range(21))
    text = MAIN.replace("  city: {owner: City of Nancy, file: parts/city.yaml}\n", parts)
    assert errors(text) == [("main.yaml:3:1", "LCA205", "include has 22 entries, at most 20 are read")]


def test_files_of_one_name_are_refused_the_descriptors_own_too() -> None:
    text = MAIN.replace("parts/city.yaml", "parts/main.yaml").replace("parts/forest.yaml", "other/main.yaml")
    found = errors(text, {"parts/main.yaml": CITY, "other/main.yaml": FOREST})
    said = "more than one file of this descriptor is named `main.yaml`: a report could not tell their lines apart"
    assert found == [("main.yaml:4:38", "LCA402", said), ("main.yaml:7:11", "LCA402", said)]


def test_a_scenario_does_not_change_who_answers_for_what() -> None:
    text = f"{MAIN}scenarios:\n  alone: {{include: {{city: {{owner: Lab}}}}}}\n"
    assert errors(text) == [
        ("main.yaml:11:11", "LCA901", "scenario `alone` changes `include`, which all scenarios share")
    ]


def test_a_scenario_of_a_partner_is_one_of_the_whole() -> None:
    files = {**FILES, "parts/forest.yaml": f"{FOREST}scenarios:\n  ireland: {{sites: {{paris: {{location: IE}}}}}}\n"}
    study = lca.read(MAIN, name="main.yaml", files=files).assess(draws=0, as_of=AS_OF)
    france, ireland = (one.footprint.totals["gwp100"].total for one in (study, study.scenarios["ireland"]))
    assert france is not None
    assert ireland is not None
    assert ireland.value > france.value


def test_parts_are_in_the_fingerprint() -> None:
    one = lca.read(MAIN, name="main.yaml", files=FILES).assess(draws=0, as_of=AS_OF).fingerprint
    other = lca.read(MAIN, name="main.yaml", files={**FILES, "parts/city.yaml": f"{CITY}\n"})
    assert one.files == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in FILES.items()}
    assert other.assess(draws=0, as_of=AS_OF).fingerprint.descriptor != one.descriptor


def test_the_reference_scenario_is_one_file() -> None:
    text = (
        f"{MAIN}benefit: {{reference: {{description: as before, descriptor: old.yaml}}, none: nothing is expected}}\n"
    )
    found = errors(text, {**FILES, "old.yaml": MAIN})
    message = "old.yaml: the descriptor of the reference scenario names parts, which are not read"
    assert ("main.yaml:10:59", "LCA402", message) in found


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_a_report_carries_the_parts_and_is_reproduced(tmp_path: Path, mark: str) -> None:
    marked = f"{mark}{CITY}"
    digest = hashlib.sha256(marked.encode()).hexdigest()
    text = MAIN.replace("parts/city.yaml}", f"parts/city.yaml, hash: {digest}}}")
    study = lca.read(text, name="main.yaml", files={**FILES, "parts/city.yaml": marked})
    (tmp_path / "report.html").write_text(study.assess(draws=50, as_of=AS_OF).report("en").html, "utf-8")
    report = read_report(tmp_path / "report.html")
    assert report.files["parts-city.yaml"].decode() == CITY
    again = load_again(report, take_out(report))
    assert [problem for problem in again.problems if problem.severity == "error"] == []
    assert again.descriptor_hash == study.readable.descriptor_hash
    assert again.hashes == study.readable.hashes


def test_a_sealed_forecast_holds_the_parts() -> None:
    sealed = json.loads(lca.read(MAIN, name="main.yaml", files=FILES).assess(draws=0, as_of=AS_OF).sealed())
    assert sealed["descriptor"]["parts"] == FILES
    assert sealed["files"].keys() == FILES.keys()


def test_a_change_in_a_part_is_told_between_two_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = on_disk(tmp_path / "old"), on_disk(tmp_path / "new")
    (new.parent / "parts/city.yaml").write_text(CITY.replace("100 h", "150 h"), "utf-8")
    assert main(["diff", str(old), str(new), "--draws", "0", "--lang", "en"]) == 0
    assert "parts/city.yaml: experiments.tries.duration  100 h → 150 h" in capsys.readouterr().out


def test_the_problems_as_json_name_the_partners_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = on_disk(tmp_path)
    (tmp_path / "parts/city.yaml").write_text(f"{CITY}colour: red\n", "utf-8")
    assert main(["check", "--json", str(file)]) == 1
    (found,) = json.loads(capsys.readouterr().out)["problems"]
    assert (found["file"], found["line"], found["code"]) == (str(tmp_path / "parts/city.yaml"), 7, "LCA201")


def test_what_is_imported_takes_no_name_of_a_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = ROOT / "tests/cases/codecarbon/two-places.csv"
    file = on_disk(tmp_path)
    draft = tmp_path / "draft.yaml"
    assert main(["import", str(log), "-o", str(draft)]) == 0
    name = next(iter(lca.load(draft).descriptor.document.data["machines"]))
    part = FOREST.replace("node", name)
    (tmp_path / "parts/forest.yaml").write_text(part, "utf-8")
    assert main(["import", str(log), "--into", str(file)]) == 0
    capsys.readouterr()
    assert [p for p in lca.load(file).problems if p.severity == "error"] == []
    assert f"{name}-2" in lca.load(file).descriptor.document.data["machines"]
    text = file.read_text("utf-8")
    assert main(["import", str(log), "--into", str(file)]) == 0
    assert file.read_text("utf-8") == text


def test_the_example_of_a_consortium() -> None:
    study = lca.load(EXAMPLE)
    assert study.problems_on(AS_OF) == ()
    benefit = study.assess(draws=0, as_of=AS_OF).benefit.study
    assert benefit is not None
    # 600 t a year, adopted by 0.3, 0.8, 1 and 1; a rebound of 0.1; the laboratory's 0.3 and the city's 0.45 of it.
    assert benefit.climate.potential.value == pytest.approx(1_860_000, rel=1e-12)
    assert benefit.climate.realised.value == pytest.approx(1_674_000, rel=1e-12)
    assert benefit.climate.attributed.value == pytest.approx(1_255_500, rel=1e-12)
    assert benefit.climate.own_anyway.value == pytest.approx(0.75 * 400_000, rel=1e-12)
