"""What is watched for, as a person writes it: indicators and the ladder of measures in one TOML text.

Everything that is wrong is told at once, each with its line and key, what was found and what was expected.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from difflib import get_close_matches
from typing import Any, get_args

from msgspec import Struct

from watchfloor.core.alert import Urgency
from watchfloor.core.annotation import ContactType, Status, TransferKind
from watchfloor.core.claim import Stance
from watchfloor.core.indicator import Indicator, Over, When
from watchfloor.core.measure import Measure
from watchfloor.core.permission import ROLES
from watchfloor.watch.toml_lines import Place, lines

MOST_INDICATORS = 500  # of one file (assumed: each is asked at every look)
LONGEST = 500  # characters of one value (assumed)

_SPAN = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_TOLD = re.compile(r"(?:(?:role|person):)?\S(?:.{0,78}\S)?")

_CONDITIONS: dict[Over, tuple[When, ...]] = {
    "claims": tuple(one for one in get_args(When) if one != "reports"),
    "figures": ("first seen", "independent origins", "figure above"),
    "contacts": ("first seen", "independent origins", "stance changed"),
    "events": ("first seen", "independent origins", "stance changed"),
    "transfers": ("first seen", "independent origins", "stance changed"),
    "reports": ("first seen", "independent origins", "reports"),
}
"""Which condition can be asked of what. Of contacts, events and transfers "stance changed" is their status."""

_NOT_OVER_REPORTS = (
    "words",
    "without",
    "parties",
    "speakers",
    "places",
    "outlets",
    "kinds",
    "units",
    "stances",
    "statuses",
)
_KINDS: dict[Over, tuple[str, ...]] = {
    "claims": ("figure", "statement", "event"),
    "contacts": get_args(ContactType),
    "transfers": get_args(TransferKind),
}


class Watch(Struct, frozen=True, kw_only=True):
    """What is watched for: indicators and measures, in the order of the text; measures by step."""

    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()


class Problem(Struct, frozen=True, kw_only=True):
    """One thing that is wrong: where, what was found, what was expected. line: None when it has none."""

    line: int | None
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = f"line {self.line}, " if self.line else ""
        return f"{where}{self.key}: found {self.found}, expected {self.expected}"


class _Wrong(Exception):
    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found, expected)
        self.found, self.expected = found, expected


Reads = Callable[[object], Any]


def read(text: str) -> tuple[Watch, tuple[Problem, ...]]:
    """Return what a text says is watched for, and everything that is wrong with it; with problems it is not whole."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        what = str(error).partition(" (at ")[0]
        problem = Problem(line=int(line[1]) if line else None, key="the text", found=what, expected="TOML 1.0")
        return Watch(), (problem,)
    except RecursionError:
        return Watch(), (Problem(line=None, key="the text", found="brackets without end", expected="TOML 1.0"),)
    reading = _Reading(lines(text))
    indicators = [made for made in reading.tables(said, "indicator", _INDICATOR, Indicator) if made is not None]
    measures = [made for made in reading.tables(said, "measure", _MEASURE, Measure) if made is not None]
    for name in said:
        if name not in ("indicator", "measure"):
            reading.say((name, 0, None), name, repr(name), _one_of(name, ("[[indicator]]", "[[measure]]")))
    reading.check(said, indicators, measures)
    ordered = tuple(sorted(measures, key=lambda one: one.step))
    return Watch(indicators=tuple(indicators), measures=ordered), reading.told()


class _Reading:
    """The problems found so far, and the lines of the text."""

    def __init__(self, known: Mapping[Place, int]) -> None:
        self._lines = known
        self._problems: list[Problem] = []

    def told(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._problems, key=lambda one: one.line or 0))

    def say(self, place: Place, key: str, found: str, expected: str) -> None:
        line = (
            self._lines.get(place) or self._lines.get((place[0], place[1], None)) or self._lines.get(("", 0, place[0]))
        )
        self._problems.append(Problem(line=line, key=key, found=found, expected=expected))

    def tables(self, said: Mapping[str, object], name: str, keys: Mapping[str, Reads], kind: Any) -> list[Any]:
        given = said.get(name, [])
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            self.say((name, 0, None), name, _shown(given), f"tables that begin with [[{name}]]")
            return []
        if len(given) > MOST_INDICATORS:
            self.say((name, MOST_INDICATORS, None), name, f"{len(given)} of them", f"at most {MOST_INDICATORS}")
            return []
        return [self._table((name, number), one, keys, kind) for number, one in enumerate(given)]

    def _table(self, at: tuple[str, int], given: Mapping[str, object], keys: Mapping[str, Reads], kind: Any) -> Any:
        name, number = at
        called = f"{name} {_shown(given.get('id', f'number {number + 1}'))}"
        before = len(self._problems)
        values = {}
        for key, value in given.items():
            if key not in keys:
                self.say((*at, key), f"{called}, key {key}", repr(key), _one_of(key, tuple(keys)))
                continue
            try:
                values[key] = keys[key](value)
            except _Wrong as wrong:
                self.say((*at, key), f"{called}, key {key}", wrong.found, wrong.expected)
        for key in ("id", "title", *(("over", "when") if name == "indicator" else ("step",))):
            if key not in given:
                self.say((*at, None), f"{called}, key {key}", "nothing", f"{key} = ...")
        return kind(**values) if len(self._problems) == before else None

    def check(self, said: Mapping[str, Any], indicators: Sequence[Indicator], measures: Sequence[Measure]) -> None:
        """Say what does not fit together."""
        self._twice("indicator", said)
        self._twice("measure", said)
        known = {one["id"] for one in _given(said, "indicator") if isinstance(one.get("id"), str)}
        for measure in measures:
            for name in measure.indicators:
                if name not in known:
                    at = self._number(said, "measure", measure.id)
                    expected = _one_of(name, tuple(sorted(known))) if known else "an indicator of this file"
                    self.say((*at, "indicators"), f"measure {measure.id!r}, key indicators", repr(name), expected)
        for one in indicators:
            self._fits(self._number(said, "indicator", one.id), one)

    def _fits(self, at: tuple[str, int], one: Indicator) -> None:
        called = f"indicator {one.id!r}, key"
        if one.when not in _CONDITIONS[one.over]:
            self.say(
                (*at, "when"), f"{called} when", repr(one.when), f"for {one.over} {_listed(_CONDITIONS[one.over])}"
            )
        if one.when == "figure above" and one.above is None:
            self.say((*at, "above"), f"{called} above", "nothing", 'a number such as 10000, for when = "figure above"')
        if one.when == "silence broken" and not (one.parties or one.speakers):
            self.say((*at, "speakers"), f"{called} speakers", "nothing", "who is listened for, for silence broken")
        for kind in one.kinds:
            if one.over in _KINDS and kind not in _KINDS[one.over]:
                self.say(
                    (*at, "kinds"), f"{called} kinds", repr(kind), f"for {one.over} {_one_of(kind, _KINDS[one.over])}"
                )
        asked = (one.words, one.parties, one.speakers, one.places, one.outlets, one.kinds, one.units, one.stances)
        if one.search and one.saved:
            self.say((*at, "saved"), f"{called} saved", "a search beside it", "search = ... or saved = ..., not both")
        if one.over == "reports":
            self._fits_search(at, called, one)
        elif not any((*asked, one.search, one.saved)):
            self.say(
                (*at, None),
                f"indicator {one.id!r}",
                "no query",
                "at least one of words, parties, speakers, places, kinds, search",
            )

    def _fits_search(self, at: tuple[str, int], called: str, one: Indicator) -> None:
        if not (one.search or one.saved):
            expected = 'what is looked for, as it is typed: search = "...", or a saved search by name: saved = "..."'
            self.say((*at, None), f"{called} search", "nothing", expected)
        for key in _NOT_OVER_REPORTS:
            if getattr(one, key):
                self.say((*at, key), f"{called} {key}", _shown(getattr(one, key)), "it within the search, for reports")

    def _twice(self, name: str, said: Mapping[str, Any]) -> None:
        met: Counter[str] = Counter()
        for number, one in enumerate(_given(said, name)):
            id = one.get("id")
            if not isinstance(id, str):
                continue
            met[id] += 1
            if met[id] == 2:
                self.say((name, number, "id"), f"{name} {id!r}, key id", "it a second time", "an id of its own")

    def _number(self, said: Mapping[str, Any], name: str, id: str) -> tuple[str, int]:
        numbers = [number for number, one in enumerate(_given(said, name)) if one.get("id") == id]
        return name, numbers[0] if numbers else 0


