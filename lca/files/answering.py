"""A study that answers a call: read by the profile of the call, and its report arranged as that asks."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from lca.assessment.arrangement import AS_USUAL, Arrangement
from lca.call.admissibility import PRESCRIBED, Admissibility, Dossier, judge
from lca.call.applied import another_law, applied, other_factors, with_adverse_values
from lca.call.arranged import arranged
from lca.call.binding import rules_of_call
from lca.call.contradictions import Known
from lca.call.profile import NOT_ADMISSIBLE, Call, Profile
from lca.call.reading import FIRST_LINE, has_errors, read_profile
from lca.descriptor.document import Document, read_document
from lca.files import reading
from lca.files.calls import KEY, Found, name_of_call
from lca.files.carried import number_of_pages
from lca.files.folders import FORMS
from lca.files.named_files import Folder
from lca.files.plugins import named_in
from lca.files.reading import Loaded, extended_checklist
from lca.files.shipped import earlier_versions, load_catalogue, read_schema
from lca.files.texts import shown
from lca.problems import Location, Problem, ProblemsFound
from lca.subjects.checklist.model import Checklist

#: What a descriptor is read with beside its call: its folder, the set that leads, further acts, an earlier catalogue.
Beside = tuple[Folder, str, tuple[tuple[str, str], ...], str]


def answering(document: Document, found: Found, beside: Beside) -> Loaded:
    """Return a descriptor read for a call.

    Raises:
        ProblemsFound: the descriptor has errors that leave nothing to assess, or the profile has errors.
    """
    folder, factor_set, checklists, catalogue = beside
    file, text = found
    profile, doubts = read_call(file, text, [*named_in(document).acts(), *checklists])
    factors = profile.catalogue
    asked = factors.version if factors is not None else ""
    led = factor_set or (factors.factors if factors is not None else "")
    kept = asked if asked in earlier_versions() else ""
    loaded = reading.load(document.source, document.file, folder, led, checklists, kept or catalogue)
    problems = [*loaded.problems, *doubts, *other_factors(document, profile, factor_set)]
    descriptor, name = applied(loaded.descriptor, profile), Location(file, 1, 1).name
    problems += [*another_law(document, profile), *_another(document, name)]
    return replace(
        loaded,
        descriptor=replace(descriptor, parts=descriptor.parts.joined(rules_of_call(profile, loaded.factor_set))),
        book=with_adverse_values(loaded.book, profile, descriptor.about.language),
        problems=tuple(problems),
        hashes={**loaded.hashes, f"call:{name}": hashlib.sha256(text.encode()).hexdigest()},
        call=Call(name, text, profile),
    )


def _another(document: Document, taken: str) -> Iterable[Problem]:
    """Yield a warning where a descriptor names another profile than the one that is taken, by the name of its file."""
    own = name_of_call(document)
    if own and taken not in (own, f"{own}.yaml"):
        message = f"the descriptor names the call `{own}`, and `{taken}` is taken"
        yield Problem(document.at(KEY), "LCA933", message, "leave `--call` out, or correct the descriptor")


def read_call(file: str, text: str, checklists: Iterable[tuple[str, str]] = ()) -> tuple[Profile, list[Problem]]:
    """Return a profile, and what is doubtful in it; `checklists` are names and texts of further acts that it may name.

    Raises:
        ProblemsFound: it has errors; all of them are told.
    """
    book = load_catalogue()[0]
    known = Known((*earlier_versions(), book.version), tuple(book.sets), extended_checklist(checklists), FORMS)
    profile, problems = read_profile(read_document(text, file, FIRST_LINE), read_schema("call"), known)
    if profile is None or has_errors(problems):
        raise ProblemsFound(problems)
    return profile, problems


def judged(
    loaded: Loaded, problems: Iterable[Problem], as_of: datetime.date
) -> tuple[Admissibility | None, tuple[Problem, ...]]:
    """Return the verdict of a dossier's call, None where it answers none, and the problems that no rule of the call tells."""
    if loaded.call is None:
        return None, tuple(problems)
    others = tuple(problem for problem in problems if problem.code != PRESCRIBED)
    dossier = Dossier(loaded.descriptor, loaded.rules[Checklist], loaded.factor_set, as_of)
    return judge(dossier, loaded.call.profile, others), others


def too_long(loaded: Loaded, written: Iterable[Path]) -> Iterator[Problem]:
    """Yield a problem for each PDF that has more pages than the call allows: an error where its rule refuses such a dossier."""
    rule = loaded.call.profile.pages if loaded.call is not None else None
    for path in written if rule is not None and rule.most else ():
        if (
            rule is not None
            and path.suffix == ".pdf"
            and (number := number_of_pages(path.read_bytes(), shown(path))) > rule.most
        ):
            message = f"the report has {number} pages, the call allows {rule.most}"
            hint = "shorten the texts of the descriptor, or leave out what the call does not ask for"
            code = "LCA935" if rule.otherwise == NOT_ADMISSIBLE else "LCA934"
            yield Problem(Location(shown(path), 1, 1), code, message, hint)


def arrangement_of(loaded: Loaded, language: str) -> Arrangement:
    """Return how the call of a study arranges its report in a language."""
    return arranged(loaded.call.profile, language) if loaded.call is not None else AS_USUAL
