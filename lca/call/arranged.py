"""From the rules of a profile to how a report is arranged."""

from __future__ import annotations

from lca.assessment.arrangement import Arrangement
from lca.call.profile import Profile, said_in


def arranged(profile: Profile, language: str) -> Arrangement:
    """Return how the call arranges a report in a language."""
    page_one, sections, annex, stages = profile.page_one, profile.sections, profile.annex, profile.stages
    return Arrangement(
        call=said_in(profile.name, language),
        lines=tuple(said_in(line, language) for line in (page_one.lines if page_one is not None else ())),
        hidden=profile.hidden_on_page_one,
        left_out=sections.left_out if sections is not None else (),
        first=annex.order if annex is not None else (),
        not_asked=stages.left_out if stages is not None else (),
    )
