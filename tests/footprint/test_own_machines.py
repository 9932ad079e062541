"""The laboratory's own server: by default shared, asked about, and what it would be otherwise; a meter on it."""

from __future__ import annotations

import pytest

import lca

FRAME = """descriptor: 1
project: {{name: Own server, start: 2025-01, duration: 3 year, language: {language}}}
sites:
  lab: {{location: FR, kind: office, electricity: 100 gCO2e/kWh{site}}}
machines:
  server:
    {{site: lab, host: none, lifetime: 6 year, power: 300 W{machine}, manufacture: {{gwp100: 600 kgCO2e, source: test}}}}
inference:
  advice: {{{service}}}
"""
SERVICE = "volume: 800 request/day, duration: 3 year, time_per_request: 6 s"
ON = f"on: server, {SERVICE}"


def study(service: str = ON, machine: str = "", site: str = "", language: str = "en") -> lca.Study:
    text = FRAME.format(service=service, machine=machine, site=site, language=language)
    return lca.read(text, name="own.yaml")


def asked(found: lca.Study) -> list[str]:
    return [str(p) for p in found.problems if p.code == "LCA622"]


# Busy: 800 x 6 s = 1.3333 h a day, 5.6 % of the time; in three years (1,095.75 days) 1,461 h of 26,298 h.
BUSY, KEPT = 1461.0, 26298.0
IDLE = 0.3 * 0.3  # kW: by default three tenths of the power at work


def test_a_stated_power_has_a_default_idle_power() -> None:
    figures = study(machine=", utilisation: 0.5").assess(draws=0).figures
    # at work 0.3 kW x 1,461 h; as long idle, for at a utilisation of one half the machine waits as long as it works
    assert figures["inference.advice.idle.energy"].value == pytest.approx(IDLE * BUSY)
    assert figures["inference.advice.energy"].value == pytest.approx((0.3 + IDLE) * BUSY)


def test_the_default_is_marked_as_one() -> None:
    text = str(study().assess(draws=0).json())
    assert "parameter/machine/idle_power_share" in text


@pytest.mark.parametrize("how", ["on", "reserved"])
def test_by_a_catalogue_without_the_default_the_idle_power_is_a_gap(how: str) -> None:
    text = FRAME.format(service=f"{how}: server, {SERVICE}", machine="", site="", language="en")
    found = lca.read(text + 'catalogue: "2026.1"\n', name="own.yaml").assess(draws=0)
    assert "inference.advice.idle.energy" not in found.figures
    # at work alone: 0.3 kW x 1,461 h
    assert found.figures["inference.advice.energy"].value == pytest.approx(0.3 * BUSY)
    assert [gap.activity for gap in found.footprint.gaps if gap.part == "idle"] == ["inference.advice"]


def test_the_question_and_the_other_readings() -> None:
    (told,) = asked(study())
    assert told.startswith(
        "own.yaml:9:16: LCA622 warning: inference.advice: `server` works for the project in 5.6% of the time"
    )
    assert "`reserved: server`" in told
    assert "`dedicated: true`" in told
    assessed = study().assess(draws=0)
    (other,) = assessed.footprint.other_readings
    assert other.share == pytest.approx(BUSY / KEPT)
    # Shared, utilisation 0.5: (0.3 + 0.09) kW x 1,461 h x 0.1 kg = 56.98 kg; 600 kg x 1,461 h / (52,596 h x 0.5) = 33.33 kg.
    assert other.shared.value == pytest.approx(39 * BUSY / 1000 + 600 * BUSY / (52596 * 0.5))
    # Dedicated: half of its life, 300 kg; it is off between requests but for the default wait of a shared machine.
    assert other.dedicated.value == pytest.approx(39 * BUSY / 1000 + 300)
    # Reserved: 300 kg, 0.3 kW x 1,461 h, and 0.09 kW for the rest.
    assert other.reserved.value == pytest.approx(30 * BUSY / 1000 + 9 * (KEPT - BUSY) / 1000 + 300)


