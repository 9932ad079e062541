"""The checklist “do no significant harm”."""

import lca.subjects.checklist.codes  # noqa: F401  before any of them is used
from lca.descriptor.parts import Part
from lca.subjects.checklist.declared import Declarations
from lca.subjects.checklist.references import named_files, names_used
from lca.subjects.subject import Subject

SUBJECT = Subject(
    "checklist", (Part(Declarations, "checklist", always=True),), names_used=names_used, named_files=named_files
)
