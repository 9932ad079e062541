"""How each agreed condition stands: met by what, open, or overdue; one that is no longer asked is not met by that."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.named_file import NamedFile
from lca.descriptor.parts import Parts
from lca.quantities.by_language import Text
from lca.quantities.provenance import Stated
from lca.subjects.benefit.established import NEEDED_STAGES
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.standings import ACCEPTED
from lca.subjects.footprint.boundary import boundary
from lca.subjects.monitoring.agreed import AgreedCondition, AgreedConditions
from lca.subjects.monitoring.condition import (
    ADVERSE,
    BENEFIT,
    CALL,
    CHECKLIST,
    INSUFFICIENT,
    Condition,
    RulesOfCall,
    UnmetRule,
)
from lca.subjects.monitoring.conditions import as_key, can_be_measured, is_shown
from lca.subjects.monitoring.declared import MonitoredInput, Monitoring
from lca.subjects.monitoring.inputs import node_at

MET, STILL_OPEN, OVERDUE = STANDINGS = ("met", "open", "overdue")

#: What a question asks to be stated, below its own path: any of these.
_STATED_BELOW: Mapping[str, tuple[str, ...]] = {
    "LCA821": ("descriptor", "flows", "quantity"),
    "LCA827": ("attribution", "share"),
    "LCA836": ("saving", "flows", "why_not"),
}


class Because(Struct, frozen=True, eq=False):
    """Why a condition stands as it does: the name of a form of words, and what stands in it."""

    form: str
    values: Mapping[str, str | Text | Stated | tuple[str, ...]] = field(default_factory=dict)


class Document(Struct, frozen=True):
    """A document that supports an answer or was brought for a condition, and its hash; empty where it is an address."""

    title: str
    sha256: str


class Followed(Struct, frozen=True, eq=False):
    """An agreed condition with how it stands, why, and the documents that are there for it."""

    agreed: AgreedCondition
    standing: str
    because: Because
    documents: tuple[Document, ...] = ()


class _Now(Struct, frozen=True, eq=False):
    """What conditions are judged by: the study of today, what it still leaves to be shown, and when the conditions were made."""

    descriptor: Descriptor
    results: Parts
    still: Mapping[str, Condition]
    made: str

    def stated(self, path: str) -> bool:
        """Say whether the descriptor states something at a path."""
        return node_at(self.descriptor.document.data, tuple(path.split("."))) is not None

    def place(self, path: str) -> str:
        """Return where a path stands, as a report prints it."""
        return self.descriptor.document.key_at(tuple(path.split("."))).in_report


#: Whether a condition is met, why, and the documents behind it.
_Judged = tuple[bool, Because, tuple[Document, ...]]


def followed(
    descriptor: Descriptor, results: Parts, still: Mapping[str, Condition], as_of: datetime.date
) -> tuple[Followed, ...]:
    """Return how the agreed conditions of a descriptor stand on a date; `still` holds what it leaves to be shown, by name."""
    agreed = descriptor[AgreedConditions]
    now = _Now(descriptor, results, still, agreed.made)
    return tuple(_followed(one, now, as_of) for one in agreed.required.values())


def _followed(agreed: AgreedCondition, now: _Now, as_of: datetime.date) -> Followed:
    kind, _, rest = agreed.name.partition(".")
    judge = _JUDGES.get(kind)
    brought = tuple(_brought(agreed.name, now))
    is_met, because, documents = judge(agreed, rest, now) if judge is not None else _by_document(brought)
    late = bool(agreed.date) and as_of.isoformat()[: len(agreed.date)] > agreed.date
    standing = MET if is_met else OVERDUE if late else STILL_OPEN
    shown = (*documents, *(Document(name, file.sha256) for name, file in brought))
    return Followed(agreed, standing, because, tuple(dict.fromkeys(shown)))


def _brought(name: str, now: _Now) -> Iterator[tuple[str, NamedFile]]:
    """Yield the files that are brought for a condition and that were found."""
    for one in now.descriptor[Monitoring].evidence.values():
        file = now.descriptor.files.get(one.file)
        if one.condition == name and file is not None:
            yield one.file, file


def _by_document(brought: tuple[tuple[str, NamedFile], ...]) -> _Judged:
    """Judge what no rule judges, such as an expert's question: the document is there, or it is not."""
    foreign = [name for name, file in brought if not (file.own or file.own_word)]
    if foreign:
        return True, Because("document"), ()
    return False, Because("own_document" if brought else "no_document"), ()


def _row(_: AgreedCondition, row: str, now: _Now) -> _Judged:
    finding = next((f for f in now.results[ChecklistResult].findings if f.criterion.id == row), None)
    if finding is None:
        return False, Because("row_gone"), ()
    items = zip(finding.answer.evidence if finding.answer else (), finding.standings, strict=True)
    accepted = [item for item, standing in items if standing == ACCEPTED]
    files = now.descriptor.files
    documents = tuple(Document(one.title, files[one.file].sha256 if one.file in files else "") for one in accepted)
    if finding.verdict == "pass":
        return True, Because("row_passes"), documents
    form = "row_not_applicable" if finding.verdict == "not_applicable_justified" else "row_open"
    return False, Because(form, {"reason": finding.reason}), ()


