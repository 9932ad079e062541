"""Distributions around a best estimate, every notation for them, and one random stream per named record."""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from msgspec import Struct

Array = npt.NDArray[np.float64]

#: The ends of the 95 % interval and the median.
QUANTILES = (0.025, 0.5, 0.975)

#: The 97.5 % quantile of the standard normal distribution.
Z95 = 1.959963984540054


class Exact(Struct, frozen=True):
    """A value without uncertainty, such as a count or a definition."""


class Lognormal(Struct, frozen=True):
    """A lognormal around the value as median; `variance` is that of the natural logarithm."""

    variance: float


class SplitLognormal(Struct, frozen=True):
    """A lognormal with one spread below the median and another above it.

    The median is the value; `low` and `high` are the 2.5 % and 97.5 % quantiles, in the value's unit.
    """

    low: float
    high: float


class SplitNormal(Struct, frozen=True):
    """A normal with one spread below the value and another above it, cut at zero where its lower bound is not below zero.

    The median is the value; `low` and `high` are the 2.5 % and 97.5 % quantiles, in the value's unit.
    """

    low: float
    high: float


class Normal(Struct, frozen=True):
    """A normal distribution around the value, cut at zero where few draws are below it; `sd` in the value's unit."""

    sd: float


class Triangular(Struct, frozen=True):
    """A triangle with the value as mode, zero outside `low` to `high`."""

    low: float
    high: float


class Uniform(Struct, frozen=True):
    """Equal chance between `low` and `high`; the value is the best estimate and need not be the middle."""

    low: float
    high: float


class Above(Struct, frozen=True):
    """Lognormal in what lies above a floor that nothing can be below, such as 1 for a PUE; `variance` is that of its logarithm."""

    floor: float
    variance: float


class Within(Struct, frozen=True):
    """A distribution of a quantity that has bounds: draws below `low` are turned back at it, those above `high` cut to it."""

    inner: Lognormal | SplitLognormal | SplitNormal | Normal | Triangular | Uniform | Above
    low: float
    high: float


Uncertainty = Exact | Lognormal | SplitLognormal | SplitNormal | Normal | Triangular | Uniform | Above | Within


def from_range95(value: float, low: float, high: float) -> Uncertainty:
    """Read a 95 % range around `value`: its bounds are the 2.5 % and 97.5 % quantiles of the draws, its value the median.

    A positive range is a split lognormal; one that reaches zero, where no lognormal does, a split normal.

    Raises:
        ValueError: the range does not contain the value, or is not finite.
    """
    if not (math.isfinite(low) and math.isfinite(high) and low <= value <= high):
        raise ValueError("the range must contain the value")
    if low == high:
        return Exact()
    if low > 0:
        return SplitLognormal(low, high)
    return SplitNormal(low, high)


def above_floor(value: float, high: float, floor: float) -> Uncertainty:
    """Return a lognormal in what lies above a floor, with `high` as its 97.5 % quantile; a value at the floor is exact."""
    if value <= floor:
        return Exact()
    return Above(floor, (math.log((high - floor) / (value - floor)) / Z95) ** 2)


def from_sigma(sigma: float) -> Lognormal:
    """Read the standard deviation of ln x."""
    return Lognormal(sigma**2)


def from_gsd(gsd: float) -> Lognormal:
    """Read a geometric standard deviation, GSD = exp(σ).

    Raises:
        ValueError: the value is below 1.
    """
    if gsd < 1:
        raise ValueError("a geometric standard deviation is at least 1")
    return Lognormal(math.log(gsd) ** 2)


def from_gsd2(gsd2: float) -> Lognormal:
    """Read a squared geometric standard deviation, GSD² = exp(2σ), as ecoinvent prints it.

    Raises:
        ValueError: the value is below 1.
    """
    if gsd2 < 1:
        raise ValueError("a squared geometric standard deviation is at least 1")
    return Lognormal((math.log(gsd2) / 2) ** 2)


#: Variances of ln x added by each data-quality score (Weidema et al. 2013, ecoinvent 3, table 10.5).
PEDIGREE: Mapping[str, tuple[float, float, float, float, float]] = {
    "reliability": (0.0, 0.0006, 0.002, 0.008, 0.04),
    "completeness": (0.0, 0.0001, 0.0006, 0.002, 0.008),
    "temporal": (0.0, 0.0002, 0.002, 0.008, 0.04),
    "geographical": (0.0, 0.000025, 0.0001, 0.0006, 0.002),
    "technological": (0.0, 0.0006, 0.008, 0.04, 0.12),
}

#: Basic variance of measured energy and electricity quantities (same table): GSD² 1.05.
MEASURED_ENERGY_VARIANCE = 0.0006


def from_pedigree(scores: Mapping[str, int], basic_variance: float = MEASURED_ENERGY_VARIANCE) -> Lognormal:
    """Add the variances of five data-quality scores (1 best to 5 worst) to a basic variance.

    Raises:
        ValueError: a score is missing, unknown or not 1 to 5; a missing score never counts as 1.
    """
    if set(scores) != set(PEDIGREE):
        raise ValueError(f"a pedigree needs the five scores {', '.join(PEDIGREE)}")
    if any(score not in (1, 2, 3, 4, 5) for score in scores.values()):
        raise ValueError("a pedigree score is a whole number from 1 to 5")
    return Lognormal(basic_variance + sum(PEDIGREE[name][score - 1] for name, score in scores.items()))


