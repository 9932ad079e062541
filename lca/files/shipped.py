"""The data that the program ships: factors, schemas, criteria, templates and words; the date and version of a run."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import lca
from lca.catalogue.book import FactorBook
from lca.catalogue.reading import read_catalogue
from lca.descriptor.document import read_document
from lca.descriptor.translated import translated
from lca.files import folders
from lca.files.folders import data_folder
from lca.files.remembered import own_folder, plain_data
from lca.files.rooms import first_missing_text, messages_of_rooms, words_of_rooms
from lca.presenting.conventions import Words
from lca.presenting.html import ShippedTexts
from lca.presenting.messages import Messages
from lca.presenting.typography import Typography
from lca.presenting.writer import Writer
from lca.problems import Location, Problem, ProblemsFound
from lca.quantities.by_language import ORIGINAL, MissingText, with_texts
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.reading import parse_checklist
from lca.subjects.claims.findings import sentences_of
from lca.subjects.claims.rules import ClaimRules, parse_rules

#: What of the catalogue is no factor: an earlier version of it is read with the names and indicators of today.
NO_FACTORS = (
    *("names.yaml", "processor_names.csv", "models.csv", "sites.csv", "cloud_regions.csv", "cloud_instances.csv"),
    "zones.csv",
    "indicators.yaml",
)


@functools.cache
def project_schema() -> Mapping[str, Any]:
    """Return the descriptor's JSON Schema; what a scenario may hold is left open, for it is read as the descriptor it makes.

    Editors follow the reference to `scenario.schema.json`, which says it key by key.
    """
    schema = read_schema("project")
    scenarios = schema["properties"]["scenarios"]
    open_ended = {key: value for key, value in scenarios["additionalProperties"].items() if key != "$ref"}
    properties = {**schema["properties"], "scenarios": {**scenarios, "additionalProperties": open_ended}}
    return {**schema, "properties": properties}


@functools.cache
def read_schema(name: str) -> Mapping[str, Any]:
    """Return a shipped JSON Schema: `project`, `call`, `review`, `conditions`, `checklist` or `assessment`."""
    schema: Mapping[str, Any] = json.loads(schema_text(name))
    return schema


def schema_text(name: str) -> str:
    """Return a shipped JSON Schema as it stands in its file."""
    return (folders.PACKAGE / "schemas" / f"{name}.schema.json").read_text("utf-8")


def load_catalogue(version: str = "") -> tuple[FactorBook, str]:
    """Return the factor catalogue, or an earlier version of it, and the hash of its files; each is read once."""
    return _load_catalogue(version)


def catalogue_with(version: str, added: Mapping[str, str]) -> tuple[FactorBook, str]:
    """Return the catalogue, or an earlier version of it, with the files of further sources beside its own, and their hash."""
    texts = _texts_of_catalogue(version)
    documents = _documents(version, texts) | {
        path: read_document(text, path).data for path, text in added.items() if path.endswith(".yaml")
    }
    whole = {**texts, **added}
    return read_catalogue(whole, documents), _digest(whole)


@functools.cache
def _load_catalogue(version: str) -> tuple[FactorBook, str]:
    texts = _texts_of_catalogue(version)
    return read_catalogue(texts, _documents(version, texts)), _digest(texts)


def _documents(version: str, texts: Mapping[str, str]) -> dict[str, Any]:
    yaml = {name: text for name, text in texts.items() if name.endswith(".yaml")}
    return plain_data(f"catalogue{version}", yaml)


def _digest(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()


def _texts_of_catalogue(version: str) -> dict[str, str]:
    folder = data_folder("factors")
    paths = sorted((*folder.glob("*.*"), *folder.glob("*/*.*")))
    texts = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in paths if p.suffix in (".csv", ".yaml")}
    if version:
        with zipfile.ZipFile(folder / "versions" / f"{version}.zip") as earlier:
            factors = {name: earlier.read(name).decode("utf-8") for name in earlier.namelist()}
        # Instance types are cited to sources of today, which an earlier version may lack.
        texts = factors | {
            name: text
            for name, text in texts.items()
            if name in NO_FACTORS or (name.endswith("/source.yaml") and name not in factors)
        }
    return texts


def earlier_versions() -> tuple[str, ...]:
    """Return the earlier versions of the catalogue that a descriptor may be pinned to."""
    return tuple(sorted(path.stem for path in (data_folder("factors") / "versions").glob("*.zip")))


def catalogue() -> FactorBook:
    """Return the factor catalogue: `catalogue().find("pue/world/2024")`, `catalogue().all("electricity/FR/2024", "gwp100")`."""
    return load_catalogue()[0]


@functools.cache
def load_checklist() -> Checklist:
    """Return the criteria of all shipped acts."""
    return parse_checklist(_read_all("checklist/acts"))


@functools.cache
def load_claim_rules() -> ClaimRules:
    """Return the rules on claims, in each language."""
    return parse_rules(_read_all("claims"))


def _read_all(folder: str) -> dict[str, Any]:
    paths = sorted((folders.PACKAGE / "subjects" / folder).glob("*.yaml"))
    return plain_data(folder.replace("/", "-"), {path.name: path.read_text("utf-8") for path in paths})


@functools.cache
def load_form(name: str) -> Mapping[str, Any]:
    """Return the texts of a form, or of the letter to a host, in each language."""
    form: Mapping[str, Any] = with_texts(_read_all("checklist/forms")[f"{name}.yaml"], f"forms.{name}")
    return form


@functools.cache
def words(language: str) -> Mapping[str, Any]:
    """Return a language's fixed words, those of all rooms, with its own spaces.

    Raises:
        MissingText: the original has a text that this language lacks: a page is whole in a language, or it is not begun.
    """
    missing = first_missing_text(language)
    if missing:
        raise MissingText(missing, language)
    found: dict[str, Any] = {}
    for room, more in words_of_rooms(language).items():
        assert not found.keys() & more.keys(), f"{room}: {found.keys() & more.keys()}"
        found |= more
    own = Words(Typography(**found["typography"]).of_all(found))
    own["messages"] = _messages(language, own)
    return own


def _messages(language: str, found: Mapping[str, Any]) -> Messages:
    """Return the messages of all rooms in a language of these words; nothing of the one that they are written in."""
    rooms = messages_of_rooms(language)
    sentences: dict[str, str] = {}
    parts: dict[str, str] = {}
    labels: dict[str, str] = {}
    if rooms:
        claims = dict(sentences_of(load_claim_rules(), language))
        asked = {row.question.en: row.question.in_(language) for row in load_checklist().all_criteria()}
        sentences, parts = {**claims}, {**claims, **asked}
        labels = {**found["factor_labels"], **_labels_of_phrases(found["phrases"])}
    for more in rooms.values():
        sentences |= more["sentences"]
        parts |= more.get("parts", {})
        labels |= more.get("labels", {})
    return Messages(sentences, parts, labels, Writer(language, found).typeset, found)


class _Locales(Mapping[str, Mapping[str, Any]]):
    """The words of each language, read when they are asked for."""

    def __getitem__(self, language: str) -> Mapping[str, Any]:
        return words(language)

    def __iter__(self) -> Iterator[str]:
        return iter(folders.languages())

    def __len__(self) -> int:
        return len(folders.languages())


def _labels_of_phrases(phrases: Mapping[str, str]) -> dict[str, str]:
    """Return phrases as labels; one that ends with a space goes on with a name."""
    return {
        f"{k}{{name}}" if k.endswith(" ") else k: f"{v}{{name}}" if k.endswith(" ") else v for k, v in phrases.items()
    }


#: The room with the words of a schema's keys, where that is not the descriptor's.
_ROOMS_OF_KEYS = {"call": "call", "review": "review", "conditions": "monitoring"}


@functools.cache
def words_of_keys(language: str, room: str = "descriptors") -> Mapping[str, Any]:
    """Return the titles and meanings of a descriptor's keys in a language, and the words that their list is written in.

    Those of a call's profile are in the room `call`, those of a review in `review`, those of conditions in `monitoring`.

    Raises:
        MissingText: they are not written in that language.
    """
    if language not in folders.languages_of_keys():
        raise MissingText("keys.titles", language)
    text = (data_folder("templates") / room / f"keys.{language}.yaml").read_text("utf-8")
    found = plain_data(f"keys-{room}-{language}", {language: text})[language]
    typeset: Mapping[str, Any] = Typography(**words_of_rooms(language)["presenting"]["typography"]).of_all(found)
    return typeset


def schema_in(name: str, language: str) -> Mapping[str, Any]:
    """Return the schema of a file that people fill in with its titles and descriptions in a language.

    Raises:
        MissingText: one of them is not written in that language.
    """
    schema = read_schema(name)
    return (
        schema
        if language == ORIGINAL
        else translated(schema, words_of_keys(language, _ROOMS_OF_KEYS.get(name, "descriptors")), language)
    )


def template(name: str, language: str) -> bytes:
    """Return a descriptor to begin with, as it stands in its file."""
    return (data_folder("templates") / "descriptors" / language / f"{name}.yaml").read_bytes()


def date_of_assessment() -> datetime.date:
    """Return the date that expiry is judged by where none is given: `SOURCE_DATE_EPOCH`, or today."""
    return (source_date() or datetime.datetime.now(datetime.UTC)).date()


def source_date() -> datetime.datetime | None:
    """Return the moment that `SOURCE_DATE_EPOCH` names, or None where it is not set.

    Raises:
        ProblemsFound: it is no moment.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        place, hint = Location("SOURCE_DATE_EPOCH", 1, 1), "set it to seconds since 1970, or unset it"
        raise ProblemsFound([Problem(place, "LCA405", f"`{epoch}` is no moment in time", hint)]) from None


def code_version() -> str:
    """Return the version of the program."""
    return lca.__version__


@functools.cache
def read_texts() -> ShippedTexts:
    """Return the shipped templates, words and references."""
    folder = data_folder("templates")
    templates = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.rglob("*.j2"))}
    for sheet in ("report.css", "dossier.css", "jury.css", "print.css", "pages/what_if.js"):
        templates[sheet] = (folder / sheet).read_text("utf-8")
    templates["theme.css"] = ""
    text = (data_folder("factors") / "references.yaml").read_text("utf-8")
    return ShippedTexts(
        templates, _Locales(), plain_data("references", {"references": text})["references"], own_folder("templates")
    )
