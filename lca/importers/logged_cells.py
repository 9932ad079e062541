"""Numbers and times in the cells of a log: read where they are certain, told by their place where they are not."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from lca.importers.draft_text import short
from lca.importers.logged_table import Row
from lca.problems import Problem

#: The largest number that a log may hold, as in a descriptor.
LARGEST = Decimal("1e15")
#: No log is of the next century.
LAST_YEAR = 2099

_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+(?:[eE][-+]?\d+)?")
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?")


class Cells:
    """Reads the numbers and times of a row of a tool's log, noting what is none; no log is older than `first_year`."""

    def __init__(self, row: Row, problems: list[Problem], tool: str, first_year: int = 2000) -> None:
        self.row, self.problems, self.tool, self.first_year = row, problems, tool, first_year

    def number(self, name: str, least: Decimal | None = Decimal(0)) -> Decimal | None:
        """Return a number that must be there; None where it cannot be read, with the reason among the problems."""
        raw = self._raw(name)
        text, hint = self._with_point(raw)
        value = Decimal(text) if _NUMBER.fullmatch(text) else None
        if self.row.separator != "," and _GROUPED.fullmatch(raw):
            hint = f"write {raw.replace('.', '')} or {_last_dot(raw).replace('.', ',')}: it may be read as either"
            self._wrong(name, "LCA301", f"{name}: `{short(raw)}` may be two numbers", hint)
        elif text.casefold().lstrip("+-") in ("nan", "inf", "infinity") or (value is not None and abs(value) > LARGEST):
            self._wrong(name, "LCA304", f"{name}: the number must be finite, and real")
        elif value is None:
            self._wrong(name, "LCA301", f"{name}: `{short(raw)}` is not a number", hint)
        elif least is not None and value < least:
            self._wrong(name, "LCA304", f"{name} must be at least {least:f}, not {value:f}")
        else:
            return value
        return None

    def _with_point(self, raw: str) -> tuple[str, str]:
        """Return a number with a decimal point, where its comma is certainly one, and a hint for what is no number."""
        hint = f"{self.tool} writes it as `0.0325`"
        if not _DECIMAL_COMMA.fullmatch(raw):
            return raw, hint
        pointed = raw.replace(",", ".")
        return (
            (pointed, hint) if self.row.separator != "," else (raw, f"a decimal comma? {self.tool} writes `{pointed}`")
        )

    def optional(self, name: str, least: Decimal | None = Decimal(0)) -> Decimal | None:
        """Return a number, None where nothing is logged."""
        return self.number(name, least) if self.row.cell(name) else None

    def unless_empty(self, name: str, least: Decimal | None = Decimal(0)) -> Decimal | None:
        """Return a number, None where the cell is empty; a word for a missing number is told, for it hides an amount."""
        return self.number(name, least) if name in self.row.columns and self._raw(name) else None

    def _raw(self, name: str) -> str:
        return self.row.cells[self.row.columns.index(name)]

    def time(self, name: str) -> datetime.datetime | None:
        """Return a time, in UTC where the log states its zone."""
        text = self._raw(name)
        hint = "as in `2024-05-27T10:49:55`"
        try:
            numbers = _DAY_FIRST.fullmatch(text)
            if numbers:
                one, other, year, hour, minute, second = (int(part or 0) for part in numbers.groups())
                if one <= 12 and other <= 12 and one != other:
                    hint = f"write it {hint}: it may be the day {one} or the month {one}"
                    raise ValueError("two dates at once")
                day, month = (other, one) if other > 12 else (one, other)
                found = datetime.datetime(year, month, day, hour, minute, second)
            else:
                found = datetime.datetime.fromisoformat(text)
            if not self.first_year <= found.year <= LAST_YEAR:
                raise ValueError("no year of a log")
        except ValueError:
            self._wrong(name, "LCA405", f"{name}: `{short(text)}` is not a date", hint)
            return None
        return found.astimezone(datetime.UTC).replace(tzinfo=None) if found.tzinfo else found

    def _wrong(self, name: str, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.row.place(name), code, message, hint))


def _last_dot(text: str) -> str:
    whole, _, rest = text.rpartition(".")
    return f"{whole.replace('.', '')}.{rest}"
