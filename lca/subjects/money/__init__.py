"""What a project costs in money."""

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.parts import Part
from lca.subjects.money.checks import checks
from lca.subjects.money.declared import Money
from lca.subjects.subject import Subject


def _counted(descriptor: Descriptor) -> bool:
    return descriptor.get(Money) is not None


SUBJECT = Subject("money", (Part(Money, "money"),), checks=checks, used_by=_counted)
