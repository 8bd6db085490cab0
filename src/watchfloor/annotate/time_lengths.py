"""How long and how often: the TimeML value of a length of time and of a repetition."""

import re

from watchfloor.annotate import days, numbers
from watchfloor.annotate.time_clock import part_of_day
from watchfloor.annotate.time_words import LONG_MONTH, SEASON, WEEKDAY, folded, month_number, weekday_number

_UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "NI", "week": "W", "weekend": "WE", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "centurie": "CE", "fortnight": "W",
    "sec": "S", "min": "M", "hr": "H",
    "yr": "Y",
}  # fmt: skip
_CLOCKED = {"second", "minute", "hour", "sec", "min", "hr"}
_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?P<many>s)?"
_A_YEAR = r"(?:1[5-9]|20)\d{2}\s\w+[a-rt-z]\b"  # "the 1988 quarter" is a date
_NUMBER = rf"(?!{_A_YEAR})\d+(?:,\d{{3}})*(?:\.\d+)?|{numbers.WORDS}"
_LEAD = (
    r"(?:(?:the|a|an|its|his|her|their|our|my|this|that|these|those|about|around|approximately|roughly|some|nearly|almost"
    r"|just|only|over|under|more\sthan|less\sthan|fewer\sthan|no\smore\sthan|at\sleast|at\smost|up\sto|as\slong\sas"
    r"|well\sover|another|additional|an\sadditional|past|last|next|coming|first|final|latest|previous|following"
    r"|preceding|full|whole|entire|each\sof|all\sof|most\sof|much\sof|within|for|in|over|during|every|further"
    r"|opening|closing|consecutive)\s)*?"
)
_COUNT = (
    rf"(?:(?P<count>{_NUMBER})(?:\s(?P<half>1/2|and\sa\shalf)|½)?(?:\s(?:to|or)\s(?P<to>{_NUMBER}))?"
    r"|(?P<pair>(?:a\s)?(?:couple|pair)(?:\sof)?)"
    r"|(?P<vague>(?:a\s)?(?:few|several|many|some|number\sof|dozens\sof|hundreds\sof|thousands\sof)|(?:an?\s)?untold)"
    r"|(?:an?\s)?(?P<only>half)(?:\san?)?)"
)
_KIND = r"(?:(?:more|trading|business|working|calendar|fiscal|consecutive|straight|long|full|additional|or\sso)\s)?"
_TAIL = (
    r"(?:\s(?:or\s(?:so|more|less)|old|long|ahead|away|period|term|span|stretch|time|in\sa\srow|and\sa\shalf|apart"
    r"|or\s\w+s|and\smore|running|straight))*['’]?"
)
_LENGTH = re.compile(rf"{_LEAD}{_COUNT}\s{_KIND}{_UNIT}(?P<tail>{_TAIL})", re.I)
_BARE = re.compile(
    rf"(?:(?:the|these|those|many|early|late|coming|for|of)\s)*{_UNIT}(?:\sahead|\sor\s\w+s|\sand\s\w+s)?", re.I
)
_LONG = re.compile(rf"(?:an?\s|the\s)?{_UNIT}\slong", re.I)
_MIXED = re.compile(rf"(?P<first>.+?)(?:,\s(?:and\s)?|\sand\s|\s)(?P<second>(?!an?\s)(?:{_NUMBER})\s\w+)", re.I)
_VAGUE_LENGTH = re.compile(
    r"(?:for\s)?(?:(?:quite\s)?a\s(?:\w+\s){0,2}(?:while|time|period)|some\stime|(?:so|as|too|very)\slong)", re.I
)
_A_UNIT = re.compile(
    rf"(?:.*\b(?:times?|once|twice|daily)\s)?(?P<each>an?|per|each|every|every\sother)\s(?:(?P<count>{_NUMBER})\s)?{_UNIT}",
    re.I,
)
_OFTEN = {
    "hourly": "PT1H", "daily": "XXXX-XX-XX", "nightly": "XXXX-XX-XXTNI", "weekly": "XXXX-WXX", "monthly": "XXXX-XX",
    "quarterly": "XXXX-QX", "yearly": "XXXX", "annually": "XXXX", "annual": "XXXX", "biweekly": "P2W",
}  # fmt: skip
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_PLURALS = re.compile(
    rf"(?:(?:on|in|the|past|last|most|many|{_NUMBER})\s)*(?:{WEEKDAY[:-2]}(?:s|\s(?:morning|afternoon|evening|night)s)"
    rf"|{SEASON}s|(?P<nth>first|second|third|fourth)\squarters|(?P<part>morning|afternoon|evening|night)s|weekends)",
    re.I,
)


