"""Health: the database, feeds that fail, the last backup, versions, and the hosts that the node speaks to."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get, post

from watchfloor.flow.health import checked
from watchfloor.flow.health import health as state
from watchfloor.store.checking import Finding
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.rendering import page
from watchfloor.web.visit import Visit

MOST_FINDINGS = 200


@get("/health", sync_to_thread=True)
def health(visit: Visiting) -> Response[bytes]:
    """Show how the node is."""
    return _health(visit)


@post("/health/check", sync_to_thread=True, status_code=200)
def check(visit: Visiting, form: Sent) -> Response[Any]:
    """Read everything that is kept and say what does not hold together."""
    form.only()
    found = checked(visit.opened)
    visit.noted({"findings": str(len(found))})
    return _health(visit, found)


def _health(visit: Visit, findings: Sequence[Finding] | None = None) -> Response[bytes]:
    made = state(visit.opened)
    days = (visit.node.now() - made.backup[0]).days if made.backup else None
    return page(
        visit,
        "health.html",
        title=visit.words.gettext("Health"),
        data={"health": made, "findings": findings},
        health=made,
        findings=None if findings is None else findings[:MOST_FINDINGS],
        many=len(findings or ()),
        days=days,
        sees=visit.may("see"),
    )


HANDLERS = [health, check]
