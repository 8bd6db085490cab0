"""Sharing: partners, the release queue, what a partner would see, who got what, and corrections."""

from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from watchfloor.core.marking import LEVELS, Marking
from watchfloor.core.partner import standing
from watchfloor.core.product import Product, Recall
from watchfloor.flow import recalling, releasing
from watchfloor.share import export_markdown
from watchfloor.share.release import effective
from watchfloor.web.answering import onward, there
from watchfloor.web.form import Form
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.pages.partners import shown
from watchfloor.web.rendering import NOTHING, page
from watchfloor.web.sending import kept_as
from watchfloor.web.visit import Visit

WAYS = ("release", "show")
MOST_LOG = 15  # deliveries on the first page; all are in the log (assumed)


@get("/sharing", sync_to_thread=True)
def sharing(visit: Visiting) -> Response[bytes]:
    """Show partners, what waits for a decision, corrections and what went; to a partner's person what is theirs."""
    store, by = visit.node.store, visit.admitted
    affected, recalls = recalling.standing(store, by)
    if visit.reader.partner is not None:
        products = store.products.products(visit.reader)
        keep = {one.id for one in store.products.products(visit.reader, way="release")}
        return page(
            visit,
            "sharing_theirs.html",
            title=visit.words.gettext("Shared with %(partner)s") % {"partner": visit.reader.partner},
            data={"products": products, "corrections": recalls},
            marking=_over([one.marking for one in products]),
            products=products,
            keep=keep,
            recalls=recalls,
            got=releasing.delivered(store, by),
        )
    queue = releasing.queued(store, by)
    done = [one for one in releasing.queued(store, by, everything=True) if one.request.state != "asked"]
    partners = store.partners.partners(visit.reader)
    open_ = [one for one in affected if one.recall is None]
    return page(
        visit,
        "sharing.html",
        title=visit.words.gettext("Sharing"),
        data={
            "queue": queue,
            "affected": affected,
            "corrections": recalls,
            "partners": [one.name for one in partners],
        },
        marking=_over([one.product.marking for one in queue]),
        partners=[shown(one, visit) for one in partners],
        groups=store.partners.groups(visit.reader),
        queue=queue,
        decided=done[::-1][:10],
        affected=open_,
        recalls=recalls[::-1],
        log=releasing.delivered(store, by)[::-1][:MOST_LOG],
        titles={one.id: one.title for one in store.products.products(visit.reader)},
        called=recalling.called,
        levels=LEVELS,
        tomorrow=(visit.node.now() + timedelta(days=365)).date().isoformat(),
        is_peopled=visit.node.is_peopled(),
    )


@get("/sharing/log", sync_to_thread=True)
def log(visit: Visiting) -> Response[bytes]:
    """Show who got which version of what, when, how, and whether it has arrived."""
    found = releasing.delivered(visit.node.store, visit.admitted, visit.value("partner") or None)
    products = visit.node.store.products.products(visit.reader)
    names = sorted({one.partner for one in releasing.delivered(visit.node.store, visit.admitted)})
    return page(
        visit,
        "sharing_log.html",
        title=visit.words.gettext("What went to whom"),
        data=found,
        marking=_over([one.marking for one in products if one.id in {made.product for made in found}]),
        log=found[::-1],
        titles={one.id: one.title for one in products},
        names=names,
    )


@get("/sharing/ask", sync_to_thread=True)
def preview(visit: Visiting) -> Response[bytes]:
    """Show what a partner would get of the brief now, and what would be withheld and why."""
    store, by = visit.node.store, visit.admitted
    names = [one.name for one in store.partners.partners(visit.reader) if standing(one, visit.node.now()) == "approved"]
    name = visit.value("partner")
    seen, text = None, ""
    if name:
        seen = releasing.previewed(
            visit.opened, by, name, visit.node.now(), as_of=visit.as_of, title=_title(visit), since=visit.day("since")
        )
        text = export_markdown.export(seen.picture, seen.brief, reader=seen.reader).text
    return page(
        visit,
        "sharing_ask.html",
        title=visit.words.gettext("Preview as a partner"),
        data={"partner": name, "text": text, "withheld": dict(seen.withheld) if seen else {}},
        marking=seen.brief.marking if seen and seen.picture.reports else NOTHING,
        names=names,
        partner=name,
        seen=seen,
        text=text,
        heading=_title(visit),
    )


