"""Accelerators and processors of machines: which model one is, how many there are, and what it draws at full load."""

from __future__ import annotations

from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context, Leaf
from lca.subjects.footprint.stated import StatedFootprint


class Processor(Struct, frozen=True):
    """The accelerators or processors of one machine; of an instance type, their `count` is the catalogue's."""

    path: str
    model: str = ""
    count: Leaf | None = None
    power: Stated | None = None
    idle_power: Stated | None = None
    manufacture: StatedFootprint | None = None


class ProcessorOfInstance(Processor, frozen=True):
    """Processors that an instance type names; `what` is how a message calls them, `asked` what would answer for their power."""

    what: str = ""
    asked: str = ""


@formula("W", source="lannelongue-2021")
def processor_power(count: Array, full_power: Array, load: Array) -> Array:
    """Mean power of the processors of one machine.

    Args:
        count [1]: processors in one machine.
        full_power [W]: power of one at full load.
        load [1]: mean power over power at full load; the power of waiting is within it.
    """
    return count * full_power * load


def count_of(context: Context, stated: Leaf | None, path: str) -> Quantity:
    """Return a number that is stated or the catalogue's, or one."""
    if stated is not None:
        return context.sample(stated)
    return context.sample(Stated(path=path, value=1.0, unit="1", text="1", location=context.at(path)), path)


def full_power_of(context: Context, processor: Processor) -> Quantity | None:
    """Return a processor's power at full load, stated or from the catalogue; None where the model is unknown."""
    if processor.power is not None:
        return context.sample(processor.power)
    name = identify(context, processor)
    if not name:
        return None
    factor = context.book.find(f"processor/{name}/tdp")
    if factor is not None:
        return context.sample(factor)
    if isinstance(processor, ProcessorOfInstance):
        _ask_for_power(context, processor)
        return None
    known = context.book.processor_names.label(name)
    message = f"the processor `{processor.model}` is known as {known}, and no source lets its power be shipped"
    context.problem(f"{processor.path}.model", "LCA509", message, "state its `power` from the maker's data sheet")
    return None


def _ask_for_power(context: Context, processor: ProcessorOfInstance) -> None:
    message = f"{processor.what}, and no source lets its power be shipped"
    context.problem(processor.path, "LCA509", message, processor.asked)


def identify(context: Context, processor: Processor) -> str | None:
    """Return the catalogue's identifier of a processor, noting a problem where it has none and no power is stated."""
    path = f"{processor.path}.model"
    if isinstance(processor, ProcessorOfInstance):
        match = context.book.named_processor(processor.model)
        if not match.identifier and processor.power is None:
            _ask_for_power(context, processor)
        return match.identifier or None
    if not processor.model:
        if processor.power is None:
            context.problem(
                processor.path, "LCA202", f"{processor.path} has neither `model` nor `power`", "add one of the two"
            )
        return None
    book = context.book
    match = book.named_processor(processor.model)
    about = f" ({match.note})" if match.note else ""
    if match.kind == "proxy":
        message = f"`{processor.model}` is read as {book.processor_names.label(match.identifier)}{about}"
        context.problem(path, "LCA608", message, "write the model as its maker names it, if it is another one")
    elif match.kind == "ambiguous" and processor.power is None:
        meant = " or ".join(map(book.processor_names.label, match.candidates)) or "of several models"
        written = "".join(f"`{candidate}` or " for candidate in match.candidates)
        hint = f"write {written}state its `power`"
        context.problem(path, "LCA510", f"`{processor.model}` may be {meant}{about}", hint)
    elif match.kind == "none" and processor.power is None:
        hint = (
            book.processor_names.suggestion(processor.model) or "state its `power`, or search with `lca factors search`"
        )
        context.problem(path, "LCA502", f"the processor `{processor.model}` is unknown{about}", hint)
    return match.identifier or None


def load_of(context: Context, stated: Stated | None) -> Quantity:
    """Return a stated load, or the default share of full power."""
    return context.stated_or(stated, "parameter/gpu/average_power_share_of_tdp")