@pytest.mark.parametrize(
    ("service", "machine"),
    [(f"reserved: server, {SERVICE}", ""), (ON, ", dedicated: true")],
    ids=["reserved", "dedicated"],
)
def test_the_other_readings_are_what_the_other_lines_give(service: str, machine: str) -> None:
    (other,) = study().assess(draws=0).footprint.other_readings
    said = study(service, machine).assess(draws=0)
    expected = other.reserved if "reserved" in service else other.dedicated
    assert said.figures["total.gwp100"].value == pytest.approx(expected.value, rel=1e-12)
    assert not said.footprint.other_readings


@pytest.mark.parametrize(
    ("language", "words"), [("en", "is counted as shared, though the project"), ("fr", "est comptée comme partagée")]
)
def test_page_one_gives_the_other_readings(language: str, words: str) -> None:
    assert words in study(language=language).assess(draws=0).report(language).html


@pytest.mark.parametrize(
    ("service", "machine", "site"),
    [
        (ON, ", utilisation: 0.6", ""),
        (ON, ", dedicated: true", ""),
        (f"reserved: server, {SERVICE}", "", ""),
        (ON, "", ", provider: ovhcloud"),
        (ON, "", ", owner: a partner"),
        (ON.replace("6 s", "60 s"), "", ""),
    ],
    ids=["utilisation", "dedicated", "reserved", "provider", "partner", "busy"],
)
def test_what_is_said_is_not_asked(service: str, machine: str, site: str) -> None:
    assert not asked(study(service, machine, site))


METER = "metered: {{energy: 1000 kWh, duration: 73 d, requests: 1752000 request{more}}}"


def test_a_meter_counts_whole_and_goes_on() -> None:
    service = "reserved: server, period: {start: 2025, end: 2025}, " + METER.format(more=", idle_share: 0.4")
    assessed = study(service).assess(draws=0)
    figures = assessed.figures
    # 1,000 kWh in 73 days are 5,000 kWh in the 365 days of 2025: 3,000 at work and 2,000 idle; 500 kg at 100 g/kWh.
    assert figures["inference.advice.measured-energy.energy"].value == pytest.approx(3000)
    assert figures["inference.advice.idle.energy"].value == pytest.approx(2000)
    assert figures["inference.advice.gwp100.operational"].value == pytest.approx(500)
    # 1,752,000 requests in 73 x 24 h = 1,000 an hour; 1,000 kWh / 1,752,000 = 0.5708 Wh each.
    assert figures["inference.advice.mean_rate"].value == pytest.approx(1000)
    assert figures["inference.advice.energy_per_request"].value == pytest.approx(1e6 / 1752000)
    # kept for 365 days of a life of six years: 600 kg x 365 / 2191.5
    assert figures["inference.advice.gwp100.embodied"].value == pytest.approx(600 * 365 / 2191.5)


def test_an_unstated_idle_share_is_asked_and_all_is_counted() -> None:
    found = study("reserved: server, period: {start: 2025, end: 2025}, " + METER.format(more=""))
    (told,) = asked(found)
    assert "does not say how much the machines draw while they wait" in told
    assert found.assess(draws=0).figures["inference.advice.energy"].value == pytest.approx(5000)


def test_a_meter_without_a_machine_is_a_gap() -> None:
    found = study(
        "site: lab, duration: 1 year, volume: 1000 request/h, metered: {energy: 5 MWh, idle_share: 0}"
    ).assess(draws=0)
    assert {gap.part for gap in found.footprint.gaps if not gap.indicator} == {"manufacture of the servers"}


@pytest.mark.parametrize(
    ("service", "told"),
    [
        (
            f"reserved: server, volume: 5 request/h, duration: 1 year, {METER.format(more='')}",
            "`volume` and `metered.requests` both",
        ),
        (
            f"reserved: server, duration: 1 year, {METER.format(more='')}, energy_per_request: 1 Wh",
            "and `metered` gives",
        ),
        ("reserved: server, metered: {energy: 5 MWh}", "`duration` is missing"),
    ],
)
def test_what_a_meter_contradicts(service: str, told: str) -> None:
    assert any(told in str(p) for p in study(service).problems if p.severity == "error")