def _question(agreed: AgreedCondition, rest: str, now: _Now) -> _Judged:
    """Judge a question on the benefit: it is settled where it is no longer open, and what it asked for now stands there."""
    if agreed.name in now.still:
        return False, Because("question_open"), ()
    code, _, below = rest.partition(".")
    found = _settled_by(code, below, now)
    if not found:
        return False, Because("question_gone"), ()
    return True, Because("stated", {"path": found, "place": now.place(found)}), ()


def _settled_by(code: str, below: str, now: _Now) -> str:
    """Return the path that settles a question, empty where nothing does."""
    if code == "LCA823":
        return _stage_settled(below, now)
    if not now.stated("benefit.effects"):
        return ""
    if code == "LCA822":
        others = node_at(now.descriptor.document.data, ("benefit", "reference", "alternatives"))
        path = "benefit.reference.alternatives"
        return next((f"{path}.{name}" for name in others or () if now.stated(f"{path}.{name}.without_ai")), "")
    if code == "LCA825":
        return "benefit.horizon" if now.stated("benefit.horizon") and now.stated("project.duration") else ""
    asked = [f"benefit.{below}.{key}" for key in _STATED_BELOW.get(code, ())]
    if code == "LCA835":
        asked = [f"benefit.{below}", f"benefit.no_{below}"]
    return next(filter(now.stated, asked), "")


def _stage_settled(stage: str, now: _Now) -> str:
    """Return where a stage is counted, or excluded with an estimated share; empty where it is neither."""
    if stage not in NEEDED_STAGES:
        return ""
    status = next(one for one in boundary(now.descriptor) if one.stage == stage)
    if status.status == "counted":
        return stage if now.stated(stage) else "machines"  # whose manufacture is counted in the stages that use them
    return f"goal.excluded.{stage}" if status.estimated_share is not None else ""


def _driver(agreed: AgreedCondition, path: str, now: _Now) -> _Judged:
    """Judge what the adverse test took: it is measured since, or where no meter shows it, stated with its source."""
    measured = next((m for m in now.descriptor[Monitoring].measured.values() if _measures(m, path)), None)
    if measured is not None:
        return _measured(measured, now)
    if can_be_measured(path):
        return False, Because("not_measured"), ()
    return _with_source(path, agreed.state == INSUFFICIENT, now)


def _measures(measured: MonitoredInput, path: str) -> bool:
    machine = f"{path}.utilisation" if path.startswith("machines.") else path
    return measured.input == machine or (path.endswith(".ramp_up") and measured.input.startswith(f"{path}."))


def _measured(measured: MonitoredInput, now: _Now) -> _Judged:
    latest = measured.values[measured.latest]
    files = now.descriptor.files
    documents = (Document(measured.file, files[measured.file].sha256),) if measured.file in files else ()
    assert latest.value is not None
    values: dict[str, str | Text | Stated | tuple[str, ...]] = {"value": latest.value, "date": latest.date}
    if latest.date < now.made[: len(latest.date)]:
        return False, Because("measured_before", values), ()
    if not measured.supersedes:
        return False, Because("unadjusted", values), ()
    return True, Because("measured", values), documents


def _with_source(path: str, was_stated: bool, now: _Now) -> _Judged:
    """Judge an input that no meter shows by what is stated of it: its source, and if it was stated before, its evidence.

    To leave out a range that stood there shows nothing, and so does not help.
    """
    if as_key(path) != path:  # of any alternative that is declared now
        others = node_at(now.descriptor.document.data, ("benefit", "reference", "alternatives")) or {}
        found = [f"benefit.reference.alternatives.{name}.saving" for name in others]
    else:
        found = [path]
    paths = [one for stated in found for one in _values(stated, now)]
    if not paths:
        return False, Because("not_stated", {"path": as_key(path)}), ()
    place = {"path": paths[0], "place": now.place(paths[0])}
    if not any(now.stated(f"{one}.source") for one in paths):
        return False, Because("without_source", place), ()
    if was_stated and not any(is_shown(now.descriptor, one) for one in paths):
        return False, Because("not_shown", place), ()
    return True, Because("stated", place), ()


def _values(path: str, now: _Now) -> list[str]:
    """Return the path of a value, or those of the items of a list of values."""
    node = node_at(now.descriptor.document.data, tuple(path.split(".")))
    if isinstance(node, list):
        return [f"{path}.{index}" for index in range(len(node))]
    return [path] if node is not None else []


def _rule(agreed: AgreedCondition, rule: str, now: _Now) -> _Judged:
    call, unmet = now.descriptor.get(RulesOfCall), now.still.get(agreed.name)
    if call is None or rule not in call.names:
        return False, Because("rule_gone"), ()
    if unmet is not None and isinstance(unmet.about, UnmetRule):
        return False, Because("rule_open", {"messages": tuple(one.message for one in unmet.about.problems)}), ()
    return True, Because("rule_kept"), ()


_JUDGES: Mapping[str, Callable[[AgreedCondition, str, _Now], _Judged]] = {
    CHECKLIST: _row,
    BENEFIT: _question,
    ADVERSE: _driver,
    CALL: _rule,
}
