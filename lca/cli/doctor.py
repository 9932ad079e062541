"""The command `doctor`: what is installed, how old its data are, and what to do where something is missing."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

import lca
from lca.cli.language import add_language, language_of
from lca.cli.running import DONE, INPUT_ERROR, AddCommand, add_json, in_typed_words
from lca.quantities.by_language import ORIGINAL

if TYPE_CHECKING:
    from lca.files.installation import Found


def register(command: AddCommand) -> None:
    """Add the command."""
    doctor = command(
        "doctor", _doctor, "say what is installed, how old the data are, and what to do about what is missing"
    )
    add_json(doctor, "what was found")
    add_language(doctor, default="that of the environment; of JSON, English")


def _doctor(options: argparse.Namespace) -> int:
    from lca.files.installation import MISSING, parts
    from lca.files.rooms import words_of_rooms

    # The words of this room alone: those of the whole program ask for packages that may be what is missing.
    language = options.lang or (ORIGINAL if options.json else language_of(options))
    said = words_of_rooms(language)["cli"]["doctor"]
    found = list(parts())
    if options.json:
        shown = [
            {"part": one.part, "state": one.state, "found": one.facts, "to_do": in_typed_words(_to_do(one, said))}
            for one in found
        ]
        print(json.dumps({"program": lca.__version__, "parts": shown}, indent=1, ensure_ascii=False))
    else:
        print(f"lca {lca.__version__}", *(in_typed_words(_line(one, said)) for one in found), sep="\n")
    return INPUT_ERROR if any(one.state == MISSING for one in found) else DONE


def _line(one: Found, said: dict[str, Any]) -> str:
    """Return a part as one line: its state, what it is, what was found, and what to do about it."""
    kind, name = _named(one)
    form = said["found"][kind] if one.state in ("present", "due") else said["lacking"]
    state, part = said["states"][one.state], said["parts"][kind].format(name=name)
    to_do = _to_do(one, said)
    return (
        f"{state:{said['width']}}{part:{said['part_width']}}{form.format(**one.facts)}{to_do and said['then']}{to_do}"
    )


def _to_do(one: Found, said: dict[str, Any]) -> str:
    """Return what to do about a part; nothing where it is there."""
    kind, name = _named(one)
    if one.state == "present":
        return ""
    if one.state == "due":
        return str(said["to_do"]["due"])
    filled = {"serves": said["serves"].get(name, ""), "packages": str(one.facts["lacking"]).replace(",", "")}
    return str(said["to_do"].get(kind, said["to_do"]["again"])).format(python=sys.executable, **filled)


def _named(one: Found) -> tuple[str, str]:
    """Return the kind of a part, and its name where there are several of a kind: `extra-web` is an `extra`, `web`."""
    kind, _, name = one.part.partition("-")
    return kind, name
