"""What a JSON Schema refuses in a document, in words for a person."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.descriptor.document import Document, Path
from lca.descriptor.evidence_words import evidence_hint
from lca.descriptor.fitting import fits, matches
from lca.descriptor.sizes import too_many
from lca.problems import MOST_PROBLEMS, Problem, did_you_mean, listed

Schema = Mapping[str, Any]

#: The schema whose keys `lca keys` lists.
_LISTED = "project.schema.json"


def schema_problems(document: Document, schema: Schema) -> Iterator[tuple[Path, Problem]]:
    """Yield what the schema refuses, with the path of the node that it speaks of."""
    if fits(document.data, schema, schema):
        return
    is_listed = schema.get("$id") == _LISTED
    for error in _validator()(schema).iter_errors(document.data):
        path = tuple(str(part) for part in error.absolute_path)
        wording = _WORDING.get(error.validator, _anything_else)
        cut = document.cut_entry(path)
        found = [cut] if cut else wording(_Refused(document, path, error, is_listed))
        yield from ((path, problem) for problem in found)


@functools.cache
def _validator() -> Any:
    """Return the validator of the schemas, which reads patterns as `matches` does."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def pattern(_validator: Any, wanted: str, instance: Any, _schema: Schema) -> Iterator[Any]:
        if isinstance(instance, str) and not matches(instance, wanted):
            yield ValidationError(f"{instance!r} does not match {wanted!r}")

    return extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]  # jsonschema types it not


class _Refused(Struct, frozen=True):
    """What a schema refuses: where it stands, and the validator's error."""

    document: Document
    path: Path
    error: Any
    is_listed: bool

    @property
    def listing(self) -> str:
        """The command that lists the keys of the place, empty where none does."""
        steps = list(self.error.absolute_schema_path)
        keys = [str(key) for word, key in itertools.pairwise(steps) if word == "properties"]
        return " ".join(["lca keys", ".".join(keys)]).strip() if self.is_listed else ""

    @property
    def shown(self) -> str:
        """How a message names the place."""
        return ".".join(self.path) or "the descriptor"

    @property
    def examples(self) -> list[Any]:
        """The examples of the schema's node."""
        schema = self.error.schema
        return list(schema.get("examples", ())) if isinstance(schema, dict) else []

    def problem(self, code: str, message: str, hint: str = "") -> Problem:
        """Return a problem at the place itself."""
        return Problem(self.document.at(self.path), code, message, hint)

    def at_key(self, code: str, message: str, hint: str, *below: str) -> Problem:
        """Return a problem at the key of the place, or of a place below it."""
        return Problem(self.document.key_at((*self.path, *below)), code, message, hint)


def _unknown_keys(refused: _Refused) -> Iterator[Problem]:
    known = refused.error.schema.get("properties", {})
    unknown = [key for key in refused.error.instance if key not in known]
    most = 12 if refused.is_listed else len(known)
    otherwise = f"known keys: {listed(known, refused.listing, most)}" if known else ""
    for number, key in enumerate(unknown):
        cut = refused.document.cut.get((*refused.path, key))
        if cut is not None:
            yield refused.at_key(cut.code, cut.message, cut.hint, key)
            continue
        hint = did_you_mean(key, known) or otherwise if number < MOST_PROBLEMS else ""
        yield refused.at_key("LCA201", f"the key `{key}` is unknown in {refused.shown}", hint, key)


def _missing_keys(refused: _Refused) -> Iterator[Problem]:
    error = refused.error
    for key in error.validator_value:
        if key not in error.instance:
            example = _written(error.schema["properties"].get(key, {}).get("examples", [""])[0])
            message = f"`{key}` is missing in {refused.shown}"
            yield refused.at_key("LCA202", message, f"for example `{key}: {example}`")


