"""What drawings need of a picture: moments in lanes, contacts by pair, places with how exactly they are known."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, structs

from watchfloor.annotate import gazetteer
from watchfloor.annotate.place_file import PlaceFile
from watchfloor.core.annotation import Place
from watchfloor.core.brief import Brief, Moment
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.whereabout import Extent, Whereabout
from watchfloor.flow.remembered import Remembered
from watchfloor.share.gate import release
from watchfloor.share.release import banner
from watchfloor.watch.brief import brief
from watchfloor.watch.lanes import Grouping, Lane, lanes
from watchfloor.watch.naming import called, fullest
from watchfloor.watch.pairs import MOST_NODES, Network, network
from watchfloor.watch.sides import by_name
from watchfloor.watch.timeline import timeline
from watchfloor.watch.whereabouts import place_id, whereabouts

_EXTENTS: Mapping[str, Extent] = {
    "city": "point",
    "county": "county",
    "region": "region",
    "country": "country",
    "feature": "wide",
}
_SAME = 0.02  # degrees between the point of a place as kept and as the gazetteer has it: both are rounded


def _sides(picture: Picture) -> Callable[[str], str]:
    return by_name(picture, gazetteer.country_name)


def _places(picture: Picture) -> tuple[Whereabout, ...]:
    return whereabouts(picture, extents(picture), sides(picture))


sides: Remembered[Callable[[str], str]] = Remembered(_sides)
"""Gives what tells on which side a party stands, by a name of it: "Yoon Suk Yeol" on that of South Korea."""

moments: Remembered[tuple[Moment, ...]] = Remembered(timeline)
"""Gives the moments of the timeline, as watch.timeline does."""

places: Remembered[tuple[Whereabout, ...]] = Remembered(_places)
"""Gives the places with what is put there, as far as the shipped gazetteer knows them."""


def in_lanes(picture: Picture, chosen: Sequence[Moment], by: Grouping) -> tuple[Lane, ...]:
    """Return the moments in lanes by kind or by side."""
    return lanes(chosen, by, sides(picture))


def in_pairs(
    picture: Picture, encounters: Sequence[Encounter], *, by_side: bool = False, most: int = MOST_NODES
) -> Network:
    """Return who was in contact with whom: by person and body, or by the sides on which these stand."""
    names, side = fullest(picture.entities), sides(picture)
    shown = side if by_side else lambda name: called(name, names)
    return network(encounters, shown, side, most=most)


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


def solid(picture: Picture, least: int) -> frozenset[str]:
    """Return the ids of the claims with so many independent origins at least, and of contacts in as many reports."""
    claims = [claim.id for claim in picture.claims if claim.origins_min >= least]
    told = [one.id for one in picture.encounters if len({span.report for span in one.tellings}) >= least]
    return frozenset((*claims, *told))


class LetOut(Struct, frozen=True, kw_only=True):
    """What a reader may have of a picture: that picture and its brief, with nothing else in them, and their marking."""

    picture: Picture
    brief: Brief
    marking: Marking | None
    banner: str


def let_out(picture: Picture, reader: Reader) -> LetOut:
    """Return what a reader may have of their picture, to draw and to export from.

    Annotations of reports that they may not have are gone, and so is what only such reports tell; stories and the ways
    of texts, which no drawing needs, are gone altogether.
    """
    told = release(picture, brief(picture), reader)
    known = {report.id for report in told.reports}
    narrow = structs.replace(
        picture,
        reader=reader,
        reports=told.reports,
        annotations={id: found for id, found in picture.annotations.items() if id in known},
        claims=told.claims,
        encounters=told.encounters,
        outlets={id: name for id, name in picture.outlets.items() if id in known},
        copies=(),
        stories=(),
        routes=(),
    )
    return LetOut(picture=narrow, brief=told.brief, marking=told.marking, banner=banner(told.marking))
