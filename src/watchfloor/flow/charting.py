"""What drawings need of a picture: moments in lanes, contacts by pair, places with how exactly they are known."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import structs

from watchfloor.annotate import gazetteer
from watchfloor.annotate.place_file import PlaceFile
from watchfloor.core.annotation import Place
from watchfloor.core.brief import Brief, Moment
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.whereabout import Extent, Whereabout
from watchfloor.share.gate import release
from watchfloor.watch.lanes import Grouping, Lane, lanes
from watchfloor.watch.naming import called, fullest
from watchfloor.watch.pairs import MOST_NODES, Network, network
from watchfloor.watch.sides import by_name
from watchfloor.watch.whereabouts import place_id, whereabouts

_EXTENTS: Mapping[str, Extent] = {
    "city": "point",
    "county": "county",
    "region": "region",
    "country": "country",
    "feature": "wide",
}
_SAME = 0.02  # degrees between the point of a place as kept and as the gazetteer has it: both are rounded


def sides(picture: Picture) -> Callable[[str], str]:
    """Return what tells on which side a party stands, by a name of it: "Yoon Suk Yeol" on that of South Korea."""
    return by_name(picture, gazetteer.country_name)


def in_lanes(picture: Picture, moments: Sequence[Moment], by: Grouping) -> tuple[Lane, ...]:
    """Return the moments in lanes by kind or by side."""
    return lanes(moments, by, sides(picture))


def in_pairs(
    picture: Picture, encounters: Sequence[Encounter], *, by_side: bool = False, most: int = MOST_NODES
) -> Network:
    """Return who was in contact with whom: by person and body, or by the sides on which these stand."""
    names, side = fullest(picture.entities), sides(picture)
    shown = side if by_side else lambda name: called(name, names)
    return network(encounters, shown, side, most=most)


def placed(picture: Picture, full: PlaceFile | None = None) -> tuple[Whereabout, ...]:
    """Return the places of a picture with what is put there. full: the larger gazetteer that it was read with."""
    return whereabouts(picture, extents(picture, full), sides(picture))


def extents(picture: Picture, full: PlaceFile | None = None) -> dict[str, Extent]:
    """Return how exactly each place is known, by its id; "unknown" where the gazetteer no longer has it."""
    found: dict[str, Extent] = {}
    for report in picture.reports:
        for one in picture.annotations.get(report.id, ()):
            if isinstance(one, Place) and (id := place_id(one)) not in found:
                found[id] = _extent(one, (one.name, report.text[one.span.start : one.span.end]), full)
    return found


def _extent(place: Place, words: Sequence[str], full: PlaceFile | None) -> Extent:
    if place.latitude is None or place.longitude is None:
        return "unknown"
    for entry in (entry for name in words for entry in gazetteer.readings(name, full)):
        same = place.geonames_id is not None and entry.geonames_id == place.geonames_id
        near = abs(entry.latitude - place.latitude) < _SAME and abs(entry.longitude - place.longitude) < _SAME
        if same or near:
            return _EXTENTS.get(entry.kind, "unknown")
    return "unknown"


def released(picture: Picture, brief: Brief, reader: Reader) -> Picture:
    """Return the picture with nothing in it but what a reader may have, to draw and to export from.

    Annotations of reports that they may not have are gone, and so is what only such reports tell.
    """
    told = release(picture, brief, reader)
    known = {report.id for report in told.reports}
    return structs.replace(
        picture,
        reader=reader,
        reports=told.reports,
        annotations={id: found for id, found in picture.annotations.items() if id in known},
        claims=told.claims,
        encounters=told.encounters,
    )
