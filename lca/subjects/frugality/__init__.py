"""The frugality panel: how much is used, beside known marks."""

from lca.subjects.frugality.assess import assess
from lca.subjects.subject import Subject

SUBJECT = Subject("frugality", assess)
