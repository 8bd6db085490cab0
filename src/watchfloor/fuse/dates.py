"""Whether two partly known dates can be the same."""

import re

from watchfloor.core.partial_date import PartialDate, Precision

_ORDER: tuple[Precision, ...] = (
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "season",
    "year",
    "decade",
    "weekday",
    "unknown",
)
_WEEKDAY = re.compile(r"^XXXX-WXX-([1-7])$")
_MONTH_DAY = re.compile(r"^XXXX-(\d\d|XX)-(\d\d)$")


def weekday_of(date: PartialDate | None) -> int | None:
    """Return the ISO weekday, 1 is Monday, of a date of which only the weekday is known, else None."""
    match = _WEEKDAY.match(date.value or "") if date else None
    return int(match[1]) if match else None


def compatible(left: PartialDate | None, right: PartialDate | None) -> bool:
    """Return whether the two dates can be the same; an unknown one can be any."""
    if left is None or right is None or left.precision == "unknown" or right.precision == "unknown":
        return True
    if left.low and left.high and right.low and right.high:
        return left.low <= right.high and right.low <= left.high
    return _pattern_fits(left, right) and _pattern_fits(right, left)


def same_day(left: PartialDate | None, right: PartialDate | None) -> bool:
    """Return whether the two dates agree on one day: both known to the day or by weekday, and compatible.

    Two dates known to the same month count too: hardly any pair meets twice in one month without a report saying so.
    """
    if left is None or right is None or not compatible(left, right):
        return False
    if left.precision == right.precision == "month":
        return left.value == right.value
    fine = ("minute", "hour", "day", "weekday")
    if left.precision not in fine or right.precision not in fine:
        return False
    return not (left.precision == "weekday" and right.precision == "weekday")


def closer(left: PartialDate | None, right: PartialDate | None) -> PartialDate | None:
    """Return the more precise of two dates, the left one when they are equally precise."""
    if left is None or right is None:
        return left or right
    return right if _ORDER.index(right.precision) < _ORDER.index(left.precision) else left


def _pattern_fits(pattern: PartialDate, date: PartialDate) -> bool:
    """Return whether the date fits the pattern's known parts ("some Monday", "the 25th"); True when it has none."""
    weekday = weekday_of(pattern)
    day = date.low if date.low and date.low == date.high else None
    if weekday is not None:
        other = weekday_of(date)
        return day.isoweekday() == weekday if day else other is None or other == weekday
    match = _MONTH_DAY.match(pattern.value or "")
    if match and day:
        return day.day == int(match[2]) and match[1] in ("XX", f"{day.month:02d}")
    return True
