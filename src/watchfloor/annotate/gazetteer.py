"""What the shipped gazetteer knows: which country words belong to, and where a name lies.

Data: data/countries.tsv and data/regions.tsv (this project), data/places.wfg (GeoNames, CC BY 4.0, see
training/gazetteer.py).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources

from msgspec.structs import replace

from watchfloor.annotate.place_file import Entry, PlaceFile
from watchfloor.annotate.place_keys import ONLY_ALONE, key, tidy, without_possessive

MANY_STATES = "IGO"  # the code of a body of many states, as in PLOVER

_TOLD = 100_000  # people from which a city is known by its name alone (assumed)
_APART = {"region": 6.0, "country": 90.0, "county": 1.5}  # degrees within which two sources mean one place (assumed)
_LONGEST = 7  # words in the longest name of a country or body ("Organization for Security and Cooperation in Europe")
_LEADING = frozenset({"the"})  # the only word in lower case that a name of a country may begin with
_NOT_AFTER = frozenset({"new", "inter", "intra", "trans", "pan", "latin", "african", "native"})
_NOT_AMERICAN = frozenset({"south", "north", "central"})  # "South American" is not of the United States
_WATERS = frozenset({"Sea", "Ocean", "Gulf", "Strait", "Channel"})  # "the South China Sea" names no country
_GENERIC = re.compile(
    r"\s(?:region|oblast|province|prefecture|governorate|state|city|county|parish|township|district|area|border|front)$",
    re.I,
)
_GENERIC_FIRST = re.compile(r"(?:City|Town|Village|County|Province|State|Region|Republic|Kingdom|Port) of\s|County\s")
_NATION = re.compile(r"(?:Republic|Kingdom) of\s")
_WORD = re.compile(r"[^\s\-–—/,;:()\"“”]+")
_ARTICLES = frozenset({"the", "The", "THE"})
_STRAIGHT = str.maketrans("’‘", "''")


def country_of(words: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of the first country that the words name, "IGO" for a body of many states.

    Names, short forms, demonyms and seats of government count; None when the words name none.

    >>> country_of("the South Korean presidential office"), country_of("the North"), country_of("NATO officials")
    ('KOR', 'PRK', 'IGO')
    """
    bare = tidy(words)
    known = _countries()
    if (whole := known.get(key(bare))) is not None:
        return whole
    return next((code for _, _, code in _inside(bare)), None)


def countries_in(words: str) -> list[tuple[int, int, str]]:
    """Return every country that the words name, in their order, as (start, end, code)."""
    return list(_inside(words))


def is_country(words: str) -> bool:
    """Return whether the words are a country's name and nothing else; a demonym or a seat of government is none."""
    return key(tidy(words)) in _named()


def country_name(code: str) -> str | None:
    """Return the name to show for an ISO 3166-1 alpha-3 code, None when unknown; a body of many states has none."""
    return _shown().get(code)


def body_name(words: str) -> str | None:
    """Return the full name of the body of many states that the words stand for ("U.N." is "United Nations")."""
    return _bodies().get(key(tidy(words)))


def is_demonym(words: str) -> bool:
    """Return whether the words are an adjective or noun for the people of one country ("Polish")."""
    return key(tidy(words)) in _demonyms()


def find(name: str, country: str | None = None) -> Entry | None:
    """Return the likeliest place of that name: in `country` if one lies there, else the first of `candidates`."""
    found = candidates(name)
    return next((entry for entry in found if entry.country == country), None) or next(iter(found), None)


def candidates(name: str) -> tuple[Entry, ...]:
    """Return the places that the name alone tells: countries, then regions, then cities with the most people first.

    A city counts from 100,000 people up or as a seat of government, and by its first name; `readings` has the rest.

    >>> [(entry.country, entry.kind) for entry in candidates("Tripoli")]
    [('LBY', 'city'), ('LBN', 'city')]
    """
    name = key(tidy(name))
    return _known(name) or _known(_GENERIC.sub("", name))


@lru_cache(maxsize=8192)
def readings(name: str, full: PlaceFile | None = None) -> tuple[Entry, ...]:
    """Return all places that the name can mean, also small ones and by other names ("Kiev"), in no order of likelihood.

    full: a larger gazetteer of the user's, read beside the shipped one. A word such as "region" after the name is no
    part of it but leaves only regions, where there are any.

    >>> sorted({entry.kind for entry in readings("Kursk")}), {entry.kind for entry in readings("Lipetsk region")}
    (['city', 'region'], {'region'})
    """
    name = key(tidy(name))
    if found := _all(name, full):
        return found
    bare = _GENERIC.sub("", _GENERIC_FIRST.sub("", name))
    found = _all(bare, full) if bare != name else ()
    if _NATION.match(name):
        return tuple(entry for entry in found if entry.kind == "country")
    return tuple(entry for entry in found if entry.kind in {"region", "county"}) or found


def is_listed(name: str, full: PlaceFile | None = None) -> bool:
    """Return whether the gazetteer has the name as it stands, "region" or "City" included."""
    return bool(_all(key(tidy(name)), full))


@lru_cache(maxsize=65_536)  # the same names come again and again
def _inside(words: str) -> tuple[tuple[int, int, str], ...]:
    """Return the countries named inside the words, longest name first at each word."""
    return tuple(_found_inside(words))


