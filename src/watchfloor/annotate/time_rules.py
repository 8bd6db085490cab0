"""The shapes of dates and times in English text."""

import re
from typing import NamedTuple

from watchfloor.annotate import numbers
from watchfloor.annotate import time_clock as clocks
from watchfloor.annotate import time_counts as counts
from watchfloor.annotate import time_days as near
from watchfloor.annotate import time_spans as spans
from watchfloor.annotate.time_frame import Resolve
from watchfloor.annotate.time_words import (
    CLOCK,
    COUNT,
    DAY,
    LONG_MONTH,
    MONTH,
    PART,
    SAME,
    SEASON,
    SHORT_WEEKDAY,
    TO,
    UNIT,
    WEEKDAY,
    WHICH,
    YEAR,
    never,
)

_NOT_A_NOUN = (  # after "the 25th" only these go on the clause; a noun makes it an ordinal ("the 25th anniversary")
    r"(?=\s*(?:$|[,.;:!?)\]”\"’'–—]|\((?!\w+\s\w+\s\w+\s))"
    r"|\s(?:to|and|or|in|at|of|that|when|while|for|after|before|during|by|with|as|on|from|through|until|it|he|she|they"
    r"|the|said|local|but|a|an|amid|over|about|which|who|because|since)\b)"
)
_PART_OF_DAY = r"(?:day|morning|afternoon|evening|night)"
_STOP = (  # "the day before" with more words tells what day: "the day before she left"
    r"(?=\s*(?:$|[,.;:!?)\]”\"’'–—])|\s(?:and|but|at|in|as|to|while|when|with)\b)"
)
_OF_A_YEAR = r"(?:,?\s(?:of\s|in\s)?(?P<of>this|last|next|the\ssame|that\ssame|that)\syear)"
_QUARTER = (
    r"(?:fiscal[\s-])?(?P<nth>first|second|third|fourth|(?:last|latter)(?=[\s-]half))[\s-](?:fiscal\s)?"
    r"(?P<size>quarter|half)\b"
)


class Rule(NamedTuple):
    """A shape, what it means beside the report's own date, and what its matches hold.

    holds: every match holds one of these, as `folded_for_rules` writes it; nothing where that is not told.
    """

    pattern: re.Pattern[str]
    resolve: Resolve
    holds: tuple[str, ...] = ()

    def may_match(self, folded: str) -> bool:
        """Return whether the shape could be in a text, by looking for words alone; folded: of `folded_for_rules`."""
        return not self.holds or any(one in folded for one in self.holds)


def folded_for_rules(text: str) -> str:
    """Return the text in small letters with 0 for every digit, as `Rule.may_match` reads it.

    >>> folded_for_rules("Since May 2019")
    'since may 0000'
    """
    folded = text.casefold()
    if not folded.isascii():
        folded = folded.replace("\u0307", "").replace("ı", "i")  # "İ" and "ı" are an "i" to patterns that ignore case
    return _ANY_DIGIT.sub("0", folded)


def _rule(pattern: str, resolve: Resolve, flags: int = 0, holds: str = "") -> Rule:
    return Rule(re.compile(pattern, flags), resolve, tuple(holds.split()))


_ANY_DIGIT = re.compile(r"\d")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_UNITS = "day week month year decade"
_SEASONS = "spring summer autumn fall winter"

