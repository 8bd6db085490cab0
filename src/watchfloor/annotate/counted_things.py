"""What a number counts: a noun after it, a part of an earlier count, or what is named before it."""

import re
from collections.abc import Sequence

from msgspec import Struct

from watchfloor.annotate import units
from watchfloor.annotate.hedged_numbers import HedgedNumber
from watchfloor.core.annotation import Quantity
from watchfloor.core.span import Span

_LABEL = re.compile(
    r"(?:\b(?:article|articles|section|chapter|no\.|number|nos\.|page|figure|table|phase|resolution|resolutions|clause|item"
    r"|unit|room|route|highway|flight|brigade|division|aged?|channel|level|group|grade|version|war|apollo|boeing|airbus)\s"
    r"|#|№)$",
    re.I,
)
_OF_THEM = re.compile(r"\s(?:of|among)\s(?:them|those|these|whom|which|the\s(?P<whole>[\w\s,-]{0,40}))", re.I)
_FATE = {
    "killed": "dead",
    "dead": "dead",
    "died": "dead",
    "dies": "dead",
    "injured": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "missing": "missing",
}
_FATES = "|".join(_FATE)
_FATE_AFTER = re.compile(
    rf"\s(?:(?:have|has|had)\s(?:been\s)?)?(?:(?:were|was|are|is)\s)?(?:\w+ly\s|also\s|already\s)?(?P<fate>{_FATES})\b",
    re.I,
)
_FATE_BEFORE = re.compile(r"\b(?P<fate>kill|injur|wound)(?:s|ed|es|ing)\s(?:[\w-]+\s){0,2}$", re.I)
_CALLING = re.compile(r"(?:[^aeiou]er|or|ist|ian|man|woman)$")
"""How words for people end that no list has: "docker", "protester", "electrician"."""
_TOLL_REACH = 160  # characters before a number in which it is said what it is the number of (assumed)
_SENTENCES = re.compile(r"(?<=[a-z\d]{2})[.!?][\"”’»']*\s+(?=[A-Z])")
_SET_AT = (
    r"(?:(?:rose|rising|risen|climbed|jumped|increased|grew|fell|dropped|revised|raised|lowered|put|stood|stands|is|was"
    r"|were|has|had|been|now|later|further)\s){0,4}(?:at|to|is|was|reached|exceeded|as)\s(?:at\s)?"
)
_NUMBER_OF = re.compile(
    r"\bnumber\sof\s(?:the\s|those\s|people\s|persons\s)?(?P<what>[\w\s-]{2,40}?)\s"
    rf"(?:(?:in|at|near|from|after|during|on)\s[^,;:]{{2,60}}?\s)?{_SET_AT}$",
    re.I,
)
_TOLL = re.compile(rf"\b(?:death\s)?toll\s(?:(?:in|from|of|after)\s[^,;:]{{2,60}}?\s)?{_SET_AT}$", re.I)
_THE_FIGURE = re.compile(r"\b(?:the|that|this|its|their)\s(?:figure|number|total|count|tally)\s(?:at|to)\s$", re.I)
_TOLLED = {
    "injur": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "dead": "dead",
    "death": "dead",
    "killed": "dead",
    "missing": "missing",
}
_ENDED = {"kill": "dead", "injur": "injured", "wound": "injured"}
_SPEAKS_ALONE = 100  # the least figure that may count without its noun: "some 12,000 have left" (assumed)
_GOES_ON = re.compile(r"\s(?:have|has|had|were|was|are|will|would|could|may|might|to)\b|,")


class Counted(Struct):
    """What is counted, and where the words for it end."""

    unit: str
    end: int
    counted: str | None = None
    part_of: Span | None = None


