"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

register(
    {
        "LCA409": ("error", "a checklist file repeats an identifier that exists already"),
        "LCA410": ("error", "a practice table is not well formed"),
        "LCA411": ("error", "global warming potentials rest on different bases"),
        "LCA412": ("error", "an answer “not applicable” has no reason that the row allows"),
        "LCA413": ("error", "rows of the checklist have no answer (only with `lca check --strict`)"),
        "LCA616": ("warning", "the text of the law that a call names is not stated"),
        "LCA611": ("warning", "an answer of the checklist is not justified"),
        "LCA617": ("warning", "answers on several objectives have one justification, word for word"),
    },
    strict=("LCA611", "LCA617"),
)
