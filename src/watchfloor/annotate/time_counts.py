"""What an expression with a number of units means: two weeks ago, within three days, the past five years."""

import math
import re
from datetime import date

from watchfloor.annotate import days, numbers
from watchfloor.annotate.time_frame import Frame, is_ahead
from watchfloor.annotate.time_spans import span_at
from watchfloor.annotate.time_words import folded
from watchfloor.core.partial_date import PartialDate

_DAYS_IN = {"hour": 1 / 24, "day": 1, "week": 7}


def _number(words: str) -> int | None:
    plain = folded(words)
    return 2 if plain == "a couple of" else numbers.value(plain)


def ago(start: date, count: int, unit: str, how: str) -> PartialDate | None:
    """Return the day, week, month, year or decade that many units before the day."""
    if unit == "day":
        day = days.shift(start, -count)
        return days.known(day, how) if day else None
    return span_at(start, -count, unit, how)


def counted(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """two weeks ago; a year earlier; two days later; within three days; in five years' time"""
    if match["after"] and match["after"].casefold() == "later":
        return later(match, frame)
    count = _number(match["count"])
    back = match["within"] is None
    if not back and match["within"].casefold() == "in" and not match["after"] and not is_ahead(match, frame.text):
        return None  # "the first time in 20 years" is a length of time
    told = back and match["after"].casefold() == "earlier"
    start, how = frame.told if told else (frame.around, frame.around_how)
    if start is None or count is None:
        low, high = (None, start) if back else (start, None)
        return days.between(low, high, "no publication date" if count else "the words do not say how many")
    when = ago(start, count if back else -count, match["unit"].casefold(), how)
    if when is not None and match["within"] and match["within"].casefold() == "within":
        return days.between(start, when.high, f"within that time, {how}")
    return when


def later(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """two days later; a year after: from the date last spoken of, and nothing without one"""
    count, (start, how) = _number(match["count"]), frame.told
    if frame.spoken is None or start is None or count is None:
        return None
    return ago(start, count if match["after"].casefold() == "before" else -count, match["unit"].casefold(), how)


def stretch(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the past two weeks; the last 24 hours; the next five years: all the days from then to now"""
    count, start = _number(match["count"]), frame.around
    back = match["which"].casefold() in {"past", "last", "previous"}
    if start is None or count is None:
        low, high = (None, start) if back else (start, None)
        return days.between(low, high, "no publication date" if count else "the words do not say how many")
    far = _moved(start, -count if back else count, match["unit"].casefold())
    if far is None:
        return None
    return days.between(min(far, start), max(far, start), f"that long, {frame.around_how}")


def _moved(start: date, count: int, unit: str) -> date | None:
    """Return the day that many hours, days, weeks, months, years or decades from the day, the month's last if short."""
    if unit in _DAYS_IN:
        length = count * _DAYS_IN[unit]
        return days.shift(start, math.ceil(length) if count > 0 else math.floor(length))
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = days.months_on(start, months)
    possible = (days.make(year, month, day) for day in range(start.day, max(start.day - 4, 0), -1))
    return next((found for found in possible if found), None)


def vague_past(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """recently; in recent weeks"""
    return days.between(None, frame.around, "some time before")


def soon(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """soon"""
    return days.between(None, None, "some time to come")


def vague_future(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """in a matter of days; in the coming weeks"""
    return days.between(frame.around, None, "some time to come")