def stream(seed: int, record: str) -> np.random.Generator:
    """Return the random stream of one named record; no other record's stream depends on it."""
    digest = hashlib.sha256(f"{seed}/{record}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def is_certain(value: float, uncertainty: Uncertainty) -> bool:
    """Say whether all draws of a value equal it."""
    return isinstance(uncertainty, Exact) or (
        value == 0 and isinstance(getattr(uncertainty, "inner", uncertainty), Lognormal)
    )


#: The draws of so many leaves are kept for the next time that they are asked for, where a leaf has no more than so many.
KEPT_LEAVES, KEPT_DRAWS = 256, 10_000


def draw(value: float, uncertainty: Uncertainty, seed: int, record: str, n: int) -> Array:
    """Return the best estimate followed by `n` draws, as an array that is not to be changed.

    Shape: `(1 + n,)`; `(1,)` for an exact value, which broadcasts.
    """
    if n == 0 or is_certain(value, uncertainty):
        return np.array([value])
    return (_kept if n <= KEPT_DRAWS else _drawn)(value, uncertainty, seed, record, n)


def _drawn(value: float, uncertainty: Uncertainty, seed: int, record: str, n: int) -> Array:
    """Draw; only by generator methods that gave the same bits on all processors tried, hence no `np.exp`."""
    generator = stream(seed, record)
    match uncertainty:
        case Lognormal(variance):
            draws = value * generator.lognormal(0.0, math.sqrt(variance), n)
        case SplitLognormal(low, high):
            # Twice the same stream: both see the same normal numbers, so their signs agree and the halves join.
            below = generator.lognormal(0.0, math.log(value / low) / Z95, n)
            above = stream(seed, record).lognormal(0.0, math.log(high / value) / Z95, n)
            draws = value * np.where(np.maximum(below, above) > 1, above, below)
        case Above(floor, variance):
            draws = floor + (value - floor) * generator.lognormal(0.0, math.sqrt(variance), n)
        case SplitNormal(low, high):
            score = generator.normal(0.0, 1.0, n)
            draws = value + score * np.where(score < 0, value - low, high - value) / Z95
            draws = np.maximum(draws, 0.0) if low >= 0 else draws
        case Normal(sd):
            draws = generator.normal(value, sd, n)
            draws = np.maximum(draws, 0.0) if value >= Z95 * sd else draws
        case Triangular(low, high):
            draws = generator.triangular(low, value, high, n)
        case Uniform(low, high):
            draws = generator.uniform(low, high, n)
        case Within(inner, low, high):
            draws = _drawn(value, inner, seed, record, n)[1:]
            draws = np.minimum(np.where(draws < low, 2 * low - draws, draws), high)
    drawn = np.concatenate(([value], draws))
    drawn.setflags(write=False)
    return drawn


_kept = functools.lru_cache(KEPT_LEAVES)(_drawn)


def interval95(draws: Array) -> tuple[float, float, float]:
    """Return the 2.5 % quantile, the median and the 97.5 % quantile of the draws after the best estimate.

    With no draws all three are the best estimate. The same to the bit as `np.quantile`, whose general case costs more than the
    draws of a small tree.
    """
    ordered = np.array(draws[1:] if len(draws) > 1 else draws)
    ordered.sort()
    places, shares = _around(len(ordered))
    first, *beside, last = ordered[places].tolist()
    if not math.isfinite(first) or not math.isfinite(last):
        low, median, high = map(_between_any, beside[::2], beside[1::2], shares)
    else:
        low, median, high = map(_between, beside[::2], beside[1::2], shares)
    return low, median, high


def _between_any(one: float, other: float, share: float) -> float:
    """Return the value between two that may be infinite, such as a payback that never comes; what is no number stays none."""
    if one == other or math.isnan(one):
        return one
    return _between(one, other, share) if math.isfinite(one) and math.isfinite(other) else other


@functools.cache
def _around(count: int) -> tuple[npt.NDArray[np.intp], list[float]]:
    """Return the first place among ordered numbers, the two beside each quantile, and the last; and how far each lies between."""
    last = count - 1
    below = [math.floor(q * last) for q in QUANTILES]
    beside = [place for one in below for place in (one, min(one + 1, last))]
    return np.array([0, *beside, last]), [q * last - one for q, one in zip(QUANTILES, below, strict=True)]


def _between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share if share < 0.5 else high - (high - low) * (1 - share)


#: Batches of draws that the sampling error is taken from.
BATCHES = 10


def sampling_error(draws: Array) -> float | None:
    """Return the relative standard error of the less certain bound of the 95 % interval, from ten batches of the draws.

    Returns:
        None where there are too few draws to tell, nothing is uncertain, or a bound is zero.
    """
    batches = [interval95(batch) for batch in np.array_split(draws, BATCHES) if len(batch) > BATCHES]
    low, _, high = interval95(draws)
    if len(batches) < BATCHES or low == 0 or high == 0 or low == high:
        return None
    errors = (np.std([b[0] for b in batches], ddof=1) / abs(low), np.std([b[2] for b in batches], ddof=1) / abs(high))
    return float(max(errors)) / math.sqrt(BATCHES)
