"""The review after the fact: what was measured beside what was sealed, and the study computed again with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem
from lca.quantities.difference import difference, relative_difference
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.units import conversion, same_dimension
from lca.subjects.benefit import SUBJECT as BENEFIT
from lca.subjects.benefit.balance import LINES
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.footprint import SUBJECT as FOOTPRINT
from lca.subjects.footprint.assess import Footprint
from lca.subjects.monitoring.agreed import AgreedConditions
from lca.subjects.monitoring.checks import checks
from lca.subjects.monitoring.conditions import conditions_of
from lca.subjects.monitoring.declared import MonitoredInput, Monitoring
from lca.subjects.monitoring.inputs import quantities
from lca.subjects.monitoring.measured import with_measured
from lca.subjects.monitoring.result import MeasuredInput, MonitoringResult, Reviewed
from lca.subjects.monitoring.sealed import Broken, SealedForecast, SealedValue, read_sealed, stated_leaves
from lca.subjects.monitoring.standing import followed
from lca.subjects.subject import Inputs, Results


def assess(inputs: Inputs, earlier: Results) -> MonitoringResult:
    """Set what was measured beside the sealed forecast and compute the study again with it."""
    descriptor = inputs.descriptor
    monitoring = descriptor[Monitoring]
    sealed, problems = _sealed(descriptor, monitoring)
    problems += _dates(inputs, monitoring, sealed)
    if any(problem.severity == "error" for problem in checks(descriptor)):
        return MonitoringResult(sealed=sealed, problems=tuple(problems))  # which the checks have told
    contract = _contract(inputs, earlier, sealed)
    problems += contract.problems
    if not monitoring.measured and not monitoring.forecast:
        return replace(contract, problems=tuple(problems))
    variant, found = with_measured(descriptor)
    known = {(p.code, p.message) for result in earlier for p in result.problems}
    problems += [p for p in found if (p.code, p.message) not in known]
    stated = stated_leaves(root for result in earlier for root in result.roots)
    moved = tuple(_moved(sealed, stated)) if sealed is not None else ()
    if variant is None or any(p.severity == "error" for p in problems):
        return replace(contract, sealed=sealed, moved=moved, problems=tuple(problems))
    again = _computed(inputs, variant)
    problems += [p for r in again for p in r.problems if (p.code, p.message) not in known and p.severity == "error"]
    with_it = stated_leaves(root for result in again for root in result.roots)
    own = (result for result in earlier if isinstance(result, Footprint | BenefitResult))
    rows = tuple(_inputs(monitoring, sealed, stated, with_it, inputs.sample))
    reviewed = tuple(_reviewed(sealed, Results(*own).figures(), again.figures(), inputs.sample))
    unconfirmed = tuple(_unconfirmed(descriptor, monitoring))
    benefit = again.get(BenefitResult)
    study = benefit.study if benefit is not None else None
    figures = {f"monitoring.{r.path}": r.measured for r in reviewed if r.measured is not None}
    figures |= {f"monitoring.{r.path}.change": r.change for r in reviewed if r.change is not None}
    figures |= {
        f"monitoring.measured.{r.declared.name}.deviation": r.deviation for r in rows if r.deviation is not None
    }
    return replace(
        contract,
        sealed=sealed,
        inputs=rows,
        reviewed=reviewed,
        moved=moved,
        unconfirmed=unconfirmed,
        established=study.is_established and not unconfirmed if study is not None else None,
        figures=figures,
        problems=tuple(problems),
    )


def _sealed(descriptor: Descriptor, monitoring: Monitoring) -> tuple[SealedForecast | None, list[Problem]]:
    """Return the sealed forecast that a descriptor names, and what is wrong with it."""
    file = descriptor.files.get(monitoring.forecast)
    if file is None:
        return None, []  # none is named, or that it cannot be read is told where files are found
    try:
        return read_sealed(file.text), []
    except Broken as broken:
        place = descriptor.document.at(("monitoring", "forecast"))
        hint = "name the file as `lca seal` wrote it for the contract"
        return None, [Problem(place, "LCA914", f"`{monitoring.forecast}`: {broken}", hint)]


def _contract(inputs: Inputs, earlier: Results, sealed: SealedForecast | None) -> MonitoringResult:
    """Return how the agreed conditions stand, and a warning where they are not those of the sealed forecast."""
    descriptor = inputs.descriptor
    agreed = descriptor.get(AgreedConditions)
    if agreed is None or descriptor.is_variant:
        return MonitoringResult()
    still = {one.id: one for one in conditions_of(descriptor, earlier, inputs.rules, inputs.as_of)}
    is_held, problems = _held(agreed, sealed), []
    if is_held is False:
        place = descriptor.document.at(("monitoring", "conditions"))
        message = f"the conditions in `{agreed.file}` are not those that the forecast was sealed with"
        problems.append(Problem(place, "LCA918", message, "name the file and the seal of one contract"))
    return MonitoringResult(
        agreed=agreed,
        conditions=followed(descriptor, earlier, still, inputs.as_of),
        further=tuple(name for name in still if name not in agreed.required),
        is_held=is_held,
        problems=tuple(problems),
    )


def _held(agreed: AgreedConditions, sealed: SealedForecast | None) -> bool | None:
    """Say whether conditions are those of a sealed forecast; None where neither of them names the other."""
    if sealed is None:
        return None
    if agreed.seal:
        return agreed.seal == sealed.seal
    if agreed.sha256 in sealed.files.values():
        return True
    return False if sealed.names_conditions else None


def _dates(inputs: Inputs, monitoring: Monitoring, sealed: SealedForecast | None) -> Iterator[Problem]:
    """Yield a problem for what was measured after the date of the study, and for what is older than the sealed forecast."""
    today, document = inputs.as_of.isoformat(), inputs.descriptor.document
    for measured in monitoring.measured.values():
        for value in measured.values:
            place = document.at((*value.path.split("."), "date"))
            if value.date > today[: len(value.date)]:
                message = f"`{measured.name}` was measured in {value.date}, and the study is of {today}"
                yield Problem(place, "LCA915", message, "what is yet to be measured belongs in `benefit.monitoring`")
            elif sealed is not None and value.date < sealed.sealed_on[: len(value.date)]:
                message = f"`{measured.name}` was measured in {value.date}, before the forecast was sealed ({sealed.sealed_on})"
                yield Problem(place, "LCA916", message, "what was known then belongs in the forecast")


def _computed(inputs: Inputs, variant: Descriptor) -> Results:
    """Return footprint and benefit of a variant; its draws are those of the study wherever both state the same."""
    sample = Sampler(inputs.sample.seed, inputs.sample.n, inputs.sample.apart)
    own, results = Inputs(variant, inputs.book, sample, inputs.as_of, inputs.rules, inputs.reference), Results()
    for subject in (FOOTPRINT, BENEFIT):
        result = subject.assess(own, results)
        results = results.joined(result) if result is not None else results
    return results


def _inputs(
    monitoring: Monitoring,
    sealed: SealedForecast | None,
    stated: Mapping[str, Quantity],
    measured: Mapping[str, Quantity],
    sample: Sampler,
) -> Iterator[MeasuredInput]:
    """Yield each measured input beside its forecast: the sealed one where there is one."""
    for declared in monitoring.measured.values():
        latest = declared.values[declared.latest].value
        assert latest is not None
        value = measured[declared.input] if declared.supersedes and declared.input in measured else sample(latest)
        known = sealed.inputs.get(declared.input) if sealed is not None else None
        own = stated.get(declared.input)
        forecast = _of_input(known, declared.input, sample) if known is not None else own
        low, high = _bounds(known, own)
        yield _beside(declared, value, forecast, low, high)


def _beside(
    declared: MonitoredInput, value: Quantity, forecast: Quantity | None, low: float | None, high: float | None
) -> MeasuredInput:
    if forecast is None or not _comparable(value, forecast):
        return MeasuredInput(declared, value, forecast, low, high, None, None)
    best, first = value.at_best(), forecast.at_best()
    share = None
    if first.value:
        more = difference.bound(amount=first.unit)(amount=best, reference=first)
        off = relative_difference.bound(amount=first.unit)(difference=more, reference=first)
        share = off.named(f"deviation of {declared.name} from its forecast")
    within = None
    if low is not None and high is not None and low < high:
        within = low <= value.value * conversion(value.unit, forecast.unit) <= high
    return MeasuredInput(declared, value, forecast, low, high, within, share)


def _comparable(value: Quantity, forecast: Quantity) -> bool:
    """Say whether two stated values are of one kind: time of processors is not time on the clock."""
    counted = [q.origin.noun for q in (value, forecast) if isinstance(q.origin, Stated)]
    return same_dimension(value.unit, forecast.unit) and len(set(counted)) == 1


def _bounds(known: SealedValue | None, own: Quantity | None) -> tuple[float | None, float | None]:
    """Return the interval of a forecast: of the sealed one, else of this descriptor's."""
    if known is not None:
        return known.low95, known.high95
    if own is None or own.is_open:
        return None, None
    low, _, high = own.interval()
    return low, high


