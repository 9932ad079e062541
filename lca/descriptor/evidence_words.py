"""The two vocabularies of `evidence`, what each word means, and what to write in place of a wrong one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lca.problems import did_you_mean

#: How a quantity is known, with what it means for its uncertainty where no range is given.
OF_A_QUANTITY: Mapping[str, str] = {
    "measured": "read from a meter or a log",
    "calculated": "worked out from measured values, ±10 %",
    "estimated": "judged from experience, ±25 %",
    "proxy": "the value of something similar, ±50 %",
}
#: What an effect, a harm or an enabling cost rests on.
OF_AN_EFFECT: Mapping[str, str] = {
    "measured": "seen in operation",
    "pilot": "seen in a trial",
    "model": "computed by a model",
    "literature": "published of other cases",
    "expert": "somebody's judgement",
}

_QUANTITY, _EFFECT = "a quantity", "an effect, a harm or an enabling cost"


def evidence_hint(word: str, allowed: Collection[str]) -> str:
    """Return which words may stand here and what each means, and where a word of the other vocabulary belongs.

    Empty where what is allowed is neither vocabulary.
    """
    for here, words, elsewhere, others in (
        (_QUANTITY, OF_A_QUANTITY, _EFFECT, OF_AN_EFFECT),
        (_EFFECT, OF_AN_EFFECT, _QUANTITY, OF_A_QUANTITY),
    ):
        if set(allowed) == words.keys():
            meanings = ", ".join(f"`{name}` ({meaning})" for name, meaning in words.items())
            close = f"`{word}` is evidence of {elsewhere}" if word in others else did_you_mean(word, words)
            return f"{close}{'; ' if close else ''}evidence of {here} is one of {meanings}"
    return ""
