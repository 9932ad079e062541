"""The same project by other methods and sources: their figures, stated results recomputed, and what drives the result."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping

from lca.catalogue.book import FactorBook
from lca.catalogue.other_sources import SpreadRow, spread
from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem, did_you_mean
from lca.quantities.drivers import Driver, Narrowing, drivers, sobol_total, worth_measuring
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.shared_error import interval_with_shared_error
from lca.subjects.crosscheck.bounds import Limits, doubts, limits_of
from lca.subjects.crosscheck.declared import StatedResults
from lca.subjects.crosscheck.formulas import software_carbon_intensity
from lca.subjects.crosscheck.further_figures import further_figures
from lca.subjects.crosscheck.other_methods import MethodResult, figures_of_methods, other_methods
from lca.subjects.crosscheck.printed_bounds import doubtful_results
from lca.subjects.crosscheck.questions import Question, questions
from lca.subjects.crosscheck.stated_results import (
    CONTRADICTS,
    ROUNDING,
    UNKNOWN,
    Recomputed,
    more_than_known,
    recompute,
)
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.money.result import MoneyResult
from lca.subjects.subject import Inputs, Result, Results

#: What the SCI score is not given for want of.
SCI_LACKS = ("functional-unit", "operation", "manufacture")


class Crosscheck(Result, frozen=True, eq=False, kw_only=True, dict=True):
    """What the same work is by other methods, and what the climate total rests on.

    `sci` is the score by the SCI specification, and `sci_lacks` what it is not given for want of, one of `SCI_LACKS`, empty
    where it is given. What needs the draws of the
    climate total is computed when it is asked for. `of_services` holds the climate impact of each service by an interface of
    others, whose provider may be asked.
    """

    methods: tuple[MethodResult, ...]
    sci: Quantity | None
    sci_lacks: str
    stated_results: tuple[Recomputed, ...]
    climate: Quantity | None
    of_services: Mapping[str, Quantity]
    book: FactorBook
    seed: int

    @property
    def printed(self) -> Iterator[tuple[str, Quantity]]:
        """The figures of the methods; the further ones are compared with, or explained, by their best estimates."""
        yield from ((path, figure) for path, figure in self.figures.items() if path.startswith("methods."))

    @property
    def _drawn(self) -> Quantity | None:
        """The climate total where it has draws."""
        return self.climate if self.climate is not None and self.climate.is_drawn else None

    @functools.cached_property
    def drivers(self) -> tuple[Driver, ...]:
        """The inputs of the climate total, the one with the largest share of its variance first."""
        return drivers(self._drawn) if self._drawn is not None else ()

    @functools.cached_property
    def worth_measuring(self) -> tuple[Narrowing, ...]:
        """The defaults whose replacement would narrow the interval of the climate total most."""
        return worth_measuring(self._drawn, self.drivers) if self._drawn is not None and self.drivers else ()

    @functools.cached_property
    def questions(self) -> Mapping[str, Question]:
        """The question whose answer would narrow the climate impact of each such service most."""
        found = {path: questions(figure) for path, figure in self.of_services.items() if figure.is_drawn}
        return {path: asked[0] for path, asked in found.items() if asked and asked[0].shrinks_by > 0}

    @functools.cached_property
    def shared_error(self) -> tuple[float, float, float] | None:
        """The interval of the climate total if the factors of a source share their error."""
        return interval_with_shared_error(self._drawn, self.seed) if self._drawn is not None else None

    @functools.cached_property
    def spread(self) -> tuple[SpreadRow, ...]:
        """What other sources say of the factors under the climate total."""
        return spread(self.climate, self.book) if self.climate is not None else ()

    def sobol_total_order(self) -> dict[str, float]:
        """Return the total-order Sobol index of each uncertain input of the climate total, by record."""
        return sobol_total(self._drawn, self.seed) if self._drawn is not None else {}


def assess(inputs: Inputs, earlier: Results) -> Crosscheck:
    """Compute a project's machine work by other methods, and recompute what is stated of it."""
    descriptor, book, footprint = inputs.descriptor, inputs.book, earlier[Footprint]
    methods, limits = other_methods(descriptor, book), limits_of(descriptor, book)
    sci, sci_lacks = _sci(descriptor, footprint)
    further = further_figures(descriptor, book, earlier.figures(), limits, footprint, earlier.get(MoneyResult))
    figures = further | figures_of_methods(methods) | ({"methods.sci.gwp100": sci} if sci is not None else {})
    stated, doubtful = _stated_results(inputs, earlier.figures() | figures, limits, footprint)
    return Crosscheck(
        methods=methods,
        sci=sci,
        sci_lacks=sci_lacks,
        stated_results=stated,
        climate=footprint.climate,
        of_services=_of_interfaces(descriptor, footprint),
        book=book,
        seed=inputs.sample.seed,
        figures=figures,
        problems=(
            *doubts(descriptor, book, footprint.inventory, limits),
            *_stale_sources(descriptor, footprint, inputs.as_of),
            *doubtful,
        ),
    )


