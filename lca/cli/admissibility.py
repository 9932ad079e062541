"""What `check --call` says of a dossier: the verdict of the rules, what it lacks, and the same as data and as a row of a table."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from lca.assessment.tables import csv_text
from lca.call.admissibility import ADMISSIBLE, NOT_JUDGED, Admissibility, Lacking
from lca.call.profile import NOT_ADMISSIBLE as REFUSED
from lca.call.profile import TO_COMPLETE as INCOMPLETE
from lca.call.profile import Cited, Profile, said_in
from lca.cli.language import writer_of
from lca.cli.running import (
    DONE,
    INPUT_ERROR,
    NOT_ADMISSIBLE,
    TO_COMPLETE,
    in_typed_words,
    print_problems,
    print_problems_as_json,
    refuse,
    study_of,
)
from lca.presenting.typography import plain
from lca.presenting.writer import Writer
from lca.problems import Problem, ProblemsFound
from lca.quantities.by_language import ORIGINAL

#: The exit status of each verdict.
_STATUS = {ADMISSIBLE: DONE, INCOMPLETE: TO_COMPLETE, REFUSED: NOT_ADMISSIBLE, NOT_JUDGED: INPUT_ERROR}

#: Where a rule that names no source is written.
_SILENT: Mapping[str, str] = {"title": "", "address": "", "locator": "", "confidence": ""}


class JudgedFile(Struct, frozen=True):
    """A dossier with its project's name, the call, the verdict, and all problems; without a profile nothing could be read."""

    file: str
    name: str
    profile: Profile | None
    found: Admissibility
    problems: tuple[Problem, ...]

    @property
    def status(self) -> int:
        """The exit status that the verdict stands for."""
        return _STATUS[self.found.verdict]

    def as_data(self) -> dict[str, Any]:
        """Return the verdict as plain data, in English."""
        return {
            "file": self.file,
            "project": self.name,
            "call": said_in(self.profile.name, ORIGINAL) if self.profile is not None else "",
            "verdict": self.found.verdict,
            "lacking": [_lacking(one) for one in self.found.lacking],
            "open": [{"rule": rule, "because": said_in(text, ORIGINAL)} for rule, text in self.found.open],
            "judged_elsewhere": list(self.found.elsewhere),
        }

    def as_row(self) -> dict[str, Any]:
        """Return the verdict as a row of a table."""
        errors = sum(problem.severity == "error" for problem in self.problems)
        lacking = self.found.lacking
        return {
            "file": self.file,
            "project": self.name,
            "call": said_in(self.profile.name, ORIGINAL) if self.profile is not None else "",
            "verdict": self.found.verdict,
            "to_complete": sum(one.otherwise == INCOMPLETE for one in lacking),
            "not_admissible": sum(one.otherwise == REFUSED for one in lacking),
            "rules": " ".join(dict.fromkeys(one.rule for one in lacking)),
            "lines": " ".join(dict.fromkeys(str(one.problem.location.line) for one in lacking)),
            "errors": errors,
            "warnings": len(self.problems) - errors,
        }


def check_by_call(options: argparse.Namespace) -> int:
    """Judge every dossier by one call; the worst verdict gives the exit status.

    Raises:
        ProblemsFound: the profile has errors; all of them are told.
    """
    besides = [f"--{name}" for name in ("fill", "budget", "strict") if getattr(options, name)]
    if besides or not options.call:
        hint = "check in two runs" if options.call else "name the profile of the call with `--call`"
        message = f"`{besides[0]}` is another check" if options.call else "`--table` is of dossiers that a call judges"
        return refuse(options, message, hint)
    from lca.files.answering import read_call
    from lca.files.calls import find_call
    from lca.files.reading import checklist_texts

    read_call(*find_call(options.call), checklist_texts(options.checklist or ()))  # what is wrong with it is told once
    judged = [judged_file(options, file) for file in options.files]
    problems = [problem for one in judged for problem in one.problems]
    if options.json:
        print_problems_as_json(problems, admissibility=[one.as_data() for one in judged])
    elif options.table:
        print(csv_text(one.as_row() for one in judged), end="")
    else:
        print_problems(problems, options)
        writer = writer_of(options)
        of_call = next((one for one in judged if one.profile is not None), None)
        said = [line for one in judged for line in lines(one, writer)]
        said += lines_of_call(of_call, writer) if of_call is not None else ()
        print(in_typed_words("\n".join(said)))
    statuses = {one.status for one in judged}
    return next(status for status in (INPUT_ERROR, NOT_ADMISSIBLE, TO_COMPLETE, DONE) if status in statuses)


