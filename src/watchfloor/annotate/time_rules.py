"""The shapes of dates and times in English text."""

import re

from watchfloor.annotate import numbers
from watchfloor.annotate import time_values as values
from watchfloor.annotate.time_values import Resolve

_MONTH = (
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_LONG_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_TO = r"(?:\s?(?:-|–|to|and|or)\s?(?:the\s)?(?P<to>\d{1,2})(?:st|nd|rd|th)?\b(?![,.]\d))?"
_YEAR = r"(?P<year>\d{4})\b"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_SHORT_WEEKDAY = (
    r"(?:(?i:(?:this|last|next|past)\s)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?),?\s(?:the\s)?)?"
)
_WHICH = r"(?P<which>this\spast|this\scoming|this|last|next|past|coming|previous|following)\s"
_PART = r"(?:(?P<part>early|mid|late)(?:\s|-)(?:in\s)?)?"
_COUNT = rf"(?P<count>\d{{1,4}}|a\sfew|few|several|a\scouple\sof|{numbers.WORDS})"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?\b"
_CLOCK = r"(?:[,T]?\s?(?:at\s)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?:Z\b)?)?"
_NOT_A_NOUN = (  # after "the 25th" only these go on the clause; a noun makes it an ordinal ("the 25th anniversary")
    r"(?=\s*(?:$|[,.;:!?)\]”\"’'–—]|\((?!\w+\s\w+\s\w+\s))"
    r"|\s(?:to|and|or|in|at|of|that|when|while|for|after|before|during|by|with|as|on|from|through|until|it|he|she|they"
    r"|the|said|local|but|a|an|amid|over|about|which|who|because|since)\b)"
)


def _rule(pattern: str, resolve: Resolve, flags: int = 0) -> tuple[re.Pattern[str], Resolve]:
    return re.compile(pattern, flags), resolve


def _never(name: str) -> str:
    """Return a group of that name that never matches, for a shape that has no such part."""
    return rf"(?P<{name}>(?!))?"


RULES: tuple[tuple[re.Pattern[str], Resolve], ...] = (
    _rule(rf"(?<![\d.])(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d){_CLOCK}", values.full_day),
    _rule(
        r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<sep>[./])\s?(?P<month>\d{1,2})(?P=sep)\s?(?P<day>\d{1,2})(?!\d)"
        rf"(?:\.(?!\d))?{_CLOCK}",
        values.full_day,
    ),
    _rule(
        r"(?<![\d./])(?P<first>\d{1,2})(?P<sep>[./])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4})\b", values.figures_day
    ),
    _rule(rf"\b{_SHORT_WEEKDAY}{_MONTH}\s{_DAY}(?!:\d|,\d{{3}}|\.\d){_TO}(?:,?\s{_YEAR})?", values.calendar_day),
    _rule(rf"\b{_SHORT_WEEKDAY}(?<![\d.,$]){_DAY}{_TO}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?", values.calendar_day),
    _rule(rf"(?i:\b{_PART})\b{_MONTH}(?:,|\sof)?\s{_YEAR}{_never('which')}", values.month_alone),
    _rule(rf"(?i:\b(?:{_WHICH})?{_PART})\b{_LONG_MONTH}{_never('year')}", values.month_alone),
    _rule(rf"(?i:\b{_PART})\b(?P<year>(?:1[5-9]|20)\d{{2}})\b(?!s\b|[-–/,.:]\d|\s?%)", values.year_alone),
    _rule(rf"\b(?i:the\s)?(?i:{_PART})['’]?(?P<year>(?:1\d|20)\d0|[2-9]0)['’]?s\b", values.decade),
    _rule(rf"\b(?i:{_WHICH})?{_WEEKDAY}(?!['’]?\s(?:Times|Telegraph|Mirror|Herald|Express|Mail)\b)", values.weekday),
    _rule(
        r"\b[Tt]he\s(?P<day>\d{1,2})(?:st|nd|rd|th)"
        rf"(?:\sof\s(?P<which>this|last|next|the\ssame)\smonth\b|{_NOT_A_NOUN})(?:\s?\(local\stime\))?",
        values.day_of_month,
    ),
    _rule(
        r"\b(?P<words>(?:earlier\s|later\s)?today|tonight|yesterday|tomorrow|last\snight"
        r"|this\s(?:morning|afternoon|evening))\b",
        values.near_day,
        re.I,
    ),
    _rule(
        r"\b(?P<words>(?:earlier|later)\s(?:in\s|on\s)?(?:the|that)\s(?:same\s)?day|(?:the|that)\s(?:same|very)\sday"
        r"|the\s(?:previous|next|following)\sday|the\sday\s(?:before|after)|a\sday\s(?:earlier|before))\b",
        values.same_day,
        re.I,
    ),
    _rule(
        rf"\b(?:(?P<part>early|mid|late)\s|(?:earlier|later)\s)?{_WHICH}(?P<unit>week|month|year|decade)\b(?!-old)",
        values.near_span,
        re.I,
    ),
    _rule(rf"\b{_COUNT}\s{_UNIT}\s(?P<after>ago|earlier)\b{_never('within')}", values.counted, re.I),
    _rule(rf"\b(?P<within>within|in)\s(?:the\snext\s)?{_COUNT}\s{_UNIT}(?P<after>['’]?\stime)?", values.counted, re.I),
    _rule(
        r"\b(?:recently|lately|(?:in|over)\s(?:the\s)?(?:recent|past|last)\s(?:few\s|several\s|couple\sof\s)?"
        r"(?:days|weeks|months|years|decades))\b",
        values.vague_past,
        re.I,
    ),
    _rule(
        r"\b(?:soon|shortly|in\sthe\s(?:near|foreseeable)\sfuture|before\slong)\b(?!\s(?:after|before))",
        values.soon,
        re.I,
    ),
    _rule(
        r"\bin\s(?:a\smatter\sof|the\s(?:coming|next|following)(?:\s(?:few|several|couple\sof))?)\s"
        r"(?:hours|days|weeks|months|years)\b",
        values.vague_future,
        re.I,
    ),
    _rule(
        rf"\b(?:the\send\sof\s(?:(?P<which>this|last|next|the)\s(?P<unit>week|month|year|decade)\b|{_YEAR})"
        r"|year[-\s]end\b)",
        values.end_of,
        re.I,
    ),
    _rule(
        rf"\b(?:(?:the\s)?{_WHICH}|in\s(?:the\s)?|the\s)(?P<season>spring|summer|autumn|fall|winter)\b"
        rf"(?:\s(?:of\s)?{_YEAR}|(?!\s(?:of|in|from|to|sports|games|olympics)\b))",
        values.season,
        re.I,
    ),
    _rule(rf"\b(?P<season>spring|summer|autumn|fall|winter){_never('which')}\s(?:of\s)?{_YEAR}", values.season, re.I),
    _rule(
        rf"\b(?:the\s)?(?P<nth>first|second|third|fourth)\s(?P<size>quarter|half)(?:\sof\s{_YEAR})?\b",
        values.quarter,
        re.I,
    ),
    _rule(rf"\b(?P<nth>[QH][1-4]){_never('size')}\s(?:of\s)?{_YEAR}", values.quarter),
    _rule(r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])(?:m\b|\.m\b\.?)", values.clock, re.I),
)
