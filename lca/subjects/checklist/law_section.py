"""Lines on the law that is taken, on what is pending, on what another text would change, and on the depth of the study."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lca.presenting.writer import Writer
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.declared import Declarations
from lca.subjects.checklist.later import Differences, differences
from lca.subjects.subject import Assessed, View


def law_and_depth(assessed: Assessed, writer: Writer) -> View:
    """Return what the section needs for them."""
    found = assessed.results[ChecklistResult]
    later = differences(found.examination, found.by_later_text) if found.by_later_text else None
    return {
        "law_line": law_line(assessed, writer),
        "pending_lines": list(pending_lines(assessed, writer)),
        "later_lines": list(later_lines(assessed, writer, later)) if later else [],
        "later_date": assessed.fingerprint.as_of,
        "depth_lines": list(depth_lines(assessed, writer)),
    }


def _label(assessed: Assessed, writer: Writer, name: str) -> str:
    return assessed.results[ChecklistResult].criteria.word("labels", name).in_(writer.language)


def law_line(assessed: Assessed, writer: Writer) -> str:
    """Return which date's law is taken, where the call says so, and which acts were not in force on it."""
    found, law = assessed.results[ChecklistResult], assessed.study[Declarations].law
    label = _label(assessed, writer, "law_named" if law else "law_unnamed")
    colon, semicolon = writer.words["colon"], _label(assessed, writer, "semicolon")
    line = f"{label}{colon} {writer.date(found.law_of)}{f', {law.source}' if law else ''}"
    late = [shown.act.id for shown in found.examination.shown if shown.act.applies_from > found.law_of]
    if late:
        line += f"{semicolon}{', '.join(late)}{colon} {_label(assessed, writer, 'not_yet_in_force')}"
    return f"{line}."


def pending_lines(assessed: Assessed, writer: Writer) -> Iterator[str]:
    """Yield what is pending once, with the acts that it would change."""
    acts: dict[tuple[str, datetime.date, str], list[str]] = {}
    for shown in assessed.results[ChecklistResult].examination.shown:
        for pending in shown.act.pending:
            acts.setdefault((pending.text.in_(writer.language), pending.date, pending.confidence), []).append(
                shown.act.id
            )
    unverified = _label(assessed, writer, "unverified")
    for (text, date, confidence), ids in acts.items():
        mark = f", {unverified}" if confidence != "verified" else ""
        yield f"{text} ({writer.date(date)}{mark}{_label(assessed, writer, 'semicolon')}{', '.join(ids)})"


def later_lines(assessed: Assessed, writer: Writer, found: Differences) -> Iterator[str]:
    """Yield the acts of which another text applies, and the rows whose verdict differs."""
    words, language = assessed.results[ChecklistResult].criteria, writer.language
    colon, absent = writer.words["colon"], _label(assessed, writer, "no_row")

    def verdict(name: str) -> str:
        return words.word("verdicts", name).in_(language) if name else absent

    for before, after in found.acts:
        dates = f"{writer.date(before.applies_from)} → {writer.date(after.applies_from)}"
        yield f"{after.id}{colon} {_label(assessed, writer, 'other_text')} ({dates})"
    for row in found.rows:
        reason = f" {row.reason.in_(language)}" if row.reason else ""
        yield f"{row.row}{colon} {verdict(row.before)} → {verdict(row.after)}.{reason}"


def depth_lines(assessed: Assessed, writer: Writer) -> Iterator[str]:
    """Yield the levels that are intended with what is lacking, the specificity of the data, and the gates."""
    depth, found = assessed.study[Declarations].depth, assessed.results[ChecklistResult]
    if depth is None:
        return
    words, language = found.criteria, writer.language
    colon, semicolon = writer.words["colon"], _label(assessed, writer, "semicolon")
    for level in found.depth:
        parts = [f"{words.word('scales', level.scale).in_(language)} {level.level} ({level.meaning.in_(language)})"]
        if level.unmet:
            unmet = ", ".join(text.in_(language) for text in level.unmet)
            parts.append(f"{_label(assessed, writer, 'unmet')}{colon} {unmet}")
        if level.lacks:
            parts.append(f"{_label(assessed, writer, 'lacks')}{colon} {', '.join(level.lacks)}")
        yield semicolon.join(parts)
    if depth.specificity:
        said = words.word("specificities", depth.specificity).in_(language)
        yield f"{_label(assessed, writer, 'specificity')}{colon} {said}"
    for name, gate in depth.gates.items():
        answer = words.word("answers", gate.answer).in_(language)
        why = f". {gate.justification}" if gate.justification else ""
        yield f"{words.word('gates', name).in_(language)}{colon} {answer}{why}"