def _given(said: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    given = said.get(name, [])
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _listed(words: Sequence[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _one_of(found: object, words: Sequence[str]) -> str:
    near = get_close_matches(str(found).strip("[]"), words, n=1, cutoff=0.6)
    return f"one of {', '.join(words)}" + (f"; did you mean {near[0]}?" if near else "")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(_shown(value), "words in quotation marks")
    if len(value) > LONGEST or not value.isprintable():
        raise _Wrong(_shown(value), f"at most {LONGEST} printable characters")
    return value.strip()


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _Wrong(_shown(value), 'small letters, digits and hyphens, at most 60, such as "troops-at-front"')
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        raise _Wrong(_shown(value), f"a list in brackets, such as [{_shown(value)}]")
    if not isinstance(value, list):
        raise _Wrong(_shown(value), "a list of words in quotation marks")
    return tuple(dict.fromkeys(_text(one) for one in value))


def _told(value: object) -> tuple[str, ...]:
    names = _texts(value)
    for name in names:
        if not _TOLD.fullmatch(name):
            raise _Wrong(_shown(name), 'names of channels, "role:watch officer" or "person:NAME"')
    return names


def _number(least: int) -> Reads:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < least or value > 10**15:
            raise _Wrong(_shown(value), f"a whole number from {least}")
        return value

    return read


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(_shown(value), "true or false")
    return value


def _time(value: object) -> timedelta:
    match = _SPAN.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if match is None:
        raise _Wrong(_shown(value), 'a time such as "30m", "6h", "3d" or "2w"')
    return int(match[1]) * _UNITS[match[2]]


def _choice(*words: str) -> Reads:
    def read(value: object) -> str:
        if value not in words:
            raise _Wrong(_shown(value), _one_of(value, words))
        return str(value)

    return read


def _choices(*words: str) -> Reads:
    one = _choice(*words)
    return lambda value: tuple(one(each) for each in _texts(value))


_INDICATOR: dict[str, Reads] = {
    "id": _id,
    "title": _text,
    "over": _choice(*get_args(Over)),
    "when": _choice(*get_args(When)),
    "search": _text,
    "saved": _text,
    "words": _texts,
    "without": _texts,
    "parties": _texts,
    "speakers": _texts,
    "places": _texts,
    "outlets": _texts,
    "kinds": _texts,
    "units": _texts,
    "stances": _choices(*get_args(Stance)),
    "statuses": _choices(*get_args(Status)),
    "at_least": _number(1),
    "above": _number(0),
    "certain": _yes,
    "window": _time,
    "cool_down": _time,
    "urgency": _choice(*get_args(Urgency)),
    "notify": _told,
}
_MEASURE: dict[str, Reads] = {
    "id": _id,
    "title": _text,
    "step": _number(1),
    "indicators": _texts,
    "owner": _choice(*ROLES),
    "note": _text,
}
