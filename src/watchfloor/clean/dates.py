"""Dates as they are written in bylines, date lines and leads."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from watchfloor.core.partial_date import PartialDate

# First letters of month names, longest first: English, German, French, Spanish, Italian, Portuguese, Dutch, Russian,
# Ukrainian.
_MONTHS = {
    1: "january januar jänner janvier enero gennaio janeiro januari января січня jan",
    2: "february februar février fevrier febrero febbraio fevereiro februari февраля лютого feb févr",
    3: "march märz maerz mars marzo março maart марта березня mar",
    4: "april avril abril aprile апреля квітня apr avr",
    5: "may mai mayo maggio maio mei мая травня",
    6: "june juni juin junio giugno junho июня червня jun",
    7: "july juli juillet julio luglio julho июля липня jul juil",
    8: "august août aout agosto augustus августа серпня aug",
    9: "september septembre septiembre settembre setembro сентября вересня sept sep",
    10: "october oktober octobre octubre ottobre outubro октября жовтня oct okt",
    11: "november novembre noviembre novembro ноября листопада nov",
    12: "december dezember décembre decembre diciembre dicembre dezembro декабря грудня dec dez déc",
}
_MONTH_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_NUMBER = {name: number for number, name in enumerate(_WEEKDAYS)} | {
    short: number
    for number, names in enumerate(("mon", "tue tues", "wed", "thu thur thurs", "fri", "sat", "sun"))
    for short in names.split()
}

_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = "(?P<weekday>" + "|".join(sorted(WEEKDAY_NUMBER, key=len, reverse=True)) + r")\b\.?,?\s{1,2}"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_TIME = (
    r"(?:(?:\s{0,2}[T,|(·–-]?\s{0,2}|\s(?:at|um|à)\s)(?P<hour>[01]?\d|"
    r"2[0-3])[:h.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?)?"
)
_PATTERNS = tuple(
    re.compile(pattern + _TIME, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}\s?(?:[-./]|년)\s?(?P<month_number>1[0-2]|0?[1-9])\s?(?:[-./]|월)\s?{_DAY}(?!\d)(?:\.|일)?",
        rf"(?<!\d){_YEAR}年(?P<month_number>1[0-2]|0?[1-9])月{_DAY}日",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|\.)?(?:\sde)?\s{_MONTH}(?:\sde)?,?\s{_YEAR}(?!\d)",
        rf"\b(?:{_WEEKDAY})?{_MONTH}\s{_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<first>\d{{1,2}})[./-](?P<second>\d{{1,2}})[./-]{_YEAR}(?!\d)",
    )
)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")  # every pattern needs one: the cheapest thing to look for first
_YEARLESS = re.compile(
    rf"\b(?:{_WEEKDAY})?{_MONTH}\s{_DAY}(?:st|nd|rd|th)?\b(?!,?\s\d{{4}})"
    rf"|\b{_WEEKDAY.replace('weekday', 'weekday2')}(?:the )?{_DAY.replace('day>', 'day2>')}(?:st|nd|rd|"
    rf"th)?(?: of)?\s{_MONTH.replace('month', 'month2')}\b(?!,?\s\d{{4}})",
    re.IGNORECASE,
)


_DAYS_OF_THE_WEEK = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag mittwoch "
    "donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi "
    "dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato "
    "domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
).split()
_SHORT = re.compile(
    rf"(?:(?:{'|'.join(_DAYS_OF_THE_WEEK)})\b[.,]{{0,2}}\s{{1,3}})?"
    r"(?P<first>\d{1,2})(?P<between>[./-])(?P<second>\d{1,2})(?P=between)(?P<year>\d\d)" + _TIME,
    re.IGNORECASE,
)


class Found(Struct, frozen=True):
    """One written date: offsets in the line; year is None when not written, day None when it could be two."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    weekday: int | None = None
    clock: str | None = None
    other: date | None = None


def full(line: str) -> Iterator[Found]:
    """Yield the dates with a year, in text order; a numeric date that can be read in two ways carries both."""
    if not _HAS_YEAR.search(line):
        return
    found: list[Found] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(line):
            made = _made(match)
            if made and not any(made.start < other.end and other.start < made.end for other in found):
                found.append(made)
    yield from sorted(found, key=lambda one: one.start)


def short(line: str) -> Found | None:
    """Return the date that a line is, but for a weekday, with a year of two digits, of this century: "Tue 10.12.19".

    Which number is the day is open where both can be; the year is taken to stand last.
    """
    match = _SHORT.fullmatch(line.strip())
    if match is None:
        return None
    year = 2000 + int(match["year"])
    first, second = int(match["first"]), int(match["second"])
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    known = day_first or month_first
    if known is None:
        return None
    other = month_first if day_first and month_first != day_first else None
    start = line.index(line.strip())
    end = start + match.end()
    return Found(
        start + match.start("first"), end, year, known.month, known.day, None, _clock(match.groupdict()), other
    )


def yearless(line: str) -> Iterator[Found]:
    """Yield month and day without a year, in text order, with the weekday if one is written before it."""
    for match in _YEARLESS.finditer(line):
        parts = match.groupdict()
        month = _MONTH_NUMBER[(parts["month"] or parts["month2"]).lower()]
        weekday = parts["weekday"] or parts["weekday2"]
        number = WEEKDAY_NUMBER[weekday.lower()] if weekday else None
        yield Found(match.start(), match.end(), None, month, int(parts["day"] or parts["day2"]), number)


def partial(found: Found, how: str) -> PartialDate | None:
    """Return the date with its precision, None when no such day exists."""
    if found.year is None:
        return PartialDate(
            value=f"XXXX-{found.month:02d}-{found.day:02d}", low=None, high=None, precision="day", how=f"{how}; no year"
        )
    known = _day(found.year, found.month, found.day)
    if known is None:
        return None
    if found.other:
        low, high = sorted((known, found.other))
        return PartialDate(
            value=None, low=low, high=high, precision="unknown", how=f"{how}; day and month may be swapped"
        )
    if found.clock:
        value = f"{known.isoformat()}T{found.clock}"
        return PartialDate(value=value, low=known, high=known, precision="minute", how=how)
    return PartialDate(value=known.isoformat(), low=known, high=known, precision="day", how=how)


def _made(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("first"):
        return _numeric(match, int(parts["first"]), int(parts["second"]), year)
    month = int(parts["month_number"]) if parts.get("month_number") else _MONTH_NUMBER[parts["month"].lower()]
    if _day(year, month, int(parts["day"])) is None:
        return None
    weekday = WEEKDAY_NUMBER[parts["weekday"].lower()] if parts.get("weekday") else None
    return Found(match.start(), match.end(), year, month, int(parts["day"]), weekday, _clock(parts))


def _numeric(match: re.Match[str], first: int, second: int, year: int) -> Found | None:
    """Read 30.10.2024: dots mean day first; with slashes both orders are in use."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if "." in match[0][:3]:
        month_first = None
    known = day_first or month_first
    if known is None:
        return None
    other = month_first if day_first and month_first != day_first else None
    return Found(match.start(), match.end(), year, known.month, known.day, None, _clock(match.groupdict()), other)


def _clock(parts: dict[str, str | None]) -> str | None:
    hour, minute, half = parts.get("hour"), parts.get("minute"), parts.get("half")
    if not hour or not minute:
        return None
    number = int(hour)
    if half:
        number = number % 12 + (12 if half.lower() == "p" else 0)
    return f"{number:02d}:{minute}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
