"""What a profile changes of a study that is read for it: language, acts, text of the law, and adverse values."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from lca.call.profile import Profile, said_in
from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import Document
from lca.problems import Location, Problem
from lca.quantities.provenance import Source
from lca.subjects.checklist.declared import AskedActs, Declarations, NamedLaw

#: The source that values of a call are cited to.
SOURCE = "call"

#: Where a descriptor names the date of the law.
_DATE = ("checklist", "law", "date")


def applied(descriptor: Descriptor, profile: Profile) -> Descriptor:
    """Return a descriptor and its scenarios in the language of the call, with its acts and its text of the law."""
    about, parts = descriptor.about, descriptor.parts
    if profile.language is not None and profile.language.code:
        about = replace(about, language=profile.language.code)
    if profile.law is not None and profile.law.acts:
        parts = parts.joined(AskedActs(profile.law.acts))
    if profile.law is not None and profile.law.date:
        law = NamedLaw("checklist.law", profile.law.date, _cited(profile, about.language))
        parts = parts.replaced(replace(parts[Declarations], law=law))
    return replace(
        descriptor,
        about=about,
        parts=parts,
        scenarios={name: applied(one, profile) for name, one in descriptor.scenarios.items()},
    )


def _cited(profile: Profile, language: str) -> str:
    """Return where the call says which text of the law counts."""
    source = profile.law.source if profile.law is not None else None
    parts = [profile.name, *([source.title, source.locator] if source is not None else [])]
    return ", ".join(said_in(part, language) for part in parts if part)


def with_adverse_values(book: FactorBook, profile: Profile, language: str) -> FactorBook:
    """Return a catalogue in which the call's adverse values stand in place of its own, cited to the call."""
    rule = profile.adverse
    values = rule.values if rule is not None else {}
    if rule is None or not values:
        return book
    name, cited = said_in(profile.name, language), rule.source
    title = said_in(cited.title, language) if cited is not None else name
    source = Source(
        id=SOURCE,
        producer=name,
        title=title,
        licence="",
        citation=f"{name}, {title}" if title != name else name,
        url=cited.address if cited is not None else "",
        locator=said_in(cited.locator, language) if cited is not None and cited.locator else "",
    )
    made = []
    for key, value in values.items():
        own = book.find(key)
        if own is not None:  # a study that is pinned to a catalogue without adverse values has no adverse test
            made.append(replace(own, value=value, source=source, locator=source.locator, note=""))
    return book.with_given(made)


def other_factors(document: Document, profile: Profile, factor_set: str) -> Iterator[Problem]:
    """Yield an error where a descriptor is pinned to another catalogue, or a command names another set, than its call asks for."""
    rule, pinned = profile.catalogue, document.data.get("catalogue")
    if rule is None:
        return
    if rule.version and pinned not in (None, rule.version):
        message = f"the descriptor is pinned to catalogue `{pinned}`, the call asks for `{rule.version}`"
        hint = f'write `catalogue: "{rule.version}"`, or remove the key'
        yield Problem(document.at(("catalogue",)), "LCA932", message, hint)
    if rule.factors and factor_set not in ("", rule.factors):
        message = f"the set of factors `{factor_set}` leads, the call asks for `{rule.factors}`"
        yield Problem(Location("--factors", 1, 1), "LCA932", message, "leave the option out")


def another_law(document: Document, profile: Profile) -> Iterator[Problem]:
    """Yield an error where a descriptor names another text of the law than its call asks for."""
    rule, node = profile.law, document.data
    for key in _DATE:
        node = node.get(key) if isinstance(node, dict) else None
    if rule is not None and rule.date and isinstance(node, str) and node != rule.date:
        message = f"the descriptor takes the law of {node}, the call asks for that of {rule.date}"
        yield Problem(document.at(_DATE), "LCA932", message, f"write `date: {rule.date}`, or remove `law`")
