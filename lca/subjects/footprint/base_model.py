"""The model that others trained and a project builds on: its footprint by a declared rule."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.quantities.provenance import Stated
from lca.subjects.footprint.flow import EMBODIED, OPERATIONAL, STATED, Context, Flow
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.stated import StatedFootprint


class BaseModel(Struct, frozen=True):
    """A model that others trained and this project builds on, with the rule for its footprint."""

    path: str
    name: str
    rule: str
    reason: str
    share: Stated | None = None
    footprint: StatedFootprint | None = None


def flows_of_base(context: Context, stage: str, activity: str, base: BaseModel | None) -> Iterator[Flow]:
    """Yield the footprint of a base model by its rule: all of it, a share, or none."""
    if base is None or base.rule == "excluded":
        return
    if base.footprint is None or (base.rule == "share" and base.share is None):
        what = "`footprint`" if base.footprint is None else "`share`"
        context.problem(
            base.path, "LCA402", f"the rule `{base.rule}` needs {what}", "state it, or use the rule `excluded`"
        )
        return
    share = count_of(context, base.share if base.rule == "share" else None, f"{base.path}.share")
    part = f"training of {base.name}"
    scope = EMBODIED if base.footprint.scope == EMBODIED else OPERATIONAL
    yield Flow(stage, activity, part, scope, STATED, share, base.footprint.leaves())
