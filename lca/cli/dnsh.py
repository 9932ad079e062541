"""The command `dnsh`: the checklist of a descriptor in the terminal."""

from __future__ import annotations

import argparse
import datetime
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language
from lca.cli.running import DONE, AddCommand, add_checklist, add_copy, add_dated, add_json, print_problems, run

if TYPE_CHECKING:
    from lca import Assessment
    from lca.assessment.record import Record
    from lca.presenting.writer import Writer
    from lca.subjects.checklist.later import Differences
    from lca.subjects.checklist.section import ObjectiveRows, ShownRow


WIDTH = 100

#: Breaks a text into lines, with an indent.
Wrap = Callable[..., list[str]]


def register(command: AddCommand) -> None:
    """Add the command."""
    dnsh = command(
        "dnsh", _dnsh, "print the “do no significant harm” checklist: verdicts, why, and what would change them"
    )
    dnsh.add_argument("file", type=Path, metavar="FILE")
    add_json(dnsh, "the checklist")
    add_language(dnsh)
    add_copy(dnsh)
    add_dated(dnsh)
    add_checklist(dnsh)


def _dnsh(options: argparse.Namespace) -> int:
    assessment = run(options, draws=0)
    told = [problem for problem in assessment.problems if problem.code in ("LCA604", "LCA611", "LCA616", "LCA617")]
    today = _today(assessment)
    if options.json:
        from lca.presenting.values import as_json, problems
        from lca.subjects.checklist.contract import differing, rows, summary

        plain = {"checklist": rows(assessment), **summary(assessment)}
        if today is not None:
            date, found = today
            plain["today"] = {"date": date.isoformat(), **differing(found)}
        print(as_json({**plain, "problems": problems(told)}))
        return DONE
    print_problems(told, options)
    print("\n".join(lines(assessment, options.lang or assessment.study.about.language, today)))
    return DONE


def _today(assessment: Assessment) -> tuple[datetime.date, Differences] | None:
    """Return what would differ today, by today's texts and by what has expired since, where another date is judged."""
    from lca.files.shipped import date_of_assessment
    from lca.subjects.checklist.later import differences

    today, found = date_of_assessment(), assessment.checklist
    if today < assessment.fingerprint.as_of or today == found.law_of == assessment.fingerprint.as_of:
        return None
    later = assessment.source.assess(draws=0, as_of=today).checklist
    return today, differences(found.examination, later.by_later_text or later.examination)


def lines(assessment: Record, language: str, today: tuple[datetime.date, Differences] | None = None) -> Iterator[str]:
    """Yield the checklist as lines for a terminal; `today` is what would differ now, with the date."""
    from lca.files.shipped import words as fixed_words
    from lca.presenting.writer import Writer
    from lca.subjects.checklist.law_section import later_lines
    from lca.subjects.checklist.rules import counts
    from lca.subjects.checklist.section import groups, statement_of, words_in

    writer, words = Writer(language, fixed_words(language)), words_in(assessment, language)
    labels, colon = words["labels"], writer.words["colon"]

    def wrapped(text: str, indent: int = 0) -> list[str]:
        return _wrapped(writer.typeset(text), indent)

    yield assessment.study.about.name
    yield from wrapped(words["notices"]["disclaimer"])
    yield ""
    yield f"{labels['acts']}{colon}"
    for shown in assessment.checklist.examination.shown:
        act = shown.act
        yield f"  {act.id}{colon} {act.name.in_(language)}"
        dated = f"{act.reference.in_(language)}, {labels['text_of']} {writer.date(act.legal_text_of)}"
        yield from wrapped(f"{dated}{labels['semicolon']}{shown.why.in_(language)}", 4)
        for role, verdict in shown.verdicts.items():
            yield f"    {words['roles'][role]}{colon} {words['verdicts'][verdict]}"
        statement = statement_of(shown)
        if statement:
            yield from wrapped(words["statements"][statement], 4)
    for act, why in assessment.checklist.examination.not_chosen:
        yield from wrapped(f"{words['statements']['not_chosen']}{colon} {act.id} ({why.in_(language)})", 2)
    yield from _law(assessment, writer, labels, wrapped)
    if today is not None:
        yield ""
        yield f"{labels['would_differ']} {writer.date(today[0])}{colon}"
        for line in list(later_lines(assessment, writer, today[1])) or [labels["nothing_differs"]]:
            yield from wrapped(line, 2)
    yield ""
    yield f"{labels['counts']}{colon}"
    for role, found in counts(assessment.checklist.findings).items():
        if any(found.values()):
            yield f"  {words['roles'][role]}"
            yield from (f"    {count:3}  {words['verdicts'][verdict]}" for verdict, count in found.items() if count)
    for number, group in enumerate(groups(assessment, writer), start=1):
        yield ""
        yield f"{number}. {group.label[0].upper()}{group.label[1:]}"
        yield from _figures(group, labels, colon, wrapped)
        for row in group.rows:
            yield from _row(row, words, colon, wrapped)
    yield ""
    yield from wrapped(f"{labels['context']}{colon}")
    for context in assessment.checklist.examination.context:
        detail = f" ({context.detail.in_(language)})" if context.detail else ""
        yield from wrapped(
            f"{context.rule.label.in_(language)}{colon} {words['context_results'][context.result]}{detail}", 2
        )


