"""The fields of a search: what stands behind `name:` and what it asks of a report.

speaker: party: outlet: place: kind: stance: note:   words in the value ("choe son hui", cho*)
lang: marking:                                       one of few values
date:2024-10  date:2024-10..  date:..2024  date:>2024-10-05     days, months and years
figure:>1000  origins:>=2  outlets:3  reports:2..5               numbers
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from watchfloor.core.marking import LEVELS
from watchfloor.store.query_terms import Phrase, phrase

WORDED = {
    "speaker": "spoken by",
    "party": "with the party",
    "outlet": "from the outlet",
    "place": "naming the place",
    "kind": "telling a",
    "stance": "in which somebody",
    "note": "with a note",
}
COUNTED = {
    "figure": "with a figure of",
    "origins": "with a claim whose independent origins number",
    "outlets": "with a claim whose outlets number",
    "reports": "with a claim whose reports number",
}
OVER_MANY = ("note", "origins", "outlets", "reports")
"""Fields that are no matter of one report: they are asked of the picture."""
FIELDS = (*WORDED, "lang", "marking", "date", *COUNTED)

_ACTS = {
    "assert": "assert asserts asserted says say said",
    "confirm": "confirm confirms confirmed",
    "deny": "deny denies denied",
    "justify": "justify justifies justified",
    "condemn": "condemn condemns condemned",
    "demand": "demand demands demanded",
    "promise": "promise promises promised",
    "predict": "predict predicts predicted",
    "thank": "thank thanks thanked",
    "wish": "wish wishes wished",
    "decline-to-comment": "decline declines declined decline-to-comment",
    "silent": "silent silence",
}
_ACT = {form: act for act, forms in _ACTS.items() for form in forms.split()}
_LEVEL = {level.lower(): level for level in LEVELS} | {"white": LEVELS[0]}

_NUMBER = r"[0-9][0-9,_']{0,20}"
_RANGE = re.compile(rf"(?P<sign>[<>]=?|=)?(?P<one>{_NUMBER})|(?P<low>{_NUMBER})?\.\.(?P<high>{_NUMBER})?")
_DAY = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_DAYS = re.compile(rf"(?P<sign>[<>]=?|=)?(?P<one>{_DAY})|(?P<low>{_DAY})?\.\.(?P<high>{_DAY})?")


class Field(Struct, frozen=True, kw_only=True):
    """One thing asked of a report beside its words.

    name: one of FIELDS. words: for a worded field. value: for lang (two letters), marking (its level) and stance (an
    act). low, high: bounds that count as in, for numbers and days, None where there is none. said: in words.
    """

    name: str
    said: str
    words: Phrase | None = None
    value: str | None = None
    low: int | date | None = None
    high: int | date | None = None


def field(name: str, typed: str, star: bool = False) -> Field | str:
    """Return what a field and its value ask for, or a sentence that says why the value is none.

    >>> field("figure", ">1000").low
    1001
    """
    if name == "date":
        return _dated(typed)
    if name in COUNTED:
        return _counted(name, typed)
    if name in ("lang", "marking", "stance"):
        return _named(name, typed)
    words = phrase(typed, star)
    if words is None:
        return f"{name}: has no word behind it and was read as a word itself"
    return Field(name=name, said=f"{WORDED[name]} {words.said}", words=words)


def _named(name: str, typed: str) -> Field | str:
    value = typed.strip().lower()
    if name == "lang":
        if re.fullmatch("[a-z]{2,3}", value):
            return Field(name=name, said=f"in the language “{value}”", value=value)
        return f"lang: needs a language code such as en or ko, found {typed!r}; it was read as words"
    if name == "marking":
        level = "unmarked" if value == "none" else _LEVEL.get(value.removeprefix("tlp:"))
        if level is not None:
            return Field(name=name, said="without a marking" if value == "none" else f"marked {level}", value=level)
        return f"marking: knows {', '.join(LEVELS)} and none, found {typed!r}; it was read as words"
    act = _ACT.get(value)
    if act is not None:
        does = "is silent" if act == "silent" else _ACTS[act].split()[1]
        return Field(name=name, said=f"{WORDED[name]} {does}", value=act)
    return f"stance: knows {', '.join(_ACTS)}, found {typed!r}; it was read as words"


def _counted(name: str, typed: str) -> Field | str:
    match = _RANGE.fullmatch(typed.strip())
    if match is None or not any((match["one"], match["low"], match["high"])):
        return f"{name}: needs a number, >1000, or 10..20, found {typed!r}; it was read as words"
    low, high = _bounds(match, _number, _number, 1)
    return Field(name=name, said=f"{COUNTED[name]} {_between(low, high)}", low=low, high=high)


def _dated(typed: str) -> Field | str:
    match = _DAYS.fullmatch(typed.strip())
    wrong = (
        f"date: needs 2024, 2024-10, 2024-10-05, >2024-10 or 2024-10..2024-12, found {typed!r}; it was read as words"
    )
    if match is None or not any((match["one"], match["low"], match["high"])):
        return wrong
    try:
        low, high = _bounds(match, _first, _last, timedelta(1))
    except (ValueError, OverflowError):
        return wrong
    return Field(name="date", said=f"dated {_between(low, high)}", low=low, high=high)


def _bounds(
    match: re.Match[str], first: Callable[[str], Any], last: Callable[[str], Any], step: Any
) -> tuple[Any | None, Any | None]:
    """Return the smallest and the largest value that count as in, None where there is none."""
    one = match["one"]
    if one is None:
        return match["low"] and first(match["low"]), match["high"] and last(match["high"])
    match match["sign"]:
        case ">":
            return last(one) + step, None
        case ">=":
            return first(one), None
        case "<":
            return None, first(one) - step
        case "<=":
            return None, last(one)
    return first(one), last(one)


def _number(typed: str) -> int:
    return int(re.sub("[,_']", "", typed))


def _first(typed: str) -> date:
    year, month, day = (*map(int, typed.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last(typed: str) -> date:
    parts = [int(part) for part in typed.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    year, month = parts
    return date(year, month, calendar.monthrange(year, month)[1])


def _between(low: int | date | None, high: int | date | None) -> str:
    if low is not None and low == high:
        return _said(low)
    if high is None:
        return f"{_said(low)} or {'later' if isinstance(low, date) else 'more'}"
    if low is None:
        return f"{_said(high)} or {'earlier' if isinstance(high, date) else 'fewer'}"
    return f"{_said(low)} to {_said(high)}"


def _said(value: int | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:,}"
