"""Processors and accelerators: which model, how many of them a machine has, and the power of one."""

from __future__ import annotations

import re

import numpy as np
from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context, Leaf
from lca.subjects.footprint.stated import StatedFootprint


class OfInstance(Struct, frozen=True):
    """What a message says of processors that an instance type names, and what would answer for their power."""

    what: str
    asked: str


class Processor(Struct, frozen=True):
    """The accelerators or processors of one machine, all of one model; of an instance type, their `count` is the catalogue's."""

    path: str
    model: str = ""
    count: Leaf | None = None
    power: Stated | None = None
    idle_power: Stated | None = None
    manufacture: StatedFootprint | None = None
    of_instance: OfInstance | None = None


class Accelerator(Processor, frozen=True):
    """Accelerators of one model: how many the machine has, of how many in a node that others share, or slices of one."""

    of: Stated | None = None
    slice: str = ""


class Cpu(Processor, frozen=True):
    """The processors of one machine, with the cores of one."""

    cores: Stated | None = None


@formula("1", source="definition")
def accelerators_of_slices(slices: Array, share: Array) -> Array:
    """Accelerators that slices of them amount to.

    Args:
        slices [1]: slices, all of one size.
        share [1]: part of one accelerator that one slice is.
    """
    return slices * share


@formula("1", source="definition")
def slice_share(compute: Array, all_compute: Array, memory: Array, all_memory: Array) -> Array:
    """Part of an accelerator that one slice keeps from others: of its compute or of its memory, whichever is more.

    Args:
        compute [1]: compute slices of the slice.
        all_compute [1]: compute slices of the accelerator.
        memory [GB]: memory of the slice.
        all_memory [GB]: memory of the accelerator.
    """
    return np.maximum(compute / all_compute, memory / all_memory)


@formula("W", source="lannelongue-2021")
def processor_power(count: Array, full_power: Array, load: Array) -> Array:
    """Mean power of the processors of one machine.

    Args:
        count [1]: processors in one machine.
        full_power [W]: power of one at full load.
        load [1]: mean power over power at full load; the power of waiting is within it.
    """
    return count * full_power * load


#: A slice by its profile, as `nvidia-smi mig -lgip` lists it: compute slices and memory.
_SLICE = re.compile(r"([1-7])g\.(\d{1,3})gb")
#: Compute slices of one accelerator; an A30 has four.
_COMPUTE_SLICES, _OF_A30 = 7, 4


def count_of(context: Context, stated: Leaf | None, path: str) -> Quantity:
    """Return a number that is stated or the catalogue's, or one."""
    one = Stated(path=path, value=1.0, unit="1", text="1", location=context.at(path))
    return context.sample(one if stated is None else stated, path)


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
    if processor.of_instance is not None:
        _ask_for_power(context, processor, processor.of_instance)
        return None
    known = context.book.processors.label(name)
    message = f"the processor `{processor.model}` is known as {known}, and no source lets its power be shipped"
    context.problem(f"{processor.path}.model", "LCA509", message, "state its `power` from the maker's data sheet")
    return None


def load_of(context: Context, stated: Stated | None) -> Quantity:
    """Return a stated load, or the default share of full power."""
    return context.stated_or(stated, "parameter/gpu/average_power_share_of_tdp")


def _ask_for_power(context: Context, processor: Processor, instance: OfInstance) -> None:
    message = f"{instance.what}, and no source lets its power be shipped"
    context.problem(processor.path, "LCA509", message, instance.asked)


def identify(context: Context, processor: Processor) -> str | None:
    """Return the catalogue's identifier of a processor, noting a problem where it has none and no power is stated."""
    path = f"{processor.path}.model"
    if processor.of_instance is not None:
        known = context.book.named_processor(processor.model).identifier
        if not known and processor.power is None:
            _ask_for_power(context, processor, processor.of_instance)
        return known or None
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
        message = f"`{processor.model}` is read as {book.processors.label(match.identifier)}{about}"
        context.problem(path, "LCA608", message, "write the model as its maker names it, if it is another one")
    elif match.kind == "ambiguous" and processor.power is None:
        meant = " or ".join(map(book.processors.label, match.candidates)) or "of several models"
        written = "".join(f"`{candidate}` or " for candidate in match.candidates)
        hint = f"write {written}state its `power`"
        context.problem(path, "LCA510", f"`{processor.model}` may be {meant}{about}", hint)
    elif match.kind == "none" and processor.power is None:
        hint = (
            book.processors.names.suggestion(processor.model)
            or "state its `power`, or search with `lca factors search`"
        )
        context.problem(path, "LCA502", f"the processor `{processor.model}` is unknown{about}", hint)
    return match.identifier or None


def number_in(context: Context, processor: Processor) -> Quantity:
    """Return how many processors one machine has: stated, one where that is asked, or the part of one that its slices are."""
    if processor.count is None:
        message = f"{processor.path}: nothing says how many of them one machine has; one is counted"
        context.problem(processor.path, "LCA622", message, "add `count`, for example `count: 8`")
    count = count_of(context, processor.count, f"{processor.path}.count")
    if not isinstance(processor, Accelerator) or not processor.slice:
        return count
    return accelerators_of_slices(slices=count, share=_share_of_slice(context, processor))


def _share_of_slice(context: Context, accelerator: Accelerator) -> Quantity:
    profile = _SLICE.match(accelerator.slice)
    assert profile is not None  # the schema says so
    path = f"{accelerator.path}.slice"
    name = _known(context, accelerator)
    every = _OF_A30 if re.search(r"(^|[\s-])a30([\s-]|$)", accelerator.model.casefold()) else _COMPUTE_SLICES

    def stated(value: float, unit: str, label: str) -> Quantity:
        leaf = Stated(f"{path}.{label}", value, unit, text=accelerator.slice, location=context.at(path))
        return context.sample(leaf, label)

    memory = context.book.find(f"processor/{name}/memory") if name else None
    return slice_share(
        compute=stated(float(profile[1]), "1", "compute slices"),
        all_compute=stated(float(every), "1", "compute slices of the accelerator"),
        memory=stated(float(profile[2]) if memory else 0.0, "GB", "memory of the slice"),
        all_memory=context.sample(memory) if memory else stated(1.0, "GB", "memory of the accelerator, not known"),
    )


def _known(context: Context, processor: Processor) -> str:
    match = context.book.named_processor(processor.model) if processor.model else None
    return match.identifier or "" if match else ""


def cores_of(context: Context, processor: Cpu) -> Quantity | None:
    """Return the cores of one processor, stated or from the catalogue; None where neither knows them."""
    if processor.cores is not None:
        return context.sample(processor.cores)
    name = _known(context, processor)
    factor = context.book.find(f"processor/{name}/cores") if name else None
    return context.sample(factor) if factor is not None else None
