"""What a JSON Schema refuses in a document, in words for a person."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lca.descriptor.document import Document, Path
from lca.problems import Problem, did_you_mean

Schema = Mapping[str, Any]


def _schema_problems(document: Document, schema: Schema) -> Iterator[tuple[Path, Problem]]:
    """Yield what the schema refuses, with the path of the node that it speaks of."""
    for error in _validator()(schema).iter_errors(document.data):
        path = tuple(str(part) for part in error.absolute_path)
        for problem in _explain(document, path, error):
            yield path, problem


@functools.cache
def _validator() -> Any:
    """Return the validator of the schemas: `$` ends a pattern as in JSON Schema, where Python lets a line break follow."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def pattern(_validator: Any, wanted: str, instance: Any, _schema: Schema) -> Iterator[Any]:
        if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", wanted), instance):
            yield ValidationError(f"{instance!r} does not match {wanted!r}")

    return extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]


def _explain(document: Document, path: Path, error: Any) -> Iterator[Problem]:
    where, shown = document.at(path), ".".join(path) or "the descriptor"
    match error.validator:
        case "additionalProperties":
            known = error.schema.get("properties", {})
            for key in error.instance:
                if key not in known:
                    hint = did_you_mean(key, known) or f"known keys: {', '.join(list(known)[:12])}"
                    yield Problem(
                        document.key_at((*path, key)), "LCA201", f"the key `{key}` is unknown in {shown}", hint
                    )
        case "required":
            for key in error.validator_value:
                if key not in error.instance:
                    example = _written(error.schema["properties"].get(key, {}).get("examples", [""])[0])
                    yield Problem(
                        document.key_at(path),
                        "LCA202",
                        f"`{key}` is missing in {shown}",
                        f"for example `{key}: {example}`",
                    )
        case "type":
            wanted = (
                error.validator_value if isinstance(error.validator_value, str) else " or ".join(error.validator_value)
            )
            names = {"object": "a map of keys", "array": "a list", "string": "a text", "integer": "a whole number"}
            wanted = " or ".join(names.get(word, f"a {word}") for word in wanted.split(" or "))
            hint = "put quotes around it" if "a text" in wanted and isinstance(error.instance, int | float) else ""
            yield Problem(where, "LCA203", f"{shown} must be {wanted}", hint)
        case "minItems" | "maxItems":
            message = f"{shown} has {len(error.instance)} entries, {error.validator_value} are needed"
            if error.schema.get("minItems") != error.schema.get("maxItems"):
                message = message.replace("are needed", f"at {'least' if error.validator == 'minItems' else 'most'}")
            lists = [example for example in error.schema.get("examples", ()) if isinstance(example, list)]
            hint = f"for example `{_written(lists[0])}`" if lists else ""
            yield Problem(where, "LCA205", message, hint)
        case "minProperties":
            yield Problem(where, "LCA205", f"{shown} is empty", "add an entry, or remove the key")
        case "enum" if error.schema.get("type") == "string" and not isinstance(error.instance, str):
            pass  # that it must be a text is said already
        case "enum" | "const":
            allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
            hint = did_you_mean(str(error.instance), map(str, allowed)) or f"one of {', '.join(map(str, allowed))}"
            yield Problem(where, "LCA204", f"{shown} cannot be `{_short(error.instance)}`", hint)
        case "pattern" if error.schema.get("title") == "Name":
            hint = "use lower-case letters, digits and hyphens, as in `final-model`"
            yield Problem(
                document.key_at((*path, str(error.instance))),
                "LCA205",
                f"`{_short(error.instance)}` is not a name",
                hint,
            )
        case "pattern":
            example = _written(error.schema.get("examples", [""])[0])
            yield Problem(
                where,
                "LCA205",
                f"{shown}: `{_short(error.instance)}` has not the right form",
                f"for example `{example}`",
            )
        case _:
            example = error.schema.get("examples", [""])[0] if isinstance(error.schema, dict) else ""
            hint = f"for example `{_written(example)}`" if example != "" else ""
            yield Problem(where, "LCA205", f"{shown}: {_short(error.message, 120)}", hint)


def _written(value: Any) -> str:
    """Return plain data as a person could write them in a descriptor."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(value: Any, length: int = 40) -> str:
    text = _written(value)
    return text if len(text) <= length else text[: length - 3] + "..."
