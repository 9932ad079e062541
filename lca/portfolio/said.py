"""What dossiers are compared by beside their figures: numbers that they state, benefits that they claim, and their reasons."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.keys import generic_path
from lca.files.shipped import project_schema
from lca.portfolio.row import Claim, Sentence, StatedInput
from lca.presenting.item_names import item_name
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.units import conversion, meaning_of
from lca.subjects.benefit.declared import Benefit
from lca.subjects.checklist.declared import Declarations

#: A justification of fewer words may well be written twice.
FEWEST_WORDS = 8
#: So many words in a row make one piece of a text, and of so many pieces, those with the least hashes, a text is known.
WORDS_OF_A_PIECE, MARKS = 4, 16


def stated_inputs(roots: Iterable[Quantity]) -> tuple[StatedInput, ...]:
    """Return the numbers that a dossier states and that its figures rest on, in base units."""
    ends = (quantity.origin for quantity in leaves(roots))
    return tuple(_input(end) for end in ends if isinstance(end, Stated) and end.location.line > 1)


def _input(leaf: Stated) -> StatedInput:
    meaning = meaning_of(leaf.unit)
    dimension = "·".join(f"{name}^{power}" for name, power in sorted(meaning.dimensions))
    key = f"{_generic(leaf.path)} [{' '.join(filter(None, (dimension, leaf.noun)))}]"
    return StatedInput(key, leaf.path, leaf.location.line, leaf.value * float(meaning.factor), leaf.text)


@functools.lru_cache(20_000)
def _generic(path: str) -> str:
    return generic_path(project_schema(), path)


def claims(descriptor: Descriptor) -> tuple[Claim, ...]:
    """Return the effects that a dossier claims."""
    benefit = descriptor.get(Benefit)
    effects = benefit.effects.values() if benefit is not None else ()
    return tuple(
        Claim(
            path=effect.path,
            line=descriptor.document.at(tuple(effect.path.split("."))).line,
            id=effect.id,
            effect=item_name(descriptor, effect.path),
            share=effect.attribution.value * conversion(effect.attribution.unit, "1") if effect.attribution else None,
            marks=marks_of(_words(effect.description)),
        )
        for effect in effects
    )


def sentences(descriptor: Descriptor) -> tuple[Sentence, ...]:
    """Return the justifications of a dossier that are long enough for a copy of them to mean something."""
    found = []
    for answer in descriptor[Declarations].answers.values():
        words = _words(answer.justification)
        if len(words) >= FEWEST_WORDS:
            line = descriptor.document.at((*answer.path.split("."), "justification")).line
            found.append(Sentence(answer.path, line, marks_of(words)))
    return tuple(found)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def marks_of(words: list[str]) -> tuple[int, ...]:
    """Return the least hashes of the pieces of a text: the share of them that two texts have in common is that of their pieces.

    Source: the bottom-k sketch of Broder, "On the resemblance and containment of documents", 1997.
    """
    pieces = {" ".join(words[start : start + WORDS_OF_A_PIECE]) for start in range(len(words) - WORDS_OF_A_PIECE + 1)}
    hashes = (int.from_bytes(hashlib.blake2b(p.encode(), digest_size=8).digest(), "big", signed=True) for p in pieces)
    return tuple(sorted(hashes)[:MARKS])