def _sci(descriptor: Descriptor, footprint: Footprint) -> tuple[Quantity | None, str]:
    """Return the score by the SCI specification, or what it lacks: of a whole that no unit divides it is no rate."""
    climate = footprint.totals["gwp100"]
    if descriptor.goal.functional_unit is None:
        return None, "functional-unit"
    if climate.operational is None:
        return None, "operation"
    if climate.embodied is None:
        return None, "manufacture"
    score = software_carbon_intensity(operational=climate.operational, embodied=climate.embodied, units=footprint.units)
    return score, ""


def _of_interfaces(descriptor: Descriptor, footprint: Footprint) -> dict[str, Quantity]:
    """Return the climate impact of each service by an interface of others."""
    paths = (service.path for service in descriptor[ProductSystem].inference.values() if service.api is not None)
    found = ((path, footprint.figures.get(f"{path}.gwp100")) for path in paths)
    return {path: figure for path, figure in found if figure is not None}


def _stated_results(
    inputs: Inputs, figures: Mapping[str, Quantity], limits: Limits, footprint: Footprint
) -> tuple[tuple[Recomputed, ...], list[Problem]]:
    """Return the stated results recomputed, and a warning for each that contradicts its inputs or is not plausible."""
    descriptor, inventory = inputs.descriptor, footprint.inventory
    if not descriptor[StatedResults].stated_results:
        return (), []
    checked = recompute(descriptor, figures, inventory.supplies, inputs.book)
    problems = list(doubtful_results(descriptor, figures, limits, inventory.uses))
    for result in checked:
        place = descriptor.document.at(tuple(result.stated.path.split(".")))
        if result.verdict == CONTRADICTS and result.ratio is not None:
            message = f"{result.stated.path} is {result.ratio:.4g} times what follows from the inputs"
            problems.append(Problem(place, "LCA609", message, "check the inputs, or ask its source"))
        elif result.verdict == ROUNDING and (message := more_than_known(result)):
            problems.append(Problem(place, "LCA607", message, "ask its source for the unrounded inputs"))
        elif result.verdict == UNKNOWN:
            named = [name for name in (result.stated.figure, result.stated.over) if name]
            message = f"`{'` over `'.join(named)}` is no figure of this study in that unit"
            unknown = next((name for name in named if name not in figures), "")
            problems.append(Problem(place, "LCA610", message, did_you_mean(unknown, figures) if unknown else ""))
    return checked, problems


def _stale_sources(descriptor: Descriptor, footprint: Footprint, as_of: datetime.date) -> Iterator[Problem]:
    """Yield a warning for each used source that is past its review."""
    factors = (leaf for flow in footprint.flows for leaf in flow.factors.values() if isinstance(leaf, Factor))
    sources = {factor.source for factor in factors if factor.source.review_by}
    for source in sorted(sources, key=lambda s: s.id):
        if datetime.date.fromisoformat(source.review_by) < as_of:
            message = f"the source {source.id} was to be reviewed by {source.review_by}"
            yield Problem(descriptor.document.at(()), "LCA604", message, "look for a newer version")
