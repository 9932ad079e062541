"""How a call arranges reports: its lines on page one, what is not printed, and which sections stand first."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from lca.presenting.writer import Writer
from lca.subjects.subject import View


class Arrangement(Struct, frozen=True):
    """What one call asks of a report; without one, everything is printed in the usual order.

    `call` is its name, in the report's language, and `lines` what page one prints of it; `hidden` are parts of page one, and
    `left_out` pages and sections that are not printed; `first` the sections that stand first; `not_asked` the stages that the
    call does not ask for.
    """

    call: str = ""
    lines: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()

    def printed(self, names: Iterable[str]) -> list[str]:
        """Return those of some pages or sections that are printed, in their usual order."""
        return [name for name in names if name not in self.left_out]

    def ordered(self, names: Iterable[str]) -> list[str]:
        """Return the sections that are printed, those that stand first before the others."""
        kept = self.printed(names)
        first = [name for name in self.first if name in kept]
        return [*first, *(name for name in kept if name not in first)]

    def view(self, writer: Writer) -> View:
        """Return what page one needs: the call's lines, what it does not print, and sentences that say what is left out."""
        words = writer.words["dossier"]["call"]
        names = [words["sections"][name] for name in self.left_out]
        names += [words["parts"][name] for name in sorted(self.hidden)]
        said = [words["left_out"].format(call=self.call, names=", ".join(names))] if names else []
        stages = ", ".join(str(writer.words[stage]) for stage in self.not_asked)
        said += [words["not_asked"].format(names=stages)] if stages else []
        return {"lines": self.lines, "hidden": self.hidden, "left_out": said}


#: Everything is printed, in the usual order.
AS_USUAL = Arrangement()
