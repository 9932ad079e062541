"""Where logs of CodeCarbon place runs: PUE, WUE, regions and countries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import assess_file
from emissions import imported, log, row, said, without, written

from lca.cli.main import main
from lca.subjects.footprint.declared import ProductSystem


def test_no_pue_where_the_log_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = imported(tmp_path, log(without("pue")))
    assert "pue: {" not in draft.read_text("utf-8")
    assert "# pue: the log has none" in draft.read_text("utf-8")
    assert "pue" not in said(capsys)


def test_a_pue_of_one_is_a_comment_and_a_warning_at_a_data_centre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = imported(tmp_path, log(row(cloud_provider="aws", cloud_region="eu-west-3", on_cloud="Y")))
    assert "pue: {" not in draft.read_text("utf-8")
    assert "# logged: pue 1.0" in draft.read_text("utf-8")
    assert "LCA607 warning: pue is 1, the tool's default" in said(capsys)
    # The provider's own PUE stands: AWS states 1.14 to 1.2, so the site draws more than the plug's 1.1 kWh.
    assert 1.1 * 1.1 < assess_file(draft).figures["energy"].value < 1.1 * 1.25


def test_a_laptop_is_asked_whether_it_is_in_an_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laptop = without("gpu_model", "gpu_count", "gpu_energy", cpu_model="Apple M2", energy_consumed="0.27")
    text = imported(tmp_path, log(laptop)).read_text("utf-8")
    assert "# kind: office  # asked: does this laptop" in text
    assert "host: laptop" in text
    assert "pue" not in said(capsys)


def test_a_stated_pue_and_wue_are_kept(tmp_path: Path) -> None:
    # 1.1 kWh hold the PUE of 1.25 already.
    draft = imported(tmp_path, log(row(pue="1.25", wue="1.8")))
    site = assess_file(draft).study[ProductSystem].sites["fr"]
    assert site.pue is not None
    assert site.wue is not None
    assert (site.pue.value, site.wue.value, site.wue.unit) == (1.25, 1.8, "L/kWh")
    assert assess_file(draft).figures["energy"].value == pytest.approx(1.1, rel=1e-12)


def test_an_unknown_cloud_region_is_flagged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cloud = {"cloud_provider": "aws", "cloud_region": "moon-base-1", "on_cloud": "Y"}
    draft = imported(tmp_path, log(row(country_iso_code="USA", region="oregon", **cloud)))
    assert "the cloud region `moon-base-1` of `aws` is unknown; US-OR of the log stands in" in said(capsys)
    site = assess_file(draft).study[ProductSystem].sites["aws-us-or"]
    assert (site.provider, site.location) == ("aws", "US-OR")


def test_a_provider_without_a_region_is_flagged_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = imported(tmp_path, log(row(cloud_provider="gcp")))
    assert "names the cloud provider `gcp` without a region; FR of the log stands in" in said(capsys)
    assert "provider: gcp\n    location: FR" in draft.read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "region", "zone"),
    [
        ("AUS", "new south wales", "AU-NSW"),
        ("AUS", "Victoria", "AU-VIC"),
        ("CAN", "Québec", "CA-QC"),
        ("USA", "TX", "US-TX"),
        ("FRA", "corse", "FR"),
    ],
)
def test_states_and_provinces(code: str, region: str, zone: str, tmp_path: Path) -> None:
    assert f"location: {zone}\n" in imported(tmp_path, log(row(country_iso_code=code, region=region))).read_text(
        "utf-8"
    )


def test_an_unknown_state_is_flagged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path, log(row(country_iso_code="USA", region="jefferson")))
    assert "the region `jefferson` is none of those of United States" in said(capsys)


@pytest.mark.parametrize(
    ("code", "name", "hint"),
    [
        ("FR", "France", "`FRA`"),
        ("DE", "", "`DEU`"),
        ("UK", "", "`GBR`"),
        ("", "Spain", "`ESP`"),
        ("Germany", "", "`DEU`"),
    ],
)
def test_a_code_that_is_not_of_three_letters(
    code: str, name: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(log(row(country_iso_code=code, country_name=name)), tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    (line,) = said(capsys).splitlines()
    assert f"write the code of three letters, {hint}" in line
    assert len(re.findall("`[A-Z]{3}`", line)) == 1
