"""The map as a picture: where things are said to be, how exactly the place is known, how far it is confirmed."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from watchfloor.core.whereabout import STANDINGS, Extent, Standing, Whereabout
from watchfloor.watch.wording import count
from watchfloor.web import land_svg, svg
from watchfloor.web.frame import Frame, around
from watchfloor.web.inert import shown
from watchfloor.web.lettering import label, width, wrapped
from watchfloor.web.placing import Box, Name, Set, placed

WIDTH, TALLEST = 960.0, 620.0  # pixels
LEGEND = 62  # pixels below the map
SIZE = 12.5  # pixels
TOGETHER = 11.0  # pixels; signs nearer than this are one sign with a number; a sign is about as wide
LONGEST = 150.0  # pixels of a name; the list has all of it
AREA_ROOM = 90.0  # pixels a country must be wide for its name
RADII: Mapping[Extent, float] = {"county": 30, "region": 150, "wide": 500, "country": 400}
"""Kilometres of the ring around a place: how far off the thing may be. Assumed; a region is some 300 km wide."""

STANDING_WORDS: Mapping[Standing, str] = {
    "confirmed": "confirmed by another party",
    "one party": "one party says so",
    "planned": "planned or expected",
    "named": "only named",
}
EXTENT_WORDS: Mapping[Extent, str] = {
    "point": "town or site",
    "county": "county or district",
    "region": "region",
    "country": "whole country",
    "wide": "part of the world",
    "unknown": "extent not known",
}
_SIGNS: Mapping[Standing, str] = {
    "confirmed": "d-mark-confirmed",
    "one party": "d-mark-one",
    "planned": "d-mark-planned",
    "named": "d-mark-named",
}
_AREAS = frozenset({"region", "country", "wide", "county"})


class Spot(Struct, frozen=True, kw_only=True):
    """Places that share one sign, the most solid first, and where the sign is."""

    places: tuple[Whereabout, ...]
    x: float
    y: float

    @property
    def standing(self) -> Standing:
        """The standing of the most solid of them."""
        return min((place.standing for place in self.places), key=STANDINGS.index)


class Drawing(Struct, frozen=True, kw_only=True):
    """The map; how many places have no position and are in the list alone; how many names found no room."""

    picture: Markup
    unplaced: int
    unnamed: int


def draw(places: Sequence[Whereabout], href: Callable[[Whereabout], str]) -> Drawing:
    """Return the map cropped to the places; without any the whole earth. href: gives the address of a place."""
    known = [one for one in places if one.latitude is not None and one.longitude is not None]
    frame = around(_points(known), WIDTH, TALLEST)
    spots = _spots(known, frame)
    wanted = [_name(spot) for spot in spots]
    told = {place.country for place in known if place.extent == "country"}
    lands = [
        Name(text=name, x=x, y=y, reach=0, size=SIZE, centred=True)
        for code, name, x, y, wide in land_svg.names(frame)
        if wide >= AREA_ROOM and code not in told and width(name, SIZE) < wide
    ]
    signs = [Box(spot.x - 8, spot.y - 8, spot.x + 8, spot.y + 8) for spot in spots]
    found = placed([*wanted, *lands], signs, Box(4, 4, frame.width - 4, frame.height - 4))
    parts = [_ground(frame), *_extents(known, frame)]
    parts += [_land_name(name, spot) for name, spot in zip(lands, found[len(wanted) :], strict=True) if spot]
    for at, (spot, name, where) in enumerate(zip(spots, wanted, found, strict=False)):
        parts.append(_sign(spot, name, where, href, at))
    inside = Markup(
        '<svg x="0" y="0" width="{0}" height="{1}" viewBox="0 0 {0} {1}" overflow="hidden">{2}</svg>'
    ).format(svg.number(frame.width), svg.number(frame.height), Markup("").join(parts))
    whole = [svg.rectangle(0, 0, WIDTH, frame.height + LEGEND, "d-paper"), inside, _legend(frame)]
    unnamed = sum(where is None for where in found[: len(wanted)])
    words = _described(spots, len(places) - len(known), unnamed)
    return Drawing(
        picture=svg.picture("map", "Map of the places", words, WIDTH, frame.height + LEGEND, whole),
        unplaced=len(places) - len(known),
        unnamed=unnamed,
    )


def _points(places: Sequence[Whereabout]) -> list[tuple[float, float]]:
    """Return what the frame must hold: the points of the places, and of one place alone how far it reaches."""
    points = [(one.longitude or 0.0, one.latitude or 0.0) for one in places]
    if len(places) == 1 and places[0].extent in RADII:
        (x, y), place = points[0], places[0]
        box = land_svg.box(place.country) if place.extent == "country" and place.country else None
        across, up = (
            (70.0, 24.0) if place.extent == "country" else (RADII[place.extent] / 50, RADII[place.extent] / 100)
        )
        west, south, east, north = box or (x - across, y - up, x + across, y + up)
        points += [(max(west, x - 70), max(south, y - 40)), (min(east, x + 70), min(north, y + 40))]
    return points


def _described(spots: Sequence[Spot], unplaced: int, unnamed: int) -> str:
    places = [place for spot in spots for place in spot.places]
    told = [
        f"{number} {STANDING_WORDS[standing]}"
        for standing in STANDINGS
        if (number := sum(place.standing == standing for place in places))
    ]
    text = f"{count(len(places), 'place')}: {', '.join(told)}." if places else "No place."
    text += f" {count(unplaced, 'place')} without a position." if unplaced else ""
    text += f" {count(unnamed, 'name')} found no room." if unnamed else ""
    return f"{text} The list of places says the same."


def _spots(places: Sequence[Whereabout], frame: Frame) -> list[Spot]:
    """Return the signs, the most solid first; places whose signs would lie on each other share one."""
    held: list[tuple[float, float, list[Whereabout]]] = []
    ordered = sorted(places, key=lambda one: STANDINGS.index(one.standing))
    for place in ordered:
        x, y = frame.at(place.longitude or 0.0, place.latitude or 0.0)
        near = next((one for one in held if abs(one[0] - x) < TOGETHER and abs(one[1] - y) < TOGETHER), None)
        if near is None:
            held.append((x, y, [place]))
        else:
            near[2].append(place)
    return [Spot(places=tuple(row), x=x, y=y) for x, y, row in held]


def _name(spot: Spot) -> Name:
    first = wrapped(spot.places[0].name, LONGEST, SIZE, 1)
    more = f" +{len(spot.places) - 1}" if len(spot.places) > 1 else ""
    reach = 4.0 if spot.standing == "named" else 7.5
    return Name(text=(first[0] if first else "") + more, x=spot.x, y=spot.y, reach=reach, size=SIZE)


def _ground(frame: Frame) -> Markup:
    return (
        svg.rectangle(0, 0, frame.width, frame.height, "d-sea")
        + svg.path(land_svg.land(frame), "d-land")
        + svg.path(land_svg.borders(frame), "d-border")
    )


def _extents(places: Sequence[Whereabout], frame: Frame) -> list[Markup]:
    """Return what shows how exactly places are known: shaded countries, rings around regions."""
    parts = []
    shaded: set[str] = set()
    for place in places:
        if place.standing == "named" or place.extent not in RADII:
            continue
        shape = land_svg.country(frame, place.country) if place.extent == "country" and place.country else ""
        if shape:
            if place.country not in shaded:
                parts.append(svg.path(shape, "d-country"))
                shaded.add(place.country or "")
            continue
        x, y = frame.at(place.longitude or 0.0, place.latitude or 0.0)
        across, down = frame.radii(place.latitude or 0.0, RADII[place.extent])
        ring = Markup('<ellipse cx="{}" cy="{}" rx="{}" ry="{}" class="d-ring"/>')
        parts.append(ring.format(svg.number(x), svg.number(y), svg.number(across), svg.number(down)))
    return parts


def _land_name(name: Name, spot: Set) -> Markup:
    return label(spot.x, spot.y, name.text, "d-land-name")


def _sign(spot: Spot, name: Name, where: Set | None, href: Callable[[Whereabout], str], at: int) -> Markup:
    parts = []
    if where is not None:
        if where.leader:
            box = where.box
            x, y = min(max(spot.x, box.left), box.right), min(max(spot.y, box.top), box.bottom)
            parts.append(svg.line(spot.x, spot.y, x, y, "d-leader"))
        css = "d-area-name" if spot.places[0].extent in _AREAS else "d-text"
        parts.append(label(where.x, where.y, name.text, f"{css} d-halo"))
    parts.append(svg.circle(spot.x, spot.y, 3 if spot.standing == "named" else 6, _SIGNS[spot.standing]))
    titles = [_title(place) for place in spot.places[:4]]
    titles += [f"and {len(spot.places) - 4} more"] if len(spot.places) > 4 else []
    return svg.link(href(spot.places[0]), "; ".join(titles), Markup("").join(parts), column=at, row=0)


def _title(place: Whereabout) -> str:
    things = f", {count(len(place.held), 'thing')}" if place.held else ""
    return f"{shown(place.name, 80)} ({EXTENT_WORDS[place.extent]}): {STANDING_WORDS[place.standing]}{things}"


def _legend(frame: Frame) -> Markup:
    """Return what the signs mean, a bar of so many kilometres, and where the map comes from."""
    parts = []
    x, y = 14.0, frame.height + 20
    for standing in STANDINGS:
        parts.append(svg.circle(x, y, 3 if standing == "named" else 6, _SIGNS[standing]))
        parts.append(label(x + 13, y + 4, STANDING_WORDS[standing], "d-small"))
        x += 34 + 6.6 * len(STANDING_WORDS[standing])
    parts.append(Markup('<ellipse cx="{}" cy="{}" rx="13" ry="8" class="d-ring"/>').format(svg.number(x + 4), y))
    parts.append(label(x + 24, y + 4, "somewhere in this ring", "d-small"))
    y += 24
    parts.append(svg.rectangle(8, y - 7, 26, 14, "d-country"))
    parts.append(label(42, y + 4, "somewhere in this country", "d-small"))
    parts.append(label(226, y + 4, _CREDIT, "d-small"))
    km, wide = _bar(frame)
    parts.append(svg.line(WIDTH - 14 - wide, y, WIDTH - 14, y, "d-sign"))
    parts.append(label(WIDTH - 22 - wide, y + 4, f"{km:,} km", "d-small", "end"))
    return Markup("").join(parts)


_CREDIT = "Base map: Natural Earth (public domain); its borders are not a statement of ours."


def _bar(frame: Frame) -> tuple[int, float]:
    """Return a round number of kilometres that is at most 150 pixels wide in the middle of the map."""
    pixel = 1 / frame.radii((frame.north + frame.south) / 2, 1)[0]
    power = 1
    while power * 10 / pixel <= 150:
        power *= 10
    km = max(step * power for step in (1, 2, 5) if step * power / pixel <= 150 or step == 1)
    return km, km / pixel