RULES: tuple[Rule, ...] = (
    _rule(rf"(?<![\d.])(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d){CLOCK}", near.full_day, holds="0"),
    _rule(
        r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<sep>[./])\s?(?P<month>\d{1,2})(?P=sep)\s?(?P<day>\d{1,2})(?!\d)"
        rf"(?:\.(?!\d))?{CLOCK}",
        near.full_day,
        holds="0",
    ),
    _rule(
        r"(?<![\d./])(?P<first>\d{1,2})(?P<sep>[./])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4})\b",
        near.figures_day,
        holds="0",
    ),
    _rule(
        rf"\b{SHORT_WEEKDAY}{MONTH}\s{DAY}(?!:\d|,\d{{3}}|\.\d){TO}(?:,?\s{YEAR})?", near.calendar_day, holds=_MONTHS
    ),
    _rule(
        rf"\b{SHORT_WEEKDAY}(?<![\d.,$]){DAY}{TO}\s(?:of\s)?{MONTH}(?:,?\s{YEAR})?", near.calendar_day, holds=_MONTHS
    ),
    _rule(rf"(?i:\b{PART})\b{MONTH}(?:,|\sof)?\s{YEAR}{never('which')}", spans.month_alone, holds=_MONTHS),
    _rule(rf"(?i:\b(?:{WHICH})?{PART})\b{LONG_MONTH}{never('year')}", spans.month_alone, holds=_MONTHS),
    _rule(rf"\b{LONG_MONTH}{_OF_A_YEAR}", spans.month_of, holds=_MONTHS),
    _rule(rf"(?i:\b{PART})\b(?P<year>(?:1[5-9]|20)\d{{2}})\b(?!s\b|[-–/,.:]\d|\s?%)", spans.year_alone, holds="0"),
    _rule(rf"\b(?i:the\s)?(?i:{PART})['’]?(?P<year>(?:1\d|20)\d0|[2-9]0)['’]?s\b", spans.decade, holds="0"),
    _rule(
        rf"\b(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{numbers.ORDINALS})[\s-]century\b", spans.century, re.I, holds="century"
    ),
    _rule(
        rf"\b(?i:{WHICH})?{WEEKDAY}(?!['’]?\s(?:Times|Telegraph|Mirror|Herald|Express|Mail)\b)",
        near.weekday,
        holds="nday sday iday rday",
    ),
    _rule(
        rf"\b{WEEKDAY}\s(?:of\s)?(?i:(?P<which>this|last|next|the\sprevious|the\sfollowing)\sweek)\b(?!['’])",
        spans.week_of,
        holds="week",
    ),
    _rule(
        r"\b[Tt]he\s(?P<day>\d{1,2})(?:st|nd|rd|th)"
        rf"(?:\sof\s(?P<which>this|last|next|the\ssame)\smonth\b|{_NOT_A_NOUN})(?:\s?\(local\stime\))?",
        near.day_of_month,
        holds="0",
    ),
    _rule(
        r"\b(?P<words>(?:earlier\s|later\s)?today|tonight|yesterday|tomorrow|last\snight"
        r"|this\s(?:morning|afternoon|evening))\b",
        near.near_day,
        re.I,
        holds="today tonight yesterday tomorrow night morning afternoon evening",
    ),
    _rule(
        r"\b(?P<words>(?:earlier|later)\s(?:in\s|on\s)?(?:the|that)\s(?:same\s)?day|(?:the|that)\s(?:same|very)\sday"
        rf"|the\s(?:previous|next|following)\s{_PART_OF_DAY}|the\s{_PART_OF_DAY}\s(?:before|after){_STOP}"
        rf"|a\sday\s(?:earlier|before{_STOP}))\b",
        near.same_day,
        re.I,
        holds="day morning afternoon evening night",
    ),
    _rule(
        rf"\b(?:(?P<part>early|mid|late)\s|(?:earlier|later)\s)?{WHICH}(?:fiscal\s|calendar\s)?"
        r"(?P<unit>week|weekend|month|quarter|year|decade)\b(?!-old)",
        spans.near_span,
        re.I,
        holds="week month quarter year decade",
    ),
    _rule(
        rf"\b(?:(?:earlier|later)\s)?(?:{SAME})\s(?P<unit>week|month|quarter|year|decade)\b(?!-)",
        spans.same_span,
        re.I,
        holds="week month quarter year decade",
    ),
    _rule(r"\b(?:over|at|on|during)\sthe\sweekend\b", spans.weekend, re.I, holds="weekend"),
    _rule(
        rf"\b{COUNT}\s{UNIT}\s(?:or\sso\s)?(?P<after>ago|earlier|later)\b{never('within')}",
        counts.counted,
        re.I,
        holds="ago earlier later",
    ),
    _rule(
        rf"\b(?P<within>within|in)\s(?:the\snext\s)?{COUNT}\s{UNIT}(?P<after>['’]?\stime)?",
        counts.counted,
        re.I,
        holds=_UNITS,
    ),
    _rule(
        rf"\bthe\s(?P<which>past|last|previous|next|coming)\s{COUNT}[\s-](?P<unit>hour|day|week|month|year|decade)s\b",
        counts.stretch,
        re.I,
        holds="hour day week month year decade",
    ),
    _rule(
        r"\b(?:recently|lately|(?:in|over)\s(?:the\s)?(?:recent|past|last)\s(?:few\s|several\s|couple\sof\s)?"
        r"(?:days|weeks|months|years|decades))\b",
        counts.vague_past,
        re.I,
        holds="recent lately days weeks months years decades",
    ),
    _rule(
        r"\b(?:soon|shortly|in\sthe\s(?:near|foreseeable)\sfuture|before\slong)\b(?!\s(?:after|before))",
        counts.soon,
        re.I,
        holds="soon shortly future long",
    ),
    _rule(
        r"\bin\s(?:a\smatter\sof|the\s(?:coming|next|following)(?:\s(?:few|several|couple\sof))?)\s"
        r"(?:hours|days|weeks|months|years)\b",
        counts.vague_future,
        re.I,
        holds="hours days weeks months years",
    ),
    _rule(
        rf"\b(?:the\send\sof\s(?:(?P<which>this|last|next|the)\s(?P<unit>week|month|year|decade)\b|{YEAR})"
        r"|year[-\s]end\b)",
        spans.end_of,
        re.I,
        holds="end",
    ),
    _rule(
        rf"\b(?:(?:the\s)?{WHICH}|in\s(?:the\s)?|the\s){SEASON}\b"
        rf"(?:\s(?:of\s)?{YEAR}|(?!\s(?:of|in|from|to|sports|games|olympics)\b))",
        spans.season,
        re.I,
        holds=_SEASONS,
    ),
    _rule(rf"\b{SEASON}{never('which')}\s(?:of\s)?{YEAR}", spans.season, re.I, holds=_SEASONS),
    _rule(
        rf"\b(?:the\s)?{_QUARTER}(?:\sof\s{YEAR}|{_OF_A_YEAR})?",
        spans.quarter,
        re.I,
        holds="quarter half",
    ),
    _rule(
        rf"\b(?P<of>this|last|next)\syear['’]s\s{_QUARTER}{never('year')}", spans.quarter, re.I, holds="quarter half"
    ),
    _rule(rf"\b(?P<nth>[QH][1-4]){never('size')}{never('of')}\s(?:of\s)?{YEAR}", spans.quarter, holds="0"),
    _rule(
        r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])(?:m\b|\.m\b\.?)", clocks.clock, re.I, holds="0"
    ),
)
"""What an expression of time means beside the report's own date: one function for each shape."""