@post("/sharing/ask", sync_to_thread=True)
def ask(visit: Visiting, form: Sent) -> Response[Any]:
    """Ask for the brief to be released to a partner. Nothing leaves by asking."""
    form.only("partner", "reason", "title", "way", "as_of", "since")
    visit.query = tuple((name, value) for name in ("as_of", "since") if (value := form.text(name, 20)))
    way = form.one_of("way", WAYS) or "release"
    releasing.ask(
        visit.opened,
        visit.admitted,
        form.text("partner", 200),
        visit.node.now(),
        reason=form.text("reason", 1000),
        way=way,  # type: ignore[arg-type]  # one of WAYS
        title=form.text("title", 200) or "Situation brief",
        as_of=visit.as_of,
        since=visit.day("since"),
    )
    visit.query = ()
    return onward(visit, "/sharing#queue")


@get("/sharing/requests/{id:str}", sync_to_thread=True)
def request(visit: Visiting, id: FromPath[str]) -> Response[bytes]:
    """Show a request: who asks and why, and word for word what the partner would get."""
    one = _request(visit, id)
    data = visit.node.store.products.data(visit.reader, one.product.id, "show") or b""
    return page(
        visit,
        "release_request.html",
        title=one.product.title,
        data={"request": one.request, "product": one.product},
        marking=one.product.marking,
        one=one,
        text=data.decode("utf-8", "replace"),
        own=one.request.asked_by == visit.admitted.name,
        is_peopled=visit.node.is_peopled(),
    )


