"""The claims of a project that would not hold, and whether it may be called frugal."""

from __future__ import annotations

from collections.abc import Mapping

from lca.subjects.claims.declared import FrugalAI
from lca.subjects.claims.findings import Claim, claims_of
from lca.subjects.claims.frugal_ai import is_documented, judge_conditions
from lca.subjects.claims.rules import ClaimRules
from lca.subjects.footprint.assess import Footprint
from lca.subjects.subject import Inputs, Result, Results


class ClaimsResult(Result, frozen=True, eq=False, kw_only=True):
    """The claims that would not hold, and what each condition of frugality is found to be."""

    claims: tuple[Claim, ...]
    frugal_ai: Mapping[str, str]


def assess(inputs: Inputs, earlier: Results) -> ClaimsResult:
    """Look for claims in what a descriptor says and counts."""
    descriptor = inputs.descriptor
    own = [name for name, file in descriptor.files.items() if file.own or file.own_word]
    frugal = judge_conditions(descriptor.get(FrugalAI), inputs.as_of, own)
    evidence = earlier[Footprint].evidence["gwp100"]
    claims = claims_of(descriptor, inputs.rules[ClaimRules], evidence, is_documented(frugal))
    return ClaimsResult(claims=claims, frugal_ai=frugal, problems=tuple(claim.problem for claim in claims))
