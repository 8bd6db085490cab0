"""The columns of a timeline: the days, weeks or months in which something stands, and what is known less exactly."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from watchfloor.core.brief import Moment
from watchfloor.watch.days import short
from watchfloor.watch.lanes import Lane, Placed

Zoom = Literal["day", "week", "month"]

ZOOMS: tuple[Zoom, ...] = ("day", "week", "month")
MOST_COLUMNS = 8  # columns of one picture; the others are one step away; assumed

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


class Window(Struct, frozen=True, kw_only=True):
    """The columns that are drawn, by their first days, and how many there are before and after them.

    undated: whether what has no date has a column at the end.
    """

    zoom: Zoom
    columns: tuple[date, ...]
    before: int
    after: int
    undated: bool


def begins(day: date, zoom: Zoom) -> date:
    """Return the first day of the column in which a day stands; weeks begin on Monday."""
    if zoom == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if zoom == "week" else day


def ends(first: date, zoom: Zoom) -> date:
    """Return the last day of the column that begins on this day."""
    if zoom == "day":
        return first
    if zoom == "week":
        return _later(first, 6)
    return date(first.year, first.month, 31) if first.month == 12 else _later(first.replace(month=first.month + 1), -1)


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:  # the last week of the calendar
        return date.max


def is_exact(moment: Moment, zoom: Zoom) -> bool:
    """Return whether a moment stands in one column for certain."""
    if moment.day is None or moment.last is None:
        return moment.day is not None and moment.precision in ("day", "minute", "hour")
    return begins(moment.day, zoom) == begins(max(moment.day, moment.last), zoom)


def heading(first: date, zoom: Zoom) -> str:
    """Return what stands above a column: "Mon 21 Oct 2024", "Week of 21 Oct 2024", "Oct 2024"."""
    if zoom == "month":
        return f"{_MONTHS[first.month - 1]} {first.year}"
    return f"Week of {short(first)}" if zoom == "week" else f"{_WEEKDAYS[first.weekday()]} {short(first)}"


def gap(before: date | None, first: date, zoom: Zoom) -> str:
    """Return how far a column is from the one before it, nothing when they follow each other."""
    if before is None:
        return ""
    if zoom == "month":
        months = (first.year - before.year) * 12 + first.month - before.month
        return f"{months} months later" if months > 1 else ""
    days = (first - before).days
    if zoom == "week":
        return f"{days // 7} weeks later" if days > 7 else ""
    return f"{days} days later" if days > 1 else ""


def window(lanes: Sequence[Lane], zoom: Zoom, start: date | None = None, most: int = MOST_COLUMNS) -> Window:
    """Return the columns to draw: from a day on, or the latest; what nothing stands in has no column."""
    moments = [one.moment for one in _all(lanes)]
    every = sorted({begins(moment.day, zoom) for moment in moments if moment.day is not None})
    undated = any(moment.day is None for moment in moments)
    at = max(0, len(every) - most)
    if start is not None:
        at = min(at, sum(column < begins(start, zoom) for column in every))
    columns = tuple(every[at : at + most])
    after = len(every) - at - len(columns)
    return Window(zoom=zoom, columns=columns, before=at, after=after, undated=undated and not after)


def _all(lanes: Sequence[Lane]) -> Iterable[Placed]:
    for lane in lanes:
        yield from lane.placed
