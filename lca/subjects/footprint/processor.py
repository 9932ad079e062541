"""Processors and accelerators: which model, how many of them a machine has, and the power of one."""

from __future__ import annotations

from msgspec import Struct

from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.stated import StatedFootprint


class Processor(Struct, frozen=True):
    """The accelerators or processors of one machine."""

    path: str
    model: str = ""
    count: Stated | None = None
    cores: Stated | None = None
    power: Stated | None = None
    idle_power: Stated | None = None
    manufacture: StatedFootprint | None = None


def count_of(context: Context, stated: Stated | None, path: str) -> Quantity:
    """Return a stated number, or one."""
    one = Stated(path=path, value=1.0, unit="1", text="1", location=context.at(path))
    return context.sample(stated or one, path)


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
    known = context.book.processor_names.label(name)
    message = f"the processor `{processor.model}` is known as {known}, and no source lets its power be shipped"
    context.problem(f"{processor.path}.model", "LCA509", message, "state its `power` from the maker's data sheet")
    return None


def identify(context: Context, processor: Processor) -> str | None:
    """Return the catalogue's identifier of a processor, noting a problem where it has none and no power is stated."""
    path = f"{processor.path}.model"
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


def cores_of(context: Context, processor: Processor) -> Quantity | None:
    """Return the cores of one processor, stated or from the catalogue; None where neither knows them."""
    if processor.cores is not None:
        return context.sample(processor.cores)
    match = context.book.named_processor(processor.model) if processor.model else None
    factor = context.book.find(f"processor/{match.identifier}/cores") if match and match.identifier else None
    return context.sample(factor) if factor is not None else None
