"""Partial dates from calendar parts; a part that no calendar has gives None, never an error."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date

from watchfloor.core.partial_date import PartialDate, Precision

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}
"""TimeML code and first month; northern meteorological seasons, three months each (assumed)."""

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
