"""The subjects of a study, one folder each."""

import importlib

from lca.subjects.subject import Subject

#: The folders, in the order in which they are computed: each may use the results of those before it.
FOLDERS = ("footprint", "benefit", "money", "frugality", "quality", "crosscheck", "claims", "checklist", "monitoring")

SUBJECTS: tuple[Subject, ...] = tuple(importlib.import_module(f"{__name__}.{name}").SUBJECT for name in FOLDERS)
