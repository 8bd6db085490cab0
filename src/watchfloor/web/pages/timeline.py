"""Timeline: what happened when, what is planned, and what was only reported when."""

from datetime import date
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from watchfloor.core.brief import Moment
from watchfloor.core.picture import Picture
from watchfloor.flow import at_hand, charting
from watchfloor.share import export_timeline
from watchfloor.watch.lanes import KINDS, Grouping, Placed, narrowed, sides_of
from watchfloor.web import lanes_svg
from watchfloor.web.citing import Cited, cited, thing
from watchfloor.web.handed import Visiting
from watchfloor.web.inert import shown
from watchfloor.web.ink import dressed
from watchfloor.web.lanes_columns import ZOOMS, Window, Zoom, begins, ends, heading, window
from watchfloor.web.rendering import marked, page
from watchfloor.web.sending import sent
from watchfloor.web.visit import Visit

PAGE = 120  # items of the list on one page: about 150 KB; assumed
ORIGINS = 2  # independent origins that "more than one" asks for


class Item(Struct, frozen=True, kw_only=True):
    """One item of the list. label: its date, "" where the item above has the same; sides: who it is about."""

    number: int
    label: str
    clock: str
    kind: str
    text: str
    sides: tuple[str, ...]
    cited: tuple[Cited, ...]
    reports: int
    href: str


class Asked(Struct, frozen=True, kw_only=True):
    """What the address asks for."""

    by: Grouping
    zoom: Zoom
    kinds: tuple[str, ...]
    party: str
    solid: bool
    start: date | None
    page: int


def asked(visit: Visit) -> Asked:
    """Return what the address asks for; what it does not know is as if it were not there."""
    by = visit.value("by")
    zoom: Zoom = next((zoom for zoom in ZOOMS if zoom == visit.value("zoom")), "day")
    known = {kind for kind, _ in KINDS}
    return Asked(
        by="kind" if by == "kind" else "party",
        zoom=zoom,
        kinds=tuple(kind for kind in dict.fromkeys(visit.values("kind")) if kind in known),
        party=visit.value("party")[:120],
        solid=visit.value("solid") == "1",
        start=visit.day("from"),
        page=visit.number("page", 1, 1),
    )


def chosen(picture: Picture, wanted: Asked) -> tuple[Moment, ...]:
    """Return the moments that the address asks for, those of one date together."""
    found = narrowed(
        charting.moments(picture),
        kinds=wanted.kinds,
        party=wanted.party,
        about=charting.solid(picture, ORIGINS) if wanted.solid else None,
        side=charting.sides(picture),
    )
    return tuple(sorted(found, key=lambda one: (one.day is None, one.day or date.min, *_dated(one)[::-1])))


def _dated(moment: Moment) -> tuple[str, str]:
    """Return the time of day, "" where it is not known, and the date in words without it."""
    day, _, clock = moment.label.rpartition(", ")
    is_clock = bool(day) and moment.precision in ("minute", "hour") and ":" in clock
    return (clock, day) if is_clock else ("", moment.label)


