"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

register(
    {
        "LCA911": ("error", "what was measured is no input of this descriptor that can be measured"),
        "LCA912": ("error", "a counterfactual does not fit what was measured"),
        "LCA913": ("warning", "a measured effect has no adjusted counterfactual"),
        "LCA914": ("error", "a sealed forecast cannot be read, or was changed after it was sealed"),
        "LCA915": ("error", "a measurement is dated later than the study"),
        "LCA916": ("warning", "a measurement is older than the forecast that it is set against"),
        "LCA917": ("error", "a document is brought for a condition that the contract does not have"),
        "LCA918": ("warning", "the conditions are not those that the contract's forecast was sealed with"),
    }
)