def length(words: str) -> str | None:
    """Return the TimeML value of a length of time, None when the words are no length.

    >>> length("nearly two years"), length("a few days"), length("2 1/2 hours"), length("the three-week period")
    ('P2Y', 'PXD', 'PT2H30M', 'P3W')
    """
    plain = folded(words.replace("-", " ").strip(".,;: "))
    found = _LENGTH.fullmatch(plain)
    if found:
        return _counted(found)
    if _VAGUE_LENGTH.fullmatch(plain):
        return "PXX"
    if long := _LONG.fullmatch(plain):
        return _written("1", long["unit"])
    bare = _BARE.fullmatch(plain)
    if bare and (bare["many"] or bare["unit"] == "centurie"):
        return _written("X", bare["unit"])
    mixed = _MIXED.fullmatch(plain)
    parts = [length(mixed["first"]), length(mixed["second"])] if mixed else []
    return _joined(parts[0], parts[1]) if len(parts) == 2 and parts[0] and parts[1] else None


def often(words: str) -> str | None:
    """Return the TimeML value of a repetition, None when the words are none.

    >>> often("every month"), often("each Thursday"), often("twice a day"), often("Tuesday nights"), often("daily")
    ('P1M', 'XXXX-WXX-4', 'P1D', 'XXXX-WXX-2TNI', 'XXXX-XX-XX')
    """
    plain = folded(words)
    if plain in _OFTEN:
        return _OFTEN[plain]
    each = re.fullmatch(rf"(?:each|every)\s(?:{WEEKDAY}.*|{LONG_MONTH}|{SEASON})", words.strip(), re.I)
    if each or _PLURALS.fullmatch(plain):
        return _named(each or _PLURALS.fullmatch(plain), plain)
    unit = _A_UNIT.fullmatch(plain)
    if unit is None or (unit["many"] and not unit["count"]):
        return None
    count = 2 if unit["each"].endswith("other") else _whole(unit["count"] or "1")
    return _written(str(count), unit["unit"]) if count else None


def _named(found: re.Match[str] | None, plain: str) -> str | None:
    named = found.groupdict() if found else {}
    if named.get("weekday"):
        return f"XXXX-WXX-{weekday_number(str(named['weekday'])) + 1}{part_of_day(plain)}"
    if named.get("month"):
        return f"XXXX-{month_number(str(named['month'])):02}"
    if named.get("season"):
        return f"XXXX-{days.SEASONS[str(named['season']).casefold()][0]}"
    if named.get("nth"):
        return f"XXXX-Q{_NTH[str(named['nth']).casefold()]}"
    return f"XXXX-XX-XX{part_of_day(plain)}" if named.get("part") else "XXXX-WXX-WE"


def _whole(words: str) -> int | None:
    return numbers.value(words)


def _counted(found: re.Match[str]) -> str | None:
    unit = found["unit"].casefold()
    if found["vague"]:
        return _written("X", unit)
    if found["pair"]:
        return _written("2", unit)
    if found["only"]:
        return _halved(0, unit)
    count = _whole(found["count"])
    if count is None or (found["count"].casefold() in {"a", "an"} and found["many"]):
        return None
    if found["half"] or found["tail"].strip() == "and a half" or re.fullmatch(r"\d+\.5", found["count"]):
        return _halved(count, unit)
    return _written(str(count), unit)


_HALVES = {"year": "6M", "decade": "5Y", "century": "50Y", "hour": "30M", "minute": "30S", "day": "T12H"}


def _halved(count: int, unit: str) -> str | None:
    """Return that many units and a half: P2Y6M; a half of other units stays a fraction, P2.5W."""
    half = _HALVES.get(unit)
    if half is None:
        return _written(f"{count}.5", unit)
    if unit in {"decade", "century"}:
        return f"P{(10 if unit == 'decade' else 100) * count + int(half[:-1])}Y"
    whole = _written(str(count), unit)
    return whole + half if count else ("PT" if unit in _CLOCKED else "P") + half


def _written(count: str, unit: str) -> str:
    if unit == "fortnight" and count.isdigit():
        count = str(2 * int(count))
    return f"P{'T' if unit in _CLOCKED else ''}{count}{_UNITS[unit]}"


def _joined(first: str, second: str) -> str | None:
    """Return both lengths as one, None for the same unit twice: P1Y and P6M are P1Y6M."""
    if first[-1] == second[-1]:
        return None
    return first + (second[2:] if first.startswith("PT") and second.startswith("PT") else second[1:])
