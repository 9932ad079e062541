"""What the measurements of a descriptor lack or contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.named_file import FileReference
from lca.problems import Problem, did_you_mean, listed
from lca.quantities.units import conversion, same_dimension
from lca.subjects.monitoring.declared import MeasuredValue, MonitoredInput, Monitoring
from lca.subjects.monitoring.inputs import can_state, quantities


def checks(descriptor: Descriptor) -> Iterable[Problem]:
    """Yield what is wrong or missing in what was measured."""
    monitoring = descriptor.get(Monitoring)
    if monitoring is None:
        return
    for measured in monitoring.measured.values():
        yield from _input(descriptor, measured)
        for value in measured.values:
            yield from _counterfactual(descriptor, measured, value)
        if measured.is_measurable and not measured.supersedes:
            latest = measured.values[measured.latest]
            lacking = "adjustment" if latest.counterfactual else "counterfactual"
            yield _problem(
                descriptor,
                latest.path,
                "LCA913",
                f"what was measured of `{measured.input}` in {latest.date} has no adjusted counterfactual: the forecast stays, "
                "unconfirmed",
                f"add `{lacking}`: what would have been without the project under the same conditions, and how that is known",
            )
    yield from _twice(descriptor, monitoring)
    if monitoring.evidence and not monitoring.conditions:
        message = "documents are brought for conditions, and no file of conditions is named"
        hint = "name the file that `lca conditions` wrote for the contract under `monitoring.conditions`"
        yield _problem(descriptor, "monitoring.evidence", "LCA402", message, hint)


def named_files(descriptor: Descriptor) -> Iterator[FileReference]:
    """Yield the sealed forecast and the conditions, which are read, and the files that stand behind measurements and conditions."""
    monitoring = descriptor.get(Monitoring)
    if monitoring is None:
        return
    if monitoring.forecast:
        yield FileReference(monitoring.forecast, "monitoring.forecast", is_table=True)
    if monitoring.conditions:
        yield FileReference(monitoring.conditions, "monitoring.conditions", is_table=True)
    yield from (FileReference(m.file, f"{m.path}.file") for m in monitoring.measured.values() if m.file)
    yield from (FileReference(brought.file, f"{brought.path}.file") for brought in monitoring.evidence.values())


def _input(descriptor: Descriptor, measured: MonitoredInput) -> Iterator[Problem]:
    """Yield a problem where the input is none of this descriptor, or none that can be measured."""
    document, schema = descriptor.document, descriptor.reader.schema
    known = [path for path in quantities(document.data, schema) if _measurable(path)]
    if not measured.is_measurable:
        hint = did_you_mean(measured.input, known) or (
            "a reference is given as the `counterfactual` of what was measured"
            if measured.input.startswith("benefit.reference")
            else f"inputs of this descriptor: {listed(known, most=6)}"
        )
        message = f"`{measured.input}` is no input that can be measured"
    elif not can_state(document.data, schema, measured.keys):
        hint = did_you_mean(measured.input, known) or f"inputs of this descriptor: {listed(known, most=6)}"
        message = f"`{measured.input}` is no quantity of this descriptor"
    else:
        return
    yield _problem(descriptor, f"{measured.path}.input", "LCA911", message, hint)


def _measurable(path: str) -> bool:
    return MonitoredInput("", "", path).is_measurable


def _counterfactual(descriptor: Descriptor, measured: MonitoredInput, value: MeasuredValue) -> Iterator[Problem]:
    """Yield a problem where a counterfactual stands at an input without one, or does not fit what was measured."""
    path = f"{value.path}.counterfactual"
    if value.counterfactual is None or value.value is None or not measured.is_measurable:
        return
    if not measured.needs_counterfactual:
        message = f"`{measured.input}` is metered as it is and has no counterfactual"
        yield _problem(descriptor, path, "LCA912", message, "remove it, or measure an effect of the benefit")
        return
    unit, asked = value.counterfactual.unit, value.value.unit
    if not same_dimension(unit, asked):
        message = f"the counterfactual is in {unit}, what was measured in {asked}"
        yield _problem(descriptor, path, "LCA912", message, "write both in units of one kind")
    elif not measured.flow and value.value.value > value.counterfactual.value * conversion(unit, asked):
        message = f"`{measured.input}` is said to save more ({value.value.text}) than there would have been"
        hint = "the counterfactual is what would have been in all, not what was saved"
        yield _problem(descriptor, path, "LCA912", message, hint)


def _twice(descriptor: Descriptor, monitoring: Monitoring) -> Iterator[Problem]:
    """Yield a problem for an input that is measured under two names, and for a flow with two counterfactuals."""
    inputs: set[str] = set()
    flows: dict[str, tuple[float, str]] = {}
    for measured in monitoring.measured.values():
        if measured.input in inputs:
            message = f"`{measured.input}` is measured under another name already"
            yield _problem(descriptor, f"{measured.path}.input", "LCA911", message, "put all its values in one list")
        inputs.add(measured.input)
        value = measured.values[measured.latest]
        if not measured.flow or value.counterfactual is None:
            continue
        found = (value.counterfactual.value, value.counterfactual.unit)
        if flows.setdefault(measured.flow, found) != found:
            message = f"the flow `{measured.flow}` has another counterfactual above"
            hint = "one flow of the reference has one amount: give the same counterfactual"
            yield _problem(descriptor, f"{value.path}.counterfactual", "LCA912", message, hint)


def _problem(descriptor: Descriptor, path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(descriptor.document.at(tuple(path.split("."))), code, message, hint)
