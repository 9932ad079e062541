"""What the electricity factors cover, for page one: a total that adds unlike ones says so."""

from __future__ import annotations

from typing import Any

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.subjects.crosscheck.bounds import LIFE_OR_DIRECT, MIX, coverages


def view(assessment: Record, writer: Writer) -> dict[str, Any]:
    """Return the sentence on coverage, and one for each way in which it is mixed."""
    words = writer.words
    found = coverages(assessment.study, assessment.footprint.flows)
    named = list(dict.fromkeys(words["coverage_names"][word] for word in sorted(found)))
    return {
        "coverage_sentence": words["coverage_line"].format(words=", ".join(named)) if named else "",
        "mixed_coverage": [
            words[sentence] for pair, sentence in ((LIFE_OR_DIRECT, "mixed_life"), (MIX, "mixed_mix")) if pair <= found
        ],
    }
