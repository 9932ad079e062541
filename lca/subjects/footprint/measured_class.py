"""Which class of measured requests serves a task: by the size of the model, the accelerator and the batch, where stated."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.flow import Context, Flow
from lca.subjects.footprint.served import flows_of_class
from lca.subjects.footprint.supply import Supply

#: Classes of size by their upper bound in billions of parameters, and of batch by theirs.
SIZES = (("to-3b", 3.0), ("3-20b", 20.0), ("20-100b", 100.0), ("over-100b", float("inf")))
BATCHES = (("batch-1-7", 7.5), ("batch-8-31", 31.5), ("batch-32-127", 127.5), ("batch-128-up", float("inf")))


class Asked(Struct, frozen=True):
    """What a descriptor says of its requests: the task, and where stated the size, the accelerator and the batch."""

    task: str
    parameters: float | None = None
    hardware: str = ""
    batch: Stated | None = None


def size_class(parameters: float) -> str:
    """Return the class of a size in billions of parameters."""
    return next(name for name, most in SIZES if parameters <= most)


def batch_class(batch: float) -> str:
    """Return the class of a batch: requests served together."""
    return next(name for name, most in BATCHES if batch <= most)


def keys(asked: Asked) -> Iterator[str]:
    """Yield the keys of the classes that serve, the narrowest first."""
    found = [f"request/{asked.task}"]
    if asked.parameters is not None:
        found.append(f"{found[0]}/{size_class(asked.parameters)}")
        if asked.hardware:
            found.append(f"{found[-1]}/{asked.hardware}")
            if asked.batch is not None:
                found.append(f"{found[-1]}/{batch_class(asked.batch.value)}")
    yield from reversed(found)


def flows_of_task(context: Context, supply: Supply, path: str, asked: Asked, requests: Quantity) -> Iterator[Flow]:
    """Yield what requests of a task use by the narrowest class; a problem is noted where the catalogue has none."""
    found = (context.book.find(key) for key in keys(asked))
    factor = next((factor for factor in found if factor is not None), None)
    if factor is None:
        message = f"the catalogue {context.book.version} has no class of requests `{asked.task}`"
        context.problem(f"{path}.task", "LCA503", message, "pin a newer `catalogue`, or state `energy_per_request`")
        return
    yield from flows_of_class(context, supply, path, factor, requests)
