"""What one expression of time stands for: a date, a length, a repetition, or now, once and some day."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct, structs

from watchfloor.annotate import days, time_clock, time_lengths, time_vague
from watchfloor.annotate.time_figures import in_figures
from watchfloor.annotate.time_frame import Frame
from watchfloor.annotate.time_rules import ALONE, RULES, Rule
from watchfloor.annotate.time_spans import span_at
from watchfloor.annotate.time_words import ORDINAL, folded
from watchfloor.core.partial_date import PartialDate

LONGEST = 160  # characters of an expression that is read at all (assumed)
_DEEPEST = 6  # words that may be taken off one by one before what is left must be known (assumed)


class Value(Struct, frozen=True, kw_only=True):
    """What one expression stands for.

    timex: its TimeML value, "2024-10", "2024-W43", "2024-10-25TNI", "P2D", "XXXX-WXX-4", "PRESENT_REF".
    when: its date with bounds; None for a length, a repetition and a vague reference, unless they bound the days.
    partly: only a part of the words was read, the longest that is known.
    """

    timex: str
    when: PartialDate | None = None
    partly: bool = False


def value_of(words: str, reference: date, before: str = "") -> Value | None:
    """Return what the words stand for in a report of that day, None when they are no time that is known.

    before: the words of the same report just before, whose tense tells whether "Monday" is past or to come.

    >>> day = date(2019, 5, 15)
    >>> value_of("the end of last week", day).timex, value_of("late Tuesday night", day).timex
    ('2019-W19', '2019-05-14TNI')
    """
    text = before + words
    frame = Frame(text=text, reference=reference, collected=reference, dated={})
    return value_in(len(before), len(text), frame)


def value_in(start: int, end: int, frame: Frame) -> Value | None:
    """Return what that stretch of the frame's text stands for beside what the text has spoken of before.

    The stretch is known to be a time: "the day" and "1984" count for one without the words that show it elsewhere.
    """
    if end - start > LONGEST:
        return None
    words = in_figures(frame.text[start:end])
    before = frame.text[max(0, start - LONGEST) : start]
    here = structs.replace(frame, text=before + words + frame.text[end : end + LONGEST])
    return _read(len(before), len(before) + len(words), here, 0)


def _read(start: int, end: int, frame: Frame, depth: int) -> Value | None:
    """Return the value of the stretch, taking off words that only qualify the rest."""
    start, end = _trimmed(frame.text, start, end)
    if start >= end or depth > _DEEPEST:
        return None
    words = frame.text[start:end]
    when = _date(RULES, start, end, frame)
    timex = time_vague.reference(words) or time_lengths.often(words) or time_lengths.length(words)
    if timex:
        return Value(timex=timex, when=when)
    if when is not None and (when.value or "T").startswith("T"):
        if past := _past_unit(words, when, frame):
            return past
        when = None
    if when is not None:
        return _valued(when, words, start, end, frame, depth)
    if era := _BEFORE_OUR_ERA.fullmatch(words):
        return Value(timex=f"BC{int(era['year']):04}")
    for take_off in (_ranged, _clocked, _week_of, _shifted, _qualified):
        value = take_off(start, end, frame, depth)
        if value is not None:
            return value
    when = _date(ALONE, start, end, frame)
    if when is not None and when.value is not None:
        return Value(timex=_timex(when) + _night(words, when), when=when)
    return _inside(start, end, frame) if depth == 0 else None


def _valued(when: PartialDate, words: str, start: int, end: int, frame: Frame, depth: int) -> Value:
    """Return a date's value; "the end of the year" is a day to a reader and the year to TimeML."""
    whole = _qualified(start, end, frame, depth) if _END.match(words) else None
    return Value(timex=whole.timex if whole else _timex(when) + _night(words, when), when=when)