def _reviewed(
    sealed: SealedForecast | None, forecast: Mapping[str, Quantity], measured: Mapping[str, Quantity], sample: Sampler
) -> Iterator[Reviewed]:
    """Yield the figures that a review sets side by side."""
    for path, own in forecast.items():
        if not _is_reviewed(path):
            continue
        known, again, change = sealed.figures.get(path) if sealed is not None else None, measured.get(path), None
        if again is not None:
            more = difference.bound(amount=own.unit)(amount=again, reference=own)
            change = more.named(f"{path}: what measuring changes")
        low, high = (known.low95, known.high95) if known is not None else (None, None)
        yield Reviewed(path, _of_figure(known, path, sample), low, high, own, again, change)


def _is_reviewed(path: str) -> bool:
    """Say whether a figure is a total of an indicator, the energy, or a line of the benefit in its own or a flow's unit."""
    parts = path.split(".")
    if parts[0] == "total":
        return len(parts) == 2
    return path == "energy" or (parts[0] == "benefit" and parts[-1] in (*LINES, "remains"))


def _of_input(known: SealedValue, path: str, sample: Sampler) -> Quantity:
    stated = Stated(f"monitoring.forecast.inputs.{path}", known.value, known.unit, noun=known.noun, text=known.text)
    return sample(stated)


