"""What each route does, in the words of core.permission: who may, and what the log says of it.

A route that is not in one of the tables is answered to nobody; `test_routes.py` says so before anybody meets it.
"""

from watchfloor.core.permission import Verb

OPEN: frozenset[str] = frozenset({"GET /static/{name}", "GET /sign-in", "POST /sign-in", "POST /look"})
"""For everybody: what shows nothing that is kept."""

OWN_DOOR = "/taxii2/"
"""Below it the TAXII server asks by itself who comes (flow.taxii_doors)."""

DOES: dict[str, Verb | None] = {
    "GET /": "see",
    "GET /help": None,
    "POST /sign-out": None,
    # watch: Watch
    "GET /watch": "see",
    "GET /watch/alerts.atom": "export",
    "POST /watch/acknowledge": "judge",
    "POST /watch/move": "watch",
    "POST /watch/undo": "watch",
    "GET /watch/edit": "watch",
    "POST /watch/edit": "watch",
    # draw: Timeline, Contacts, Map
    # reader: Reader, Search, Set aside, Feeds
    # desk: Brief, Review queue, Jobs, Sharing, Users, Audit, Health
}
"""For those who are known and have the right; None: for everybody who is known."""


def key(method: str, template: str) -> str:
    """Return how a route is called in the tables: method and path, parameters by name alone."""
    return f"{'GET' if method == 'HEAD' else method} {template.rstrip('/') or '/'}"
