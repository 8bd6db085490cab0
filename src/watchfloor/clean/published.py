"""When a plain text was published, from its own words; never from a caption, never today."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from watchfloor.clean import date_order, dates, headings, markdown
from watchfloor.clean.labels import Labels
from watchfloor.clean.units import Unit
from watchfloor.core.partial_date import PartialDate

EARLIEST = date(1900, 1, 1)
"""No report in digital form is older; an earlier date is something else."""

_LEAD_UNITS = 3  # paragraphs in which "this Monday, October 21" is the day of the news itself
_SPAN_YEARS = 10  # a weekday comes back on the same day of a year after 5, 6 or 11 years
_AHEAD = timedelta(days=1)  # time zones: what is tomorrow here is today elsewhere
UPDATED = re.compile(
    r"updat|modif|edited|revised|aktualisiert|geändert|mis à jour|actualizad|aggiornat|atualizad|bijgewerkt|"
    r"uppdaterad|"
    r"opdateret|oppdatert|päivitetty|zaktualizowan|aktualizován|güncelle|обновлено|изменено|оновлено|수정|更新|תאריך "
    r"עדכון|"
    r"تحديث|अपडेट",
    re.IGNORECASE,
)
"""Words of a change that stand before its date."""
_FUTURE = re.compile(
    r"\b(?:until|till|by|next|starting|from|begins?|beginning|scheduled|due|expected|will|planned|set|ahead of|"
    r"before|after|since)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_YEAR_OF_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\D{0,60}((?:19|20)\d\d)", re.IGNORECASE)


def published(units: Sequence[Unit], labels: Labels, collected: date) -> PartialDate | None:
    """Return the date of publication that the text gives, with the reason, None when it gives none.

    collected: the last day it can be, and the bound for the year that a weekday fixes.
    """
    finders = (_from_date_lines, _from_agency_line, _from_lead)
    return next((found for finder in finders if (found := finder(units, labels, collected))), None)


def possible(found: PartialDate, collected: date) -> bool:
    """Return whether a report collected that day can carry this date."""
    return found.low is None or EARLIEST <= found.low <= collected + _AHEAD


def year_by_weekday(found: dates.Found, collected: date) -> int | None:
    """Return the latest of ten years, up to the day of collection, in which the day falls on the weekday.

    >>> year_by_weekday(dates.Found(0, 18, None, 10, 21, 0), date(2026, 1, 1))
    2024
    """
    for year in range(collected.year, collected.year - _SPAN_YEARS, -1):
        try:
            day = date(year, found.month, found.day)
        except ValueError:
            continue
        if day.weekday() == found.weekday and day <= collected + _AHEAD:
            return year
    return None


def _from_date_lines(units: Sequence[Unit], labels: Labels, collected: date) -> PartialDate | None:
    """The date beside the byline or on a line of its own; "updated" counts only when nothing better stands there."""
    later: PartialDate | None = None
    for unit, label in zip(units, labels, strict=True):
        if label is None or label.kind not in {"byline", "dateline"} or label.prefix is not None:
            continue
        before = 0
        line = markdown.words(unit.head)
        for found in dates.full(line):
            words = line[before : found.start]
            updated = bool(UPDATED.search(words))
            before = found.end
            made = dates.partial(
                found, f"{'update' if updated else 'date'} printed as {line[found.start : found.end].strip()!r}"
            )
            if made and possible(made, collected):
                if not updated:
                    return made
                later = later or made
    return later


def _from_agency_line(units: Sequence[Unit], labels: Labels, collected: date) -> PartialDate | None:
    """The agency's date line; without a year, that of the copyright line."""
    for unit, label in zip(units, labels, strict=True):
        if label is None or label.prefix is None:
            continue
        line = unit.head[: label.prefix]
        full = next(dates.full(line), None)
        if full:
            made = dates.partial(full, f"date line {line!r}")
            return made if made and possible(made, collected) else None
        found = next(dates.yearless(line), None)
        if found is None:
            return None
        year = _copyright_year(units, labels)
        if year is None:
            return dates.partial(found, f"date line {line!r}")
        known = dates.Found(found.start, found.end, year, found.month, found.day)
        made = dates.partial(known, f"date line {line!r}, year from the copyright line")
        return made if made and possible(made, collected) else dates.partial(found, f"date line {line!r}")
    return None


def _from_lead(units: Sequence[Unit], labels: Labels, collected: date) -> PartialDate | None:
    """The first weekday with its day in the first paragraphs, unless it lies ahead of the news."""
    body = [unit for unit, label in zip(units, labels, strict=True) if label is None or label.prefix is not None]
    for unit in body[:_LEAD_UNITS]:
        for found in _dated_weekdays(unit.head):
            if _FUTURE.search(unit.head[: found.start]):
                continue
            words = unit.head[found.start : found.end]
            if found.year is not None:
                made = dates.partial(found, f"the lead says {words!r}")
            else:
                made = _fixed(found, words, collected)
            if made and possible(made, collected):
                return made
    return None


def _fixed(found: dates.Found, words: str, collected: date) -> PartialDate | None:
    year = year_by_weekday(found, collected)
    if year is None:
        return None
    known = dates.Found(found.start, found.end, year, found.month, found.day)
    return dates.partial(
        known, f"the lead says {words!r}; the weekday fixes the year, the latest of ten in which it fits"
    )


def _dated_weekdays(line: str) -> Iterator[dates.Found]:
    both = [*dates.full(line), *dates.yearless(line)]
    yield from sorted((found for found in both if found.weekday is not None), key=lambda found: found.start)


def _copyright_year(units: Sequence[Unit], labels: Labels) -> int | None:
    for unit, label in zip(units, labels, strict=True):
        if label and label.reason == "copyright notice":
            match = _YEAR_OF_COPYRIGHT.search(unit.head)
            if match:
                return int(match[1])
    return None


def agency_of(units: Sequence[Unit], labels: Labels) -> tuple[str, int, int] | None:
    """Return the agency that the date line names in brackets and the offsets of its name, None without one."""
    for unit, label in zip(units, labels, strict=True):
        if label and label.prefix is not None:
            match = headings.agency_line(unit)
            if match is None or match["agency"] is None:
                return None
            return match["agency"], unit.start + match.start("agency"), unit.start + match.end("agency")
    return None


def read(told: str, who: str, collected: date, order: date_order.Order | None = None) -> PartialDate | None:
    """Return a date that somebody else gives (a feed, a page's metadata, front matter), None when it is none.

    who: whom the reason names. order: of day and month, where two numbers can be either; open without one.
    """
    found = next(dates.full(told[:80]), None)
    made = dates.partial(date_order.settled(found, order), f"{who} says {told[:80]!r}") if found else None
    return made if made and possible(made, collected) else None
