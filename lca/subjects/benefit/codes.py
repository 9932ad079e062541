"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

register(
    {
        "LCA508": ("error", "saved and used electricity are counted with unlike coverage"),
    }
)
