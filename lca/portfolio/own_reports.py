"""The reports on single dossiers and their sheets for the jury: which are there from before, and the making of the others."""

from __future__ import annotations

import functools
import hashlib
import os
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, msgpack
from msgspec.structs import replace

from lca.assessment.record import DEFAULT_DRAWS
from lca.descriptor.document import MAXIMUM_BYTES
from lca.files.folders import data_folder
from lca.files.pdf import PangoMissing, drawer, renderer
from lca.files.texts import read_bytes
from lca.files.writing_whole import write_whole
from lca.portfolio.addresses import ENDINGS, HTML, PDF, REPORTS, places_of
from lca.portfolio.listing import Submitted
from lca.portfolio.rendering import EPOCH, SHEET, Documents, Order, Sheet, unpacked
from lca.portfolio.row import ASSESSED, Row, decoded
from lca.portfolio.running import Engine, Run, Tell
from lca.portfolio.wanted import Wanted
from lca.problems import Problem, ProblemsFound


class NumberedSheet(Struct, frozen=True):
    """The sheet of a dossier with its number, the name of its project, and the key that it is kept by."""

    number: str
    name: str
    key: str
    sheet: Sheet


class OwnReports:
    """The documents on the dossiers of a run that have figures, below the folder of its output."""

    def __init__(self, run: Run, folder: Path, wanted: Wanted) -> None:
        self.run, self.folder, self.wanted = run, folder, wanted
        self.problems: list[Problem] = []
        #: The files of all sheets, each with the key that it is kept by.
        self.volumes: dict[str, str] = {}
        self._places = places_of(one.number for one in run.listing.dossiers)
        self._there: dict[str, dict[str, str]] = {}
        own = folder.resolve()
        self._inputs = [path for path in run.listing.inputs if own in path.resolve().parents]

    def make(self, engine: Engine, tell: Tell) -> None:
        """Make what is asked for and is not there; `tell` counts dossiers. What cannot be made is among the `problems`.

        Raises:
            ProblemsFound: the folder cannot be written.
        """
        open_, of = [], 0
        for one, row in self._assessed():
            of += 1
            self._there[one.number] = there = self._found(one, row)
            if lacking := tuple(kind for kind in self.wanted.kinds if kind not in there):
                open_.append((one, row.files, lacking))
        kept = of - len(open_)
        keys: dict[str, Mapping[str, str]] = {}

        def orders() -> Iterator[Order]:
            for one, files, lacking in open_:
                content = _content(one)
                keys[one.number] = self._keys(one, files, content)
                yield self._order(one, content, lacking)

        for done, (task, content, is_sound) in enumerate(engine.results(orders()) if open_ else (), 1):
            found = (
                msgpack.decode(content, type=Documents) if is_sound else Documents(problems=decoded(content).problems)
            )
            self.problems += found.problems
            for kind, document in found.made.items():
                self._keep(task.number, kind, keys[task.number][kind], document)
            keys.pop(task.number)
            tell(kept + done, of, kept)

    def addresses(self, number: str) -> tuple[str, ...]:
        """Return the addresses of the reports on a dossier that are there and are those of this run, from its page on."""
        there = self._there.get(number, {})
        return tuple(urllib.parse.quote(f"{self._places[number]}.{kind}") for kind in ENDINGS if kind in there)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folder of the reports, where some were asked for and are there."""
        asked = set(self.wanted.kinds) & {*ENDINGS}
        return (self.folder / REPORTS,) if any(asked & {*there} for there in self._there.values()) else ()

    @property
    def keys(self) -> Iterator[str]:
        """The keys of all documents that are there."""
        return (key for there in (*self._there.values(), self.volumes) for key in there.values())

    def sheets(self) -> Iterator[NumberedSheet]:
        """Yield the sheets for the jury in the order of the numbers."""
        for row in self.run.rows():
            key = self._there.get(row.number, {}).get(SHEET)
            content = self.run.kept.document(key) if key else None
            if key and content is not None:
                yield NumberedSheet(row.number, row.name, key, unpacked(content))

    def _assessed(self) -> Iterator[tuple[Submitted, Row]]:
        rows = zip(self.run.listing.dossiers, self.run.rows(), strict=True)
        return ((one, row) for one, row in rows if row.outcome == ASSESSED)

    def _found(self, one: Submitted, row: Row) -> dict[str, str]:
        """Return the keys of the documents on a dossier that are there, as they were made, by kind."""
        try:
            keys = self._keys(one, row.files, _content(one))
        except ProblemsFound:
            return {}
        return {kind: key for kind, key in keys.items() if self._is_there(one.number, kind, key)}

    def _is_there(self, number: str, kind: str, key: str) -> bool:
        kept = self.run.kept.document(key)
        if kept is None or kind == SHEET:
            return kept is not None
        try:
            return hashlib.sha256(self._file(number, kind).read_bytes()).digest() == kept
        except OSError:
            return False

    def _file(self, number: str, kind: str) -> Path:
        return self.folder / f"{self._places[number]}.{kind}"

    def _keep(self, number: str, kind: str, key: str, document: bytes) -> None:
        """Write a document whole, then note it."""
        if kind in ENDINGS:
            write_whole({self._file(number, kind): document}, self._inputs)
            document = hashlib.sha256(document).digest()
        self.run.kept.keep_document(key, document)
        self._there[number][kind] = key

    def _order(self, one: Submitted, content: bytes, kinds: tuple[str, ...]) -> Order:
        reviews = tuple(map(str, self.wanted.reviews.get(one.number, ())))
        return Order(
            number=one.number,
            file=one.file,
            content=content,
            path=str(one.path),
            kinds=kinds,
            language=self.wanted.language,
            copy=self.wanted.copy,
            reviews=reviews,
            epoch=os.environ.get(EPOCH, ""),
        )

    def _keys(self, one: Submitted, files: Mapping[str, str], content: bytes) -> dict[str, str]:
        """Return what each kind of document on a dossier is kept by: all that it is made from."""
        base = replace(self.run.setting, draws=DEFAULT_DRAWS).key(one.number, one.file, content)
        common = (
            base,
            sorted(files.items()),
            self.wanted.language,
            self.wanted.copy,
            os.environ.get(EPOCH, ""),
            texts_hash(),
        )
        reviews = self.wanted.reviews.get(one.number, ())
        own = {HTML: (drawer(),), PDF: (laid_out_by(),), SHEET: (laid_out_by(), *hashes(reviews))}
        return {kind: digest(msgpack.encode((kind, common, made_by))) for kind, made_by in own.items()}


@functools.cache
def texts_hash() -> str:
    """Return a hash of all templates, words and styles."""
    folder, found = data_folder("templates"), hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


@functools.cache
def laid_out_by() -> str:
    """Return what lays out pages, with its versions; empty where it lacks a library."""
    try:
        return renderer()
    except PangoMissing:
        return ""


def digest(content: bytes) -> str:
    """Return a hash as text."""
    return hashlib.sha256(content).hexdigest()


def hashes(paths: Sequence[Path]) -> Iterable[str]:
    """Return the name and the hash of each file, empty of one that cannot be read."""
    for path in paths:
        yield path.name
        try:
            yield digest(path.read_bytes())
        except OSError:
            yield ""


def _content(one: Submitted) -> bytes:
    return read_bytes(one.path, MAXIMUM_BYTES, "a descriptor")
