"""The rules of a call that a contract may be bound by, as subjects judge a study by them."""

from __future__ import annotations

import datetime

from lca.call.admissibility import Dossier, Lacking, judge
from lca.call.profile import Cited, Profile, said_in
from lca.descriptor.descriptor import Descriptor
from lca.quantities.by_language import Composed, Text
from lca.subjects.checklist.model import Checklist
from lca.subjects.monitoring.condition import RulesOfCall, UnmetRule

#: Nobody can keep to a deadline afterwards, and pages are counted in a printed report.
_NOT_BINDING = ("deadline", "pages")


def rules_of_call(profile: Profile, factor_set: str) -> RulesOfCall:
    """Return the rules of a call that ask for something which can still be shown; `factor_set` leads in the study."""
    names = tuple(rule.path for rule in profile.rules() if not rule.open and rule.path not in _NOT_BINDING)

    def unmet(descriptor: Descriptor, criteria: Checklist, as_of: datetime.date) -> tuple[UnmetRule, ...]:
        found = judge(Dossier(descriptor, criteria, factor_set, as_of), profile, ())
        by_rule: dict[str, list[Lacking]] = {}
        for one in found.lacking:
            if one.rule in names:
                by_rule.setdefault(one.rule, []).append(one)
        return tuple(
            UnmetRule(rule, _cited(lacking[0].source), tuple(one.problem for one in lacking))
            for rule, lacking in by_rule.items()
        )

    deadline = profile.deadline.date if profile.deadline is not None and not profile.deadline.open else ""
    return RulesOfCall(names, unmet, deadline)


def _cited(source: Cited | None) -> Text | None:
    """Return where a rule is written, in the language that is asked for."""
    if source is None:
        return None

    def write(language: str) -> str:
        parts = (said_in(source.title, language), said_in(source.locator, language) if source.locator else "")
        return ", ".join(part for part in (*parts, source.address) if part)

    return Composed(write)
