"""Claims that would not hold, and the panel on frugal AI."""

import lca.subjects.claims.codes  # noqa: F401  before any of them is used
from lca.descriptor.parts import Part
from lca.subjects.claims.declared import FrugalAI
from lca.subjects.claims.frugal_ai import named_files
from lca.subjects.subject import Subject

SUBJECT = Subject("claims", (Part(FrugalAI, "frugal_ai"),), named_files=named_files)
