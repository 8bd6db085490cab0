"""What each route does, in the words of core.permission: who may, and what the log says of it.

A route that is not in one of the tables is answered to nobody; `test_routes.py` says so before anybody meets it.
"""

from watchfloor.core.permission import Verb

OPEN: frozenset[str] = frozenset(
    {"GET /static/{name}", "GET /sign-in", "POST /sign-in", "POST /look", "GET /feeds/searches/{secret_name}"}
)
"""For everybody: what shows nothing that is kept, and feeds at secret addresses, which say whose they are."""

OWN_DOOR = "/taxii2/"
"""Below it the TAXII server asks by itself who comes (flow.taxii_doors)."""

DOES: dict[str, Verb | None] = {
    "GET /": "see",
    "GET /claims": "see",
    "GET /claims.csv": "export",
    "GET /claims/{id}": "see",
    "POST /claims/{id}/assess": "judge",
    "POST /claims/{id}/route": "judge",
    "POST /claims/{id}/words": "judge",
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
    "GET /timeline": "see",
    "GET /timeline/{ending}": "export",
    "GET /contacts": "see",
    "GET /contacts/{ending}": "export",
    "GET /map": "see",
    "GET /map/{ending}": "export",
    "GET /world": "see",
    # reader: Reader, Search, Set aside, Feeds
    "GET /r/{id}": "see",
    "GET /r/{id}/original": "see",
    "POST /r/{id}/decide": "judge",
    "POST /r/{id}/change": "judge",
    "POST /r/{id}/add": "judge",
    "POST /r/{id}/undo": "judge",
    "GET /reports": "see",
    "GET /search": "see",
    "GET /searches": "see",
    "POST /searches": None,
    "GET /searches/{id}": "see",
    "GET /searches/{id}/feed": "see",
    "POST /searches/{id}/address": "keys",
    "POST /searches/{id}/remove": None,
    "GET /setaside": "see",
    "GET /setaside/{capture}/original": "see",
    "POST /setaside/replay": "collect",
    "GET /feeds": "see",
    "GET /feeds/one": "see",
    "POST /feeds": "collect",
    "POST /feeds/ask": "collect",
    "POST /feeds/pause": "collect",
    # desk: Brief, Review queue, Jobs, Sharing, Users, Audit, Health
}
"""For those who are known and have the right; None: for everybody who is known."""


def key(method: str, template: str) -> str:
    """Return how a route is called in the tables: method and path, parameters by name alone."""
    return f"{'GET' if method == 'HEAD' else method} {template.rstrip('/') or '/'}"
