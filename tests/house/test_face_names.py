"""The names of the public face: each is there, and the catalogue stays a function whatever is imported."""

from __future__ import annotations

import importlib

import lca


def test_every_name_is_there() -> None:
    for name in lca.__all__:
        assert getattr(lca, name), name
    assert set(dir(lca)) == set(lca.__all__)


def test_the_catalogue_is_a_function_beside_the_room_of_that_name() -> None:
    importlib.import_module("lca.catalogue.book")
    assert lca.catalogue().find("pue/world/2024") is not None
    assert lca.catalogue().version == "2026.1"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(lca, "no_such_name")
