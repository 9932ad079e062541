"""The frugality panel: how much is used, beside known marks."""

from lca.subjects.subject import Subject

SUBJECT = Subject("frugality")
