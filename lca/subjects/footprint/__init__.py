"""The footprint: activities, their flows, and the impacts of these."""

import lca.subjects.footprint.codes  # noqa: F401  before any of them is used
from lca.descriptor.parts import Part
from lca.subjects.footprint.checks import checks, names_used
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.subject import Subject

SUBJECT = Subject("footprint", (Part(ProductSystem),), checks=checks, names_used=names_used)
