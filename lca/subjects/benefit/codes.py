"""The problems that this subject may find: severity and meaning by code."""

from __future__ import annotations

from lca.problems import register

register(
    {
        "LCA426": ("error", "the shares that are claimed of one benefit add up to more than the whole"),
        "LCA508": ("error", "saved and used electricity are counted with unlike coverage"),
    }
)
