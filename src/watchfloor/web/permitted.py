"""What each route does, in the words of core.permission: who may, and what the log says of it.

A route that is not in one of the tables is answered to nobody; `test_routes.py` says so before anybody meets it.
"""

from watchfloor.core.permission import Verb

OPEN: frozenset[str] = frozenset(
    {
        "GET /static/{name}",
        "GET /sign-in",
        "POST /sign-in",
        "GET /sign-in/issuer",
        "GET /sign-in/issuer/back",
        "POST /look",
        "GET /feeds/searches/{secret_name}",
    }
)
"""For everybody: what shows nothing that is kept, and feeds at secret addresses, which say whose they are."""

OWN_DOOR = "/taxii2/"
"""Below it the TAXII server asks by itself who comes (flow.taxii_doors)."""

DOES: dict[str, Verb | None] = {
    "GET /": "see",
    "GET /changes": "see",
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
    "GET /brief": "see",
    "GET /brief/export": "export",
    "POST /brief/drafts": "judge",
    "GET /brief/drafts/{id}": "see",
    "POST /brief/drafts/{id}": "judge",
    "POST /brief/drafts/{id}/ask": "ask",
    "GET /review": "judge",
    "POST /review": "judge",
    "POST /review/change": "judge",
    "GET /jobs": "see",
    "GET /sharing": "see",
    "GET /sharing/ask": "ask",
    "POST /sharing/ask": "ask",
    "GET /sharing/log": "see",
    "GET /sharing/partners/{name}": "see",
    "POST /sharing/partners": "propose",
    "POST /sharing/partners/{name}": "admit",
    "POST /sharing/partners/{name}/resume": "propose",
    "GET /sharing/requests/{id}": "see",
    "POST /sharing/requests/{id}": "decide",
    "POST /sharing/requests/{id}/withdraw": "ask",
    "POST /sharing/requests/{id}/deliver": "deliver",
    "POST /sharing/deliveries/{id}": "acknowledge",
    "POST /sharing/recalls": "recall",
    "POST /sharing/recalls/{id}": "recall",
    "POST /sharing/recalls/{id}/acknowledge": "acknowledge",
    "GET /sharing/products/{id}": "see",
    "POST /sharing/products/{id}": "receive",
    "GET /users": "people",
    "POST /users": "people",
    "POST /users/teams": "people",
    "GET /users/{name}": "people",
    "POST /users/{name}": "people",
    "GET /keys": "keys",
    "POST /keys": "keys",
    "POST /keys/password": "keys",
    "POST /keys/{prefix}": "keys",
    "GET /audit": "audit",
    "GET /audit/export": "audit",
    "POST /audit/verify": "audit",
    "GET /health": "audit",
    "POST /health/check": "audit",
}
"""For those who are known and have the right; None: for everybody who is known."""


def key(method: str, template: str) -> str:
    """Return how a route is called in the tables: method and path, parameters by name alone."""
    return f"{'GET' if method == 'HEAD' else method} {template.rstrip('/') or '/'}"
