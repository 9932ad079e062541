"""Plain data against the schema: all problems at once, and each quantity turned into a stated value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Set
from typing import Any

from lca.descriptor.document import Document, Path
from lca.descriptor.schema import Schema, schema_problems, short
from lca.problems import Problem, did_you_mean
from lca.quantities.bounds import check_range, within
from lca.quantities.provenance import Evidence, Stated
from lca.quantities.uncertainty import (
    MEASURED_ENERGY_VARIANCE,
    PEDIGREE,
    Exact,
    Lognormal,
    Normal,
    Triangular,
    Uncertainty,
    Uniform,
    from_gsd,
    from_gsd2,
    from_pedigree,
    from_range95,
    from_sigma,
)
from lca.quantities.units import (
    COMMON_NOUNS,
    Measure,
    UnitError,
    conversion,
    currency_of,
    in_currency,
    parse_measure,
    parse_unit,
    same_dimension,
    spellings,
)

#: Larger numbers are typing errors; they would also overflow products.
LARGEST = 1e15

#: 95 % range of a quality class, as multipliers (BoAmps data format: high, medium and low quality).
QUALITY = {"high": (0.9, 1.1), "medium": (0.75, 1.25), "low": (0.5, 1.5)}

_EVIDENCE = {
    "measured": Evidence.MEASURED,
    "calculated": Evidence.COMPUTED,
    "estimated": Evidence.STATED,
    "proxy": Evidence.PROXY,
}
_SPREADS = ("range95", "sigma", "gsd", "gsd2", "pedigree", "distribution", "quality")


def by_evidence(value: float, evidence: str) -> Uncertainty:
    """Return the uncertainty that a stated value without a range gets from how it is known.

    Measured: the basic variance of measured energy. Calculated, estimated and proxy: the 95 % ranges of high, medium and low
    quality. Not said how: exact, such as a count, and the report says so.
    """
    if evidence == "measured":
        return Lognormal(MEASURED_ENERGY_VARIANCE)
    quality = {"calculated": "high", "estimated": "medium", "proxy": "low"}.get(evidence)
    if quality is None or value <= 0:
        return Exact()
    low, high = QUALITY[quality]
    return from_range95(value, value * low, value * high)


def validate(document: Document, schema: Schema, prefix: str = "") -> tuple[Any, list[Problem]]:
    """Check a document against the schema and read its quantities; `prefix` goes before their paths.

    Returns:
        The same tree with a `Stated` in place of each quantity that could be read, and all problems found.
    """
    found = list(schema_problems(document, schema))
    problems = [problem for _, problem in found]
    problems += _nouns_that_are_units(document)
    goal = document.data.get("goal")
    declared = goal.get("units") if isinstance(goal, dict) else None
    nouns = [n for n in declared if isinstance(n, str)] if isinstance(declared, list) else []
    reader = _Quantities(document, schema, (*COMMON_NOUNS, *nouns), prefix, {path for path, _ in found})
    tree = reader.read(document.data, schema, ())
    broken = {p.location for p in problems}
    return tree, problems + [p for p in reader.problems if p.location not in broken]


def _nouns_that_are_units(document: Document) -> Iterator[Problem]:
    """Yield a problem for each declared noun that could never be counted, because it is read as a unit."""
    goal = document.data.get("goal")
    declared = goal.get("units") if isinstance(goal, dict) else None
    for index, noun in enumerate(declared if isinstance(declared, list) else ()):
        if noun in spellings():
            place = document.at(("goal", "units", str(index)))
            yield Problem(
                place, "LCA404", f"`{noun}` is a unit already, and no noun", "remove it, or name what is counted"
            )


def _asked(schema: Schema, measure: Measure) -> str:
    """Return the unit that a key asks for; one of money is asked for in the currency that was written."""
    unit, currency = str(schema["x-unit"]), currency_of(measure.unit)
    return in_currency(unit, currency) if currency and schema.get("x-currency") else unit


def _bounds_of(schema: Schema, measure: Measure) -> tuple[float, float]:
    """Return what a key allows at least and at most, in the unit that was written."""
    unit = str(schema["x-unit"])
    factor = 1.0 if unit == "any" else conversion(_asked(schema, measure), measure.unit)
    low = schema.get("x-minimum", schema.get("x-above", -math.inf))
    return low * factor, schema.get("x-maximum", math.inf) * factor


def _with_parents(paths: Set[Path]) -> Set[Path]:
    return {path[:length] for path in paths for length in range(len(path) + 1)}


class _Quantities:
    """Walks data and schema side by side and reads every node that the schema gives a unit."""

    def __init__(
        self, document: Document, schema: Schema, nouns: tuple[str, ...], prefix: str, broken: Set[Path]
    ) -> None:
        self.document, self.root, self.nouns, self.prefix = document, schema, nouns, prefix
        self.broken = _with_parents(broken)
        self.problems: list[Problem] = []

    def read(self, data: Any, schema: Schema, path: Path) -> Any:
        """Return `data` with its quantities read."""
        if "x-unit" in schema:
            return self._quantity(data, schema, path)
        if schema.get("x-is-unit") and isinstance(data, str):
            return self._unit(data, path)
        if "$ref" in schema:
            schema = self.root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
        if isinstance(data, dict):
            known, other = schema.get("properties", {}), schema.get("additionalProperties")
            return {
                key: self.read(value, known.get(key) or (other if isinstance(other, Mapping) else {}), (*path, key))
                for key, value in data.items()
            }
        if isinstance(data, list):
            return [self.read(value, schema.get("items", {}), (*path, str(i))) for i, value in enumerate(data)]
        return data

    def _unit(self, text: str, path: Path) -> str:
        """Return a unit that stands alone in its own spelling."""
        try:
            return parse_unit(text)[0]
        except UnitError:
            hint = did_you_mean(text, spellings()) or "for example `GB`; for things that are counted, `1`"
            message = f"{'.'.join(path)}: `{short(text)}` is not a unit"
            self.problems.append(Problem(self.document.at(path), "LCA505", message, hint))
            return text

    def _quantity(self, data: Any, schema: Schema, path: Path) -> Any:
        fields = data if isinstance(data, dict) else {"value": data}
        place = (*path, "value") if isinstance(data, dict) else path
        try:
            measure = self._measure(fields.get("value"), schema)
            self._check_range(measure, schema)
            uncertainty = self._uncertainty(fields, measure)
            low, high = _bounds_of(schema, measure)
            if "range95" in fields or "distribution" in fields:
                check_range(measure.value, uncertainty, low, high)
        except UnitError as error:
            found = Problem(self.document.at(place), error.code, f"{'.'.join(path)}: {error}", error.hint)
            self.problems.append(self.document.cut_entry(path) or found)
            return None
        except ValueError as error:
            self._note_uncertainty(fields, path, str(error))
            return None
        evidence = fields.get("evidence")
        if not any(spread in fields for spread in _SPREADS):
            uncertainty = by_evidence(measure.value, str(evidence))
        return Stated(
            path=self.prefix + ".".join(path),
            value=measure.value,
            unit=measure.unit,
            uncertainty=within(uncertainty, low, high),
            evidence=_EVIDENCE.get(str(evidence), Evidence.STATED),
            location=self.document.at(place),
            source=str(fields.get("source") or ""),
            noun=measure.noun,
            text=str(fields.get("value")),
        )

    def _note_uncertainty(self, fields: Mapping[str, Any], path: Path, message: str) -> None:
        """Note what is wrong with an uncertainty, where it stands, unless the schema says it already."""
        place = (*path, [name for name in fields if name in _SPREADS][-1])
        if place not in self.broken:
            self.problems.append(Problem(self.document.key_at(place), "LCA305", f"{'.'.join(path)}: {message}"))

    def _measure(self, value: Any, schema: Schema) -> Measure:
        unit = schema["x-unit"]
        example = schema.get("examples", [""])[0]
        example = example["value"] if isinstance(example, dict) else example
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise UnitError("LCA301", "a quantity is missing", f"for example `{example}`")
        if not isinstance(value, str):
            if not math.isfinite(value):
                raise UnitError("LCA304", "the number must be finite")
            measure = Measure(float(value), "1")
            if unit not in ("1", "any"):
                raise UnitError("LCA303", f"`{short(value)}` has no unit", f"write it with its unit, as in `{example}`")
        else:
            measure = parse_measure(value, self.nouns)
        if unit != "any" and not same_dimension(measure.unit, _asked(schema, measure)):
            raise UnitError(
                "LCA303",
                f"`{short(value)}` does not measure the right thing",
                f"a unit such as in `{example}` is needed",
            )
        if schema.get("x-counts") and not measure.noun:
            raise UnitError(
                "LCA404", f"`{short(value)}` does not say what is counted", f"write for example `{example}`"
            )
        if not math.isfinite(measure.value) or abs(measure.value) > LARGEST:
            raise UnitError(
                "LCA304",
                f"`{short(value)}` is larger than any real quantity",
                f"the largest number read is {LARGEST:g}",
            )
        return measure

    def _check_range(self, measure: Measure, schema: Schema) -> None:
        unit = _asked(schema, measure)
        value = measure.value if unit == "any" else measure.value * conversion(measure.unit, unit)
        shown = "" if unit in ("1", "any") else f" {unit}"
        if "x-above" in schema and value <= schema["x-above"]:
            raise UnitError("LCA304", f"the value must be above {schema['x-above']}{shown}")
        if "x-minimum" in schema and value < schema["x-minimum"]:
            raise UnitError("LCA304", f"the value must be at least {schema['x-minimum']}{shown}")
        if "x-maximum" in schema and value > schema["x-maximum"]:
            raise UnitError("LCA304", f"the value must be at most {schema['x-maximum']}{shown}")

    def _uncertainty(self, fields: Mapping[str, Any], measure: Measure) -> Uncertainty:
        given = [name for name in _SPREADS if name in fields]
        if len(given) > 1:
            raise ValueError(f"give only one of {' and '.join(f'`{name}`' for name in given)}")
        if not given:
            return Exact()
        spread, value = fields[given[0]], measure.value
        match given[0]:
            case "range95" if isinstance(spread, list) and len(spread) == 2:
                low, high = (self._bound(bound, measure) for bound in spread)
                return from_range95(value, low, high)
            case "sigma" if isinstance(spread, int | float):
                return from_sigma(spread)
            case "gsd" if isinstance(spread, int | float):
                return from_gsd(spread)
            case "gsd2" if isinstance(spread, int | float):
                return from_gsd2(spread)
            case "pedigree" if isinstance(spread, dict):
                return from_pedigree(spread)
            case "pedigree" if isinstance(spread, list) and len(spread) == len(PEDIGREE):
                return from_pedigree(dict(zip(PEDIGREE, spread, strict=True)))
            case "quality" if isinstance(spread, str) and spread in QUALITY:
                return from_range95(value, *(sorted(value * factor for factor in QUALITY[spread])))
            case "distribution" if isinstance(spread, dict):
                return self._distribution(spread, measure)
        return Exact()

    def _distribution(self, spread: Mapping[str, Any], measure: Measure) -> Uncertainty:
        shape = spread.get("shape")
        if shape == "normal":
            if "sd" not in spread:
                raise ValueError("a normal distribution needs `sd`")
            return Normal(self._bound(spread["sd"], measure))
        if shape in ("triangular", "uniform"):
            if not {"low", "high"} <= spread.keys():
                raise ValueError(f"a {shape} distribution needs `low` and `high`")
            low, high = self._bound(spread["low"], measure), self._bound(spread["high"], measure)
            if not low <= measure.value <= high or low == high:
                raise ValueError("the bounds must contain the value")
            return Triangular(low, high) if shape == "triangular" else Uniform(low, high)
        return Exact()

    def _bound(self, bound: Any, measure: Measure) -> float:
        if isinstance(bound, str):
            read = parse_measure(bound, self.nouns)
            if not same_dimension(read.unit, measure.unit):
                raise ValueError(f"`{short(bound)}` has another unit than the value")
            number = read.value * conversion(read.unit, measure.unit)
        elif isinstance(bound, int | float) and not isinstance(bound, bool):
            number = float(bound)
        else:
            raise ValueError("a bound must be a quantity")
        if not math.isfinite(number) or not 0 <= number <= LARGEST:
            raise ValueError("a bound must be finite and not negative")
        return number
