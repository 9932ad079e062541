"""How all dossiers of a portfolio are assessed: the same factors, draws, date and call, and the hash that results are kept by."""

from __future__ import annotations

import datetime
import hashlib

from msgspec import Struct, msgpack

#: So many draws are enough to see dossiers side by side; a dossier's own report takes more.
DEFAULT_DRAWS = 1_000
#: A dossier that takes longer, in seconds, is set aside.
DEFAULT_TIME_LIMIT = 120.0


class Setting(Struct, frozen=True):
    """What every dossier is assessed by.

    `call` is the name and the text of the profile, `acts` those of further acts; `catalogue` and `program` are hashes. What has
    no part in the results: `time_limit` in seconds, and `factors`, the folder of the catalogue where it is not the shipped one.
    """

    draws: int
    seed: int
    as_of: datetime.date
    program: str
    catalogue: str
    factor_set: str = ""
    call: tuple[str, str] | None = None
    acts: tuple[tuple[str, str], ...] = ()
    time_limit: float = DEFAULT_TIME_LIMIT
    factors: str = ""

    def key(self, number: str, file: str, content: bytes) -> str:
        """Return what the result of a dossier is kept by: it is another one when anything that it is computed from is."""
        own = (self.draws, self.seed, self.as_of, self.program, self.catalogue, self.factor_set, self.call, self.acts)
        digest = hashlib.sha256(msgpack.encode((*own, number, file)))
        digest.update(content)
        return digest.hexdigest()


class Task(Struct, frozen=True):
    """One dossier to assess: its number, its file as messages name it, its text, and where it lies with what it names."""

    number: str
    file: str
    content: bytes
    path: str
