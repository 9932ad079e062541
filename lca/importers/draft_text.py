"""How the text of a draft is written: names of records, quoted texts and comments that hold whatever a log holds."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

#: Lines of comments are broken where they are longer.
_WIDTH = 118
#: What is longer is no name or version.
_LONGEST = 300


def plain(text: str) -> str:
    """Return a text of one line, as far as a comment or a quoted text may hold it."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."


def quoted(text: str) -> str:
    """Return a text as a quoted scalar of one line."""
    escaped = plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def number(value: Decimal) -> str:
    """Return a number with all of its digits, as a descriptor writes it."""
    text = f"{value:f}"
    return text if len(text) <= 40 else repr(float(value))


def short(text: str) -> str:
    """Return a text as far as a message may quote it."""
    return text if len(text) <= 40 else text[:37] + "..."


def comments(items: Iterable[str], first: str = "") -> Iterator[str]:
    """Yield comment lines that hold items, several a line; `first` begins the first line."""
    line = f"# {first}"
    for item in items:
        text = f"{plain(item)}; "
        if len(line) + len(text) > _WIDTH and line not in ("# ", f"# {first}"):
            yield line.rstrip()
            line = "#   "
        line += text
    if line.strip() not in ("#", f"# {first}".strip()):
        yield line.rstrip("; ")


def counted(count: int, one: str, several: str = "") -> str:
    """Return a number with its noun."""
    return f"{count} {one}" if count == 1 else f"{count} {several or f'{one}s'}"


@functools.lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """Return a name without accents, signs, spaces and capitals, for comparison."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in bare if character.isalnum())


class Names:
    """Names of records by what they hold: the same record keeps its name, another one gets a number."""

    def __init__(self) -> None:
        self.made: dict[str, list[str]] = {}
        self.said: dict[str, dict[str, None]] = {}

    def of(self, wish: str, body: list[str], remarks: Iterable[str] = ()) -> str:
        """Return the name of a record, made of the letters and digits of a wish; remarks are comments, and tell none apart."""
        bare = unicodedata.normalize("NFKD", wish.casefold())
        base = re.sub(r"[^a-z0-9]+", "-", bare.encode("ascii", "ignore").decode()).strip("-")[:50].strip("-") or "run"
        for index in range(1, len(self.made) + 2):
            name = base if index == 1 else f"{base}-{index}"
            if self.made.setdefault(name, body) == body:
                self.said.setdefault(name, {}).update(dict.fromkeys(remarks))
                return name
        raise AssertionError("there is always a number left")

    def lines(self) -> Iterator[str]:
        """Yield the records as lines of a map, each with its remarks below it."""
        for name, body in self.made.items():
            yield f"  {name}:"
            yield from (f"    {line}" for line in (*body, *self.said[name]))
