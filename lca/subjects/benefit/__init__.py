"""The expected benefit set against the cost."""

import lca.subjects.benefit.codes  # noqa: F401  before any of them is used
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.parts import Part
from lca.subjects.benefit.checks import checks, named_files
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.subject import Subject


def _claimed(descriptor: Descriptor) -> bool:
    return descriptor.get(Benefit) is not None


SUBJECT = Subject(
    "benefit",
    (Part(Benefit, "benefit"),),
    checks=checks,
    named_files=named_files,
    used_by=_claimed,
    unused=BenefitResult(),
)
