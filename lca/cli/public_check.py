"""What the command `reproduce` says of a public copy."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lca.cli.language import writer_of
from lca.cli.running import DONE, INPUT_ERROR

if TYPE_CHECKING:
    from lca.files.carried import Carried
    from lca.files.public_check import Found
    from lca.presenting.writer import Writer

#: So many places are told of one kind.
_TOLD = 3


def checked_in_public(report: Carried, options: argparse.Namespace) -> int:
    """Check a public copy and say on one line what differs, and what nobody can check without the agency's copy."""
    from lca.files.public_check import check

    found = check(report, options.theme)
    options.spoken = found.language
    writer = writer_of(options)
    sign = writer.words["problem_line"]["hint"]
    line = f"{report.file}{writer.words['colon']} {sign.join(_clauses(found, writer))}"
    if options.json:
        from lca.presenting.values import as_json

        told = [{"kind": kind, "where": where} for kind, where in found.differences]
        print(
            as_json(
                {
                    "report": report.file,
                    "kind": report.kind,
                    "copy": found.public.copy,
                    "agrees": not found.differences and not found.unchecked,
                    "says": line,
                    "differences": told,
                    "not_checked": dict(found.unchecked),
                    "compared": {"figures": found.figures},
                    "restricted": [one.path for one in found.public.restricted],
                }
            )
        )
    else:
        print(line)
    return INPUT_ERROR if found.differences or found.unchecked else DONE


def _clauses(found: Found, writer: Writer) -> Iterator[str]:
    from lca.files.public_check import KINDS

    words = writer.words["public_check"]
    for kind in KINDS:
        places = [where for one, where in found.differences if one == kind]
        if places:
            more = [str(words["more"].format(number=len(places) - _TOLD))] if len(places) > _TOLD else []
            yield words["differs"][kind].format(where=", ".join([*(p[:80] for p in places[:_TOLD]), *more]))
    for kind, reason in found.unchecked.items():
        yield words["unchecked"][kind].format(reason=words["reasons"][reason])
    if not found.differences and not found.unchecked:
        yield words["agrees"].format(number=writer.trimmed(found.figures))
    yield writer.counted(len(found.public.restricted), words["open"])
