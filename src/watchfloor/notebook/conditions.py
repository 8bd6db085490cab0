"""Conditions by keyword: `origins_min__ge=2`, `party="NATO"`, `date__lt="2024-10-22"`."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from watchfloor.core.errors import ConfigError
from watchfloor.notebook.row import Kind, Row, columns
from watchfloor.share.release import banner

Condition = Callable[[Row], bool]

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "ge": lambda found, wanted: found >= wanted,
    "gt": lambda found, wanted: found > wanted,
    "le": lambda found, wanted: found <= wanted,
    "lt": lambda found, wanted: found < wanted,
}
_ORDERED: frozenset[Kind] = frozenset({"number", "share", "day", "instant", "text"})


def conditions(kind: type[Row], given: Mapping[str, Any]) -> list[Condition]:
    """Return a test for each keyword; a row must pass all. Raises ConfigError for a column that is not there.

    name=value: equal, letters of any case; in a column of several values one of them is; None is what is not known.
    name__ne, __in: another value, one of several. __ge, __gt, __le, __lt: ordered, never true of what is not known.
    __has: the words stand in the text. Days and instants may be given as ISO text.
    """
    known = columns(kind)
    return [_condition(*_named(keyword, known), wanted) for keyword, wanted in given.items()]


def _named(keyword: str, known: Mapping[str, Kind]) -> tuple[str, str, Kind]:
    name, operator = (keyword, "is") if keyword in known else (keyword.rpartition("__")[0], keyword.rpartition("__")[2])
    if name not in known:
        raise ConfigError(f"there is no column {keyword.partition('__')[0]!r}; expected one of {', '.join(known)}")
    if operator not in ("is", "ne", "in", "has", *_COMPARED):
        raise ConfigError(f"found {keyword!r}, expected one of __ne, __in, __has, __ge, __gt, __le, __lt behind {name}")
    if operator in _COMPARED and known[name] not in _ORDERED:
        raise ConfigError(f"{keyword!r} compares, and {name} has no order; take {name}=... or {name}__has=...")
    return name, operator, known[name]


def _condition(name: str, operator: str, holds: Kind, wanted: Any) -> Condition:
    if operator == "in":
        every = [_condition(name, "is", holds, one) for one in wanted]
        return lambda row: any(fits(row) for fits in every)
    if operator == "ne":
        same = _condition(name, "is", holds, wanted)
        return lambda row: not same(row)
    if operator == "has":
        words = str(wanted).casefold()
        return lambda row: words in _text(getattr(row, name), holds).casefold()
    value = _value(wanted, holds)
    if operator == "is":
        return lambda row: _is(getattr(row, name), value, holds)
    compare = _COMPARED[operator]

    def compared(row: Row) -> bool:
        found = getattr(row, name)
        return found is not None and compare(found, value)

    return compared


def _is(found: Any, wanted: Any, holds: Kind) -> bool:
    if holds in ("texts", "numbers"):
        if wanted is None:
            return not found
        return any(_is(one, wanted, "text" if holds == "texts" else "number") for one in found)
    if holds == "marking" and isinstance(wanted, str):
        return bool((found.level if found else "unmarked").casefold() == wanted.casefold().removeprefix("tlp:"))
    if isinstance(found, str) and isinstance(wanted, str):
        return found.casefold() == wanted.casefold()
    return bool(found == wanted)


def _text(found: Any, holds: Kind) -> str:
    if found is None and holds != "marking":
        return ""
    if holds == "marking":
        return banner(found)
    return "\n".join(map(str, found)) if holds in ("texts", "numbers") else str(found)


def _value(wanted: Any, holds: Kind) -> Any:
    """Return the value to compare with: a day or an instant that was given as text is read."""
    if holds not in ("day", "instant") or not isinstance(wanted, str):
        return wanted
    try:
        if holds == "day":
            return date.fromisoformat(wanted)
        moment = datetime.fromisoformat(wanted)
    except ValueError:
        raise ConfigError(f"{wanted!r} is no day; expected one such as 2024-10-22") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
