"""Feeds: how they fare, adding, pausing, asking one now. Nothing here asks another site: the service does."""

from typing import Any, get_args

from litestar import Response, get, post
from litestar.response import Redirect

from watchfloor.core.errors import ConfigError
from watchfloor.core.feed import FeedKind
from watchfloor.core.marking import LEVELS, Marking
from watchfloor.flow import feed_desk
from watchfloor.share.release import banner
from watchfloor.web.address import address
from watchfloor.web.form import Form
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.messages import marked as word
from watchfloor.web.rendering import marked, page
from watchfloor.web.visit import Visit

KINDS = tuple(kind for kind in get_args(FeedKind) if kind not in ("file", "folder"))
HEALTH = {
    "good": word("good"),
    "new": word("never asked"),
    "failing": word("failing"),
    "given up": word("failing for long"),
    "paused": word("paused"),
}
DONE = {
    "added": word("%(name)s is kept; the next run asks it."),
    "asked": word("%(name)s is due now; the running service asks it, or: watchfloor feed run"),
    "paused": word("%(name)s is paused."),
    "resumed": word("%(name)s is asked again from now on."),
}
_FIELDS = ("name", "address", "kind", "every", "outlet", "level", "releasable")


@get("/feeds", sync_to_thread=True)
def listed(visit: Visiting) -> Response[bytes]:
    """List the feeds, those that fail first."""
    return _page(visit)


def _page(visit: Visit, problem: str = "", form: Form | None = None) -> Response[bytes]:
    found = feed_desk.fares(visit.node.store, visit.reader)
    health = visit.value("health") if visit.value("health") in HEALTH else ""
    shown = [one for one in found if not health or one.health == health]
    numbers = {name: sum(one.health == name for one in found) for name in HEALTH}
    return page(
        visit,
        "feeds.html",
        title=visit.words.gettext("Feeds"),
        data=[_twin(one) for one in shown],
        marking=marked(one.feed.marking for one in found),
        status=400 if problem else 200,
        shown=shown,
        total=len(found),
        numbers={name: number for name, number in numbers.items() if number},
        health=health,
        names=HEALTH,
        kinds=KINDS,
        levels=LEVELS,
        now=visit.node.now(),
        problem=problem,
        form={name: form.text(name, 2_000) for name in _FIELDS} if form else {},
        done=_done(visit),
    )


def _done(visit: Visit) -> tuple[str, str] | None:
    name, what = visit.value("name")[:80], visit.value("done")
    return (DONE[what], name) if name and what in DONE else None


@get("/feeds/one", sync_to_thread=True)
def one(visit: Visiting) -> Response[bytes]:
    """Show one feed with its last runs."""
    store, reader = visit.node.store, visit.reader
    feed = feed_desk.named(store, reader, visit.value("name"))
    found = next(each for each in feed_desk.fares(store, reader) if each.feed.name == feed.name)
    runs = feed_desk.runs(store, reader, feed.name, 50)
    return page(
        visit,
        "feed.html",
        title=feed.name,
        data=_twin(found) | {"runs": [{"at": r.at.isoformat(), "outcome": r.outcome, "new": r.new} for r in runs]},
        marking=feed.marking,
        one=found,
        runs=runs,
        names=HEALTH,
        marked_as=banner(feed.marking),
    )


@post("/feeds", sync_to_thread=True)
def add(visit: Visiting, form: Sent) -> Response[Any]:
    """Keep a new feed."""
    form.only(*_FIELDS)
    node = visit.node
    try:
        made = feed_desk.add(
            node.store,
            visit.admitted,
            form.text("name"),
            form.text("address"),
            node.now(),
            kind=form.text("kind"),
            every=form.text("every") or "1h",
            outlet=form.text("outlet", 200),
            marking=_marking(form),
        )
    except ConfigError as wrong:
        return _page(visit, str(wrong), form)
    visit.noted({"said": "itself"})
    return _done_with(made.name, "added")


def _marking(form: Form) -> Marking | None:
    level = form.one_of("level", LEVELS)
    names = frozenset(filter(None, (one.strip() for one in form.text("releasable").split(","))))
    if level is None:
        if names:
            raise ConfigError("who may have it was given without a level; choose one")
        return None
    return Marking(level=level, releasable_to=names)  # type: ignore[arg-type]


@post("/feeds/ask", sync_to_thread=True)
def ask(visit: Visiting, form: Sent) -> Response[Any]:
    """Make a feed due now."""
    name = form.only("name").text("name", 200)
    feed_desk.ask_now(visit.node.store, visit.admitted, name, visit.node.now())
    visit.noted({"said": "itself"})
    return _done_with(name, "asked")


@post("/feeds/pause", sync_to_thread=True)
def pause(visit: Visiting, form: Sent) -> Response[Any]:
    """Ask a feed no more, or again."""
    name = form.only("name", "paused").text("name", 200)
    paused = form.one_of("paused", ("yes", "no")) != "no"
    feed_desk.pause(visit.node.store, visit.admitted, name, visit.node.now(), paused=paused)
    visit.noted({"said": "itself"})
    return _done_with(name, "paused" if paused else "resumed")


def _done_with(name: str, what: str) -> Response[Any]:
    return Redirect(address("/feeds", [("name", name), ("done", what)]), status_code=303)


def _twin(one: feed_desk.Fares) -> dict[str, Any]:
    feed, state = one.feed, one.state
    return {
        "name": feed.name,
        "kind": feed.kind,
        "address": feed.address,
        "every": feed.every,
        "health": one.health,
        "outcome": state.outcome,
        "detail": state.detail,
        "failures": state.failures,
        "tried": state.tried.isoformat() if state.tried else None,
        "good": state.good.isoformat() if state.good else None,
        "next_try": state.next_try.isoformat() if state.next_try else None,
        "new": state.new,
        "awaited": one.awaited,
        "reliability": feed.reliability,
    }


HANDLERS = [listed, one, add, ask, pause]
