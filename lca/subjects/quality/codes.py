"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

register(
    {
        "LCA414": ("error", "two qualities cannot be compared"),
    }
)
