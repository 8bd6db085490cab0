"""Changes: all that is otherwise than it was on a day, or when somebody last looked; a page at a time."""

from collections import Counter
from typing import Any, get_args

from litestar import Response, get

from watchfloor.core.change import ChangeKind
from watchfloor.core.picture import Picture
from watchfloor.flow import at_hand, wire
from watchfloor.flow.news import News
from watchfloor.web.handed import Visiting
from watchfloor.web.rendering import marked, page
from watchfloor.web.telling import SIGNS, day_of, item, look, moment_of, told

ROWS = 50  # changes on one page: 60 KB (measured)
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@get("/changes", sync_to_thread=True)
def changes(visit: Visiting) -> Response[bytes]:
    """Show the changes, of all kinds or of one."""
    found = told(visit, look(visit.value("look")))
    picture = visit.looked_at = found.after
    kind = next((one for one in KINDS if one == visit.value("kind")), None)
    kept = [one for one in found.found if kind in (None, one.kind)]
    last = max(1, -(-len(kept) // ROWS))
    at = visit.number("page", 1, low=1, high=last)
    counted = Counter(one.kind for one in found.found)
    return page(
        visit,
        "changes.html",
        title=visit.words.gettext("Changes"),
        marking=marked(one.marking for one in picture.reports),
        data=lambda: plain(found, picture),
        since=day_of(found),
        look=moment_of(found),
        is_there=found.is_there,
        items=[item(visit, one, at_hand.there(picture)) for one in kept[(at - 1) * ROWS : at * ROWS]],
        kind=kind,
        kinds=[(one, visit.words.gettext(SIGNS[one][1]), counted[one]) for one in KINDS if counted[one]],
        total=len(found.found),
        number=at,
        last=last,
        reports=at_hand.reports_by_id(picture),
    )


def plain(found: News, picture: Picture) -> dict[str, Any]:
    """Return the changes as plain values."""
    by_id = at_hand.reports_by_id(picture)
    return {
        "since": found.since.isoformat(),
        "changes": [
            {
                "kind": one.kind,
                "about": one.about,
                "what": one.what,
                "detail": one.detail,
                "evidence": [wire.citation(span, by_id) for span in one.spans],
            }
            for one in found.found
        ],
    }


HANDLERS = [changes]
