"""Checks from the project's own data: each agrees, contradicts, or has no data; and the context beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import AS_OF, Assess, assess_file

from lca.files.shipped import load_catalogue, load_checklist
from lca.subjects.checklist.context import run_context
from lca.subjects.checklist.facts import Facts, HostFacts, MachineFacts, facts_of
from lca.subjects.checklist.outcome import AGREES, CONTRADICTS, MISSING
from lca.subjects.checklist.practices import read_table
from lca.subjects.checklist.prechecks import run_prechecks
from lca.subjects.checklist.reasons import outcome_of_reason
from lca.subjects.checklist.registry import PRECHECKS

CHECKLIST = load_checklist()

BASE = """descriptor: 1
project: {name: Checked, applicant: Labo, start: 2025-01, duration: 3 year}
sites:
  paris: {location: FR, pue: 1.2, wue: 0.5 L/kWh}
  desk: {location: FR, kind: office}
machines:
  node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}, lifetime: 5 year}
training:
  final: {on: node, duration: 100 h}
"""


def facts_with(assess_text: Assess, checklist: str = "", rest: str = "") -> Facts:
    """Return the facts of the base descriptor with a checklist."""
    assessment = assess_text(BASE + rest + (f"checklist: {checklist}\n" if checklist else ""))
    return facts_of(assessment.study, assessment.book, CHECKLIST, assessment.results, AS_OF)


PRACTICE = "{expected: true, value: %d, status: %s}"


def table(**rows: str) -> str:
    inner = ", ".join(f'"{name}": {row}' for name, row in rows.items())
    return "{hosting: {paris: {code_of_conduct: {edition: '2025', practices: {" + inner + "}}}}}"


DONE, PLANNED = PRACTICE % (5, "implemented"), PRACTICE % (5, "planned")
LOW, LEFT_OUT = PRACTICE % (3, "planned"), PRACTICE % (5, "not_relevant_explained")
EXPLAINED = LEFT_OUT.replace("}", ", justification: no raised floor}")
OPTIONAL = "{expected: false, value: 5, status: planned}"


def host(keys: str) -> str:
    return "{hosting: {paris: {" + keys + "}}}"


def line(keys: str) -> str:
    return "{equipment: {node: {" + keys + "}}}"


def audit(date: str, independent: str = "true") -> str:
    return host(
        f"code_of_conduct: {{edition: '2025', audit: {{date: '{date}', by: Auditor, independent: {independent}}}}}"
    )


def edition(text: str) -> str:
    return host(f"code_of_conduct: {{edition: '{text}'}}")


def practices(count: int) -> dict[str, str]:
    return {f"p{number}": DONE for number in range(count)}


HAZARDS = list(CHECKLIST.hazards)
SCREENED = ", ".join(HAZARDS[1:])


@pytest.mark.parametrize(
    ("name", "checklist", "result", "says"),
    [
        ("edition-of-the-code-stated", "", MISSING, "paris: no edition"),
        ("edition-of-the-code-stated", table(a=DONE), MISSING, "paris: 2025, if there is no edition of 2026"),
        ("edition-of-the-code-stated", edition("2026"), AGREES, "paris: 2026, on 2026-11-24"),
        ("edition-of-the-code-stated", edition("CLC TR 50600-99-1"), AGREES, "paris: CLC TR 50600-99-1"),
        ("edition-of-the-code-latest", "", MISSING, "paris: no edition"),
        ("edition-of-the-code-latest", edition("2015"), CONTRADICTS, "paris: 2015, on 2026-11-24"),
        ("edition-of-the-code-latest", edition("2022"), CONTRADICTS, "paris: 2022, on 2026-11-24"),
        ("edition-of-the-code-latest", edition("17th edition"), AGREES, "paris: 17th edition, on 2026-11-24"),
        ("edition-of-the-code-latest", edition("the newest"), MISSING, "paris: `the newest` names no year"),
        ("expected-practices-counted", "", MISSING, "paris: no practice table"),
        ("expected-practices-counted", table(a=DONE), CONTRADICTS, "paris: 1, not 106"),
        ("expected-practices-counted", table(**practices(105), o=OPTIONAL), CONTRADICTS, "paris: 105, not 106"),
        ("expected-practices-counted", table(**practices(106)), AGREES, ""),
        ("expected-practices-of-value-5", "", MISSING, "paris: no practice table"),
        ("expected-practices-of-value-5", table(a=DONE, b=LOW, c=OPTIONAL), AGREES, "paris: 1 of 1"),
        ("expected-practices-of-value-5", table(a=DONE, b=PLANNED), CONTRADICTS, "paris: 1 of 2, not b"),
        ("expected-practices-of-value-5", table(a=EXPLAINED), CONTRADICTS, "paris: 0 of 1, not a"),
        ("expected-practices-of-value-5", table(a=LOW), MISSING, "paris: no such practice in the table"),
        ("expected-practices-done", table(a=DONE, b=EXPLAINED, c=OPTIONAL), AGREES, "paris: 2 of 2"),
        ("expected-practices-done", table(a=DONE, b=LOW), CONTRADICTS, "paris: 1 of 2, not b"),
        ("expected-practices-done", table(a=OPTIONAL), MISSING, "paris: no such practice in the table"),
        ("left-out-practices-explained", table(a=DONE, b=EXPLAINED), AGREES, ""),
        ("left-out-practices-explained", table(a=LEFT_OUT), CONTRADICTS, "paris: no justification of a"),
        ("left-out-practices-explained", "", MISSING, "paris: no practice table"),
        ("audit-age", audit("2023-11-24"), AGREES, "paris: 2023-11-24, 1,096 days ago"),
        ("audit-age", audit("2023-11-23"), CONTRADICTS, "paris: 2023-11-23, 1,097 days ago"),
        ("audit-age", "", MISSING, "paris: no audit"),
        ("auditor-independent", audit("2025-01-01"), AGREES, "paris: Auditor"),
        ("auditor-independent", audit("2025-01-01", "false"), CONTRADICTS, "paris: Auditor, not independent"),
        ("refrigerants-below-limit", "", MISSING, "paris: no refrigerant stated"),
        (
            "refrigerants-below-limit",
            host("refrigerants: {a: {fluid: HFC-32}}"),
            AGREES,
            "paris: HFC-32 675 (Regulation (EU) 2024/573)",
        ),
        (
            "refrigerants-below-limit",
            host("refrigerants: {a: {fluid: R-32, gwp: 677, basis: ar5}}"),
            CONTRADICTS,
            "paris: R-32 677 (IPCC AR5)",
        ),
        (
            "refrigerants-below-limit",
            host("refrigerants: {a: {fluid: R-1234ze}, b: {fluid: R-134a}}"),
            CONTRADICTS,
            "paris: R-134a 1,430 (Regulation (EU) 2024/573)",
        ),
        (
            "refrigerants-below-limit",
            host("refrigerants: {a: {fluid: R410A}, b: {fluid: R-744}}"),
            CONTRADICTS,
            "paris: R410A 2,087.5 (by mass from its components in Regulation (EU) 2024/573, composition by ASHRAE 34)",
        ),
        ("refrigerants-below-limit", host("refrigerants: {a: {fluid: R-513A}}"), AGREES, None),
        ("waste-plan-referenced", "", MISSING, "paris: nothing stated"),
        ("waste-plan-referenced", host("waste: {plan: Plan 2025}"), AGREES, "paris: Plan 2025"),
        ("waste-plan-referenced", host("waste: {route: budget}"), CONTRADICTS, "paris: no plan named"),
        ("waste-route-secured", host("waste: {route: budget}"), AGREES, ""),
        ("waste-route-secured", host("waste: {plan: Plan}"), MISSING, "paris: no route stated"),
        ("waste-route-secured", host("waste: {plan: Plan, route: none}"), CONTRADICTS, "paris: nothing secures it"),
        ("basin-stress-stated", "", MISSING, "paris: not stated"),
        ("basin-stress-stated", host("water: {basin_stress: low}"), AGREES, ""),
        ("water-equals-wue-times-energy", "", MISSING, "paris: no WUE of the host"),
        ("water-equals-wue-times-energy", host("wue: {value: 0.5 L/kWh}"), AGREES, None),
        ("water-equals-wue-times-energy", host("wue: {value: 0.46 L/kWh}"), AGREES, None),
        ("water-equals-wue-times-energy", host("wue: {value: 0.45 L/kWh}"), CONTRADICTS, None),
        ("water-equals-wue-times-energy", host("wue: {value: 1.8 L/kWh}"), CONTRADICTS, None),
        ("distance-to-protected-area-stated", "", MISSING, "paris: not stated"),
        ("distance-to-protected-area-stated", host("protected_area_distance: 4 km"), AGREES, ""),
        ("hazards-screened", "", MISSING, "paris: nothing stated"),
        ("hazards-screened", host("climate_risk: {material: [heat_wave]}"), CONTRADICTS, "paris: 1 of 28 hazards"),
        (
            "hazards-screened",
            host(f"climate_risk: {{material: [{HAZARDS[0]}], not_material: [{SCREENED}]}}"),
            AGREES,
            "paris: 28 of 28 hazards",
        ),
        ("scenario-named", host("climate_risk: {material: [flood]}"), CONTRADICTS, "paris: no scenario"),
        ("scenario-named", host("climate_risk: {scenarios: [SSP5-8.5]}"), AGREES, "paris: SSP5-8.5"),
        ("horizon-long-enough", host("climate_risk: {lifespan: 9 year}"), AGREES, "lifespan below ten years"),
        ("horizon-long-enough", host("climate_risk: {horizon: 30 year}"), MISSING, "paris: lifespan not stated"),
        ("horizon-long-enough", host("climate_risk: {lifespan: 10 year}"), MISSING, "paris: horizon not stated"),
        (
            "horizon-long-enough",
            host("climate_risk: {lifespan: 15 year, horizon: 5 year}"),
            CONTRADICTS,
            "paris: 5 years",
        ),
        ("horizon-long-enough", host("climate_risk: {lifespan: 15 year, horizon: 10 year}"), AGREES, "paris: 10 years"),
        ("placed-on-market-under-ecodesign", "", MISSING, "node: no date"),
        ("placed-on-market-under-ecodesign", line("placed_on_market: 2020-03"), AGREES, "node: 2020-03"),
        ("placed-on-market-under-ecodesign", line("kind: other"), MISSING, "no machine is described"),
        ("placed-on-market-under-ecodesign", line("placed_on_market: 2020-02"), CONTRADICTS, "node: 2020-02"),
        ("rohs-declaration-per-machine", "", MISSING, "no equipment line"),
        ("rohs-declaration-per-machine", line("rohs_declaration: DC-17"), AGREES, "node: DC-17"),
        ("rohs-declaration-per-machine", line("kind: server"), CONTRADICTS, "node: no declaration named"),
        ("end-of-life-route-per-machine", line("end_of_life: reuse"), AGREES, "node: reuse"),
        ("end-of-life-route-per-machine", line("end_of_life: unknown"), CONTRADICTS, "node: no route stated"),
        ("lifetime-as-in-the-assessment", "", MISSING, "node: not declared"),
        (
            "lifetime-as-in-the-assessment",
            line("lifetime: 5 year"),
            AGREES,
            "node: 5 years declared, 5 in the assessment",
        ),
        (
            "lifetime-as-in-the-assessment",
            line("lifetime: 7 year"),
            CONTRADICTS,
            "node: 7 years declared, 5 in the assessment",
        ),
        ("climate-result-present", "", AGREES, ""),
        ("water-result-present", "", AGREES, ""),
        ("mineral-result-present", "", AGREES, ""),
        ("boundary-wider-than-operation", "", AGREES, ""),
        ("baseline-is-best-alternative", "", MISSING, "baseline not stated"),
        ("baseline-is-best-alternative", "{claim: {baseline: best_performing_alternative}}", AGREES, ""),
        ("baseline-is-best-alternative", "{claim: {baseline: nothing}}", CONTRADICTS, "compared with nothing"),
        ("method-named-in-the-act", "{claim: {baseline: nothing}}", MISSING, "method not stated"),
        ("method-named-in-the-act", '{claim: {method: "ISO 14067:2018"}}', AGREES, "ISO 14067:2018"),
        ("method-named-in-the-act", "{claim: {method: other}}", CONTRADICTS, "another method"),
        ("verifier-independent", "", MISSING, "no verification"),
        (
            "verifier-independent",
            "{claim: {verification: {by: V, date: '2026-01-01', independent: true}}}",
            AGREES,
            "V",
        ),
        (
            "verifier-independent",
            "{claim: {verification: {by: V, date: '2026-01-01', independent: false}}}",
            CONTRADICTS,
            "V, not independent",
        ),
        ("net-saving-positive", "", MISSING, "no benefit is compared"),
        ("cost-below-gross-saving", "", MISSING, "no benefit is compared"),
    ],
)
def test_a_check_against_the_projects_data(
    name: str, checklist: str, result: str, says: str | None, assess_text: Assess
) -> None:
    outcome = run_prechecks(facts_with(assess_text, checklist), CHECKLIST)[name]
    assert outcome.result == result
    assert outcome.detail is None or not re.search(r" [:;?!%»]", outcome.detail["fr"])
    if says is not None:
        assert (outcome.detail.en if outcome.detail else "") == says


def benefit(saving: str) -> str:
    return f"""benefit:
  reference: {{description: as before, alternatives: {{manual: {{description: by hand, without_ai: true}}}}}}
  horizon: 3 year
  effects:
    less: {{quantity: {saving}, evidence: model, attribution: 1, no_rebound: none, ramp_up: [1]}}
