"""The words that dates and times are made of, as patterns and as numbers."""

import re

from watchfloor.annotate import days, numbers

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_LONG = f"{_MONTHS}|{_MONTHS.upper()}"
MONTH = rf"(?P<month>(?:{_LONG})\b|(?:{_SHORT_MONTHS}|{_SHORT_MONTHS.upper()})\b\.?)"
LONG_MONTH = rf"(?P<month>{_LONG})\b"
TO_A_YEAR = re.compile(
    rf"\s?(?:-|–|to|and|or|through|until|till)\s?(?:{_LONG}|(?:{_SHORT_MONTHS})\b\.?)(?:\s\d{{1,2}})?,?\s(?P<year>\d{{4}})\b"
)
"""What goes on after a date whose year stands only at the end of the range: "March 3" of "March 3 to April 4, 2019"."""
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
TO = r"(?:\s?(?:-|–|to|and|or)\s?(?:the\s)?(?P<to>\d{1,2})(?:st|nd|rd|th)?\b(?![,.]\d))?"
YEAR = r"(?P<year>\d{4})\b"
WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
SHORT_WEEKDAY = (
    r"(?:(?i:(?:this(?:\s(?:past|coming))?|last|next|past)\s)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?),?\s(?:the\s)?)?"
)
WHICH = (
    r"(?P<which>this\spast|this\scoming|this|last|next|past|coming|previous|following|current|latest|prior|preceding"
    r"|upcoming)\s"
)
SAME = r"(?:the|that)\s(?:very\s)?same|that|the\ssame"
PART = r"(?:(?P<part>early|mid|late)(?:\s|-)(?:in\s)?)?"
SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
COUNT = rf"(?P<count>\d{{1,4}}|a\sfew|few|several|a\scouple\sof|{numbers.WORDS})"
UNIT = r"(?P<unit>day|week|month|year|decade)s?\b"
CLOCK = r"(?:[,T]?\s?(?:at\s)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?:Z\b)?)?"
ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4}

BACK = {"last", "previous", "prior", "preceding"}
FORTH = {"next", "coming", "this coming", "following", "upcoming"}
TOLD = {"previous", "prior", "preceding", "following"}
"""Words that count from the date last spoken of, not from the day of publication."""


def never(name: str) -> str:
    """Return a group of that name that never matches, for a shape that has no such part."""
    return rf"(?P<{name}>(?!))?"


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name, long or short."""
    return days.MONTHS[word.rstrip(".").casefold()]


def weekday_number(word: str) -> int:
    """Return 0 for a Monday to 6 for a Sunday, long or short."""
    return next(number for number, name in enumerate(days.WEEKDAYS) if name.startswith(word[:3].casefold()))


def folded(words: str | None) -> str:
    """Return the words in small letters with single blanks, an absent group as none."""
    return re.sub(r"\s+", " ", words or "").strip().casefold()