def judged_file(options: argparse.Namespace, file: Path) -> JudgedFile:
    """Judge a dossier by the call that a command names; what cannot be read is not judged."""
    from lca.files.answering import judged

    study = study_of(options, file)
    loaded = study.loaded
    if loaded is None or loaded.call is None:
        nothing = Admissibility(NOT_JUDGED, (), (), ())
        return JudgedFile(study.name, "", None, nothing, study.unreadable)
    try:
        assessment = study.assess(draws=0, as_of=options.as_of)
        problems, as_of = assessment.problems, assessment.fingerprint.as_of
    except ProblemsFound as found:
        from lca.files.shipped import date_of_assessment

        problems, as_of = found.problems, options.as_of or date_of_assessment()
    verdict, problems = judged(loaded, problems, as_of)
    assert verdict is not None
    return JudgedFile(study.name, loaded.descriptor.about.name, loaded.call.profile, verdict, problems)


def lines(judged: JudgedFile, writer: Writer) -> Iterator[str]:
    """Yield the verdict on a dossier, and below it each thing that it lacks with the rule and its source."""
    said, language = writer.words["admissibility"], writer.language
    if judged.profile is None:
        yield plain(said["unread"].format(file=judged.file))
        return
    call = said_in(judged.profile.name, language)
    yield plain(said["head"].format(file=judged.file, verdict=said["verdicts"][judged.found.verdict], call=call))
    for one in judged.found.lacking:
        told = writer.words["messages"].of(one.problem)
        hint = f"{writer.words['problem_line']['hint']}{told.hint}" if told.hint else ""
        what = said["otherwise"][one.otherwise]
        yield plain(f"  {told.location}{writer.words['colon']} {what}{writer.words['colon']} {told.message}{hint}")
        yield plain(
            f"    {said['rule'].format(rule=said['rules'][one.rule], source=_cited(one.source, said, language))}"
        )


def lines_of_call(judged: JudgedFile, writer: Writer) -> Iterator[str]:
    """Yield what a call says of every dossier alike: which rules are judged elsewhere, and which are open, and why."""
    said, language = writer.words["admissibility"], writer.language
    if judged.found.elsewhere:
        names = ", ".join(said["rules"][rule] for rule in judged.found.elsewhere)
        yield plain(said["elsewhere"].format(names=names))
    if judged.found.open:
        yield plain(said["open_rules"])
    for rule, text in judged.found.open:
        yield plain(f"  {said['open_rule'].format(rule=said['rules'][rule], because=said_in(text, language))}")


def _cited(source: Cited | None, said: Mapping[str, Any], language: str) -> str:
    """Return where a rule is written, and how well its author knows that."""
    if source is None:
        return str(said["no_source"])
    parts = [said_in(source.title, language), said_in(source.locator, language) if source.locator else ""]
    parts += [source.address, said["confidence"].get(source.confidence, "")]
    return ", ".join(part for part in parts if part)


def _lacking(one: Lacking) -> dict[str, Any]:
    source = one.source
    cited = dict(_SILENT)
    if source is not None:
        cited = {
            "title": said_in(source.title, ORIGINAL),
            "address": source.address,
            "locator": said_in(source.locator, ORIGINAL) if source.locator else "",
            "confidence": source.confidence,
        }
    place = one.problem.location
    return {
        "rule": one.rule,
        "otherwise": one.otherwise,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "message": one.problem.message,
        "hint": one.problem.hint,
        "source": cited if source is not None else None,
    }