"""


@pytest.mark.parametrize(("saving", "result"), [("1 gCO2e/year", CONTRADICTS), ("100 tCO2e/year", AGREES)])
def test_a_cost_above_the_gross_saving_contradicts(saving: str, result: str, assess_text: Assess) -> None:
    outcomes = run_prechecks(facts_with(assess_text, rest=benefit(saving)), CHECKLIST)
    assert outcomes["cost-below-gross-saving"].result == result
    assert outcomes["net-saving-positive"].result == result


def test_water_is_wue_times_it_energy(assess_text: Assess) -> None:
    """8 x 400 W x 0.7 and the host, 100 h: whatever the energy, 0.5 L/kWh of it is on site, and 1.8 is 3.6 times that."""
    (found,) = facts_with(assess_text, host("wue: {value: 1.8 L/kWh}")).hosts
    assert found.water is not None
    assert found.expected_water is not None
    assert found.expected_water.value == pytest.approx(3.6 * found.water.value, rel=1e-9)


def test_every_check_has_been_tried(assess_text: Assess) -> None:
    mark = next(m for m in vars(test_a_check_against_the_projects_data)["pytestmark"] if m.name == "parametrize")
    tried = {case[0] for case in mark.args[1]}
    assert tried == PRECHECKS.keys()
    nothing = run_prechecks(Facts(as_of=AS_OF), CHECKLIST)
    assert {name for name, outcome in nothing.items() if outcome.result == AGREES} == set()
    assert run_prechecks(facts_with(assess_text), CHECKLIST).keys() == PRECHECKS.keys()


def test_one_host_that_contradicts_decides() -> None:
    hosts = (HostFacts("a"), HostFacts("b"))
    facts = Facts(as_of=AS_OF, hosts=hosts, machines=(MachineFacts("n"),))
    outcome = run_prechecks(facts, CHECKLIST)["expected-practices-done"]
    assert outcome.detail is not None
    assert outcome.detail.en == "a: no practice table; b: no practice table"
    assert outcome.detail["fr"] == "a\u00a0: pas de tableau des pratiques\u00a0; b\u00a0: pas de tableau des pratiques"


ALL_SCREENED = f"climate_risk: {{not_material: [{', '.join(HAZARDS)}]}}"


@pytest.mark.parametrize(
    ("reason", "checklist", "result", "says"),
    [
        ("no_equipment", "", CONTRADICTS, "the project uses equipment"),
        ("no_refrigerant", host("refrigerants: {a: {fluid: R-32}}"), CONTRADICTS, "paris: R-32"),
        ("no_refrigerant", "", MISSING, "paris: `refrigerants: {}` is not stated"),
        ("no_refrigerant", host("refrigerants: {}"), AGREES, None),
        ("nothing_left_out", table(a=EXPLAINED), CONTRADICTS, "paris: a"),
        ("nothing_left_out", table(a=DONE), AGREES, None),
        ("nothing_left_out", "", MISSING, "paris: no practice table"),
        ("no_material_risk", host("climate_risk: {material: [flood]}"), CONTRADICTS, "paris: flood"),
        (
            "no_material_risk",
            host("climate_risk: {not_material: [flood]}"),
            MISSING,
            "paris: not all hazards are screened",
        ),
        ("no_material_risk", host(ALL_SCREENED), AGREES, None),
        ("existing_assets_only", host("in_service: 2025-02"), CONTRADICTS, "paris: in service 2025-02"),
        ("existing_assets_only", host("in_service: 2024-12"), AGREES, None),
        ("existing_assets_only", "", MISSING, "paris: `in_service` is not stated"),
        ("new_assets_only", host("in_service: 2024-12"), CONTRADICTS, "paris: in service 2024-12"),
        ("no_site", host("in_service: 2026-01"), CONTRADICTS, "paris: in service 2026-01"),
        ("no_marine_water", "", AGREES, None),
    ],
)
def test_what_bears_out_a_reason(
    reason: str, checklist: str, result: str, says: str | None, assess_text: Assess
) -> None:
    found = outcome_of_reason(reason, facts_with(assess_text, checklist), CHECKLIST)
    assert (found.result, found.detail.en if found.detail else None) == (result, says)


def test_a_named_alternative_contradicts_that_there_is_none(assess_text: Assess) -> None:
    facts = facts_with(assess_text, rest=benefit("1 tCO2e/year"))
    found = outcome_of_reason("no_alternative_on_market", facts, CHECKLIST)
    assert found.detail is not None
    assert "manual" in found.detail.en


@pytest.mark.parametrize(
    ("name", "keys", "result"),
    [
        ("pue-measured", "pue: {value: 1.49, kind: measured}", "met"),
        ("pue-measured", "pue: {value: 1.5, kind: measured}", "not_met"),
        ("pue-measured", "pue: {value: 1.1, kind: design}", "unknown"),
        ("pue-measured", "pue: {kind: measured}", "met"),
        ("pue-design", "pue: {value: 1.3, kind: design}", "met"),
        ("pue-design", "pue: {value: 1.31, kind: design}", "not_met"),
        ("wue", "wue: {value: 0.4 L/kWh}", "met"),
        ("wue", "wue: {value: 0.41 L/kWh}", "not_met"),
        ("grid-intensity", "", "met"),
        ("renewable-share", "renewable_share: 0.5", "not_met"),
        ("renewable-share", "renewable_share: 51 %", "met"),
        ("pue-consistent", "pue: {value: 1.2, kind: measured}", "met"),
        ("pue-consistent", "pue: {value: 1.3, kind: measured}", "not_met"),
        ("location-consistent", "location: FR", "met"),
        ("location-consistent", "location: DE", "not_met"),
        ("reporting-scope", "it_power: 0.5 MW", "met"),
        ("reporting-scope", "it_power: 499 kW", "not_met"),
        ("code-encouraged", "it_power: 999 kW", "not_met"),
        ("code-encouraged", "it_power: 1 MW", "met"),
        ("code-encouraged", "", "unknown"),
        ("green-algorithms", "", "met"),
        ("data-per-day", "", "unknown"),
        ("cost-beside-benefit", "", "unknown"),
        ("server-lifetime", "", "not_met"),
    ],
)
def test_context_informs(name: str, keys: str, result: str, assess_text: Assess) -> None:
    facts = facts_with(assess_text, host(keys) if keys else "")
    found = {finding.rule.id: finding for finding in run_context(facts, CHECKLIST)}
    assert found[name].result == result


@pytest.mark.parametrize(
    ("volume", "result", "says"),
    [("500 GB", "met", "0.0004563 TB a day"), ("2 PB", "not_met", "1.825 TB a day")],
)
def test_data_per_day_against_the_mark_of_the_call(volume: str, result: str, says: str, assess_text: Assess) -> None:
    """Three years are 1095.75 days: 0.5 TB and 2000 TB over them; the limit is the catalogue's mark."""
    rest = f"transfer:\n  download: {{volume: {volume}, network: fixed, site: paris}}\n"
    facts = facts_with(assess_text, rest=rest)
    found = {finding.rule.id: finding for finding in run_context(facts, CHECKLIST)}["data-per-day"]
    assert found.result == result
    assert found.detail is not None
    assert found.detail.en == says
    assert found.rule.limit == load_catalogue()[0].get("mark/data-per-day").value


