"""Overview: what changed, how solid it is."""

from litestar import Response, get

from watchfloor.web.handed import Visiting
from watchfloor.web.rendering import marked, page


@get("/", sync_to_thread=True)
def overview(visit: Visiting) -> Response[bytes]:
    """Show the overview."""
    picture = visit.picture()
    data = {"reports": len(picture.reports), "claims": len(picture.claims)}
    marking = marked(report.marking for report in picture.reports)
    return page(visit, "overview.html", title=visit.words.gettext("Overview"), data=data, marking=marking, counts=data)


HANDLERS = [overview]