@post("/sharing/requests/{id:str}", sync_to_thread=True)
def decide(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Approve or refuse a request; who asked may not."""
    form.only("action", "reason", "override")
    action = form.one_of("action", ("approve", "refuse"))
    _request(visit, id)
    now, reason = visit.node.now(), form.text("reason", 1000)
    if action == "approve":
        override = bool(form.text("override"))
        releasing.approve(visit.opened, visit.admitted, id, now, reason=reason or None, override=override)
    elif action == "refuse":
        releasing.refuse(visit.node.store, visit.admitted, id, now, reason=reason)
    return onward(visit, visit.to(f"/sharing/requests/{id}"))


@post("/sharing/requests/{id:str}/withdraw", sync_to_thread=True)
def withdraw(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Take back a request of one's own."""
    form.only()
    _request(visit, id)
    releasing.withdraw(visit.node.store, visit.admitted, id, visit.node.now())
    return onward(visit, visit.to(f"/sharing/requests/{id}"))


@post("/sharing/requests/{id:str}/deliver", sync_to_thread=True, status_code=200)
def deliver(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Hand out the file for the partner, and keep that they got it."""
    form.only("how", "to")
    one = _request(visit, id)
    how, to = form.text("how", 200) or "by hand", form.text("to", 200) or None
    _, data = releasing.deliver(visit.node.store, visit.admitted, id, visit.node.now(), how=how, to=to)
    visit.noted({"said": "itself"})
    return _file(data, f"{one.product.id}.{one.product.form}")


@post("/sharing/deliveries/{id:str}", sync_to_thread=True)
def arrived(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Keep that a delivery has arrived."""
    releasing.acknowledge(visit.node.store, visit.admitted, _whole(id), visit.node.now(), whose=_whose(visit, form))
    return onward(visit, visit.to("/sharing") + "#log")


@post("/sharing/recalls", sync_to_thread=True)
def queue_recalls(visit: Visiting, form: Sent) -> Response[Any]:
    """Make the corrections for all that is affected, or for what rests on one report."""
    form.only("report", "reason")
    store, by, now = visit.node.store, visit.admitted, visit.node.now()
    if report := form.text("report", 60):
        recalling.withdraw(store, by, report, form.text("reason", 1000), now)
    else:
        recalling.queue(store, by, now)
    return onward(visit, visit.to("/sharing") + "#recalls")


@post("/sharing/recalls/{id:str}", sync_to_thread=True)
def send_recall(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Send a correction: the partner reads it from now on."""
    form.only()
    _recall(visit, id)
    recalling.send(visit.node.store, visit.admitted, id, visit.node.now())
    return onward(visit, visit.to("/sharing") + "#recalls")


@post("/sharing/recalls/{id:str}/acknowledge", sync_to_thread=True)
def recall_arrived(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Keep that a correction has arrived."""
    _recall(visit, id)
    recalling.acknowledge(visit.node.store, visit.admitted, id, visit.node.now(), whose=_whose(visit, form))
    return onward(visit, visit.to("/sharing") + "#recalls")


@get("/sharing/products/{id:str}", sync_to_thread=True)
def product(visit: Visiting, id: FromPath[str]) -> Response[bytes]:
    """Show what was released or shown; it is kept that a partner's person read it."""
    found = _product(visit, id)
    to_keep = {one.id for one in visit.node.store.products.products(visit.reader, way="release")}
    if visit.reader.partner is not None:
        data = releasing.fetch(visit.node.store, visit.admitted, id, visit.node.now(), how="read here", way="show")
        visit.noted({"said": "itself"})
    else:
        data = visit.node.store.products.data(visit.reader, id, "show") or b""
    return page(
        visit,
        "product.html",
        title=found.title,
        data=found,
        marking=found.marking,
        one=found,
        text=data.decode("utf-8", "replace"),
        keep=visit.may("receive") and found.id in to_keep,
    )


@post("/sharing/products/{id:str}", sync_to_thread=True, status_code=200)
def fetch(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Hand a partner's person a copy of what was released to them; it is kept that they got it."""
    form.only()
    found = _product(visit, id)
    data = releasing.fetch(visit.node.store, visit.admitted, id, visit.node.now(), how="in the browser")
    visit.noted({"said": "itself"})
    return _file(data, f"{found.id}.{found.form}")


def _product(visit: Visit, id: str) -> Product:
    return there(visit.node.store.products.product(visit.reader, id))


def _request(visit: Visit, id: str) -> releasing.Queued:
    """Return the request of exactly this id, as far as its product may be seen; else it is missing."""
    every = releasing.queued(visit.node.store, visit.admitted, everything=True)
    return there(next((one for one in every if one.request.id == id), None))


def _recall(visit: Visit, id: str) -> Recall:
    return there(next((one for one in visit.node.store.recalls.recalls(visit.reader) if one.id == id), None))


def _whole(id: str) -> str:
    """Return a delivery's id; one that is cut off is no id of anything."""
    if len(id) != len("dis_") + 20:
        raise NotFoundException
    return id


def _whose(visit: Visit, form: Form) -> str | None:
    form.only("by")
    return form.text("by", 200) or None if visit.reader.partner is None else None


def _over(markings: list[Marking | None]) -> Marking | None:
    return effective(markings) if markings else NOTHING


def _title(visit: Visit) -> str:
    return visit.value("title")[:200] or "Situation brief"


def _file(data: bytes, name: str) -> Response[bytes]:
    return Response(data, media_type="application/octet-stream", headers=kept_as(name))


HANDLERS = [
    sharing,
    log,
    preview,
    ask,
    request,
    decide,
    withdraw,
    deliver,
    arrived,
    queue_recalls,
    send_recall,
    recall_arrived,
    product,
    fetch,
]
