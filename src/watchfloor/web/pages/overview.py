"""Overview: what changed since somebody last looked, how solid it is, figures, what is contested, what to beware of."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from litestar import Request, Response, get
from msgspec import Struct

from watchfloor.core.change import Change, ChangeKind
from watchfloor.core.claim import Claim
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.flow import news, wire
from watchfloor.flow.news import News
from watchfloor.watch import cautions
from watchfloor.watch.days import period
from watchfloor.watch.naming import fullest
from watchfloor.watch.ranking import ranked
from watchfloor.watch.solidity import contested, counted
from watchfloor.watch.stances import standing
from watchfloor.watch.voices import headed, worded
from watchfloor.web import figures_svg
from watchfloor.web.citing import thing
from watchfloor.web.handed import Visiting
from watchfloor.web.inert import shown
from watchfloor.web.messages import marked as message
from watchfloor.web.rendering import marked, page
from watchfloor.web.visit import Visit

MOST_CHANGES = 12  # changes shown before the rest is folded away (assumed: a screen)
MOST_OF_A_KIND = 4  # changes of one kind among them, so that the others are seen (assumed)
MOST_CONTESTED = 6
MOST_CAUTIONS = 8
MOST_WORDS = 2  # words that changed one thing
LOOK = timedelta(minutes=30)  # pages asked for within so long are one look (as long as a session without a request)

SIGNS: dict[ChangeKind, tuple[str, str]] = {
    "newly independent": ("▲", message("More origins")),
    "less independent": ("▽", message("Fewer origins")),
    "withdrawn": ("✕", message("Taken back")),
    "no longer carried": ("–", message("No longer carried")),
    "denied": ("✕", message("Denied or doubted")),
    "confirmed": ("✓", message("Confirmed")),
    "revised": ("↻", message("Revised")),
    "carried out": ("●", message("Carried out")),
    "new contact": ("+", message("New contact")),
    "new claim": ("+", message("New claim")),
    "repeated": ("=", message("Repeated")),
}
"""A sign and a word for each kind of change; the word always stands beside the sign."""


class Item(Struct, frozen=True, kw_only=True):
    """One change as it is shown; to: the page of what it is about."""

    kind: ChangeKind
    sign: str
    word: str
    what: str
    detail: str
    to: str
    spans: tuple[Span, ...]


class Dispute(Struct, frozen=True, kw_only=True):
    """One contested claim: who stands against whom, in words."""

    id: str
    what: str
    against: tuple[str, ...]


@get("/", sync_to_thread=True)
def overview(request: Request[Any, Any, Any], visit: Visiting) -> Response[bytes]:
    """Show the overview."""
    last, looks = _looks(visit, request.cookies.get(_cookie(visit), ""))
    told = _news(visit, last)
    picture = visit.looked_at = told.after
    claims = ranked(picture.claims)
    first, rest = _first(told.found)
    solid = counted(claims)
    names = fullest(picture.entities)
    disputes = tuple(_dispute(one, picture, names) for one in contested(claims))
    warned = cautions.lines(picture)
    days = [day for one in picture.reports if one.published for day in (one.published.low, one.published.high) if day]
    counts = {
        "reports": len(picture.reports),
        "outlets": len({picture.outlets.get(one.id) or one.id for one in picture.reports}),
        "set_aside": picture.set_aside,
    }
    there = {one.id for one in (*picture.claims, *picture.encounters)}
    made = page(
        visit,
        "overview.html",
        title=visit.words.gettext("Overview"),
        marking=marked(one.marking for one in picture.reports),
        data=_data(told, picture, claims, counts),
        since=told.since if isinstance(told.since, date) and not isinstance(told.since, datetime) else None,
        look=told.since if isinstance(told.since, datetime) else None,
        items=[_item(visit, one, there) for one in first],
        more=[_item(visit, one, there) for one in rest],
        solid=solid,
        charts=figures_svg.charts([one for one in claims if one.topic == "figure"]),
        disputes=disputes[:MOST_CONTESTED],
        disputed=len(disputes),
        cautions=warned[:MOST_CAUTIONS],
        cautioned=len(warned),
        counts=counts,
        period=period(min(days), max(days)) if days else None,
        reports={one.id: one for one in picture.reports},
        most_words=MOST_WORDS,
    )
    made.set_cookie(
        key=_cookie(visit),
        value=looks,
        path="/",
        httponly=True,
        secure=visit.node.https,
        samesite="lax",
        max_age=365 * 86400,
    )
    return made


def _cookie(visit: Visit) -> str:
    return f"{visit.node.cookie}-looks"


def _looks(visit: Visit, kept: str) -> tuple[datetime | None, str]:
    """Return when somebody looked before this look, None the first time, and what the browser is to keep of it."""
    now = visit.node.now()
    before, last = (_moment(part) for part in (*kept.split("~"), "", "")[:2])
    if last is None:
        return None, f"~{now.isoformat()}"
    if now - last > LOOK:
        before = last
    return before, f"{before.isoformat() if before else ''}~{now.isoformat()}"


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _news(visit: Visit, last: datetime | None) -> News:
    """Return what changed since the day of the address, the last look, or the day of the newest report."""
    pictures, reader, as_of, since = visit.node.pictures, visit.reader, visit.as_of, visit.since
    first = visit.day("since")
    if first is None and last is not None:
        return news.since_look(pictures, reader, last, as_of, since)
    if first is None:
        first = news.newest_day(pictures.picture(reader, as_of, since)) or as_of or visit.node.now().date()
        first = min(first, as_of) if as_of else first
    return news.since_day(pictures, reader, first, as_of, since)


def _first(found: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """Return the changes to show at once, of no kind too many, and the others."""
    seen: Counter[str] = Counter()
    first: list[Change] = []
    rest: list[Change] = []
    for one in found:
        seen[one.kind] += 1
        is_first = seen[one.kind] <= MOST_OF_A_KIND and len(first) < MOST_CHANGES
        (first if is_first else rest).append(one)
    return first, rest


def _item(visit: Visit, change: Change, there: Collection[str]) -> Item:
    sign, word = SIGNS[change.kind]
    return Item(
        kind=change.kind,
        sign=sign,
        word=visit.words.gettext(word),
        what=shown(change.what, 240),
        detail=shown(change.detail, 200),
        to=thing(visit, change.about) if change.about in there else "",
        spans=change.spans,
    )


def _dispute(claim: Claim, picture: Picture, names: dict[str, str]) -> Dispute:
    against = [
        f"{who} {what}"
        for who, what in standing(claim, names)
        if any(w in what for w in ("denies", "doubts", "withdraws"))
    ]
    known = {one.id: one for one in picture.claims}
    against += [headed(known[other]) for other in claim.rivals if other in known]
    return Dispute(id=claim.id, what=shown(worded(claim), 200), against=tuple(shown(one, 160) for one in against[:3]))


def _data(told: News, picture: Picture, claims: tuple[Claim, ...], counts: dict[str, int]) -> dict[str, Any]:
    by_id = {one.id: one for one in picture.reports}
    solid = counted(claims)
    return {
        "since": told.since.isoformat(),
        "changes": [
            {
                "kind": one.kind,
                "about": one.about,
                "what": one.what,
                "detail": one.detail,
                "evidence": [wire.citation(span, by_id) for span in one.spans],
            }
            for one in told.found
        ],
        "claims": {"all": solid.claims, "by_independent_origins": solid.by, "contested": solid.contested},
        "contested": [one.id for one in contested(claims)],
        "counts": counts,
        "cautions": [one.text for one in cautions.lines(picture)],
    }


HANDLERS = [overview]
