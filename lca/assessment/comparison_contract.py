"""Scenarios, comparisons and sweeps in the contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lca.assessment.cases import cases_of
from lca.assessment.comparison import CaseGroup, CaseRow, FigureTable, tables
from lca.assessment.record import Record
from lca.assessment.sweeps.variation import Label, Sweep
from lca.descriptor.merge_patch import changes
from lca.presenting.values import Plain, number, problems, value


def scenarios(assessment: Record) -> Plain | None:
    """Return what each scenario changes, and all of them compared with the study; None where there are none."""
    if not assessment.scenarios:
        return None
    document = assessment.study.document
    found = tables(cases_of({"": assessment}), assessment.fingerprint.draws > 0)
    return {
        "changes": {
            name: [{"path": c.path, "from": c.before, "to": c.after} for c in changes(document, name)]
            for name in assessment.scenarios
        },
        "comparison": compared(found),
    }


def comparison(studies: Mapping[str, Record], found: Iterable[FigureTable]) -> Plain:
    """Return a comparison of several studies with what each of them rests on."""
    return {
        "format": 1,
        "studies": {name: study_of(assessment) for name, assessment in studies.items()},
        "comparison": compared(found),
        "problems": problems(problem for assessment in studies.values() for problem in assessment.problems),
    }


def study_of(assessment: Record) -> Plain:
    """Return what identifies a study and its figures."""
    goal = assessment.study.goal
    return {
        "name": assessment.study.about.name,
        "level": goal.level,
        "functional_unit": goal.functional_unit.description if goal.functional_unit else "",
        "scenarios": list(assessment.scenarios),
        "fingerprint": fingerprint(assessment),
    }


def fingerprint(assessment: Record) -> Plain:
    """Return what the figures of a study depend on."""
    print_ = assessment.fingerprint
    return {
        "descriptor": print_.descriptor,
        "catalogue": print_.catalogue,
        "catalogue_version": print_.catalogue_version,
        "code_version": print_.code_version,
        "seed": print_.seed,
        "draws": print_.draws,
        "as_of": print_.as_of.isoformat(),
        "files": dict(print_.files),
        **({"plugins": dict(print_.plugins)} if print_.plugins else {}),
    }


def compared(found: Iterable[FigureTable]) -> list[Plain]:
    """Return tables of a comparison; the name of the study itself is empty."""
    return [
        {"figure": table.figure, "groups": [_group(group) for group in table.groups], "lacking": list(table.lacking)}
        for table in found
    ]


def _group(group: CaseGroup) -> Plain:
    basis = group.basis
    return {
        "electricity_coverage": [{"coverage": word, "site": site} for word, site in sorted(basis.coverage)],
        "not_assessed": sorted(basis.left_out),
        "functional_unit": basis.unit,
        "rows": [_row(row) for row in group.rows],
    }


def _row(row: CaseRow) -> Plain:
    return {
        "name": row.case.name,
        "rank": row.rank,
        "amount": value(row.amount),
        "difference": value(row.difference),
        "relative": value(row.relative),
        "probability_lower": None if row.lower is None else number(row.lower),
        "same_in_every_draw": row.same,
        "electricity": [
            {"site": site, "key": f.key, "source": f.source.id, "year": f.year, "proxy_for": f.proxy_for}
            for site, f in row.case.electricity
        ],
    }


def swept(sweep: Sweep) -> Plain:
    """Return a sweep."""
    return {
        "kind": sweep.kind,
        "subject": sweep.subject,
        "labels": {name: _label(label) for name, label in sweep.labels.items()},
        "comparison": compared(sweep.tables),
        "further": {name: value(quantity) for name, quantity in sweep.further.items()},
        "skipped": [{**_label(label), "reason": reason} for label, reason in sweep.skipped],
    }


def _label(label: Label) -> Plain:
    return dict(label)
