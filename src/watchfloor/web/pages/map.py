"""Map: where things are said to be, how exactly the place is known, and how far it is confirmed."""

from datetime import date
from functools import cache

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct, json

from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.core.whereabout import STANDINGS, Held, Whereabout
from watchfloor.flow import at_hand, charting
from watchfloor.share import export_places
from watchfloor.watch.whereabouts import narrowed
from watchfloor.web import map_svg
from watchfloor.web.citing import Cited, cited, thing
from watchfloor.web.handed import Visiting
from watchfloor.web.inert import shown
from watchfloor.web.ink import dressed
from watchfloor.web.map_svg import EXTENT_WORDS, STANDING_WORDS
from watchfloor.web.rendering import marked, page
from watchfloor.web.sending import sent
from watchfloor.web.visit import Visit
from watchfloor.web.world import CREDIT, geojson

PAGE = 30  # places of the list on one page; assumed
MOST_HELD = 4  # things under one place; the others are one step away; assumed
MOST_ALONE = 300  # things of a place that is shown alone; the exports have all; assumed


class Thing(Struct, frozen=True, kw_only=True):
    """One thing at a place."""

    text: str
    kind: str
    standing: str
    word: str
    when: str
    parties: tuple[str, ...]
    against: tuple[str, ...]
    cited: tuple[Cited, ...]
    reports: int
    href: str


class Row(Struct, frozen=True, kw_only=True):
    """One place of the list; more: things that are left out of it."""

    id: str
    name: str
    country: str
    extent: str
    standing: str
    word: str
    at: str
    reports: int
    things: tuple[Thing, ...]
    more: int
    href: str


class Asked(Struct, frozen=True, kw_only=True):
    """What the address asks for."""

    standings: tuple[str, ...]
    party: str
    until: date | None
    place: str
    page: int


def asked(visit: Visit) -> Asked:
    """Return what the address asks for; without standings all but places that are only named."""
    standings = tuple(one for one in STANDINGS if one in visit.values("standing"))
    return Asked(
        standings=standings or tuple(one for one in STANDINGS if one != "named"),
        party=visit.value("party")[:120],
        until=visit.day("until"),
        place=visit.value("place")[:200],
        page=visit.number("page", 1, 1),
    )


def chosen(picture: Picture, wanted: Asked) -> tuple[Whereabout, ...]:
    """Return the places that the address asks for."""
    found = narrowed(charting.places(picture), standings=wanted.standings, party=wanted.party, until=wanted.until)
    return tuple(one for one in found if wanted.place in ("", one.id))


def anchor(place: Whereabout) -> str:
    """Return the name of a place's row in the page: letters, digits and hyphens only."""
    return "p-" + "".join(
        letter if letter.isalnum() and letter.isascii() else f"-{ord(letter):x}" for letter in place.id
    )


@get("/map", sync_to_thread=True)
def map_(visit: Visiting) -> Response[bytes]:
    """Show the places on a map and as a list."""
    picture, wanted = visit.picture(), asked(visit)
    places = chosen(picture, wanted)
    on_page = {place.id: at // PAGE + 1 for at, place in enumerate(places)}

    def href(place: Whereabout) -> str:
        at = on_page[place.id]
        return f"{'' if at == wanted.page else visit.here(page=at if at > 1 else None)}#{anchor(place)}"

    drawn = map_svg.draw(places, href)
    first = (wanted.page - 1) * PAGE
    most = MOST_ALONE if wanted.place else MOST_HELD
    reports = at_hand.reports_by_id(picture)
    used = {span.report for place in places for span in _spans(place)}
    return page(
        visit,
        "map.html",
        title=visit.words.gettext("Map"),
        marking=marked(reports[id].marking for id in sorted(used) if id in reports),
        data=lambda: [_plain(place) for place in places],
        asked=wanted,
        standings=STANDING_WORDS,
        drawn=drawn,
        rows=[_row(visit, picture, place, most) for place in places[first : first + PAGE]],
        total=len(places),
        every=len(charting.places(picture)),
        pages=-(-len(places) // PAGE),
        points=[_point(place, href(place)) for place in places if place.latitude is not None],
        credit=CREDIT,
    )


def _spans(place: Whereabout) -> list[Span]:
    return [*place.mentions, *(span for one in place.held for span in one.citations)]


def _point(place: Whereabout, href: str) -> dict[str, object]:
    """Return what the map that pans and zooms needs of a place."""
    return {
        "name": shown(place.name, 80),
        "at": [place.latitude, place.longitude],
        "standing": place.standing.split()[0],
        "word": STANDING_WORDS[place.standing],
        "extent": EXTENT_WORDS[place.extent],
        "km": map_svg.RADII.get(place.extent, 0) if place.extent != "country" else 0,
        "code": place.country if place.extent == "country" else None,
        "href": href,
    }


def _row(visit: Visit, picture: Picture, place: Whereabout, most: int) -> Row:
    located = place.latitude is not None and place.longitude is not None
    return Row(
        id=anchor(place),
        name=shown(place.name, 100),
        country=place.country or "",
        extent=EXTENT_WORDS[place.extent],
        standing=place.standing.split()[0],
        word=STANDING_WORDS[place.standing],
        at=f"{place.latitude:.2f}, {place.longitude:.2f}" if located else "",
        reports=place.reports,
        things=tuple(_thing(visit, picture, one) for one in place.held[:most]),
        more=max(0, len(place.held) - most),
        href=visit.here(place=place.id, page=None),
    )


def _thing(visit: Visit, picture: Picture, one: Held) -> Thing:
    return Thing(
        text=shown(one.text, 240),
        kind=one.kind,
        standing=one.standing.split()[0],
        word=STANDING_WORDS[one.standing],
        when=one.when,
        parties=tuple(shown(name, 90) for name in one.parties[:4]),
        against=tuple(shown(name, 90) for name in one.against[:4]),
        cited=cited(visit, at_hand.reports_by_id(picture), one.citations),
        reports=len({span.report for span in one.citations}),
        href=thing(visit, one.about),
    )


def _plain(place: Whereabout) -> dict[str, object]:
    return {
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "extent": place.extent,
        "standing": place.standing,
        "reports": place.reports,
        "held": [
            {"kind": one.kind, "text": one.text, "standing": one.standing, "date": one.when, "about": one.about}
            for one in place.held
        ],
    }


@get("/map/{ending:str}", sync_to_thread=True)
def export(visit: Visiting, ending: FromPath[str]) -> Response[bytes]:
    """Write out the places that the address asks for."""
    gone = charting.let_out(visit.picture(), visit.reader)
    places = chosen(gone.picture, asked(visit))
    if ending == "csv":
        return sent(visit, "places", ending, export_places.export_csv(places, gone.picture, gone.brief).text)
    if ending == "geojson":
        return sent(visit, "places", ending, export_places.export_geojson(places, gone.picture, gone.brief).text)
    if ending == "svg":
        return sent(visit, "map", ending, dressed(map_svg.draw(places, lambda _: "").picture, gone.banner, CREDIT))
    raise NotFoundException


@cache
def base_map() -> bytes:
    """Return the base map for the map that pans and zooms."""
    return json.encode(geojson())


@get("/world", sync_to_thread=True)
def world(visit: Visiting) -> Response[bytes]:
    """Send the base map; it is the same for everybody and shows nothing that was collected."""
    headers = {"Cache-Control": "private, max-age=86400"}
    return Response(base_map(), media_type="application/geo+json", headers=headers)


HANDLERS = [map_, export, world]
