"""Saved searches: the list, saving, removing, and their Atom feeds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import Parameter
from litestar.response import Redirect

from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.flow import saved_searches
from watchfloor.share.atom import MEDIA_TYPE
from watchfloor.web.address import address, safe_next
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.rendering import page
from watchfloor.web.visit import Visit

Id = Annotated[str, Parameter(max_length=80)]


@get("/searches", sync_to_thread=True)
def listed(visit: Visiting) -> Response[bytes]:
    """List the saved searches."""
    return _page(visit)


def _page(visit: Visit, feed: tuple[str, str] | None = None) -> Response[bytes]:
    """Return the list. feed: id of a search and the address of its feed, to be shown once."""
    kept = saved_searches.watched(visit.node.store, visit.admitted)
    me = visit.admitted.name if visit.admitted.person else saved_searches.ALONE
    data = [
        {"id": one.search.id, "name": one.search.name, "query": one.search.query, "total": one.total, "new": one.new}
        for one in kept
    ]
    return page(
        visit,
        "searches.html",
        title=visit.words.gettext("Saved searches"),
        data=data,
        marking=None,  # what is looked for is this node's own
        kept=kept,
        me=me,
        feed=feed,
    )


@post("/searches", sync_to_thread=True)
def save(visit: Visiting, form: Sent) -> Response[Any]:
    """Keep a search."""
    form.only("name", "q", "team", "next")
    node = visit.node
    saved_searches.save(
        node.store, visit.admitted, form.text("name"), form.text("q"), node.now(), team=bool(form.text("team"))
    )
    return Redirect(safe_next(form.text("next") or "/searches"), status_code=303)


@get("/searches/{id:str}", sync_to_thread=True)
def look(visit: Visiting, id: Id) -> Response[Any]:
    """Go to a saved search, the newest first; from now on it is seen."""
    node = visit.node
    with _missing():
        one, _ = saved_searches.looked_at(node.store, visit.admitted, id, node.now(), limit=0)
    return Redirect(address("/search", [("q", one.query), ("sort", "new")]), status_code=303)


@get("/searches/{id:str}/feed", sync_to_thread=True)
def feed(visit: Visiting, id: Id) -> Response[bytes]:
    """Give the Atom feed of a search to who is signed in or sends a key."""
    node = visit.node
    with _missing():
        text = saved_searches.feed(node.store, visit.admitted, id, node.now(), site=node.address.rstrip("/"))
    return Response(text.encode(), media_type=MEDIA_TYPE)


@contextmanager
def _missing() -> Iterator[None]:
    """Answer for a search that is not there, or not theirs, as for a page that is not there."""
    try:
        yield
    except ConfigError:
        raise NotFoundException from None


@post("/searches/{id:str}/address", sync_to_thread=True)
def secret(visit: Visiting, id: Id, form: Sent) -> Response[Any]:
    """Make a secret address of a feed and show it, this once."""
    form.only()
    node = visit.node
    one, made = saved_searches.feed_secret(node.store, visit.admitted, id, node.now())
    visit.noted({"said": "itself"})
    visit.path = "/searches"
    return _page(visit, (one.id, f"{node.address.rstrip('/')}/feeds/searches/{made}.atom"))


@post("/searches/{id:str}/remove", sync_to_thread=True)
def remove(visit: Visiting, id: Id, form: Sent) -> Response[Any]:
    """Remove a search."""
    form.only()
    node = visit.node
    saved_searches.remove(node.store, visit.admitted, id, node.now())
    return Redirect("/searches", status_code=303)


@get("/feeds/searches/{secret_name:str}", sync_to_thread=True)
def by_secret(visit: Visiting, secret_name: Annotated[str, Parameter(max_length=200)]) -> Response[bytes]:
    """Give a feed to whoever has its secret address."""
    node = visit.node
    try:
        text = saved_searches.feed_by_secret(
            node.store,
            secret_name.removesuffix(".atom"),
            node.settings.clearance,
            node.now(),
            site=node.address.rstrip("/"),
            own=f"{node.address.rstrip('/')}/feeds/searches/{secret_name}",
        )
    except AccessDenied:
        raise NotFoundException from None
    return Response(text.encode(), media_type=MEDIA_TYPE)


HANDLERS = [listed, save, look, feed, secret, remove, by_secret]
