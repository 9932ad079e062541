"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

register(
    {
        "LCA609": ("warning", "a stated result contradicts its inputs"),
        "LCA610": ("warning", "a stated result names a figure that the study does not have"),
    }
)
