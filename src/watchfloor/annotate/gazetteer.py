"""What the shipped gazetteer knows: which country words belong to, and where a name lies.

Data: data/countries.tsv and data/regions.tsv (this project), data/cities.tsv (GeoNames, CC BY 4.0, see its head).
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from anyascii import anyascii
from msgspec import Struct

MANY_STATES = "IGO"  # the code of a body of many states, as in PLOVER

_LONGEST = 7  # words in the longest name of a country or body ("Organization for Security and Cooperation in Europe")
_ONLY_ALONE = frozenset({"the North", "the South"})  # inside other words they are directions ("the South China Sea")
_NOT_AFTER = frozenset({"new", "inter", "intra", "trans", "pan", "latin", "african", "native"})
_NOT_AMERICAN = frozenset({"south", "north", "central"})  # "South American" is not of the United States
_WATERS = frozenset({"Sea", "Ocean", "Gulf", "Strait", "Channel"})  # "the South China Sea" names no country
_GENERIC = re.compile(
    r"\s(?:region|oblast|province|prefecture|governorate|state|city|county|district|area|border|front)$", re.I
)
_WORD = re.compile(r"[^\s\-–—/,;:()\"“”]+")
_POSSESSIVE = re.compile(r"(?:['’`]s|(?<=s)['’])$")


class Entry(Struct, frozen=True, kw_only=True):
    """One place of the gazetteer.

    country: ISO 3166-1 alpha-3 code, None for a sea or a continent. people: 0 when not counted. kind orders the
    readings of a name: a country before a region before a city.
    """

    name: str
    country: str | None
    latitude: float
    longitude: float
    people: int
    geonames_id: int | None
    kind: str


def country_of(words: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of the first country that the words name, "IGO" for a body of many states.

    Names, short forms, demonyms and seats of government count; None when the words name none.

    >>> country_of("the South Korean presidential office"), country_of("the North"), country_of("NATO officials")
    ('KOR', 'PRK', 'IGO')
    """
    tidy = _tidy(words)
    known = _countries()
    if (whole := known.get(_key(tidy))) is not None:
        return whole
    return next((code for _, _, code in _inside(tidy)), None)


def countries_in(words: str) -> list[tuple[int, int, str]]:
    """Return every country that the words name, in their order, as (start, end, code)."""
    return list(_inside(words))


def is_country(words: str) -> bool:
    """Return whether the words are a country's name and nothing else; a demonym or a seat of government is none."""
    return _key(_tidy(words)) in _named()


def country_name(code: str) -> str | None:
    """Return the name to show for an ISO 3166-1 alpha-3 code, None when unknown; a body of many states has none."""
    return _shown().get(code)


def body_name(words: str) -> str | None:
    """Return the full name of the body of many states that the words stand for ("U.N." is "United Nations")."""
    return _bodies().get(_key(_tidy(words)))


def is_demonym(words: str) -> bool:
    """Return whether the words are an adjective or noun for the people of one country ("Polish")."""
    return _key(_tidy(words)) in _demonyms()


def find(name: str, country: str | None = None) -> Entry | None:
    """Return the likeliest place of that name: in `country` if one lies there, else the first of `candidates`."""
    found = candidates(name)
    return next((entry for entry in found if entry.country == country), None) or next(iter(found), None)


def candidates(name: str) -> tuple[Entry, ...]:
    """Return all places of that name: countries, then regions, then cities with the most people first.

    >>> [(entry.country, entry.kind) for entry in candidates("Tripoli")]
    [('LBY', 'city'), ('LBN', 'city')]
    """
    key = _key(_tidy(name))
    known = _places()
    return known.get(key) or known.get(_GENERIC.sub("", key)) or ()


def _tidy(words: str) -> str:
    return _POSSESSIVE.sub("", " ".join(words.split()).strip(" \"“”‘’'.,;:()"))