def _wrong_type(refused: _Refused) -> Iterator[Problem]:
    names = {"object": "a map of keys", "array": "a list", "string": "a text", "integer": "a whole number"}
    asked = refused.error.validator_value
    types = [asked] if isinstance(asked, str) else asked
    wanted = " or ".join(names.get(word, f"a {word}") for word in types)
    hint = "put quotes around it" if "a text" in wanted and isinstance(refused.error.instance, int | float) else ""
    if not hint and refused.examples:
        hint = f"for example `{short(refused.examples[0], 100)}`"
    yield refused.problem("LCA203", f"{refused.shown} must be {wanted}", hint)


def _wrong_length(refused: _Refused) -> Iterator[Problem]:
    error = refused.error
    places = [place for i in range(len(error.instance)) if (place := (*refused.path, str(i))) in refused.document.cut]
    if places and len(error.instance) - len(places) == error.validator_value:
        yield from filter(None, map(refused.document.cut_entry, places))
        return
    if error.validator == "maxItems" and error.schema.get("minItems") != error.validator_value:
        yield refused.problem("LCA205", *too_many(refused.path, len(error.instance), error.validator_value))
        return
    message = f"{refused.shown} has {len(error.instance)} entries, {error.validator_value} are needed"
    if error.schema.get("minItems") != error.schema.get("maxItems"):
        message = message.replace("are needed", f"at {'least' if error.validator == 'minItems' else 'most'}")
    lists = [example for example in refused.examples if isinstance(example, list)]
    yield refused.problem("LCA205", message, f"for example `{_written(lists[0])}`" if lists else "")


def _too_many_keys(refused: _Refused) -> Iterator[Problem]:
    error = refused.error
    yield refused.at_key("LCA205", *too_many(refused.path, len(error.instance), error.validator_value))


def _empty(refused: _Refused) -> Iterator[Problem]:
    yield refused.problem("LCA205", f"{refused.shown} is empty", "add an entry, or remove the key")


def _not_allowed(refused: _Refused) -> Iterator[Problem]:
    error = refused.error
    if error.validator == "enum" and error.schema.get("type") == "string" and not isinstance(error.instance, str):
        return  # that it must be a text is said already
    allowed = [str(word) for word in (error.validator_value if error.validator == "enum" else [error.validator_value])]
    given = str(error.instance)
    hint = evidence_hint(given, allowed) or did_you_mean(given, allowed) or f"one of {', '.join(allowed)}"
    yield refused.problem("LCA204", f"{refused.shown} cannot be `{short(error.instance)}`", hint)


def _wrong_form(refused: _Refused) -> Iterator[Problem]:
    given = refused.error.instance
    if refused.error.schema.get("title") == "Name":
        hint = "use lower-case letters, digits and hyphens, as in `final-model`"
        yield refused.at_key("LCA205", f"`{short(given)}` is not a name", hint, str(given))
        return
    example = _written((refused.examples or [""])[0])
    message = f"{refused.shown}: `{short(given)}` has not the right form"
    yield refused.problem("LCA205", message, f"for example `{example}`")


def _anything_else(refused: _Refused) -> Iterator[Problem]:
    example = (refused.examples or [""])[0]
    hint = f"for example `{_written(example)}`" if example != "" else ""
    yield refused.problem("LCA205", f"{refused.shown}: {short(refused.error.message, 120)}", hint)


#: The wording by keyword of the schema.
_WORDING: Mapping[str, Callable[[_Refused], Iterator[Problem]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "type": _wrong_type,
    "minItems": _wrong_length,
    "maxItems": _wrong_length,
    "minProperties": _empty,
    "maxProperties": _too_many_keys,
    "enum": _not_allowed,
    "const": _not_allowed,
    "pattern": _wrong_form,
}


def _written(value: Any) -> str:
    """Return plain data as a person could write them in a descriptor."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def short(value: Any, length: int = 40) -> str:
    """Return plain data as far as a message may quote them."""
    text = _written(value)
    return text if len(text) <= length else text[: length - 3] + "..."
