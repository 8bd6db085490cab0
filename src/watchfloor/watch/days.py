"""Dates in words, no more precise than they are known."""

import re
from datetime import date

from watchfloor.core.partial_date import PartialDate

UNKNOWN = "date not given"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "AU": "autumn", "WI": "winter"}
_TIME = re.compile(r"T(\d{2}:\d{2})")
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def short(day: date) -> str:
    """Return the day as people write it.

    >>> short(date(2024, 10, 21))
    '21 Oct 2024'
    """
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def full(day: date) -> str:
    """Return the day with its weekday.

    >>> full(date(2024, 10, 21))
    '21 Oct 2024 (Monday)'
    """
    return f"{short(day)} ({_WEEKDAYS[day.weekday()]})"


def period(first: date, last: date) -> str:
    """Return the days from first to last without saying anything twice.

    >>> period(date(2024, 10, 18), date(2024, 10, 30)), period(date(2024, 10, 30), date(2024, 11, 2))
    ('18–30 Oct 2024', '30 Oct – 2 Nov 2024')
    """
    if first == last:
        return short(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1][:3]} – {short(last)}"
    return f"{short(first)} – {short(last)}"


def bracketed(when: PartialDate | None) -> str:
    """Return the date in brackets after a space; nothing when it is not known at all."""
    day = aside(when)
    return "" if day == UNKNOWN else f" ({day})"


def aside(when: PartialDate | None) -> str:
    """Return the date in words for use inside brackets: a full day without its weekday."""
    day = known_day(when)
    return short(day) if day else said(when)


def said(when: PartialDate | None) -> str:
    """Return the date in words as far as it is known; what is not known is said to be so."""
    if when is None:
        return UNKNOWN
    if when.low is not None and when.low == when.high:
        clock = _TIME.search(when.value or "")
        return full(when.low) + (f", {clock[1]}" if clock and when.precision in ("minute", "hour") else "")
    return _coarse(when) or _bounded(when)


def or_reported(when: PartialDate | None, published: PartialDate | None) -> str:
    """Return the date in words; of what has none, the day of the report that tells it, which is no date of its own.

    >>> day = PartialDate(value="2024-10-24", low=date(2024, 10, 24), high=date(2024, 10, 24), precision="day", how="")
    >>> or_reported(None, day), or_reported(day, None), or_reported(None, None)
    ('not given; report of 24 Oct 2024', '24 Oct 2024 (Thursday)', 'date not given')
    """
    told, reported = said(when), aside(published)
    return told if told != UNKNOWN or reported == UNKNOWN else f"not given; report of {reported}"


def _coarse(when: PartialDate) -> str | None:
    value = when.value or ""
    if weekday := re.fullmatch(r"X{4}-WXX-([1-7])(?:T.*)?", value):
        return f"a {_WEEKDAYS[int(weekday[1]) - 1]}, {UNKNOWN}"
    if day := re.fullmatch(r"(?:X{4}|\d{4})-XX-(\d{2})(?:T.*)?", value):
        return f"the {int(day[1])}{_ORDINALS.get(int(day[1]), 'th')}, month not given"
    if day := re.fullmatch(r"X{4}-(\d{2})-(\d{2})(?:T.*)?", value):
        return f"{int(day[2])} {_month(day[1])}, year not given"
    if month := re.fullmatch(r"X{4}-(\d{2})", value):
        return f"{_month(month[1])}, year not given"
    if month := re.fullmatch(r"(\d{4})-(\d{2})", value):
        return f"{_month(month[2])} {month[1]}"
    if season := re.fullmatch(r"(\d{4})-([A-Z]{2})", value):
        return f"{_SEASONS[season[2]]} {season[1]}" if season[2] in _SEASONS else None
    if re.fullmatch(r"\d{4}", value):
        return value
    if decade := re.fullmatch(r"(\d{3})X?", value):
        return f"the {decade[1]}0s"
    return None


def _month(digits: str) -> str:
    at = int(digits)
    return _MONTHS[at - 1] if 1 <= at <= 12 else "a month not given"


def _bounded(when: PartialDate) -> str:
    if when.low and when.high:
        return f"week of {short(when.low)}" if when.precision == "week" else period(when.low, when.high)
    if when.low:
        return f"{short(when.low)} or later"
    if when.high:
        return f"{short(when.high)} or earlier"
    return UNKNOWN


def known_day(when: PartialDate | None) -> date | None:
    """Return the day when it is known to the day, else None."""
    return when.low if when is not None and when.low is not None and when.low == when.high else None