def _key(words: str) -> str:
    """Return the form under which names are kept: ASCII, no stops in abbreviations, no article, no shouting."""
    plain = words if words.isascii() else anyascii(words)
    if plain[:4] in {"The ", "the "} and f"the {plain[4:]}" not in _ONLY_ALONE:
        plain = plain[4:]
    elif plain.startswith("The "):
        plain = "the " + plain[4:]
    if "." in plain:
        plain = re.sub(r"(?<=\b[A-Z])\.(?=[A-Z]|$|\s)", "", plain)
    if plain.isupper() and len(plain) > 5:
        plain = plain.title()
    return plain


def _inside(words: str) -> Iterator[tuple[int, int, str]]:
    """Yield the countries named inside the words, longest name first at each word."""
    tokens = list(_WORD.finditer(words))
    known = _countries()
    at = 0
    while at < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            start, end = tokens[at].start(), tokens[at + size - 1].end()
            shown = _POSSESSIVE.sub("", words[start:end].strip("'’‘"))
            key = _key(shown if shown.endswith(".") and shown.count(".") > 1 else shown.rstrip("."))
            code = known.get(key)
            before = tokens[at - 1].group().casefold() if at else ""
            after = tokens[at + size].group() if at + size < len(tokens) else ""
            if code is None or key in _ONLY_ALONE or _misleads(before, key) or after in _WATERS:
                continue
            lead = 4 if words[start : start + 4] in {"The ", "the "} else 0
            yield start + lead, start + words[start:end].find(shown) + len(shown), code
            at += size - 1
            break
        at += 1


def _misleads(before: str, key: str) -> bool:
    return before in _NOT_AFTER or (before in _NOT_AMERICAN and key.startswith("America"))


def _rows(name: str) -> list[list[str]]:
    text = resources.files("watchfloor.annotate").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _split(names: str) -> list[str]:
    return [name for name in names.split(";") if name]


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, _, _, _, names, demonyms, seats in _rows("countries.tsv"):
        for name in _split(names) + _split(demonyms) + _split(seats):
            found.setdefault(_key(name), code)
    return found


@cache
def _named() -> frozenset[str]:
    rows = _rows("countries.tsv")
    return frozenset(_key(name) for row in rows if row[0] != MANY_STATES for name in _split(row[4]))


@cache
def _bodies() -> dict[str, str]:
    rows = [_split(row[4]) for row in _rows("countries.tsv") if row[0] == MANY_STATES]
    return {_key(name): names[0] for names in rows for name in names}


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(_key(name) for row in _rows("countries.tsv") for name in _split(row[5]))


@cache
def _shown() -> dict[str, str]:
    return {row[0]: _split(row[4])[0] for row in _rows("countries.tsv") if row[0] != MANY_STATES}


@cache
def _places() -> dict[str, tuple[Entry, ...]]:
    """Return all places by key, in the order that `candidates` promises."""
    found: dict[str, list[Entry]] = {}
    for code, number, latitude, longitude, names, _, _ in _rows("countries.tsv"):
        for name in _split(names) if code != MANY_STATES else ():
            if _key(name) not in _ONLY_ALONE:
                _keep(found, name, (latitude, longitude), "country", code, number)
    for code, latitude, longitude, names in _rows("regions.tsv"):
        for name in _split(names):
            _keep(found, name, (latitude, longitude), "region", code)
    for number, code, latitude, longitude, people, name in _rows("cities.tsv"):
        _keep(found, name, (latitude, longitude), "city", code, number, int(people))
    rank = ("country", "region", "city")
    return {
        key: tuple(sorted(entries, key=lambda entry: (rank.index(entry.kind), -entry.people)))
        for key, entries in found.items()
    }


def _keep(
    found: dict[str, list[Entry]],
    name: str,
    centre: tuple[str, str],
    kind: str,
    code: str,
    number: str = "",
    people: int = 0,
) -> None:
    entry = Entry(
        name=name,
        country=code or None,
        latitude=float(centre[0]),
        longitude=float(centre[1]),
        people=people,
        geonames_id=int(number) if number else None,
        kind=kind,
    )
    found.setdefault(_key(name), []).append(entry)
