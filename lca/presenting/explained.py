"""The tree under a figure in a reader's language: its labels, units and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.presenting.input_names import name_of
from lca.presenting.messages import Messages
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.trees import Step, leaves


def names_under(figures: Iterable[Quantity], book: FactorBook, writer: Writer) -> dict[str, str]:
    """Return what the factors under figures are called in a language, by what their trees call them."""
    factors = {leaf.label: leaf.origin for leaf in leaves(figures) if isinstance(leaf.origin, Factor)}
    return {label: name_of(factor, writer, book) for label, factor in factors.items()}


def in_language(step: Step, writer: Writer, names: Mapping[str, str]) -> Step:
    """Return a line of an explanation in a language; `names` are those of factors in it."""
    messages: Messages = writer.words["messages"]
    label = names.get(step.label) or messages.label(step.label)
    value, how, origin = map(messages.label, (step.value, step.how, step.origin))
    return replace(step, label=label, value=value, how=how, origin=origin)
