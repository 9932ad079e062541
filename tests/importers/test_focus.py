"""Cloud bills: hours, volumes, tokens and money of the draft are the bill's, and what has no place in it is told with its cost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT, assess_file
from drafts import drafted, written, wrong

from lca.importers.bill import FOCUS
from lca.quantities.provenance import Stated
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem

CASES = ROOT / "tests/cases/focus"
BILL, CUR = CASES / "focus-1.2.csv", CASES / "aws-cur-2.0.csv"


def system_of(draft: Path) -> ProductSystem:
    """Return what a draft describes; assessing it raises no error."""
    return assess_file(draft).study[ProductSystem]


def amount(stated: Stated, unit: str) -> float:
    """Return a stated quantity in a unit."""
    return stated.value * conversion(stated.unit, unit)


def rows(**cells: str) -> str:
    """Return a bill of one charge."""
    sound = {
        "BilledCost": "20",
        "BillingCurrency": "EUR",
        "ChargePeriodStart": "2025-09-01T00:00:00Z",
        "ChargePeriodEnd": "2025-09-02T00:00:00Z",
        "ServiceName": "Virtual Machines",
        "ProviderName": "AWS",
        "RegionId": "eu-west-3",
        "ConsumedQuantity": "10",
        "ConsumedUnit": "Hours",
        "SkuMeter": "BoxUsage:p4d.24xlarge",
        "SkuPriceDetails": "",
        **cells,
    }
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([sound.keys(), sound.values()])
    return out.getvalue()


def test_hours_of_instances_and_their_rent(tmp_path: Path) -> None:
    system = system_of(drafted(tmp_path, "focus", BILL))
    hours = {name: work.duration.value for name, work in system.training.items() if work.duration}
    assert hours == {"p4d-24xlarge": 36, "m5-large": 720, "g5-xlarge": 100}
    assert {name: machine.instance for name, machine in system.machines.items()} == {
        "p4d-24xlarge": "p4d.24xlarge",
        "m5-large": "m5.large",
        "g5-xlarge": "g5.xlarge",
    }
    rents = {name: machine.rent.value for name, machine in system.machines.items() if machine.rent}
    assert rents == {"p4d-24xlarge": pytest.approx(790.475112 / 36, rel=1e-12), "m5-large": pytest.approx(0.112)}


def test_the_money_of_the_study_is_that_of_the_bill(tmp_path: Path) -> None:
    money = assess_file(drafted(tmp_path, "focus", BILL)).money
    assert money is not None
    assert money.totals["USD"].value == pytest.approx(526.983408 + 263.491704 + 80.64, rel=1e-12)


def test_data_kept_and_moved(tmp_path: Path) -> None:
    system = system_of(drafted(tmp_path, "focus", BILL))
    kept = {
        name: (amount(one.volume, "GB"), amount(one.duration, "h"), one.medium)
        for name, one in system.storage.items()
        if one.volume and one.duration
    }
    expected: dict[str, object] = {
        "storage-ssd": (pytest.approx(1000), pytest.approx(720), "ssd"),
        "storage": (pytest.approx(500), pytest.approx(720), "hdd"),
    }
    assert kept == expected
    moved = {one.network: amount(one.volume, "GB") for one in system.transfer.values() if one.volume}
    assert moved == {"fixed": pytest.approx(100), "data-centre": pytest.approx(200)}


def test_tokens_are_all_there_and_their_requests_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = drafted(tmp_path, "focus", BILL)
    api = system_of(draft).inference["mistral-large-2407"].api
    assert api is not None
    assert api.requests is not None
    assert api.input is not None
    assert api.output is not None
    assert api.requests.value * api.input.value == pytest.approx(3_000_000)
    assert api.requests.value * api.output.value == pytest.approx(1_000_000)
    assert "and no requests: 2000 of 2000 tokens stand for them" in capsys.readouterr().err
    assert "requests: {value: <2000 request>" in draft.read_text("utf-8")  # so that a strict check fails


def test_what_has_no_place_in_the_draft_is_told_with_its_cost(tmp_path: Path) -> None:
    text = drafted(tmp_path, "focus", BILL).read_text("utf-8")
    for line in (
        "#   instance zz9.plural, eu-west-3: 30 h, 40.5 USD, not in the catalogue",
        "#   Amazon Elastic Compute Cloud - Compute, Hours: 1 charge, 0 USD",
        "#   Amazon Simple Storage Service, Requests: 1 charge, 0.4 USD",
        "#   Amazon Elastic Compute Cloud - Compute: 2 charges, 140.1 USD",
    ):
        assert f"\n{line}\n" in text
    # Every charge is in the draft or told: all of them together are the bill.
    with BILL.open(encoding="utf-8") as file:
        total = sum((Decimal(row["BilledCost"]) for row in csv.DictReader(file)), Decimal(0))
    assert f"15 charges, {total.normalize():f} USD" in text
    assert "# rent: the bill asks 0 USD for these hours; with what was paid in advance 61.2" in text


def test_the_report_of_aws_tells_the_same(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "focus", CUR)
    system = system_of(draft)
    assert {name: work.duration.value for name, work in system.training.items() if work.duration} == {
        "p4d-24xlarge": 36,
        "g5-xlarge": 40,
    }
    rent = system.machines["p4d-24xlarge"].rent
    assert rent is not None
    assert rent.value == pytest.approx(21.957642, rel=1e-12)
    assert system.machines["g5-xlarge"].rent is None  # the plan paid, whose fee is a charge of its own
    assert "7 charges, 971.775112 USD" in draft.read_text("utf-8")


@pytest.mark.parametrize(
    ("cells", "instance"),
    [
        ({"SkuMeter": "EUW3-SpotUsage:g5.xlarge"}, "g5.xlarge"),
        ({"SkuMeter": "", "SkuPriceDetails": '{"InstanceType": "g5.xlarge"}'}, "g5.xlarge"),
        ({"SkuMeter": "USE1-Train:ml.g5.xlarge"}, "g5.xlarge"),
        (
            {"ProviderName": "Microsoft", "RegionId": "francecentral", "SkuMeter": "NC24ads A100 v4"},
            "Standard_NC24ads_A100_v4",
        ),
    ],
)
def test_instances_as_providers_name_them(cells: dict[str, str], instance: str, tmp_path: Path) -> None:
    system = system_of(drafted(tmp_path, "focus", written(tmp_path, rows(**cells), "bill.csv")))
    assert [machine.instance for machine in system.machines.values()] == [instance]


@pytest.mark.parametrize(
    ("cells", "hours"),
    [
        ({"ConsumedUnit": "Seconds", "ConsumedQuantity": "7200"}, 2),
        ({"ConsumedUnit": "", "ConsumedQuantity": "", "PricingQuantity": "0.5", "PricingUnit": "100 Hours"}, 50),
        ({"ConsumedQuantity": "1.5E1"}, 15),
    ],
)
def test_units_of_hours(cells: dict[str, str], hours: float, tmp_path: Path) -> None:
    log = written(tmp_path, rows(PricingQuantity="", PricingUnit="") if not cells else rows(**cells), "bill.csv")
    (work,) = system_of(drafted(tmp_path, "focus", log)).training.values()
    assert work.duration is not None
    assert work.duration.value == pytest.approx(hours)


@pytest.mark.parametrize(
    ("cells", "volume"),
    [
        ({"ConsumedUnit": "GB-Months", "ConsumedQuantity": "3"}, 3 * 30),  # for a day, as bills are written by the day
        ({"ConsumedUnit": "GiB-Hours", "ConsumedQuantity": "24"}, 1.073741824),
        ({"ConsumedUnit": "TB-Mo", "ConsumedQuantity": "0.001"}, 30),
    ],
)
def test_units_of_data_kept(cells: dict[str, str], volume: float, tmp_path: Path) -> None:
    log = written(tmp_path, rows(SkuMeter="TimedStorage-ByteHrs", ServiceName="S3", **cells), "bill.csv")
    (kept,) = system_of(drafted(tmp_path, "focus", log)).storage.values()
    assert kept.volume is not None
    assert amount(kept.volume, "GB") == pytest.approx(volume, rel=1e-9)


def test_memory_by_the_hour_is_no_storage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = rows(SkuMeter="Fargate-GB-Hours", ServiceName="AmazonECS", ConsumedUnit="GB-Hours")
    found, said = wrong("focus", written(tmp_path, text, "bill.csv"), capsys)
    assert found == ["1:1 LCA105"]
    assert "no hours of a known instance, no storage" in said


def test_another_currency_is_a_comment(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "focus", written(tmp_path, rows(BillingCurrency="JPY"), "bill.csv"))
    text = draft.read_text("utf-8")
    assert "# rent: billed 20 JPY; a descriptor counts in EUR, USD, CAD, GBP" in text
    assert "\nmoney:" not in text


def test_parquet_is_read_as_the_same_table(tmp_path: Path) -> None:
    pyarrow_csv = pytest.importorskip("pyarrow.csv")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow_csv.read_csv(BILL)
    parquet.write_table(table, tmp_path / "focus-1.2.parquet")
    (tmp_path / "csv").mkdir()
    one = drafted(tmp_path, "focus", tmp_path / "focus-1.2.parquet")
    other = drafted(tmp_path / "csv", "focus", BILL)
    of_parquet, of_text = assess_file(one), assess_file(other)
    assert of_parquet.figures.keys() == of_text.figures.keys()
    assert of_parquet.figures["total.gwp100"].value == pytest.approx(of_text.figures["total.gwp100"].value, rel=1e-12)
    assert set(FOCUS.required) <= set(table.column_names)


def test_parquet_that_unfolds_without_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("lca.importers.parquet_tables.LARGEST_TEXT", 2_000_000)
    table = pyarrow.table({"BilledCost": ["9" * 1_000] * 100_000, "ChargePeriodStart": ["x"] * 100_000})
    parquet.write_table(table, tmp_path / "bill.parquet")
    assert (tmp_path / "bill.parquet").stat().st_size < 20_000
    found, said = wrong("focus", tmp_path / "bill.parquet", capsys)
    assert found == ["1:1 LCA102"]
    assert "unfolds to more than 2 MB" in said


def test_parquet_that_is_cut_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow.parquet")
    found, said = wrong("focus", written(tmp_path, b"PAR1 and no more", "bill.parquet"), capsys)
    assert found == ["1:1 LCA205"]
    assert "no whole Parquet table" in said


@pytest.mark.parametrize(
    ("cells", "expected", "words"),
    [
        ({"BilledCost": "x"}, "2:1 LCA301", "not a number"),
        ({"BilledCost": "NaN"}, "2:1 LCA304", "finite"),
        ({"ConsumedQuantity": "-10"}, "2:81 LCA304", "at least 0"),
        ({"ChargePeriodStart": "soon"}, "2:8 LCA405", "not a date"),
        ({"ChargePeriodEnd": "2025-08-01T00:00:00Z"}, "2:29 LCA405", "the clock went back"),
        ({"SkuPriceDetails": '{"InstanceType'}, "2:112 LCA205", "no JSON"),
    ],
)
def test_damaged_bills(
    cells: dict[str, str], expected: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = wrong("focus", written(tmp_path, rows(**cells), "bill.csv"), capsys)
    assert found == [expected]
    assert words in said
