"""Which of several places of one name is meant: by size, by the words after the name, by what else the report names."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from math import cos, exp, log10, radians, sin
from typing import NamedTuple

from watchfloor.annotate.place_file import Entry

# What speaks for a reading, in powers of ten of people. Chosen on the development parts of TR-News, LGL and GeoWebNews.
_SIZE = {"country": 9.0, "feature": 6.5}  # instead of counted people
_SMALLEST = 1_000  # people added to every place, so that one without a count has a size
_LARGEST_REGION = 7.0
_SEAT = 1.0  # a seat of government
_COUNTY = -2.0  # a county whose name does not say so: "Clark" is rarely Clark County
_AREA = 2.0  # a region or county whose name "region", "province" or "counties" follows (assumed)
_ALIAS = -1.5  # a name that is not the place's first
_COUNTRY_NAMED = 1.0  # every country that the report names is the reading's
_COUNTRY_HELD = 3.0  # everything that the report names lies in the reading's country
_REGION_HELD = 2.5  # ... in its first-level region
_NEARNESS = 1.0  # one other place of the report lies right there
_NEAREST = 4.0  # the most that nearness can be worth
_SAID = 8.0  # the words name the country or region it lies in
_REACH = 150.0  # km at which another place is worth 1/e
_WITHIN = 90.0  # km between a county and a place in it
_SHARPNESS = 1.5  # how fast belief falls with the score (natural logarithm per power of ten)
_ROUNDS = 6
_OFTEN = 4  # mentions from which a name is no better a witness
_ANCHORS = 60  # names of one report that the others are held against, the most frequent ones: keeps long reports linear
_CELL = 3.0  # degrees of a cell of the grid in which near places are looked for

_EARTH = 6371.0  # km
_LOCAL = frozenset({"city", "county"})  # kinds whose place on the ground says where a report plays


class Name(NamedTuple):
    """One name of a report and all its readings.

    times: how often it stands. inside: what the words say it lies in. area: the words call it a region.
    """

    words: str
    readings: tuple[Entry, ...]
    times: int
    inside: tuple[Entry, ...] = ()
    area: bool = False


class _Reading(NamedTuple):
    """One reading of one name: its point on the unit ball, and what it is worth before the rest of the report."""

    entry: Entry
    point: tuple[float, float, float]
    worth: float


_At = tuple[int, int]  # number of the name, number of its reading
_Near = dict[_At, list[tuple[int, int, float]]]  # readings of other names, and how near: 1 the same spot, 0 far away


def settle(names: Sequence[Name], countries: Mapping[str, int]) -> list[Entry | None]:
    """Return one reading per name, None for a name without any.

    countries: how often the report names each country. In a few rounds every reading is believed as far as size, words
    and the beliefs in the other names speak for it (cf. Lieberman and Samet, SIGIR 2012: prominence and proximity).
    """
    found = [[_Reading(entry, _point(entry), _worth(name, entry)) for entry in name.readings] for name in names]
    often = set(sorted(range(len(names)), key=lambda at: (-names[at].times, at))[:_ANCHORS])
    weights = [
        min(name.times, _OFTEN) ** 0.5 if at in often and name.readings else 0.0 for at, name in enumerate(names)
    ]
    near = _near(found, weights)
    total = sum(countries.values()) or 1
    shares = {country: count / total for country, count in countries.items()}
    scores = [[one.worth + _COUNTRY_NAMED * shares.get(one.entry.country or "", 0.0) for one in row] for row in found]
    for _ in range(_ROUNDS):
        beliefs = [_beliefs(row) for row in scores]
        scores = _scores(found, beliefs, weights, near, shares)
    return [row[marks.index(max(marks))].entry if row else None for row, marks in zip(found, scores, strict=True)]


def lies_in(entry: Entry, places: Sequence[Entry]) -> bool:
    """Return whether the place lies in one of the others, as far as the gazetteer can tell."""
    return any(
        entry.country == place.country and entry.kind != "country" and entry != place and _holds(place, entry)
        for place in places
    )


def apart(one: Entry, other: Entry) -> float:
    """Return the distance between two places in km."""
    return _km(_point(one), _point(other))


def _holds(place: Entry, entry: Entry) -> bool:
    if place.kind == "country":
        return True
    if entry.region != place.region or entry.kind not in _LOCAL:
        return False
    return place.kind == "region" or (place.kind == "county" and _km(_point(entry), _point(place)) < _WITHIN)


def _worth(name: Name, entry: Entry) -> float:
    """Return what the reading is worth without the report."""
    ours = entry.kind == "country" or entry.geonames_id is None  # a feature of a dump is any brook
    size = (_SIZE.get(entry.kind) if ours else None) or log10(entry.people + _SMALLEST)
    if entry.kind == "region":
        size = min(size, _LARGEST_REGION)
    size += _SEAT * entry.seat + _ALIAS * entry.alias
    if name.area:
        size += _AREA * (entry.kind in {"region", "county"})
    elif entry.kind == "county" and entry.name != name.words:
        size += _COUNTY
    return size + (_SAID if name.inside and lies_in(entry, name.inside) else 0.0)


def _beliefs(scores: Sequence[float]) -> list[float]:
    """Return the scores as shares of one."""
    if not scores:
        return []
    best = max(scores)
    shares = [exp(_SHARPNESS * (score - best)) for score in scores]
    total = sum(shares)
    return [share / total for share in shares]


def _scores(
    found: Sequence[Sequence[_Reading]],
    beliefs: Sequence[Sequence[float]],
    weights: Sequence[float],
    near: _Near,
    shares: Mapping[str, float],
) -> list[list[float]]:
    lands: Counter[str | None] = Counter()
    regions: Counter[tuple[str | None, str]] = Counter()
    own = [_mass(row, belief, weight) for row, belief, weight in zip(found, beliefs, weights, strict=True)]
    for mine, parts in own:
        lands.update(mine)
        regions.update(parts)
    every = sum(weights)
    scores = []
    for at, row in enumerate(found):
        mine, parts = own[at]
        others = every - weights[at] or 1.0
        marks = []
        for number, (entry, _, worth) in enumerate(row):
            score = worth
            if entry.country is not None:
                score += _COUNTRY_NAMED * shares.get(entry.country, 0.0)
                score += _COUNTRY_HELD * (lands[entry.country] - mine[entry.country]) / others
            if entry.region is not None:
                home = entry.country, entry.region
                score += _REGION_HELD * (regions[home] - parts[home]) / others
            marks.append(score + _nearness(near.get((at, number), ()), beliefs, weights))
        scores.append(marks)
    return scores


def _mass(
    row: Sequence[_Reading], beliefs: Sequence[float], weight: float
) -> tuple[defaultdict[str | None, float], defaultdict[tuple[str | None, str], float]]:
    """Return how much of a name's weight falls on each country and each first-level region."""
    lands: defaultdict[str | None, float] = defaultdict(float)
    regions: defaultdict[tuple[str | None, str], float] = defaultdict(float)
    for (entry, _, _), belief in zip(row, beliefs, strict=True):
        lands[entry.country] += belief * weight
        if entry.region is not None:
            regions[entry.country, entry.region] += belief * weight
    return lands, regions


