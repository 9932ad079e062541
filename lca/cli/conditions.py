"""The command `conditions`: what is still to be shown after a dossier is accepted, for the contract and the follow-up."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.running import (
    DONE,
    AddCommand,
    add_checklist,
    add_computing,
    add_dated,
    add_json,
    inputs_of,
    print_problems,
    refuse,
    run,
)

if TYPE_CHECKING:
    from lca import Assessment
    from lca.problems import Problem
    from lca.subjects.monitoring.agreed import AgreedConditions
    from lca.subjects.monitoring.condition import Condition
    from lca.subjects.monitoring.sealed import SealedForecast

#: The largest sealed forecast that is read, in bytes.
_LARGEST = 20_000_000
#: The endings of the file that the parties fill in.
_YAML = (".yaml", ".yml")


def register(command: AddCommand) -> None:
    """Add the command."""
    conditions = command(
        "conditions",
        _conditions,
        "list what is still to be shown, with evidence, owner and date, as the conditions of a contract",
    )
    conditions.add_argument("file", type=Path, metavar="FILE")
    conditions.add_argument(
        "--review",
        type=Path,
        action="append",
        metavar="REVIEW",
        help="an expert's review, whose questions become conditions (repeatable)",
    )
    conditions.add_argument(
        "--seal", type=Path, metavar="SEALED", help="the sealed forecast that the conditions go with"
    )
    conditions.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help="file to write: .yaml, .docx, .txt or .html (default: text to read)",
    )
    add_language(conditions)
    add_json(conditions, "the conditions")
    add_computing(conditions)
    add_dated(conditions)
    add_checklist(conditions)


def _conditions(options: argparse.Namespace) -> int:
    from lca.cli.documents import FORMATS

    by_ending: dict[str, Callable[..., bytes]] = dict(FORMATS.values())
    output: Path | None = options.output
    if output is not None and output.suffix not in (*_YAML, *by_ending):
        known = ", ".join((_YAML[0], *by_ending))
        return refuse(options, f"`{output.name}` has an ending that says nothing of its form", f"known: {known}")
    assessment = run(options)
    sealed = _sealed(options.seal, assessment) if options.seal is not None else None
    asked, problems = _of_reviews(options.review or (), assessment)
    conditions = _listed(options, assessment, asked, sealed)
    from lca.subjects.monitoring.forms import contract

    if options.json:
        from lca.presenting.values import as_json
        from lca.presenting.values import problems as plain

        print(as_json({**contract.as_data(conditions), "problems": plain(problems)}))
        return DONE
    writer = writer_of(options)
    print_problems(problems, options)
    if output is None:
        print(FORMATS["text"][1](contract.as_page(conditions, writer), assessment).decode(), end="")
        return DONE
    from lca.files.writing_whole import write_new, write_whole

    if output.suffix in _YAML:
        write_new(output, contract.as_yaml(conditions, writer).encode())  # what the parties filled in is never lost
        print(writer.words["conditions_words"]["written"].format(path=output, number=len(conditions.required)))
        print(f"monitoring: {{conditions: {output.name}}}")
        return DONE
    content = by_ending[output.suffix](contract.as_page(conditions, writer), assessment)
    write_whole({output: content}, [*inputs_of(assessment), *(options.review or ()), *filter(None, [options.seal])])
    print(writer.words["terminal"]["written"].format(path=output))
    return DONE


def _listed(
    options: argparse.Namespace, assessment: Assessment, asked: list[Condition], sealed: SealedForecast | None
) -> AgreedConditions:
    """Return the conditions in the words of the language that is asked for."""
    from lca.subjects.claims.rules import ClaimRules
    from lca.subjects.monitoring.agreed import AgreedConditions, MadeFrom
    from lca.subjects.monitoring.conditions import conditions_of
    from lca.subjects.monitoring.forms.wording import required

    study, print_ = assessment.study, assessment.fingerprint
    found = [*conditions_of(study, assessment.results, assessment.rules, print_.as_of), *asked]
    rows = required(found, assessment.rules[ClaimRules], assessment, writer_of(options))
    return AgreedConditions(
        descriptor=MadeFrom(study.document.at(()).name, print_.descriptor),
        made=print_.as_of.isoformat(),
        required={row.name: row for row in rows},
        project=study.about.name,
        seal=sealed.seal if sealed is not None else "",
    )


def _of_reviews(paths: list[Path] | tuple[()], assessment: Assessment) -> tuple[list[Condition], list[Problem]]:
    """Return what experts ask, and what is doubtful in their reviews."""
    if not paths:
        return [], []
    from lca.call.review.asked import conditions_of_reviews
    from lca.files.reviews import read_reviews

    call = assessment.source.readable.call
    reviews, problems = read_reviews(paths, assessment, call.profile if call is not None else None)
    return list(conditions_of_reviews(reviews)), problems


def _sealed(path: Path, assessment: Assessment) -> SealedForecast:
    """Return the sealed forecast of this very descriptor.

    Raises:
        ProblemsFound: it cannot be read, was changed after it was sealed, or is of another descriptor.
    """
    from lca.files.texts import read_text, shown
    from lca.problems import Location, Problem, ProblemsFound
    from lca.subjects.monitoring.sealed import Broken, read_sealed

    place, name = Location(shown(path), 1, 1), path.name
    try:
        sealed = read_sealed(read_text(path, _LARGEST, "a sealed forecast"))
    except Broken as broken:
        hint = "name the file as `lca seal` wrote it for the contract"
        raise ProblemsFound([Problem(place, "LCA914", f"`{name}`: {broken}", hint)]) from None
    own = assessment.fingerprint.descriptor
    if sealed.descriptor.sha256 != own:
        message = f"the forecast was sealed of version {sealed.descriptor.sha256[:8]} of the descriptor, this one is {own[:8]}"
        hint = "seal this version, or list the conditions of the version that was sealed"
        raise ProblemsFound([Problem(place, "LCA914", message, hint)])
    return sealed
