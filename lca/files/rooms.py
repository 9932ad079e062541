"""What each room says in a language, as its files have it: words, and messages; and which of them a language lacks."""

from __future__ import annotations

import functools
from typing import Any

from lca.files import folders
from lca.files.folders import data_folder
from lca.files.remembered import plain_data
from lca.quantities.by_language import ORIGINAL, first_missing

#: Tables of words by the original's own text, which a catalogue or a record gives; the original lists what they hold.
BY_ORIGINAL = {"phrases", "factor_labels"}

Rooms = dict[str, dict[str, Any]]


@functools.cache
def words_of_rooms(language: str) -> Rooms:
    """Return the words of a language room by room; a table by the original's own texts is one in the original too."""
    rooms = _read("words", f"{language}.yaml", language)
    for room in rooms.values():
        for table in BY_ORIGINAL & room.keys():
            if isinstance(room[table], list):
                room[table] = {text: text for text in room[table]}
    return rooms


@functools.cache
def messages_of_rooms(language: str) -> Rooms:
    """Return the messages of a language room by room; the original says them as the code does."""
    return _read("messages", f"messages.{language}.yaml", language)


def _read(kind: str, name: str, language: str) -> Rooms:
    paths = sorted(data_folder("templates").glob(f"*/{name}"))
    return plain_data(f"{kind}-{language}", {path.parent.name: path.read_text("utf-8") for path in paths})


def first_missing_text(language: str) -> str:
    """Return the name of the first text that a language lacks, empty where it has them all.

    It needs the words that the original has, and the messages that any translation has.
    """
    others = [other for other in folders.languages() if other not in (ORIGINAL, language) and language != ORIGINAL]
    gaps = (
        first_missing(words_of_rooms(language), words_of_rooms(ORIGINAL)),
        *(first_missing(messages_of_rooms(language), messages_of_rooms(other), "messages") for other in others),
    )
    return next(filter(None, gaps), "")