ALONE: tuple[Rule, ...] = (
    _rule(r"(?:the\syear\s)?(?P<year>[1-9]\d{2,3})", spans.given_year, re.I),
    _rule(r"the\syear\s(?P<year>[1-9]\d?)", spans.given_year, re.I),
    _rule(r"(?:the\s)?(?:fiscal\s(?:year\s)?|FY\s?)(?P<year>(?:19|20)\d{2})", spans.given_year, re.I),
    _rule(r"['’]?(?P<year>\d{2})", spans.short_year),
    _rule(rf"(?P<named>{near.NAMED})", near.named_day, re.I),
    _rule(rf"{never('which')}(?P<weekday>Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\.?", near.weekday),
    _rule(r"9/11", near.attacks),
    _rule(rf"(?P<words>(?:the|this|my)?\s?(?:{SAME})?\s?day)", near.same_day, re.I),
    _rule(rf"{COUNT}\s{UNIT}\s(?P<after>later|after|before)", counts.later, re.I),
    _rule(rf"{SEASON}{never('which')}{never('year')}", spans.season, re.I),
    _rule(
        rf"(?:the\s|its\s|(?:{SAME})\s)?(?:full\s|fiscal\s)*(?P<unit>week|month|quarter|year|decade)",
        spans.same_span,
        re.I,
    ),
    _rule(r"(?:the\s)?(?P<unit>week|month|quarter|year)\s(?P<side>before|after)", spans.beside_span, re.I),
    _rule(r"(?:the\s)?year[\s-](?:ago|earlier)", spans.year_ago, re.I),
    _rule(r"(?:the\s)?weekend", spans.weekend, re.I),
)
"""The shapes that mean a time only where the words are known to be one."""