def _of_figure(known: SealedValue | None, path: str, sample: Sampler) -> Quantity | None:
    return sample(Stated(f"monitoring.forecast.figures.{path}", known.value, known.unit)) if known is not None else None


def _moved(sealed: SealedForecast, stated: Mapping[str, Quantity]) -> Iterator[str]:
    """Yield the inputs that the sealed descriptor states and this one does not, or states otherwise."""
    for path, known in sealed.inputs.items():
        own = stated.get(path)
        if own is None or own.unit != known.unit or float(f"{own.value:.12g}") != known.value:
            yield path
    yield from (path for path in stated if path not in sealed.inputs)


def _unconfirmed(descriptor: Descriptor, monitoring: Monitoring) -> Iterator[str]:
    """Yield the effects that nothing measured confirms: a part of them is not measured, or without its counterfactual."""
    benefit = descriptor.get(Benefit)
    superseded = {m.input for m in monitoring.measured.values() if m.supersedes}
    stated = quantities(descriptor.document.data, descriptor.reader.schema)
    for effect in benefit.counted_effects if benefit is not None else ():
        parts = {
            p for p in stated if p.startswith(f"{effect.path}.") and MonitoredInput("", "", p).needs_counterfactual
        }
        if not parts or parts - superseded:
            yield effect.name
