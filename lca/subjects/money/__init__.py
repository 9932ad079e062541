"""What a project costs in money."""

from lca.descriptor.parts import Part
from lca.subjects.money.assess import assess
from lca.subjects.money.checks import checks
from lca.subjects.money.declared import Money
from lca.subjects.subject import Subject

SUBJECT = Subject("money", assess, (Part(Money, "money"),), checks=checks)
