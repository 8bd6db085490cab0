"""Partners: their terms, who approved them, and what stops what they are given."""

from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import LEVELS
from watchfloor.core.partner import Partner, standing
from watchfloor.flow import partnering, releasing
from watchfloor.flow.marking import end_of
from watchfloor.web.answering import onward, there
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.rendering import page
from watchfloor.web.visit import Visit


class Shown(Struct, frozen=True, kw_only=True):
    """A partner as the page shows it. last: the last day of its agreement."""

    partner: Partner
    state: str
    told: str
    last: str


@get("/sharing/partners/{name:str}", sync_to_thread=True)
def partner(visit: Visiting, name: FromPath[str]) -> Response[bytes]:
    """Show a partner: its terms, who approved them, what it got."""
    store, by = visit.node.store, visit.admitted
    found = _partner(visit, name)
    titles = {one.id: one.title for one in store.products.products(visit.reader)}
    return page(
        visit,
        "partner.html",
        title=found.name,
        data=found,
        one=shown(found, visit),
        groups=[one.name for one in store.partners.groups(visit.reader) if found.name in one.members],
        log=releasing.delivered(store, by, found.name)[::-1],
        titles=titles,
        approved_by_me=any(one.by == by.name for one in found.approvals),
        is_peopled=visit.node.is_peopled(),
    )


@post("/sharing/partners", sync_to_thread=True)
def propose(visit: Visiting, form: Sent) -> Response[Any]:
    """Propose a partner, or new terms for one."""
    form.only("name", "terms", "clearance", "until", "contact")
    level = form.one_of("clearance", LEVELS)
    visit.query = (("until", form.text("until", 20)),)
    until = visit.day("until")
    if level is None or until is None:
        raise ConfigError("a partner needs its highest level and the last day of its agreement")
    made = partnering.propose(
        visit.node.store,
        visit.admitted,
        form.text("name", 200),
        visit.node.now(),
        terms=form.text("terms", 50_000),
        clearance=level,  # type: ignore[arg-type]  # one of LEVELS
        expires=end_of(until),
        contact=form.text("contact", 300) or None,
    )
    visit.query = ()
    return onward(visit, visit.to(f"/sharing/partners/{made.name}"))


@post("/sharing/partners/{name:str}", sync_to_thread=True)
def admit(visit: Visiting, form: Sent, name: FromPath[str]) -> Response[Any]:
    """Approve a partner, or stop giving it anything."""
    form.only("action", "reason")
    action = form.one_of("action", ("approve", "suspend", "end"))
    store, by, now = visit.node.store, visit.admitted, visit.node.now()
    _partner(visit, name)
    if action == "approve":
        partnering.approve(store, by, name, now)
    elif action is not None:
        stop = partnering.suspend if action == "suspend" else partnering.end
        stop(store, by, name, form.text("reason", 1000), now)
    return onward(visit, visit.to(f"/sharing/partners/{name}"))


@post("/sharing/partners/{name:str}/resume", sync_to_thread=True)
def resume(visit: Visiting, form: Sent, name: FromPath[str]) -> Response[Any]:
    """Put a partner up for approval again."""
    form.only()
    _partner(visit, name)
    partnering.resume(visit.node.store, visit.admitted, name, visit.node.now())
    return onward(visit, visit.to(f"/sharing/partners/{name}"))


def shown(one: Partner, visit: Visit) -> Shown:
    """Return a partner as the page shows it."""
    now = visit.node.now()
    last = (one.expires - timedelta(seconds=1)).date().isoformat()
    return Shown(partner=one, state=standing(one, now), told=partnering.told(one, now), last=last)


def _partner(visit: Visit, name: str) -> Partner:
    return there(visit.node.store.partners.partner(visit.reader, name))


HANDLERS = [partner, propose, admit, resume]
