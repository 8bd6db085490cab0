"""Figures over time: for each thing counted and each party, how the number went from day to day."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from watchfloor.core.annotation import Mention, Quantity
from watchfloor.core.claim import Claim, Figure
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.watch.reading import overlap, placed
from watchfloor.watch.wording import plural

_TROOPS = frozenset({"troop", "soldier", "personnel", "fighter"})
_PEOPLE = frozenset({"person", "people"})
"""Units that may count the same people: "12,000 people" are troops where the same claim says "12,000 troops"."""


_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMBER = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?:[\s-]?(?P<scale>hundred|thousand|million|billion))?", re.I
)


class Point(Struct, frozen=True, kw_only=True):
    """One value as reported.

    as_of: the day of the statement. published: that of its report. low, high: the range that the words allow, high None
    without upper bound. figure: the number in the words, None for "dozens". phase: planned, under-way or done, None
    when not said. verbatim: the words; checked: the number stands in them. claim: id of the claim it belongs to.
    """

    as_of: PartialDate | None
    published: PartialDate | None
    low: int
    high: int | None
    figure: int | None
    hedge: str | None
    phase: str | None
    verbatim: str
    checked: bool
    claim: str
    outlet: str | None
    span: Span


class Series(Struct, frozen=True, kw_only=True):
    """What one party says of one indicator over time.

    indicator: what is counted, in words. unit: as in Quantity. country: ISO code of whose they are, None if not said.
    party: who says so, None for reports in their own voice. points: by day, undated ones last, by that of their report.
    """

    indicator: str
    unit: str
    country: str | None
    party: str | None
    points: tuple[Point, ...]


def series(picture: Picture) -> tuple[Series, ...]:
    """Return every series: indicators with most values first, the parties of each in the order of their first day."""
    values = [(claim, figure) for claim in picture.claims if claim.topic == "figure" for figure in claim.figures]
    quantities = _quantities(picture)
    counted: dict[tuple[str, str | None], list[tuple[str | None, Point, str | None]]] = defaultdict(list)
    published = {report.id: report.published for report in picture.reports}
    armed = {claim.id for claim, f in values if f.span in quantities and quantities[f.span].unit in _TROOPS}
    told = [(claim.id, quantities[f.span]) for claim, f in values if f.span in quantities]
    owners = _owners(picture, told, armed)
    for claim, figure in values:
        quantity = quantities.get(figure.span)
        if quantity is None:
            continue
        unit = _unit(quantity, claim.id in armed)
        point = _point(picture, claim, figure, quantity, published.get(figure.span.report))
        counted[unit, owners.get((unit, claim.id))].append((_party(claim, figure), point, quantity.counted))
    found = []
    for key in sorted(counted, key=lambda key: (-len(counted[key]), key[0], key[1] or "")):
        by_party: dict[str | None, list[Point]] = defaultdict(list)
        for party, point, _ in counted[key]:
            by_party[party].append(point)
        label = _label(key[0], [words for _, _, words in counted[key] if words])
        made = [
            Series(indicator=label, unit=key[0], country=key[1], party=party, points=_ordered(points))
            for party, points in by_party.items()
        ]
        found += sorted(made, key=lambda one: (placed(one.points[0].as_of), one.party or ""))
    return tuple(found)


def is_in(figure: int | None, words: str) -> bool:
    """Return whether a number stands in the words, in figures or with a word of scale; True without any figure.

    >>> is_in(12000, "some 12,000 troops"), is_in(1500, "about 12,000"), is_in(3, "three")
    (True, False, True)
    """
    if figure is None:
        return True
    numbers = [
        round(float(match["number"].replace(",", "")) * _SCALES.get((match["scale"] or "").casefold(), 1))
        for match in _NUMBER.finditer(words)
    ]
    return figure in numbers or (not numbers and any(character.isalpha() for character in words))


def _quantities(picture: Picture) -> Mapping[Span, Quantity]:
    return {one.span: one for found in picture.annotations.values() for one in found if isinstance(one, Quantity)}


def _unit(quantity: Quantity, is_armed: bool) -> str:
    if quantity.unit in _TROOPS or (is_armed and quantity.unit in _PEOPLE):
        return "troop"
    return "person" if quantity.unit in _PEOPLE else quantity.unit


def _owners(
    picture: Picture, counted: Sequence[tuple[str, Quantity]], armed: Collection[str]
) -> dict[tuple[str, str], str | None]:
    """Return by unit and claim whose the counted are: as words of the claim say, else the only one for the unit."""
    of_claim: dict[tuple[str, str], set[str]] = defaultdict(set)
    of_unit: dict[str, set[str]] = defaultdict(set)
    keys = [(_unit(quantity, claim in armed), claim) for claim, quantity in counted]
    for (unit, claim), (_, quantity) in zip(keys, counted, strict=True):
        country = _country(picture, quantity)
        if country is not None:
            of_claim[unit, claim].add(country)
            of_unit[unit].add(country)
    return {(unit, claim): _only(of_claim[unit, claim]) or _only(of_unit[unit]) for unit, claim in keys}


def _only(codes: set[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


def _country(picture: Picture, quantity: Quantity) -> str | None:
    """Return whose the counted are: the one state that stands among the words that say what is counted."""
    if not quantity.counted:
        return None
    codes = {
        one.country
        for one in picture.annotations.get(quantity.span.report, ())
        if isinstance(one, Mention)
        and one.country
        and one.name in quantity.counted
        and abs(one.span.start - quantity.span.end) < len(quantity.counted) + len(one.name) + 20
    }
    return _only(codes)


def _party(claim: Claim, figure: Figure) -> str | None:
    """Return who gives this value: the party of the position that holds it."""
    holding = [one for one in claim.positions if overlap(one.span, figure.span)]
    return min(holding, key=lambda one: one.span.end - one.span.start).party if holding else None


def _point(picture: Picture, claim: Claim, figure: Figure, quantity: Quantity, published: PartialDate | None) -> Point:
    return Point(
        as_of=figure.as_of,
        published=published,
        low=figure.low,
        high=figure.high,
        figure=quantity.figure,
        hedge=figure.hedge,
        phase=quantity.phase,
        verbatim=figure.verbatim,
        checked=is_in(quantity.figure, figure.verbatim),
        claim=claim.id,
        outlet=picture.outlets.get(figure.span.report),
        span=figure.span,
    )


def _ordered(points: Sequence[Point]) -> tuple[Point, ...]:
    def place(one: Point) -> tuple[object, ...]:
        reported = placed(one.published) if placed(one.as_of)[0] else (False, "")
        return placed(one.as_of), reported, one.low, one.span.report, one.span.start

    return tuple(sorted(points, key=place))


def _label(unit: str, words: Sequence[str]) -> str:
    """Return the words by which most values say what is counted, the shorter of equals; else the unit."""
    if not words:
        return plural(unit) if not unit.endswith("s") else unit
    used = Counter(" ".join(one.split()) for one in words)
    return min(used, key=lambda one: (-used[one], len(one), one))