def test_context_names_what_stands_not_beside_a_benefit(assess_text: Assess) -> None:
    facts = facts_with(assess_text, rest=benefit("1 tCO2e/year"))
    found = {finding.rule.id: finding for finding in run_context(facts, CHECKLIST)}["cost-beside-benefit"]
    assert found.result == "not_met"
    assert found.detail is not None
    assert found.detail.en == "less: no range"


def test_context_changes_no_verdict(assess_text: Assess) -> None:
    worst = host("pue: {value: 3, kind: measured}, wue: {value: 9 L/kWh}, renewable_share: 0, it_power: 9 MW")
    verdicts = [
        {f.criterion.id: f.verdict for f in assess_text(BASE + f"checklist: {text}\n").checklist.findings}
        for text in ("{answers: {}}", worst)
    ]
    assert verdicts[0] == verdicts[1]


# Practice tables

CSV = (
    "number,title,expected,value,status,justification\n3.2.1,Audit,true,5,implemented,\n3.2.2,Other,false,1,planned,\n"
)


def test_a_table_is_read_from_csv_and_yaml_alike() -> None:
    rows, problems = read_table(CSV, "t.csv")
    french = CSV.replace(",", ";").replace("true", "oui").replace("false", "non")
    assert not problems
    assert rows["3.2.1"].expected
    assert rows["3.2.2"].value == 1
    same, none = read_table("\ufeff" + french, "t.csv")
    assert not none
    assert {n: (p.expected, p.value, p.status) for n, p in rows.items()} == {
        n: (p.expected, p.value, p.status) for n, p in same.items()
    }
    text = "practices:\n  3.2.1: {title: Audit, expected: true, value: 5, status: implemented}\n"
    again, none = read_table(text, "t.yaml")
    assert not none
    assert again["3.2.1"].title == "Audit"