@get("/timeline", sync_to_thread=True)
def timeline(visit: Visiting) -> Response[bytes]:
    """Show the moments of some days, as a picture and as a list."""
    picture, wanted = visit.picture(), asked(visit)
    moments = chosen(picture, wanted)
    lanes = charting.in_lanes(picture, moments, wanted.by)
    frame = window(lanes, wanted.zoom, wanted.start)
    listed = [one for one in enumerate(moments, start=1) if _is_in(one[1], frame)]
    places = {number: at for at, (number, _) in enumerate(listed)}

    def href(number: int) -> str:
        at = places.get(number, 0) // PAGE + 1
        return f"#t{number}" if at == wanted.page else f"{visit.here(page=at if at > 1 else None)}#t{number}"

    drawn = lanes_svg.draw(lanes, frame, lambda one: href(one.number), lambda left: href(_first(left).number))
    first = (wanted.page - 1) * PAGE
    items = _items(visit, picture, listed[first : first + PAGE])
    reports = at_hand.reports_by_id(picture)
    spans = [span for _, one in listed for span in one.citations if span.report in reports]
    return page(
        visit,
        "timeline.html",
        title=visit.words.gettext("Timeline"),
        marking=marked(reports[span.report].marking for span in spans),
        data=lambda: [_plain(moment) for _, moment in listed],
        asked=wanted,
        kinds=KINDS,
        zooms=ZOOMS,
        picture=drawn,
        names=lanes_svg.draw_names(lanes, frame),
        items=items,
        total=len(moments),
        listed=len(listed),
        pages=-(-len(listed) // PAGE),
        first=first,
        earlier=_start(lanes, wanted.zoom, frame, -1),
        later=_start(lanes, wanted.zoom, frame, 1),
        frame=frame,
        span=_spanned(frame),
    )


def _first(left: Any) -> Placed:
    one: Placed = left[0]
    return one


def _is_in(moment: Moment, frame: Window) -> bool:
    """Return whether a moment stands in one of the columns, the same that are drawn."""
    if moment.day is None:
        return frame.undated
    if not frame.columns:
        return False
    is_before_end = moment.day <= ends(frame.columns[-1], frame.zoom)
    last = moment.last if moment.last is not None else moment.day
    return is_before_end and (begins(moment.day, frame.zoom) in frame.columns or last >= frame.columns[0])


def _start(lanes: Any, zoom: Zoom, frame: Window, way: int) -> str | None:
    """Return the first day of the columns before or after those shown, None where there are none."""
    if not (frame.before if way < 0 else frame.after):
        return None
    days = {begins(one.moment.day, zoom) for lane in lanes for one in lane.placed if one.moment.day is not None}
    every = sorted(days)
    at = frame.before + way * len(frame.columns)
    return every[min(max(0, at), len(every) - 1)].isoformat()


def _spanned(frame: Window) -> str:
    if not frame.columns:
        return ""
    first, last = heading(frame.columns[0], frame.zoom), heading(frame.columns[-1], frame.zoom)
    return first if first == last else f"{first} – {last}"


def _items(visit: Visit, picture: Picture, listed: list[tuple[int, Moment]]) -> tuple[Item, ...]:
    reports, side = at_hand.reports_by_id(picture), charting.sides(picture)
    made = []
    before = None
    for number, moment in listed:
        clock, label = _dated(moment)
        made.append(
            Item(
                number=number,
                label=label if label != before else "",
                clock=clock,
                kind=moment.kind,
                text=shown(moment.text, 400),
                sides=tuple(shown(name, 60) for name in sides_of(moment, side))[:4],
                cited=cited(visit, reports, moment.citations),
                reports=len({span.report for span in moment.citations}),
                href=thing(visit, moment.about),
            )
        )
        before = label
    return tuple(made)


def _plain(moment: Moment) -> dict[str, object]:
    return {
        "first_day": moment.day.isoformat() if moment.day else None,
        "last_day": moment.last.isoformat() if moment.last else None,
        "precision": moment.precision,
        "date": moment.label,
        "kind": moment.kind,
        "text": moment.text,
        "parties": list(moment.parties),
        "about": moment.about,
        "citations": [{"report": span.report, "start": span.start, "end": span.end} for span in moment.citations],
    }


@get("/timeline/{ending:str}", sync_to_thread=True)
def export(visit: Visiting, ending: FromPath[str]) -> Response[bytes]:
    """Write out the moments that the address asks for."""
    wanted = asked(visit)
    gone = charting.let_out(visit.picture(), visit.reader)
    moments = chosen(gone.picture, wanted)
    if ending == "csv":
        kept = frozenset(moments)
        made = export_timeline.export(gone.picture, gone.brief, reader=visit.reader, wanted=kept.__contains__)
        return sent(visit, "timeline", "csv", made.text)
    if ending == "svg":
        lanes = charting.in_lanes(gone.picture, moments, wanted.by)
        drawn = lanes_svg.draw(lanes, window(lanes, wanted.zoom, wanted.start), lambda _: "", lambda _: "")
        if not drawn:
            raise NotFoundException
        return sent(visit, "timeline", "svg", dressed(drawn, gone.banner))
    raise NotFoundException


HANDLERS = [timeline, export]