def _past_unit(words: str, when: PartialDate, frame: Frame) -> Value | None:
    """Return "the past year" with its days and, as TimeML has it, last year's value; None for other words."""
    found = _PAST_UNIT.fullmatch(words)
    last = span_at(frame.around, -1, found["unit"].casefold(), "") if found and frame.around else None
    return Value(timex=_timex(last), when=when) if last else None


def _night(words: str, when: PartialDate) -> str:
    return time_clock.part_of_day(words) if when.precision == "day" and "T" not in _timex(when) else ""


def _timex(when: PartialDate) -> str:
    """Return a date's TimeML value: a decade has three digits, a weekend its week."""
    value = when.value or ""
    low, _, high = value.partition("/")
    if high and when.low and when.high == when.low + days.ONE_DAY and when.low.weekday() == 5:
        week = when.low.isocalendar()
        return f"{week.year:04}-W{week.week:02}-WE"
    if when.precision == "hour" or when.precision == "minute":
        return value
    return value.rstrip("X") if when.precision == "decade" or value.endswith("XX") else low


def _date(rules: Sequence[Rule], start: int, end: int, frame: Frame) -> PartialDate | None:
    """Return the date by the first rule that fits the whole stretch."""
    for rule in rules:
        match = rule.pattern.fullmatch(frame.text, start, end)
        when = rule.resolve(match, frame) if match else None
        if when is not None:
            return when
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without blanks and marks at its ends."""
    while start < end and (text[start].isspace() or text[start] in '([,;:-–"“”'):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ')],;:?!-–"“”'):
        end -= 1
    if text[start:end].endswith("."):
        end -= not re.search(r"\b(?:[A-Z][a-z]{2,3}|[ap]\.m|[A-Z]\.[A-Z])\.$", text[start:end], re.I)
    return start, end


_PAST_UNIT = re.compile(r"(?:the\s|this\s)?past\s(?P<unit>week|month|quarter|year|decade)", re.I)
_BEFORE_OUR_ERA = re.compile(r"(?:about\s|around\s|c(?:a|irca)?\.?\s)?(?P<year>\d{1,4})\s?B\.?C\.?(?:E\.?)?", re.I)


_END = re.compile(r"(?:the\s)?end\sof\s", re.I)
_BEFORE = re.compile(
    r"(?:(?:about|around|approximately|roughly|nearly|almost|just|some|sometime|at\sleast|at\smost|only|over|circa|ca?\."
    r"|until|till|by|within|since|from|on|in|during|of|as\s(?:early|late|recently)\sas|as\sof|through|before|after|for"
    r"|no\slater\sthan|no\searlier\sthan|more\sthan|less\sthan|up\sto|it\swas|sometime\sin|the|its|his|her|their|our|my"
    r"|that|this|a|an|good|earlier|later|late|early|mid|all|most\sof|much\sof|some\sof|part\sof|a\sgood\spart\sof|all\sof"
    r"|the\s(?:rest|remainder|course|bulk|whole|duration|close)\sof|the\s(?:end|beginning|start|middle)\sof"
    r"|(?:end|beginning|start|middle)\sof|(?:earlier|later|early|late)\s(?:on|in)|the\s(?:early|late|latter)\spart\sof"
    r"|the\s(?:first|last|early|late|closing|opening|final)\s(?:days|weeks|months|years|part)\sof|full|entire|whole)"
    r"[\s-])|['’](?=s?\d)",
    re.I,
)
_AFTER = re.compile(
    r"(?:,?\s(?:or\sso|or\slater|or\searlier|or\smore|and\sbeyond|and\sonwards?|onwards?|alone|itself|at\sthe\slatest"
    r"|at\sthe\searliest|local\stime|\(local\stime\)|as\sa\swhole|proper|['’]s)|['’]s?)$",
    re.I,
)


def _qualified(start: int, end: int, frame: Frame, depth: int) -> Value | None:
    """Read what is left without one word before or behind that changes no value: "around", "early", "or so"."""
    found = _BEFORE.match(frame.text, start, end)
    if found and found.end() < end:
        value = _read(found.end(), end, frame, depth + 1)
        if value is not None:
            return value
    behind = _AFTER.search(frame.text, start, end)
    return _read(start, behind.start(), frame, depth + 1) if behind and behind.start() > start else None


_RANGE = re.compile(
    r"(?:(?:from|between)\s)?(?P<low>.+?)(?:\s(?:to|through|until|till|and|-)\s|\s?[–—]\s?|(?<=\d)-(?=\d))", re.I
)
_WEEK_OF = re.compile(r"(?:the\s)?week\s(?:of|ending|starting|beginning)\s(?:on\s)?", re.I)


def _ranged(start: int, end: int, frame: Frame, depth: int) -> Value | None:
    """Read two dates as the stretch between them: "between 2003 and 2007", "March 30 to April 2"."""
    found = _RANGE.match(frame.text, start, end) if depth == 0 else None
    if found is None or found.end() == end:
        return None
    first = _read(found.start("low"), found.end("low"), frame, 1)
    last = _read(found.end(), end, frame, 1)
    low, high = first.when if first else None, last.when if last else None
    if not (first and last and low and high and low.low and high.high and low.low <= high.high):
        return None
    whole = PartialDate(
        value=f"{low.value}/{high.value}",
        low=low.low,
        high=high.high,
        precision=high.precision,
        how=f"from and to; {high.how}",
    )
    return Value(timex=f"{first.timex}/{last.timex}", when=whole)


def _week_of(start: int, end: int, frame: Frame, depth: int) -> Value | None:
    """Read "the week of May 6" as the week that holds the day."""
    found = _WEEK_OF.match(frame.text, start, end)
    value = _read(found.end(), end, frame, depth + 1) if found and found.end() < end else None
    when = days.week(value.when.low, value.when.how) if value and value.when and value.when.low else None
    return Value(timex=_timex(when), when=when) if when else None


_LINK = r"(?:,|\son|\sat|\sin|\sof|,\son|,\sat)?\s"


def _clocked(start: int, end: int, frame: Frame, depth: int) -> Value | None:
    """Read a time of day with its day beside it: "10 p.m. Wednesday", "Friday evening", "noon", "the morning"."""
    words = frame.text[start:end]
    for pattern, write in ((time_clock.TIME, time_clock.written), (time_clock.PART_OF_DAY, _part)):
        ahead = re.match(rf"(?:{pattern.pattern})(?:{_LINK})?", words, re.I)
        hour = write(ahead) if ahead else None
        if ahead and hour:
            if ahead.end() == len(words):
                return _at(frame, hour)
            return _joined(_read(start + ahead.end(), end, frame, depth + 1), hour)
        for behind in re.finditer(rf"{_LINK}(?={pattern.pattern})", words, re.I):
            time = pattern.fullmatch(words, behind.end())
            hour = write(time) if time else None
            if hour:
                return _joined(_read(start, start + behind.start(), frame, depth + 1), hour)
    return None


def _part(found: re.Match[str]) -> str:
    return time_clock.part_of_day(found["part"])


def _at(frame: Frame, hour: str) -> Value | None:
    """Return a time of day without its day: that of the day spoken of."""
    day = frame.last or frame.reference
    return _joined(Value(timex="", when=days.known(day, f"the day spoken of, {day}")), hour) if day else None


def _joined(value: Value | None, hour: str) -> Value | None:
    """Return the day with its time, None when the value is no day."""
    when = value.when if value else None
    if when is None or when.low is None or when.low != when.high:
        return None
    return Value(timex=f"{when.low.isoformat()}{hour}", when=when)


_YEAR_BEFORE = re.compile(
    r"(?:the\s)?(?:(?P<of>last|this|next)\syear(?:['’]s)?|(?P<given>\d{4})(?:['’]s)?|(?:comparable\s|corresponding\s|same\s)?"
    r"(?P<ago>(?:year|1)[\s-](?:ago|earlier)|prior[\s-]year|previous[\s-]year))[\s-]+(?=\S)",
    re.I,
)
_YEAR_BEHIND = re.compile(
    r",?\s(?:(?:of\s|in\s)?(?P<of>last|this|next)\syear|(?:of\s|in\s)?(?P<given>\d{4})"
    r"|(?P<ago>a\syear\s(?:ago|earlier|before)|(?:of\s|in\s)?the\s(?:previous|prior)\syear|the\syear\sbefore))$",
    re.I,
)
_PERIOD = re.compile(r"(?:the\s)?(?:same\s|corresponding\s|comparable\s|fiscal\s)*(?:period|year|figure|level)", re.I)
_LATEST = re.compile(r"(?:the\s)?(?:same\s|corresponding\s|comparable\s|fiscal\s)*quarter", re.I)
_HALVES = re.compile(r"(?:the\s)?(?P<nth>first|last|final)\stwo\squarters", re.I)


def _shifted(start: int, end: int, frame: Frame, depth: int) -> Value | None:
    """Read a part of a year that the words name: "last year's quarter", "May of this year", "the year-ago period"."""
    found = _YEAR_BEFORE.match(frame.text, start, end)
    rest = (found.end(), end) if found else (start, end)
    if found is None:
        found = _YEAR_BEHIND.search(frame.text, start, end)
        rest = (start, found.start()) if found else rest
    if found is None or frame.around is None or rest[0] >= rest[1]:
        return None
    shift = {"last": -1, "next": 1}.get(folded(found["of"]), -1 if found["ago"] else 0)
    year = int(found["given"]) if found["given"] else frame.around.year + shift
    return _in_year(year, frame.text[rest[0] : rest[1]], lambda: _read(rest[0], rest[1], frame, depth + 1), frame)


def _in_year(year: int, words: str, read: Callable[[], Value | None], frame: Frame) -> Value | None:
    """Return the part of the year that the words name."""
    how = "the year is given beside it"
    when: PartialDate | None = None
    if halves := _HALVES.fullmatch(words):
        when = days.part_of_year(year, "H", min(ORDINAL.get(halves["nth"].casefold(), 2), 2), how)
    elif _LATEST.fullmatch(words) and frame.around is not None:
        _, month = days.months_on(frame.around, -3)
        when = days.part_of_year(year, "Q", (month + 2) // 3, how)
    elif _PERIOD.fullmatch(words):
        when = days.year(year, how)
    elif (value := read()) is not None and re.match(r"\d{4}-", value.timex):
        when = days.dated(f"{year:04}{value.timex[4:].partition('T')[0]}", how)
    return Value(timex=_timex(when), when=when) if when else None


def _inside(start: int, end: int, frame: Frame) -> Value | None:
    """Return the value of the longest date inside the words, else of the length inside them, else of the day named."""
    best: tuple[int, PartialDate] | None = None
    for rule in RULES:
        for match in rule.pattern.finditer(frame.text, start, end):
            when = rule.resolve(match, frame)
            if when is not None and when.value and (best is None or match.end() - match.start() > best[0]):
                best = (match.end() - match.start(), when)
    if best is not None:
        return Value(timex=_timex(best[1]), when=best[1], partly=True)
    return _by_words(start, end, frame)


def _by_words(start: int, end: int, frame: Frame) -> Value | None:
    """Return the value of the longest run of whole words that is known, the first of equals."""
    places = [found.span() for found in re.finditer(r"[\w'’./]+", frame.text[start:end])][:12]
    runs = [(first, last) for first in range(len(places)) for last in range(first, len(places))]
    for first, last in sorted(runs, key=lambda run: run[0] - run[1]):
        value = _read(start + places[first][0], start + places[last][1], frame, 1)
        if value is not None:
            return structs.replace(value, partly=True)
    return None
