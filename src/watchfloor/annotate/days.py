"""Partial dates from calendar parts; a part that no calendar has gives None, never an error."""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from watchfloor.core.partial_date import PartialDate, Precision

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}
"""TimeML code and first month; northern meteorological seasons, three months each (assumed)."""

ONE_DAY = timedelta(days=1)
_SEASON_OF = {code: name for name, (code, _) in SEASONS.items()}
_VALUE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}(?=X?$))X?(?:-(?:W(?P<week>[0-9]{2})(?P<weekend>-WE)?|(?P<part>[QH])(?P<which>[1-4])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)

_LAST_DAY_OF = {"early": 10, "mid": 20, "late": 31}  # days of a month: thirds (assumed)
_FIRST_DAY_OF = {"early": 1, "mid": 11, "late": 21}
_MONTHS_OF = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}  # thirds of a year (assumed)
_YEARS_OF = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}  # of a decade (assumed)


def make(year: int, month: int, day: int) -> date | None:
    """Return the day, None when the calendar has no such day."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def shift(day: date, days: int) -> date | None:
    """Return the day that many days later, None beyond the calendar."""
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def months_on(day: date, months: int) -> tuple[int, int]:
    """Return year and month that many months after the day's month; the year may be beyond the calendar."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def known(day: date, how: str) -> PartialDate:
    """Return a fully known day."""
    return PartialDate(value=day.isoformat(), low=day, high=day, precision="day", how=how)


def between(low: date | None, high: date | None, how: str, precision: Precision = "unknown") -> PartialDate:
    """Return a date of which only the bounds are known."""
    return PartialDate(value=None, low=low, high=high, precision=precision, how=how)


def month(year: int, number: int, how: str, part: str | None = None) -> PartialDate | None:
    """Return a month or its early, mid or late third."""
    first = make(year, number, _FIRST_DAY_OF.get(part or "", 1))
    if first is None:
        return None
    last = min(_LAST_DAY_OF.get(part or "", 31), monthrange(year, number)[1])
    return PartialDate(
        value=f"{year:04}-{number:02}", low=first, high=date(year, number, last), precision="month", how=how
    )


def year(number: int, how: str, part: str | None = None) -> PartialDate | None:
    """Return a year or its early, mid or late third."""
    if not MINYEAR <= number <= MAXYEAR:
        return None
    first, last = _MONTHS_OF.get(part or "", (1, 12))
    high = date(number, last, monthrange(number, last)[1])
    return PartialDate(value=f"{number:04}", low=date(number, first, 1), high=high, precision="year", how=how)


def decade(start: int, how: str, part: str | None = None) -> PartialDate | None:
    """Return the ten years from `start`, or an early, mid or late part of them."""
    if not MINYEAR <= start <= MAXYEAR - 9:
        return None
    first, last = _YEARS_OF.get(part or "", (0, 9))
    low, high = date(start + first, 1, 1), date(start + last, 12, 31)
    return PartialDate(value=f"{start // 10:03}X", low=low, high=high, precision="decade", how=how)


def week(day: date, how: str) -> PartialDate | None:
    """Return the ISO week that holds the day, Monday to Sunday."""
    low = shift(day, -day.weekday())
    high = shift(day, 6 - day.weekday())
    if low is None or high is None:
        return None
    number = day.isocalendar()
    return PartialDate(value=f"{number.year:04}-W{number.week:02}", low=low, high=high, precision="week", how=how)


def saturday_and_sunday(day: date, how: str) -> PartialDate | None:
    """Return the Saturday and Sunday of the ISO week that holds the day."""
    whole = week(day, how)
    if whole is None or whole.high is None:
        return None
    low = whole.high - ONE_DAY
    return PartialDate(value=f"{low}/{whole.high}", low=low, high=whole.high, precision="day", how=how)


def part_of_year(year: int, letter: str, which: int, how: str) -> PartialDate | None:
    """Return a quarter ("Q") or a half ("H") of a year."""
    size = {"Q": 3, "H": 6}[letter]
    first = month(year, (which - 1) * size + 1, how) if which > 0 else None
    last = month(year, which * size, how)
    if first is None or last is None:
        return None
    return PartialDate(value=f"{year:04}-{letter}{which}", low=first.low, high=last.high, precision="month", how=how)


def century(number: int, how: str) -> PartialDate | None:
    """Return the years 1900 to 1999 for the 20th century, as it is counted in speech; core has no such precision."""
    low, high = make(100 * (number - 1), 1, 1), make(100 * number - 1, 12, 31)
    if low is None or high is None:
        return None
    return PartialDate(value=f"{number - 1:02}XX", low=low, high=high, precision="unknown", how=how)


def dated(value: str, how: str) -> PartialDate | None:
    """Return the day, week, weekend, month, quarter, half, season, year or decade that a TimeML value stands for.

    >>> dated("2019-Q2", "").high, dated("2019-W03", "").low, dated("2019-13", "")
    (datetime.date(2019, 6, 30), datetime.date(2019, 1, 14), None)
    """
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    number = int(found["year"])
    if found["week"]:
        return _iso_week(number, int(found["week"]), how, weekend=bool(found["weekend"]))
    if found["part"]:
        return part_of_year(number, found["part"], int(found["which"]), how)
    if found["season"]:
        return season(number, _SEASON_OF[found["season"]], how)
    if found["day"]:
        day = make(number, int(found["month"]), int(found["day"]))
        return known(day, how) if day else None
    if found["month"]:
        return month(number, int(found["month"]), how)
    return decade(10 * number, how) if len(found["year"]) == 3 else year(number, how)


def _iso_week(year: int, number: int, how: str, *, weekend: bool) -> PartialDate | None:
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:  # the year has no such week
        return None
    return saturday_and_sunday(monday, how) if weekend else week(monday, how)


def season(year: int, name: str, how: str) -> PartialDate | None:
    """Return a season; winter begins in December of the year and ends in the next."""
    code, first = SEASONS[name]
    low = make(year, first, 1)
    last_year, last = months_on(low, 2) if low else (0, 1)
    if low is None or not MINYEAR <= last_year <= MAXYEAR:
        return None
    high = date(last_year, last, monthrange(last_year, last)[1])
    return PartialDate(value=f"{year:04}-{code}", low=low, high=high, precision="season", how=how)


def weekday_near(number: int, reference: date, *, ahead: bool = False, strictly: bool = False) -> date | None:
    """Return the latest such weekday on or before the reference, with `ahead` the first on or after it.

    strictly: not the reference itself.
    """
    distance = (number - reference.weekday()) % 7 if ahead else (reference.weekday() - number) % 7
    distance = 7 if strictly and distance == 0 else distance
    return shift(reference, distance if ahead else -distance)


def nearest_year(number: int, day: int, reference: date) -> int | None:
    """Return the year in which that day of the month is nearest to the reference; the past wins a tie."""
    near = [found for year in (-1, 0, 1) if (found := make(reference.year + year, number, day)) is not None]
    return min(near, key=lambda found: abs((found - reference).days)).year if near else None


def year_by_weekday(number: int, day: int, weekday: int, last: date) -> int | None:
    """Return the latest year up to `last` in which that day of the month is that weekday.

    The calendar repeats within 40 years, 29 February included.
    """
    for year in range(last.year, last.year - 41, -1):
        found = make(year, number, day)
        if found is not None and found <= last and found.weekday() == weekday:
            return year
    return None


def latest_day_of_month(day: int, reference: date) -> date | None:
    """Return the latest day with that number on or before the reference."""
    for months in range(0, -5, -1):
        found = make(*months_on(reference, months), day)
        if found is not None and found <= reference:
            return found
    return None