def _found_inside(words: str) -> Iterator[tuple[int, int, str]]:
    tokens = list(_WORD.finditer(words))
    known = _countries()
    at = 0
    while at < len(tokens):
        first = tokens[at].group()
        if (first[0].islower() and first not in _LEADING) or not _may_begin(_weighty(tokens, at)):
            at += 1
            continue
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            start, end = tokens[at].start(), tokens[at + size - 1].end()
            shown = without_possessive(words[start:end].strip("'’‘"))
            name = key(shown if shown.endswith(".") and shown.count(".") > 1 else shown.rstrip("."))
            code = known.get(name)
            before = tokens[at - 1].group().casefold() if at else ""
            after = tokens[at + size].group() if at + size < len(tokens) else ""
            if code is None or name in ONLY_ALONE or _misleads(before, name) or after in _WATERS:
                continue
            lead = 4 if words[start : start + 4] in {"The ", "the "} else 0
            yield start + lead, start + words[start:end].find(shown) + len(shown), code
            at += size - 1
            break
        at += 1


def _weighty(tokens: Sequence[re.Match[str]], at: int) -> str:
    """Return the word at `at`, behind an article the next one."""
    word = tokens[at].group()
    return tokens[at + 1].group() if at + 1 < len(tokens) and word in _ARTICLES else word


@lru_cache(maxsize=65_536)
def _may_begin(word: str) -> bool:
    """Return whether a country's name may begin with the word, an article left out; never False where one does.

    Most words in capitals begin none: seven look-ups are saved for each of them.
    """
    word = word.translate(_STRAIGHT)
    if not word.isascii():
        return True
    return not _first_words().isdisjoint((_letters(word), _letters(without_possessive(word))))


def _letters(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum()).casefold()


@cache
def _first_words() -> frozenset[str]:
    """Return the first word of each name in `_countries` without its article, and the short words that `key` spells."""
    names = (_WORD.findall(name) for name in _countries())
    firsts = (next((word for word in words if word.casefold() != "the"), "") for words in names)
    return frozenset({"st", "ste", "mt", "ft"} | {_letters(first) for first in firsts})


def _misleads(before: str, name: str) -> bool:
    return before in _NOT_AFTER or (before in _NOT_AMERICAN and name.startswith("America"))


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
            found.setdefault(key(name), code)
    return found


@cache
def _named() -> frozenset[str]:
    rows = _rows("countries.tsv")
    return frozenset(key(name) for row in rows if row[0] != MANY_STATES for name in _split(row[4]))


@cache
def _bodies() -> dict[str, str]:
    rows = [_split(row[4]) for row in _rows("countries.tsv") if row[0] == MANY_STATES]
    return {key(name): names[0] for names in rows for name in names}


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(key(name) for row in _rows("countries.tsv") for name in _split(row[5]))


@cache
def _shown() -> dict[str, str]:
    return {row[0]: _split(row[4])[0] for row in _rows("countries.tsv") if row[0] != MANY_STATES}


@cache
def _shipped() -> PlaceFile:
    with resources.as_file(resources.files("watchfloor.annotate").joinpath("data", "places.wfg")) as path:
        return PlaceFile(path)


@lru_cache(maxsize=8192)
def _known(name: str) -> tuple[Entry, ...]:
    """Return what `candidates` promises for a key."""
    cities = (entry for entry in _shipped().find(name) if entry.kind == "city" and not entry.alias)
    told = tuple(entry for entry in cities if entry.people >= _TOLD or entry.seat)
    return _own().get(name, ()) + tuple(sorted(told, key=lambda entry: -entry.people))


@lru_cache(maxsize=8192)
def _all(name: str, full: PlaceFile | None) -> tuple[Entry, ...]:
    """Return what `readings` promises for a key; a place that two of the sources have is there once, with our point."""
    found: list[Entry] = []
    for entry in (*(full.find(name) if full else ()), *_shipped().find(name), *_own().get(name, ())):
        at = next((at for at, other in enumerate(found) if _same(entry, other)), None)
        if at is None:
            found.append(entry)
        elif found[at].geonames_id is None and entry.region is None:
            found[at] = replace(found[at], latitude=entry.latitude, longitude=entry.longitude)
    return tuple(found)


def _same(one: Entry, other: Entry) -> bool:
    """Return whether two sources speak of one place."""
    if one.geonames_id is not None and other.geonames_id is not None:
        return one.geonames_id == other.geonames_id
    if one.region is not None and other.region is not None and one.region != other.region:
        return False
    apart = _APART.get(one.kind, 0.5)
    return (
        (one.kind, one.country) == (other.kind, other.country)
        and abs(one.latitude - other.latitude) < apart
        and abs(one.longitude - other.longitude) < 2 * apart
    )


@cache
def _own() -> dict[str, tuple[Entry, ...]]:
    """Return the places of this project's own tables by key, countries first."""
    found: dict[str, list[Entry]] = {}
    for code, number, latitude, longitude, names, _, _ in _rows("countries.tsv"):
        for name in _split(names) if code != MANY_STATES else ():
            if key(name) not in ONLY_ALONE:
                _keep(found, name, (latitude, longitude), "country", code, number)
    for kind, code, latitude, longitude, names in _rows("regions.tsv"):
        for name in _split(names):
            _keep(found, name, (latitude, longitude), kind, code)
    return {name: tuple(entries) for name, entries in found.items()}


def _keep(
    found: dict[str, list[Entry]], name: str, centre: tuple[str, str], kind: str, code: str, number: str = ""
) -> None:
    entry = Entry(
        name=name,
        country=code or None,
        latitude=float(centre[0]),
        longitude=float(centre[1]),
        people=0,
        geonames_id=int(number) if number else None,
        kind=kind,
    )
    found.setdefault(key(name), []).append(entry)
