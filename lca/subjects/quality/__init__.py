"""Quality against cost: several trainings of one task."""

import lca.subjects.quality.codes  # noqa: F401  before any of them is used
from lca.descriptor.descriptor import Descriptor
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.quality.checks import checks
from lca.subjects.quality.result import QualityResult
from lca.subjects.subject import Subject


def _stated(descriptor: Descriptor) -> bool:
    return any(training.quality is not None for training in descriptor[ProductSystem].training.values())


SUBJECT = Subject("quality", checks=checks, used_by=_stated, unused=QualityResult())
