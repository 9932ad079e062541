"""Inputs by names that a reader knows: the thing and the key in words, or the factor; never a path."""

from __future__ import annotations

from lca.assessment.record import Record
from lca.presenting.input_names import name_of
from lca.presenting.item_names import as_words, item_name
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor, Stated

#: Maps whose entries are things with a name, so that the two first keys of a path name one.
_DEEPER = ("benefit",)


def input_name(leaf: Factor | Stated, assessment: Record, writer: Writer) -> str:
    """Return what an input is called: `final model: duration`, or the name of the factor."""
    if isinstance(leaf, Factor):
        return name_of(leaf, writer, assessment.book)
    keys = leaf.path.split(".")
    length = 3 if keys[0] in _DEEPER else 2
    if len(keys) <= length:
        return as_words(keys[-1])
    item = item_name(assessment.study, ".".join(keys[:length]))
    names = writer.words["dossier"]["keys"]
    rest = [names.get(key, as_words(key)) for key in keys[length:] if not key.isdecimal()]
    return f"{item}{writer.words['colon']} {', '.join(rest)}"
