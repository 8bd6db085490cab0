"""Overview: what changed since somebody last looked, how solid it is, figures, what is contested, what to beware of."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from litestar import Request, Response, get
from markupsafe import Markup
from msgspec import Struct

from watchfloor.core.change import Change
from watchfloor.core.claim import Claim
from watchfloor.core.picture import Picture
from watchfloor.flow import at_hand
from watchfloor.flow.news import News
from watchfloor.flow.remembered import Remembered
from watchfloor.watch.days import period
from watchfloor.watch.solidity import Solid, counted
from watchfloor.watch.stances import standing
from watchfloor.watch.voices import headed, worded
from watchfloor.web import figures_svg
from watchfloor.web.handed import Visiting
from watchfloor.web.inert import shown
from watchfloor.web.pages.changes import plain
from watchfloor.web.rendering import marked, page
from watchfloor.web.telling import day_of, item, moment, moment_of, told
from watchfloor.web.visit import Visit

MOST_CHANGES = 12  # changes shown; all are on a page of their own (assumed: a screen, a minute)
MOST_OF_A_KIND = 4  # changes of one kind among them, so that the others are seen (assumed)
MOST_CONTESTED = 6
MOST_CAUTIONS = 8
MOST_WORDS = 2  # words that changed one thing
LOOK = timedelta(minutes=30)  # pages asked for within so long are one look (as long as a session without a request)


class Dispute(Struct, frozen=True, kw_only=True):
    """One contested claim: who stands against whom, in words."""

    id: str
    what: str
    against: tuple[str, ...]


@get("/", sync_to_thread=True)
def overview(request: Request[Any, Any, Any], visit: Visiting) -> Response[bytes]:
    """Show the overview."""
    last, looks = _looks(visit, request.cookies.get(_cookie(visit), ""))
    found = told(visit, last)
    picture = visit.looked_at = found.after
    first = _first(found.found)
    disputes = at_hand.disputed(picture)
    warned = at_hand.warnings(picture)
    counts = _counted(picture)
    made = page(
        visit,
        "overview.html",
        title=visit.words.gettext("Overview"),
        marking=marked(one.marking for one in picture.reports),
        data=lambda: _data(found, picture, counts),
        since=day_of(found),
        look=moment_of(found),
        is_there=found.is_there,
        items=[item(visit, one, at_hand.there(picture)) for one in first],
        more=len(found.found) - len(first),
        solid=_solid(picture),
        charts=drawn(picture),
        undated=_undated(picture),
        disputes=[_dispute(one, picture) for one in disputes[:MOST_CONTESTED]],
        disputed=len(disputes),
        cautions=warned[:MOST_CAUTIONS],
        cautioned=len(warned),
        counts=counts,
        period=_period(picture),
        reports=at_hand.reports_by_id(picture),
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
    before, last = (moment(part) for part in (*kept.split("~"), "", "")[:2])
    if last is None:
        return None, f"~{now.isoformat()}"
    if now - last > LOOK:
        before = last
    return before, f"{before.isoformat() if before else ''}~{now.isoformat()}"


def _first(found: Sequence[Change]) -> list[Change]:
    """Return the changes to show: the first, of no kind too many."""
    seen: Counter[str] = Counter()
    first: list[Change] = []
    for one in found:
        seen[one.kind] += 1
        if seen[one.kind] <= MOST_OF_A_KIND and len(first) < MOST_CHANGES:
            first.append(one)
    return first


def _counted(picture: Picture) -> dict[str, int]:
    return {
        "reports": len(picture.reports),
        "outlets": len({picture.outlets.get(one.id) or one.id for one in picture.reports}),
        "set_aside": picture.set_aside,
    }


def _period(picture: Picture) -> str | None:
    days = [day for one in picture.reports if one.published for day in (one.published.low, one.published.high) if day]
    return period(min(days), max(days)) if days else None


drawn: Remembered[tuple[Markup, ...]] = Remembered(
    lambda picture: figures_svg.charts([one for one in at_hand.weighed(picture) if one.topic == "figure"])
)
"""Gives the charts of the figures of a picture."""

_undated: Remembered[int] = Remembered(lambda picture: figures_svg.undated(at_hand.weighed(picture)))

_solid: Remembered[Solid] = Remembered(lambda picture: counted(at_hand.weighed(picture)))


def _dispute(claim: Claim, picture: Picture) -> Dispute:
    against = [
        f"{who} {what}"
        for who, what in standing(claim, at_hand.names(picture))
        if any(w in what for w in ("denies", "doubts", "withdraws"))
    ]
    known = at_hand.claims_by_id(picture)
    against += [headed(known[other]) for other in claim.rivals if other in known]
    return Dispute(id=claim.id, what=shown(worded(claim), 200), against=tuple(shown(one, 160) for one in against[:3]))


def _data(found: News, picture: Picture, counts: dict[str, int]) -> dict[str, Any]:
    solid = _solid(picture)
    return {
        **plain(found, picture),
        "claims": {"all": solid.claims, "by_independent_origins": solid.by, "contested": solid.contested},
        "contested": [one.id for one in at_hand.disputed(picture)],
        "counts": counts,
        "cautions": [one.text for one in at_hand.warnings(picture)],
    }


HANDLERS = [overview]
