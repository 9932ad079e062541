"""The file that an expert begins with: the paths that matter most and the questions of page one, as comments to uncover."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from lca.assessment.pages.answer import MOST_QUESTIONS
from lca.assessment.pages.questions import questions
from lca.assessment.record import Record
from lca.call.profile import Profile, criteria_of, marks_of
from lca.call.review.paths import fault_of_path, fault_of_value
from lca.presenting.writer import Writer
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.subjects.benefit.declared import Benefit
from lca.subjects.crosscheck.assess import Crosscheck

#: So many values of the cost, and of the benefit, are proposed.
MOST = 5
#: The best mark of the example, where no call names one.
_USUAL_BEST = 5.0


def template(assessment: Record, file: str, expert: str, writer: Writer, call: Profile | None) -> tuple[str, int]:
    """Return the text of a review that judges nothing yet, and how many paths it proposes; `file` names the descriptor.

    Criteria and best mark are those of the `call`, where it names them.
    """
    words = writer.words["expert_review"]["template"]
    drivers, doubts = _drivers(assessment), _doubts(assessment, writer)
    most = marks_of(call).most or _USUAL_BEST
    values = {**drivers, **_of_benefit(assessment)}
    lines = [
        f"# {words['head']}",
        "review: 1",
        f"dossier: {{file: {_quoted(file)}, sha256: {_quoted(assessment.fingerprint.descriptor)}}}",
        f"expert: {_quoted(expert)}",
        "",
        f"# {words['interests']}",
        "# interests: ",
        "",
        f"# {words['judgements']}",
        "# judgements:",
        *_judged(words["drivers"], drivers),
        *_judged(words["doubts"], doubts),
        "",
        f"# {words['values']}",
        "# values:",
        *(
            f"#   {path}: {{value: {_quoted(said)}, reason: {_quoted(words['value_reason'])}}}"
            for path, said in values.items()
        ),
        "",
        f"# {words['marks']}",
        "# marks:",
        *(
            f"#   {_quoted(name)}: {{mark: 0, out_of: {most:g}, reason: {_quoted(words['value_reason'])}}}"
            for name in criteria_of(call, assessment.study.about.language) or (str(words["criterion"]),)
        ),
        "",
        f"# {words['questions']}",
        "# questions:",
        *(f"#   - {_quoted(line)}" for line in questions(assessment, writer)[:MOST_QUESTIONS]),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n", len({**values, **doubts})


def _judged(title: str, paths: dict[str, str]) -> Iterator[str]:
    """Yield the lines of some paths below a title, each with what is known of it."""
    if paths:
        yield f"#   # {title}"
    for path, said in paths.items():
        yield f"#   {path}: {{verdict: doubt, reason: {_quoted('…')}}}{f'  # {said}' if said else ''}"


def _drivers(assessment: Record) -> dict[str, str]:
    """Return the stated values that the climate total depends on most, each as the descriptor writes it.

    Of a total without an interval none weighs more than another: all that it is computed from may be proposed.
    """
    ranked = [driver.input for driver in assessment.results[Crosscheck].drivers]
    climate = assessment.footprint.climate
    return _values(ranked or (leaves([climate]) if climate is not None else []), assessment)


def _of_benefit(assessment: Record) -> dict[str, str]:
    """Return the stated values that the benefit is computed from, likewise."""
    study = assessment.benefit.study
    ends = leaves([study.climate.net_project]) if study is not None else []
    return _values((end for end in ends if _path(end).startswith("benefit.")), assessment)


def _values(inputs: Iterable[Quantity], assessment: Record) -> dict[str, str]:
    """Return the first of some inputs that an expert may put a value for."""
    data, schema = assessment.study.document.data, assessment.study.reader.schema
    found: dict[str, str] = {}
    for one in inputs:
        path, origin = _path(one), one.origin
        if path and isinstance(origin, Stated) and len(found) < MOST and fault_of_value(path, data, schema) is None:
            found[path] = origin.text
    return found


def _path(quantity: Quantity) -> str:
    """Return where an input is stated, empty where it is a factor."""
    return quantity.origin.path if isinstance(quantity.origin, Stated) else ""


def _doubts(assessment: Record, writer: Writer) -> dict[str, str]:
    """Return what is open in the benefit and the effects that it counts, each with the doubt or what the applicant says."""
    data, schema = assessment.study.document.data, assessment.study.reader.schema
    benefit, said = assessment.study.get(Benefit), writer.words["open_questions"]
    found = {question.path: str(said[question.code]) for question in assessment.benefit.open_questions}
    for effect in benefit.counted_effects if benefit is not None else ():
        found.setdefault(effect.path, _stated(effect.path, data))
    return {path: text for path, text in found.items() if path and fault_of_path(path, data, schema) is None}


def _stated(path: str, data: Any) -> str:
    """Return what an effect is said to be, on one line."""
    node = data
    for key in path.split("."):
        node = node.get(key) if isinstance(node, dict) else None
    text = node.get("description") if isinstance(node, dict) else None
    return " ".join(str(text).split())[:100] if text else ""


def _quoted(text: str) -> str:
    """Return a text as YAML reads it whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
