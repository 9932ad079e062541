"""The boundary of a study: which stages are counted, excluded or not assessed, and what is cut off."""

from __future__ import annotations

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import STAGES

CUT_OFF_LIMIT = 0.05


class StageStatus(Struct, frozen=True):
    """Whether a stage is `counted`, `excluded` (with its reason) or `not-assessed`.

    `unsaid` names what the activities of a counted stage may describe and some do not, so that it counts as nothing there.
    """

    stage: str
    status: str
    reason: str = ""
    estimated_share: float | None = None
    unsaid: tuple[str, ...] = ()


def cut_off_share(descriptor: Descriptor) -> float:
    """Return the sum of the estimated shares of everything that is left out."""
    stated = [
        record.estimated_share for record in (*descriptor.goal.excluded.values(), *descriptor.goal.cut_offs.values())
    ]
    stated += [record.estimated_share for record in descriptor[ProductSystem].collection.values()]
    return sum(share.value * conversion(share.unit, "1") for share in stated if share is not None)


def boundary(descriptor: Descriptor) -> tuple[StageStatus, ...]:
    """Return for each stage whether it is counted, excluded or not assessed.

    The stage `equipment` is counted wherever machines are: their manufacture stands in the stages that use them.
    """
    result = []
    for stage in STAGES:
        excluded = descriptor.goal.excluded.get(stage)
        if descriptor[ProductSystem].stage(stage):
            result.append(StageStatus(stage, "counted", unsaid=_unsaid(descriptor[ProductSystem], stage)))
        elif excluded is not None:
            share = excluded.estimated_share
            estimated = share.value * conversion(share.unit, "1") if share else None
            result.append(StageStatus(stage, "excluded", excluded.reason, estimated))
        elif stage == "equipment" and descriptor[ProductSystem].machines:
            result.append(StageStatus(stage, "counted", "in-use"))
        else:
            result.append(StageStatus(stage, "not-assessed"))
    return tuple(result)


def _unsaid(system: ProductSystem, stage: str) -> tuple[str, ...]:
    """Return which of the network and the users' devices some service says nothing of."""
    services = [each for each in system.inference.values() if each.stated is None] if stage == "inference" else []
    return tuple(key for key in ("network", "device") if any(getattr(each, key) is None for each in services))
