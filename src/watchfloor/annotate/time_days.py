"""What an expression that means a day means beside the report's own date: one function for each shape."""

import re
from datetime import date

from msgspec import structs

from watchfloor.annotate import days
from watchfloor.annotate.time_frame import Frame, is_ahead
from watchfloor.annotate.time_words import BACK, FORTH, TO_A_YEAR, TOLD, folded, month_number, weekday_number
from watchfloor.core.partial_date import PartialDate

_NEAR = 122  # days ahead, four months, that a day and month may lie when no word looks ahead (measured on TimeBank)
_LATE = 31  # days that what is planned may be over when the report appears (assumed)
_DAYS_OFF = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}
_NAMED = {
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
}
NAMED = "|".join(sorted(_NAMED, key=len, reverse=True)).replace("'", "['’]").replace(" ", r"\s")
"""Days of the same date in every year, as a pattern."""


def full_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """2024-10-30, 2024. 10. 30. 18:01"""
    day = days.make(int(match["year"]), int(match["month"]), int(match["day"]))
    return _with_clock(days.known(day, "written in full"), match["hour"], match["minute"]) if day else None


def _with_clock(day: PartialDate, hour: str | None, minute: str | None) -> PartialDate:
    if hour is None or minute is None or not (int(hour) < 24 and int(minute) < 60):
        return day
    return structs.replace(day, value=f"{day.value}T{int(hour):02}:{minute}", precision="minute")


def figures_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """30/10/2024, 30.10.2024: day and month may stand either way round."""
    first, second, number = int(match["first"]), int(match["second"]), int(match["year"])
    day_first, month_first = days.make(number, second, first), days.make(number, first, second)
    if match["sep"] == "." or month_first is None or day_first == month_first:
        return days.known(day_first, "written in full") if day_first else None
    if day_first is None:
        return days.known(month_first, "written in full")
    return days.between(min(day_first, month_first), max(day_first, month_first), "day and month may be swapped", "day")


def calendar_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """Oct. 29; 29 October 2024; Friday, October 18; October 21-23"""
    number, day = month_number(match["month"]), int(match["day"])
    year, how = _year_of(match, number, day, frame)
    low = days.make(year, number, day) if year else None
    if low is None:
        possible = days.make(2000, number, day)  # a leap year: every day that some year has
        if possible is None or match["year"]:
            return None
        return PartialDate(
            value=f"XXXX-{number:02}-{day:02}", low=None, high=None, precision="day", how="the words give no year"
        )
    high = days.make(low.year, number, int(match["to"])) if match["to"] else None
    if high is not None and high > low:
        return PartialDate(value=f"{low}/{high}", low=low, high=high, precision="day", how=how)
    return days.known(low, how)


def _year_of(match: re.Match[str], number: int, day: int, frame: Frame) -> tuple[int | None, str]:
    """Return the year of a day and month, and what it rests on."""
    named = match["weekday"]
    if match["year"]:
        return int(match["year"]), "written in full"
    if beside := TO_A_YEAR.match(frame.text, match.end()):
        return int(beside["year"]), "the year stands at the end of the range"
    if frame.told_year:
        return frame.told_year, f"the year of {frame.told[1]}"
    if frame.reference is not None:
        return _near_year(match, number, day, frame.reference, frame.text)
    if named:
        how = f"the latest year before collection in which it is a {named}"
        return days.year_by_weekday(number, day, weekday_number(named), frame.collected), how
    year = days.nearest_year(number, day, frame.anchor) if frame.anchor else None
    return year, f"the year of {frame.anchor}, which the report dates by its weekday"


def _near_year(match: re.Match[str], number: int, day: int, start: date, text: str) -> tuple[int | None, str]:
    """Return the nearest year, or the one before or after it when the tense speaks against the nearest."""
    year = days.nearest_year(number, day, start)
    found = days.make(year, number, day) if year else None
    how = f"the year nearest to the publication, {start}"
    if year is None or found is None or match["weekday"]:
        return year, how
    away, ahead = (found - start).days, is_ahead(match, text)
    if away > _NEAR and not ahead:
        return year - 1, f"the latest before the publication, {start}"
    if away < -_LATE and ahead:
        return year + 1, f"the next after the publication, {start}"
    return year, how


def named_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """Christmas; New Year's Eve; Halloween"""
    number, day = _NAMED[folded(match["named"]).replace("’", "'")]
    if frame.around is None:
        return PartialDate(
            value=f"XXXX-{number:02}-{day:02}", low=None, high=None, precision="day", how="the words give no year"
        )
    year = days.nearest_year(number, day, frame.around)
    found = days.make(year, number, day) if year else None
    return days.known(found, f"the one nearest to the publication, {frame.around}") if found else None


def weekday(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """Monday; this Friday; last Monday"""
    name = match["weekday"]
    number, which = weekday_number(name), folded(match["which"])
    if frame.reference is None:
        if number in frame.dated and which not in BACK | {"next", "following", "upcoming"}:
            return days.known(frame.dated[number], f"the report dates that {name}")
        return PartialDate(
            value=f"XXXX-WXX-{number + 1}", low=None, high=None, precision="weekday", how="no publication date"
        )
    ahead = which in FORTH or (which in {"", "this"} and is_ahead(match, frame.text))
    strictly = which in BACK | {"next", "following", "upcoming"}
    told = which in TOLD or (
        which == "next" and frame.text[max(0, match.start() - 4) : match.start()].casefold() == "the "
    )
    start = frame.last if told and frame.last else frame.reference
    day = days.weekday_near(number, start, ahead=ahead, strictly=strictly)
    side = "after" if ahead else "before"
    from_what = f"the publication, {start}" if start == frame.reference else f"{start}, spoken of before"
    return days.known(day, f"{name} on or {side} {from_what}") if day else None


def day_of_month(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the 25th (local time); the 3rd of last month"""
    number = int(match["day"])
    if not 1 <= number <= 31:
        return None
    if frame.reference is None:
        return PartialDate(
            value=f"XXXX-XX-{number:02}", low=None, high=None, precision="day", how="the words give no month"
        )
    if match["which"]:
        offset = {"last": -1, "next": 1}.get(match["which"].casefold(), 0)
        day = days.make(*days.months_on(frame.reference, offset), number)
    else:
        day = days.latest_day_of_month(number, frame.reference)
    return days.known(day, f"the latest {number} of a month, {frame.around_how}") if day else None


def near_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """today; yesterday; this morning"""
    if frame.reference is None:
        return days.between(None, None, "no publication date", "day")
    day = days.shift(frame.reference, _DAYS_OFF.get(folded(match["words"]), 0))
    return days.known(day, f"published {frame.reference}") if day else None


def same_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """earlier in the day; the same day; the previous day; the next day"""
    words = match["words"].casefold()
    offset = (
        -1 if re.search("before|previous|earlier$", words) else 1 if re.search("next|following|after", words) else 0
    )
    if frame.weekday is not None and offset == 0:
        return structs.replace(frame.weekday, how=f"the weekday spoken of before, {frame.around_how}")
    start = frame.last or frame.reference
    return _counted_from(start, offset)


def _counted_from(start: date | None, offset: int) -> PartialDate | None:
    if start is None:
        return days.between(None, None, "no day to count from", "day")
    day = days.shift(start, offset)
    return days.known(day, f"counted from {start}") if day else None


def attacks(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """9/11: the attacks of 2001"""
    return days.known(date(2001, 9, 11), "the name of that day")
