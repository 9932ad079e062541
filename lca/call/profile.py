"""What the profile of a call says, as records: its rules, each with its source, or open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

#: A text of a profile: as it stands, or by language.
Said = str | Mapping[str, str]

#: What a dossier is that does not keep to a rule.
TO_COMPLETE, NOT_ADMISSIBLE = "to-complete", "not-admissible"


def said_in(text: Said, language: str) -> str:
    """Return a text of a profile in a language, or in the one that its author wrote it in: nobody translates a call."""
    return text if isinstance(text, str) else text.get(language) or next(iter(text.values()))


class Cited(Struct, frozen=True):
    """Where a rule is written; `confidence` says whether the document was read for the profile."""

    path: str
    title: Said
    address: str = ""
    locator: Said = ""
    confidence: str = "verified"


class Rule(Struct, frozen=True, kw_only=True):
    """What every rule carries: its source, what a dossier is that does not keep to it, or a sentence on why there is none."""

    path: str = ""
    source: Cited | None = None
    otherwise: str = TO_COMPLETE
    open: Said = ""


class Deadline(Rule, frozen=True, kw_only=True):
    """The last day of deposit, as an ISO date."""

    date: str = ""


class Language(Rule, frozen=True, kw_only=True):
    """The language of reports."""

    code: str = ""


class Factors(Rule, frozen=True, kw_only=True):
    """The version of the catalogue and the set of factors that all studies use."""

    version: str = ""
    factors: str = ""


class Law(Rule, frozen=True, kw_only=True):
    """The acts that a dossier answers, the date whose text counts, and whether every row must be answered."""

    acts: tuple[str, ...] = ()
    date: str = ""
    answered: bool = False


class Stages(Rule, frozen=True, kw_only=True):
    """The stages that a study must count, and those that are not asked for."""

    required: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class ExpectedUnit(Rule, frozen=True, kw_only=True):
    """The amounts one of which results are given for."""

    quantities: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class ExpectedReference(Rule, frozen=True, kw_only=True):
    """What is asked of the benefit and of the scenario without the project."""

    effects: bool = False
    in_figures: bool = False
    alternatives: int = 0
    without_ai: bool = False


class Adverse(Rule, frozen=True, kw_only=True):
    """What the adverse test takes where nothing is declared, by the catalogue's name for it."""

    realised_share: float | None = None
    rebound: float | None = None
    adoption: float | None = None
    attribution: float | None = None
    yearly_reference: float | None = None
    avoided_anyway: float | None = None

    @property
    def values(self) -> Mapping[str, float]:
        """The values that the call gives, by the key of the catalogue's own."""
        names = [name for name in Adverse.__struct_fields__ if name not in Rule.__struct_fields__]
        given = {name: getattr(self, name) for name in names}
        return {f"parameter/adverse/{name}": float(value) for name, value in given.items() if value is not None}


class Annex(Rule, frozen=True, kw_only=True):
    """The form of the annex, and the sections of the report that stand first."""

    form: str = ""
    order: tuple[str, ...] = ()


class Pages(Rule, frozen=True, kw_only=True):
    """The most pages of a printed report."""

    most: int = 0


class PageOne(Rule, frozen=True, kw_only=True):
    """The call's lines on page one, and what page one does not print."""

    lines: tuple[Said, ...] = ()
    left_out: tuple[str, ...] = ()


class Sections(Rule, frozen=True, kw_only=True):
    """The pages and sections that are not printed."""

    left_out: tuple[str, ...] = ()


class NoHarm(Rule, frozen=True, kw_only=True):
    """Whether experts score the checklist."""

    scored: bool = True


class Marks(Rule, frozen=True, kw_only=True):
    """The criteria that experts give marks for, the best mark, and whether the mean by criterion is given."""

    criteria: tuple[Said, ...] = ()
    most: float | None = None
    mean: bool = False


#: What a call says of marks that says nothing of them.
NO_MARKS = Marks(path="marks")


class Profile(Struct, frozen=True):
    """A call; a rule that it does not mention is None. One that is open asks nothing."""

    name: Said
    notes: tuple[Said, ...] = ()
    deadline: Deadline | None = None
    language: Language | None = None
    catalogue: Factors | None = None
    law: Law | None = None
    stages: Stages | None = None
    functional_unit: ExpectedUnit | None = None
    reference: ExpectedReference | None = None
    adverse: Adverse | None = None
    annex: Annex | None = None
    pages: Pages | None = None
    page_one: PageOne | None = None
    sections: Sections | None = None
    dnsh: NoHarm | None = None
    marks: Marks | None = None

    def rules(self) -> Iterator[Rule]:
        """Yield the rules that the profile mentions, in their order."""
        found = (getattr(self, name) for name in self.__struct_fields__)
        yield from (rule for rule in found if isinstance(rule, Rule))

    @property
    def hidden_on_page_one(self) -> frozenset[str]:
        """The parts that page one does not print: those that the profile names, and a strip of verdicts that nobody scores."""
        named = self.page_one.left_out if self.page_one is not None else ()
        unscored = self.dnsh is not None and not self.dnsh.open and not self.dnsh.scored
        return frozenset((*named, *(("checklist",) if unscored else ())))


class Call(Struct, frozen=True):
    """A profile that was read, with its text and the name that it goes by: that of its file, or of a shipped profile."""

    file: str
    text: str
    profile: Profile


def marks_of(call: Profile | None) -> Marks:
    """Return what a call says of experts' marks: nothing where there is no call, or it says nothing."""
    return call.marks if call is not None and call.marks is not None else NO_MARKS


def criteria_of(call: Profile | None, language: str) -> tuple[str, ...]:
    """Return the criteria that experts give marks for in a language; none where they name their own."""
    return tuple(said_in(text, language) for text in marks_of(call).criteria)
