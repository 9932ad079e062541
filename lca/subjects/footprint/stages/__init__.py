"""The stages of the life cycle, one module each, which bears the name of its stage and declares it as `STAGE`."""

import importlib
from typing import Any

from lca.subjects.footprint.flow import STAGES
from lca.subjects.footprint.stage import Stage

#: The stages in the order of the life cycle.
LIFE_CYCLE: tuple[Stage[Any], ...] = tuple(importlib.import_module(f"{__name__}.{name}").STAGE for name in STAGES)
