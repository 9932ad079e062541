"""The same work by other methods and sources, stated results, and what drives the result."""

import lca.subjects.crosscheck.codes  # noqa: F401  before any of them is used
from lca.descriptor.parts import Part
from lca.subjects.crosscheck.declared import StatedResults
from lca.subjects.subject import Subject

SUBJECT = Subject("crosscheck", (Part(StatedResults),))