def counted(
    match: re.Match[str], number: HedgedNumber, text: str, stop: int, earlier: Sequence[Quantity]
) -> Counted | None:
    """Return what the number counts, None for what is no count."""
    if number.share or number.money:
        return Counted("percent" if number.share else units.MONEY[number.money or ""], number.end)
    part = _OF_THEM.match(text, number.end, stop)
    if part is not None:
        at = part.end() if part["whole"] is None else part.start("whole") - 1
        noun = units.noun_after(text, at, stop, one=False) if part["whole"] is not None else None
        whole = _whole(part, noun, earlier, number.low)
        if whole is not None:
            return Counted(whole.unit, noun.end if noun else part.end(), None, whole.span)
        return Counted(noun.unit, noun.end, noun.counted) if noun and noun.listed else None
    noun = units.noun_after(text, number.end, stop, one=number.figure == 1)
    if (noun is None or not noun.listed) and (tolled := _tolled(number, text, earlier)) is not None:
        return tolled
    fate = _fate(number, noun, text, stop, earlier)
    if fate is not None:
        return fate
    if noun is not None and noun.unit not in units.LENGTHS_OF_TIME and _counts(match, number, noun, text):
        return Counted(noun.unit, noun.end, noun.counted)
    large = number.figure is not None and number.figure >= _SPEAKS_ALONE and (number.hedge or "," in match[0])
    if noun is None and large and _GOES_ON.match(text, number.end, stop):
        before = _last_counted(earlier)
        return Counted(before.unit, number.end) if before else None
    return None


def _tolled(number: HedgedNumber, text: str, earlier: Sequence[Quantity]) -> Counted | None:
    """Return what the words before say that it is the number of: "the number of injured at 40", "the toll to 52"."""
    before = _SENTENCES.split(text[max(0, number.start - _TOLL_REACH) : number.start])[-1]
    found = _NUMBER_OF.search(before) or _TOLL.search(before)
    if found is None and _THE_FIGURE.search(before) and (last := _last_counted(earlier)) is not None:
        return Counted(last.unit, number.end)
    if found is None:
        return None
    what = (found.groupdict().get("what") or "dead").casefold()
    fate = next((unit for word, unit in _TOLLED.items() if re.search(rf"\b{word}", what)), None)
    if fate is not None:
        return Counted(fate, number.end)
    head = units.noun_after(f" {what}", 0, len(what) + 1, one=False)
    return Counted(head.unit, number.end, head.counted) if head is not None and head.listed else None


def _fate(
    number: HedgedNumber, noun: units.Noun | None, text: str, stop: int, earlier: Sequence[Quantity]
) -> Counted | None:
    """Return the dead, injured or missing that the number counts: "killed 12 people", "six were injured"."""
    if noun is not None and noun.unit not in units.PEOPLE and not _CALLING.search(noun.unit):
        return None
    after = _FATE_AFTER.match(text, noun.end if noun else number.end, stop)
    if after is not None and (noun is not None or number.figure != 1 or earlier):
        return Counted(_FATE[after["fate"].casefold()], after.end(), noun.counted if noun else None)
    before = _FATE_BEFORE.search(text[max(0, number.start - 40) : number.start])
    if before is not None and noun is not None:
        return Counted(_ENDED[before["fate"].casefold()], noun.end, noun.counted)
    return None


def _last_counted(earlier: Sequence[Quantity]) -> Quantity | None:
    return next((one for one in reversed(earlier) if one.unit not in units.MEASURES), None)


def _whole(part: re.Match[str], noun: units.Noun | None, earlier: Sequence[Quantity], low: int) -> Quantity | None:
    """Return the count that "of them" points at: the nearest larger one, of the same unit where one is named."""
    if part["whole"] is None:
        return _last_counted([one for one in earlier if (one.figure or one.low) > low])
    unit = noun.unit if noun else None
    return next((one for one in reversed(earlier) if one.unit == unit), None)


def _counts(match: re.Match[str], number: HedgedNumber, noun: units.Noun, text: str) -> bool:
    """Return whether the number counts the noun and is not a name, a label or a year beside it."""
    before = text[max(0, match.start() - 14) : match.start()]
    if _LABEL.search(before):
        return False
    bare = number.hedge is None and match["low"] is not None and match["low"].isdigit()
    if bare and noun.listed is False:
        if len(match["low"]) == 4 and match["low"][:2] in {"19", "20"}:
            return False
        if re.search(r"(?<![.!?]\s)\b[A-Z][\w-]*\s$", before):
            return False  # "Boeing 737 planes"
    return True