@pytest.mark.parametrize(
    ("text", "file", "place", "message"),
    [
        (CSV.replace("status", "state"), "t.csv", 1, "the column `state` is unknown"),
        (CSV.replace("planned", "plannd"), "t.csv", 3, "`plannd` is not a status"),
        (CSV.replace("3.2.2", "3.2.1"), "t.csv", 3, "stands twice"),
        (CSV.replace(",5,", ",6,"), "t.csv", 2, "`6` is not a value of 1 to 5"),
        (CSV.replace("true", "maybe"), "t.csv", 2, "does not say whether it is expected"),
        (CSV.replace("3.2.2,", ","), "t.csv", 3, "`number` is empty"),
        ("", "t.csv", 1, "the column `number` is missing"),
        ("practices: {a: {expected: true, value: 5}}", "t.yaml", 1, "`` is not a status"),
        ("practices: {a: {expectd: true}}", "t.yaml", 1, "the key `expectd` is unknown"),
        ("practices: {a: 3}", "t.yaml", 1, "is no map of keys"),
        ("items: {}", "t.yaml", 1, "holds no `practices`"),
        ("a: ]", "t.yaml", 1, "not YAML"),
    ],
)
def test_a_wrong_table_is_told_where(text: str, file: str, place: int, message: str) -> None:
    _, problems = read_table(text, file)
    assert any(message in p.message and p.location.line == place for p in problems), problems


def test_a_table_of_any_size_is_bounded() -> None:
    rows = "".join(f"{n},x,true,5,implemented,\n" for n in range(1500))
    _, problems = read_table(CSV + rows, "t.csv")
    assert "more than 1000 rows" in problems[-1].message


def test_a_table_beside_the_descriptor_is_what_the_check_reads(tmp_path: Path) -> None:
    (tmp_path / "practices.csv").write_text(CSV.replace("implemented", "planned"), "utf-8")
    path = tmp_path / "x.yaml"
    code = host("code_of_conduct: {edition: '2025', file: practices.csv}")
    path.write_text(f"{BASE}checklist: {code}\n", "utf-8")
    finding = next(f for f in assess_file(path).checklist.findings if f.criterion.id == "cca81-dnsh-ccm-2")
    outcome = finding.prechecks["expected-practices-of-value-5"]
    assert outcome.result == CONTRADICTS
    assert outcome.detail is not None
    assert outcome.detail.en == "paris: 0 of 1, not 3.2.1"