def _law(assessment: Record, writer: Writer, labels: dict[str, str], wrapped: Wrap) -> Iterator[str]:
    """Yield which law is taken, what is pending, and the depth that is intended."""
    from lca.subjects.checklist.law_section import depth_lines, law_line, pending_lines

    yield from wrapped(law_line(assessment, writer))
    for label, found in (("pending", pending_lines(assessment, writer)), ("depth", depth_lines(assessment, writer))):
        shown = list(found)
        if shown:
            yield ""
            yield from wrapped(f"{labels[label]}{writer.words['colon']}")
            for line in shown:
                yield from wrapped(line, 2)
    if assessment.checklist.depth:
        yield from wrapped(labels["depth_note"], 2)


def _wrapped(text: str, indent: int = 0) -> list[str]:
    space = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=space,
        subsequent_indent=space + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _figures(group: ObjectiveRows, labels: dict[str, str], colon: str, wrapped: Wrap) -> Iterator[str]:
    if group.objective == "social":
        return
    found = labels["semicolon"].join(f"{label}{colon} {text}" for label, text in group.figures)
    yield from wrapped(f"{labels['figures']}{colon} {found}" if found else labels["no_figures"], 2)


def _row(row: ShownRow, words: dict[str, dict[str, str]], colon: str, wrapped: Wrap) -> Iterator[str]:
    """Yield one row: verdict and rule, the question, the answer with its documents, why, and what would change it."""
    finding, labels = row.finding, words["labels"]
    mark = f" [{labels['contradiction']}]" if finding.contradiction else ""
    yield ""
    yield from wrapped(f"{finding.criterion.id}  {words['verdicts'][finding.verdict]}  {finding.rule}{mark}", 2)
    yield from wrapped(row.reference, 6)
    yield from wrapped(row.question, 6)
    if finding.answer is not None:
        answer = finding.answer
        reason = words["not_applicable_reasons"].get(answer.not_applicable_reason, "")
        said = ". ".join(part for part in (words["answers"][answer.answer], reason, answer.justification) if part)
        yield from wrapped(f"{labels['answer']}{colon} {said}", 6)
    for item, standing, date in row.documents:
        parts = ", ".join(part for part in (item.title, item.issuer, date, item.file or item.url) if part)
        yield from wrapped(f"{labels['evidence']}{colon} {parts} [{words['standings'][standing]}]", 6)
    for _, text in row.checks:
        yield from wrapped(f"{labels['check_of']}{colon} {text}", 6)
    yield from wrapped(row.reason, 6)
    yield from wrapped(f"{labels['would_change']}{colon} {row.remedy}", 6)
    if row.accepted:
        yield from wrapped(f"{labels['accepted']}{colon} {row.accepted}", 6)