def _nearness(
    near: Sequence[tuple[int, int, float]], beliefs: Sequence[Sequence[float]], weights: Sequence[float]
) -> float:
    """Return what the places near a reading are worth; of each name the one that is nearest and most believed."""
    best: dict[int, float] = {}
    for at, number, closeness in near:
        best[at] = max(best.get(at, 0.0), closeness * beliefs[at][number])
    return min(_NEAREST, _NEARNESS * sum(weights[at] * share for at, share in best.items()))


def _near(found: Sequence[Sequence[_Reading]], weights: Sequence[float]) -> _Near:
    """Return for every reading of a city or county those of other names that lie near it."""
    grid: defaultdict[tuple[int, int], list[_At]] = defaultdict(list)
    for at, row in enumerate(found):
        for number, reading in enumerate(row):
            if reading.entry.kind in _LOCAL and weights[at]:
                grid[_cell(reading.entry)].append((at, number))
    near: _Near = defaultdict(list)
    for at, row in enumerate(found):
        for number, reading in enumerate(row):
            if reading.entry.kind not in _LOCAL:
                continue
            north, east = _cell(reading.entry)
            for step in product((-1, 0, 1), (-1, 0, 1)):
                for other, its in grid.get((north + step[0], east + step[1]), ()):
                    if other != at:
                        closeness = exp(-_km(reading.point, found[other][its].point) / _REACH)
                        near[at, number].append((other, its, closeness))
    return near


def _cell(entry: Entry) -> tuple[int, int]:
    return int(entry.latitude // _CELL), int(entry.longitude // _CELL)


def _point(entry: Entry) -> tuple[float, float, float]:
    north, east = radians(entry.latitude), radians(entry.longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _km(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Return the length of the straight line between two points in km, near enough to the way over the ground."""
    squares = (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2
    return float(_EARTH * squares**0.5)
