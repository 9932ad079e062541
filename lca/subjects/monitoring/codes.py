"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

register(
    {
        "LCA841": ("error", "what was measured is no input of this descriptor that can be measured"),
        "LCA842": ("error", "a counterfactual does not fit what was measured"),
        "LCA843": ("warning", "a measured effect has no adjusted counterfactual"),
        "LCA844": ("error", "a sealed forecast cannot be read, or was changed after it was sealed"),
        "LCA845": ("error", "a measurement is dated later than the study"),
        "LCA846": ("warning", "a measurement is older than the forecast that it is set against"),
    }
)
