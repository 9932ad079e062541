"""The European code of conduct for data centres: which edition a host follows, and whether that one counts on a date."""

from __future__ import annotations

import datetime
import re

#: The first year of the numbered editions is that before edition 1; edition 12 is of 2021, 13 of 2022, 15 of 2024.
_YEAR_BEFORE_FIRST = 2009
_YEAR = re.compile(r"(?<![\d.])(20\d\d)(?!\d)")
_NUMBER = re.compile(r"(?<![\d.])([1-9]\d?)(?:\.\d+)*(?:st|nd|rd|th|e|ème|eme)?(?![\d\w])", re.IGNORECASE)
#: The CEN-CENELEC document that the acts name beside the code; its practices have no values.
_OTHER_DOCUMENT = "50600"


def edition_year(text: str) -> int | None:
    """Return the year of an edition as hosts write it (`2025`, `2025 (16th)`, `version 15.1.0`), None where none is seen.

    Two years, as in `2022 and 2026`, are no edition.
    """
    if is_other_document(text):
        return None
    years = set(_YEAR.findall(text))
    if years:
        return int(years.pop()) if len(years) == 1 else None
    numbers = set(_NUMBER.findall(text))
    return _YEAR_BEFORE_FIRST + int(numbers.pop()) if len(numbers) == 1 else None


def is_other_document(text: str) -> bool:
    """Say whether the CEN-CENELEC document is named in place of an edition."""
    return _OTHER_DOCUMENT in text


def counts_on(year: int, as_of: datetime.date, transition_months: int) -> bool | None:
    """Say whether an edition counts on a date: the latest, or the former within the transition.

    The code is revised each year. The days of publication are not known for all editions: the transition is counted from the
    first of January, which is never favourable, and after it the edition of the year before may still be the latest, which
    None says. An edition of a later year than the date does not exist yet.
    """
    if year == as_of.year:
        return True
    if year == as_of.year - 1:
        return True if as_of.month <= transition_months else None
    return False
