"""What to ask the applicant: the largest missing things and doubts, as questions, the gravest first."""

from __future__ import annotations

from lca.assessment.pages.inputs import input_name
from lca.assessment.record import Record
from lca.presenting.item_names import item_name
from lca.presenting.writer import Writer
from lca.subjects.benefit.declared import Benefit
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.footprint.completeness import NO_FACTOR

#: The line of an activity that is known by its stated footprint alone.
STATED_FOOTPRINT = "stated footprint"
#: Activities that are named in a question; the others are counted.
MOST_NAMED = 3


def questions(assessment: Record, writer: Writer) -> list[str]:
    """Return the questions in the order in which their answers matter."""
    words = writer.words["dossier"]["questions"]
    benefit = [
        str(words["benefit"][question.code])
        for question in assessment.benefit.open_questions
        if question.code != "LCA823"
    ]
    found = [*benefit[:2], *_of_stages(_open_stages(assessment), writer), *benefit[2:]]
    unsaid = [str(words["unsaid"][part]) for status in assessment.footprint.boundary for part in status.unsaid]
    found += unsaid
    found += _gaps(assessment, writer)
    found += [str(words["measure"].format(name=name)) for name in _worth_measuring(assessment, writer)]
    silent = sum(f.answer is None and f.verdict == "insufficient_evidence" for f in assessment.checklist.findings)
    return [*found, *([writer.counted(silent, words["unanswered"])] if silent else [])]


def _of_evidence(assessment: Record, writer: Writer) -> list[str]:
    """Return what to ask of stages that are excluded without a share, and of a gain without document or follow-up."""
    words, declared = writer.words["dossier"]["questions"], assessment.study.get(Benefit)
    excluded = [s.stage for s in assessment.footprint.boundary if s.status == "excluded" and s.estimated_share is None]
    found = []
    if excluded:
        stages = ", ".join(writer.inside(writer.words[stage]) for stage in excluded)
        found.append(str(words["excluded"].format(stages=stages)))
    effects = declared.counted_effects if declared is not None else ()
    without = [item_name(assessment.study, effect.path) for effect in effects if not effect.file]
    if without:
        found.append(str(words["document"].format(effects=", ".join(without))))
    if declared is not None and declared.effects and not any(one.responsible for one in declared.monitoring.values()):
        found.append(str(words["follow_up"]))
    return found


def _open_stages(assessment: Record) -> list[str]:
    return [status.stage for status in assessment.footprint.boundary if status.status == "not-assessed"]


def _of_stages(stages: list[str], writer: Writer) -> list[str]:
    """Return the question about the open stages, several in one."""
    words = writer.words["dossier"]["questions"]
    if len(stages) < 2:
        return [str(words["stage"].format(stage=writer.heading(writer.words[stage]))) for stage in stages]
    names = ", ".join(writer.inside(writer.words[stage]) for stage in stages)
    return [str(words["stages"].format(stages=names))]


def _gaps(assessment: Record, writer: Writer) -> list[str]:
    """Return what is not counted on climate change, activities that lack the same together."""
    words = writer.words["dossier"]["questions"]
    found: dict[tuple[str, str], dict[str, None]] = {}
    for gap in assessment.footprint.gaps:
        if gap.leaves_open("gwp100"):
            reason = "" if gap.reason == NO_FACTOR else writer.phrase(gap.reason)
            key = (writer.phrase(gap.part), reason)
            found.setdefault(key, {})[item_name(assessment.study, gap.activity)] = None
    lines = []
    for (what, reason), activities in found.items():
        names = ", ".join(list(activities)[:MOST_NAMED])
        if len(activities) > MOST_NAMED:
            names = words["and_more"].format(names=names, number=len(activities) - MOST_NAMED)
        form = "gap_why" if reason else "gap_stated" if what == writer.phrase(STATED_FOOTPRINT) else "gap"
        lines.append(str(words[form].format(activities=names, what=what, why=reason)))
    return lines


def _worth_measuring(assessment: Record, writer: Writer) -> list[str]:
    crosscheck = assessment.results[Crosscheck]
    return [input_name(one.leaf, assessment, writer) for one in crosscheck.worth_measuring[:2]]
