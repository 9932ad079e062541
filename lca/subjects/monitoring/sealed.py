"""A sealed forecast: what a version of a descriptor said on a day, with a hash that shows whether it was changed since."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from lca.descriptor.document import read_document
from lca.problems import ProblemsFound
from lca.quantities.evaluation import settle
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.subjects.monitoring.inputs import node_at
from lca.subjects.subject import Assessed

#: The version of the format; a file of another one is refused.
FORMAT = 1


class SealedValue(Struct, frozen=True, omit_defaults=True):
    """A best estimate with its 95 % interval, without one where it rests on something announced without a range.

    A bound that is infinite, as of a threshold that is never reached, is left out.

    Of an input, `noun` is what it counts, as in `image/day`, and `text` how the descriptor writes it.
    """

    value: float
    unit: str
    low95: float | None = None
    high95: float | None = None
    noun: str = ""
    text: str = ""


class SealedDescriptor(Struct, frozen=True, omit_defaults=True):
    """The text of the descriptor that was sealed, the hash of it and of what it names, and the name of its file.

    `parts` holds the texts of the parts that partners keep, by the names of their files.
    """

    file: str
    sha256: str
    text: str
    parts: Mapping[str, str] = field(default_factory=dict)


class SealedForecast(Struct, frozen=True, forbid_unknown_fields=True):
    """The forecast of a contract.

    `figures` holds every figure of the study by its path, `inputs` what the descriptor states; `files` the hash of each file that
    it names; `seal` is the hash of all the rest.
    """

    sealed_forecast: int
    project: str
    sealed_on: str
    descriptor: SealedDescriptor
    files: Mapping[str, str]
    catalogue: str
    catalogue_version: str
    code_version: str
    seed: int
    draws: int
    figures: Mapping[str, SealedValue]
    inputs: Mapping[str, SealedValue]
    seal: str = field(default="")

    @property
    def names_conditions(self) -> bool:
        """Whether the descriptor that was sealed names the conditions of its contract, in whatever file."""
        try:
            named = node_at(
                read_document(self.descriptor.text, self.descriptor.file).data, ("monitoring", "conditions")
            )
        except ProblemsFound:
            return False  # another version of the program could read it
        return named is not None

    def hashed(self) -> str:
        """Return the hash of all but the seal."""
        return hashlib.sha256(msgspec.json.encode(replace(self, seal=""), order="sorted")).hexdigest()

    def as_text(self) -> str:
        """Return it as JSON, indented by one space."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1).decode() + "\n"


class Broken(Exception):
    """A text that is no sealed forecast, or one that was changed after it was sealed."""


def seal(
    assessed: Assessed, figures: Mapping[str, Quantity], text: str, parts: Mapping[str, str] | None = None
) -> SealedForecast:
    """Return the forecast that a study makes, sealed; `text` is that of its descriptor, `parts` those of partners' parts."""
    fingerprint, document = assessed.fingerprint, assessed.study.document
    settle(figures.values())
    unsealed = SealedForecast(
        sealed_forecast=FORMAT,
        project=assessed.study.about.name,
        sealed_on=fingerprint.as_of.isoformat(),
        descriptor=SealedDescriptor(document.at(()).name, fingerprint.descriptor, text, dict(parts or {})),
        files=dict(fingerprint.files),
        catalogue=fingerprint.catalogue,
        catalogue_version=fingerprint.catalogue_version,
        code_version=fingerprint.code_version,
        seed=fingerprint.seed,
        draws=fingerprint.draws,
        figures={
            path: value_of(figure)
            for path, figure in figures.items()
            if math.isfinite(figure.value) and not path.startswith("monitoring.")
        },
        inputs={path: value_of(leaf) for path, leaf in stated_leaves(assessed.roots).items()},
    )
    return replace(unsealed, seal=unsealed.hashed())


def read_sealed(text: str) -> SealedForecast:
    """Return a sealed forecast from its text.

    Raises:
        Broken: it is none, or something in it was changed after it was sealed.
    """
    try:
        found = msgspec.json.decode(text, type=SealedForecast)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise Broken(f"it is no sealed forecast ({error})") from None
    if found.sealed_forecast != FORMAT:
        raise Broken(f"its format is {found.sealed_forecast}, this program reads {FORMAT}")
    if found.seal != found.hashed():
        raise Broken("it was changed after it was sealed: its content does not have the hash that it names")
    return found


def stated_leaves(roots: Iterable[Quantity]) -> dict[str, Quantity]:
    """Return what a descriptor states under some trees, by path."""
    return {leaf.origin.path: leaf for leaf in leaves(roots) if isinstance(leaf.origin, Stated)}


def value_of(quantity: Quantity) -> SealedValue:
    """Return a quantity as it is sealed, with twelve significant digits."""
    origin, value = quantity.origin, SealedValue(_digits(quantity.value), quantity.unit)
    if isinstance(origin, Stated):
        value = replace(value, noun=origin.noun, text=origin.text)
    if quantity.is_open:
        return value
    low, _, high = quantity.interval()
    return replace(value, low95=_bound(low), high95=_bound(high))


def _bound(value: float) -> float | None:
    """Return a bound with its digits, None of one that is no number: JSON holds it as null, and would be read as another text."""
    return _digits(value) if math.isfinite(value) else None


def _digits(value: float) -> float:
    return float(f"{value:.12g}")
