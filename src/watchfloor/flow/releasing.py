"""Releases: somebody asks with a reason, somebody else decides, and it is kept who got which version when."""

from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from msgspec import Struct, structs

from watchfloor.core.audit import Note
from watchfloor.core.brief import Brief
from watchfloor.core.errors import ConfigError, ReleaseDenied
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Level, Marking, Reader
from watchfloor.core.partner import Partner
from watchfloor.core.picture import Picture
from watchfloor.core.product import Dissemination, Product, Request, Way
from watchfloor.flow.acknowledging import arrival
from watchfloor.flow.admission import Admitted
from watchfloor.flow.partnering import receiver, receivers
from watchfloor.flow.release import Prepared, Written, prepared
from watchfloor.flow.situation import Situation
from watchfloor.share import export_json, export_markdown
from watchfloor.share.release import effective, refusal, spelled_out
from watchfloor.store.store import Store

FORMS = ("md", "json")
COLLECTION = "taxii"
"""The form of what goes into a partner's TAXII collection (flow.offering)."""


class Asked(Struct, frozen=True, kw_only=True):
    """What asking gave: the product and its request; is_new is False when the same was asked before."""

    product: Product
    request: Request
    is_new: bool


class Queued(Struct, frozen=True, kw_only=True):
    """A request and what it is about."""

    request: Request
    product: Product


def queued(store: Store, by: Admitted, *, everything: bool = False) -> tuple[Queued, ...]:
    """Return the requests that wait for a decision, or all, the oldest first, as far as their products may be seen."""
    products = {one.id: one for one in store.products.products(by.reader)}
    return tuple(
        Queued(request=one, product=products[one.product])
        for one in store.products.requests(by.reader)
        if one.product in products and (everything or one.state == "asked")
    )


def delivered(store: Store, by: Admitted, partner: str | None = None) -> tuple[Dissemination, ...]:
    """Return who got which version of what, in the order of time, of all partners or one."""
    return tuple(one for one in store.products.disseminations(by.reader) if partner is None or one.partner == partner)


def previewed(opened: Situation, by: Admitted, partner: str, now: datetime, **told: Any) -> Prepared:
    """Return what a partner would get of a brief now, with how much would be withheld and why. Nothing is kept.

    told: of `prepared`: as_of, title, since, written. Raises ConfigError when nothing can go to the partner now.
    """
    by.require("ask")
    (kept,) = receivers(opened.store, by.reader, partner, now)[:1]
    return prepared(opened, receiver=receiver(opened.store, by.reader, kept, now), **told)


def ask(
    opened: Situation,
    by: Admitted,
    to: str,
    now: datetime,
    *,
    reason: str,
    way: Way = "release",
    form: str = "md",
    title: str = "Situation brief",
    clearance: Level = "RED",
    whole: bool = False,
    as_of: date | None = None,
    since: date | None = None,
    written: Written | None = None,
) -> tuple[Asked, ...]:
    """Make the brief for a partner, or each partner of a group, and ask for its release.

    whole: this node's own picture instead of the partner's; its effective marking says then whether it can go.
    since: only what changed from a day on. written: puts a brief as people wrote it, in the place of the machine's.
    Raises ConfigError for no reason, an unknown partner, nothing that may be released, and AccessDenied.
    """
    by.require("ask")
    _give_reason(reason)
    if form not in FORMS:
        raise ConfigError(f"{form!r} is no form for a product; expected one of {', '.join(FORMS)}")
    named = receivers(opened.store, by.reader, to, now)
    asked = []
    for partner in named:
        reader = by.reader if whole else receiver(opened.store, by.reader, partner, now, clearance)
        ready = prepared(opened, receiver=reader, as_of=as_of, title=title, since=since, written=written)
        if not ready.picture.reports or not any(section.lines for section in ready.brief.sections):
            continue
        made = _product(ready, by, partner, now, form=form, title=title, whole=whole)
        asked.append(request(opened.store, by, made, partner.name, now, reason=reason, way=way))
    if not asked:
        raise ConfigError(
            f"nothing is released to {to!r}; mark reports: watchfloor markings set REPORT --tlp green --rel {to!r}"
        )
    return tuple(asked)


def approve(
    opened: Situation, by: Admitted, request: str, now: datetime, *, reason: str | None = None, override: bool = False
) -> Request:
    """Approve a request: from now on the partner may have the product.

    What the markings say is looked at again, as they are now. override: let it go to a partner that the markings do
    not name; it takes a reason and the right to loosen, and never reaches what is unmarked, expired, or above what was
    agreed with the partner. Raises AccessDenied, ReleaseDenied, and ConfigError when who asked would decide.
    """
    by.require("decide")
    kept = named(opened.store, by, request)
    store = opened.store
    product = store.products.product(by.reader, kept.product)
    if product is None:
        raise ConfigError(f"request {kept.id} is about a product that you may not see")
    _not_alone(by, kept)
    (partner,) = receivers(store, by.reader, kept.partner, now)
    to = receiver(store, by.reader, partner, now)
    refused = refusal(_present_marking(store, by.reader, product), to)
    override = override and product.form != COLLECTION  # a collection is made of what is theirs by the markings
    if refused == "not releasable to this partner" and override:
        by.require("loosen")
        if not (reason or "").strip():
            raise ConfigError("an override needs a reason; it is kept with it: --reason ...")
    elif refused is not None:
        hint = "; an override takes --override and a reason" if refused == "not releasable to this partner" else ""
        raise ReleaseDenied(f"refused by the release rule: {refused}{hint}")
    is_override = refused is not None

    def decide(one: Request) -> Request:
        _still_open(one)
        return structs.replace(
            one, state="approved", decided_by=by.name, decided=now, decided_because=reason, override=is_override
        )

    detail = {
        "partner": kept.partner,
        "product": kept.product,
        "way": kept.way,
        **({"reason": reason} if reason else {}),
    }
    if is_override:
        detail["override"] = "yes"
    return _decided(store, by, kept, decide, Note(at=now, who=by.name, verb="decide", what=kept.id, detail=detail))


def refuse(store: Store, by: Admitted, request: str, now: datetime, *, reason: str) -> Request:
    """Refuse a request with a reason."""
    by.require("decide")
    _give_reason(reason)
    kept = named(store, by, request)
    _not_alone(by, kept)

    def decide(one: Request) -> Request:
        _still_open(one)
        return structs.replace(one, state="refused", decided_by=by.name, decided=now, decided_because=reason)

    detail = {"partner": kept.partner, "product": kept.product, "reason": reason, "outcome": "refused"}
    return _decided(store, by, kept, decide, Note(at=now, who=by.name, verb="decide", what=kept.id, detail=detail))


def withdraw(store: Store, by: Admitted, request: str, now: datetime) -> Request:
    """Take back a request of one's own that is not decided yet."""
    by.require("ask")
    kept = named(store, by, request)
    if kept.asked_by != by.name:
        raise ConfigError(f"request {kept.id} is {kept.asked_by}'s; only who asked may take it back")

    def take_back(one: Request) -> Request:
        _still_open(one)
        return structs.replace(one, state="withdrawn")

    detail = {"partner": kept.partner, "product": kept.product, "change": "withdrawn"}
    return _decided(store, by, kept, take_back, Note(at=now, who=by.name, verb="ask", what=kept.id, detail=detail))


def deliver(
    store: Store, by: Admitted, request: str, now: datetime, *, how: str, to: str | None = None
) -> tuple[Dissemination, bytes]:
    """Return the bytes to hand to the partner, and the entry of the dissemination log that says so.

    The partner's own right to them is looked up at this moment: a marking tightened since, or a suspension, stops it.
    """
    by.require("deliver")
    kept = named(store, by, request)
    if kept.state != "approved":
        raise ReleaseDenied(f"request {kept.id} is {kept.state}; only what was approved is handed over")
    if kept.way != "release":
        raise ReleaseDenied(
            f"request {kept.id} is to show, not to release: {kept.partner} may read it here, keeps no copy"
        )
    (partner,) = receivers(store, by.reader, kept.partner, now)
    made, data = _handed(store, receiver(store, by.reader, partner, now), kept, by.name, now, how=how, to_whom=to)
    return made, data


def fetch(store: Store, by: Admitted, product: str, now: datetime, *, how: str, way: Way = "release") -> bytes:
    """Return the bytes of a product to a person of the partner, and keep that they got it.

    Raises ReleaseDenied in the same words whether there is no such product or it is not theirs.
    """
    by.require("receive" if way == "release" else "see")
    data = store.products.data(by.reader, product, way)
    found = store.products.product(by.reader, product)
    if data is None or found is None or by.reader.partner is None:
        raise ReleaseDenied("there is no such product for you")
    made = _dissemination(found, by.reader.partner, now, how=how, by=by.name, to=by.name, request="")
    detail = {"partner": made.partner, "how": how, "version": str(found.version)}
    note = Note(at=now, who=by.name, verb="receive" if way == "release" else "see", what=product, detail=detail)
    store.products.keep_dissemination(made, note)
    return data


def acknowledge(store: Store, by: Admitted, id: str, now: datetime, *, whose: str | None = None) -> Dissemination:
    """Keep that a delivery has arrived: said by a person of the partner, or noted by who delivers, with whose word."""
    by.require("acknowledge")
    known = [one for one in store.products.disseminations(by.reader) if one.id.startswith(id)]
    if len(known) != 1:
        raise ConfigError(f"{len(known)} deliveries have an id that begins with {id!r}; expected one")

    def arrived(one: Dissemination) -> Dissemination:
        if one.acknowledged is not None:
            return one
        return structs.replace(one, **arrival(by, now, whose))

    note = Note(at=now, who=by.name, verb="acknowledge", what=known[0].id, detail={"by": whose or by.name})
    made = store.products.change_dissemination(by.reader, known[0].id, arrived, note)
    if made is None:
        raise ConfigError(f"there is no delivery {id!r}")
    return made


def request(
    store: Store, by: Admitted, made: tuple[Product, bytes], partner: str, now: datetime, *, reason: str, way: Way
) -> Asked:
    """Keep a product that was made, with its bytes, and ask for its release to a partner, with a reason."""
    by.require("ask")
    _give_reason(reason)
    product, data = made
    note = Note(at=now, who=by.name, verb="ask", what=product.id, detail={"partner": partner, "change": "made"})
    kept = store.products.keep_product(product, data, note)
    before = [
        one
        for one in store.products.requests(by.reader)
        if (one.product, one.partner, one.way) == (kept.id, partner, way)
    ]
    request = Request(
        id=content_id("req", kept.id, partner, way, by.name, now.isoformat(), len(before)),
        product=kept.id,
        partner=partner,
        way=way,
        asked_by=by.name,
        asked=now,
        asked_because=reason.strip(),
    )
    detail = {"partner": partner, "product": kept.id, "way": way, "reason": reason.strip()}
    is_new = store.products.keep_request(request, Note(at=now, who=by.name, verb="ask", what=request.id, detail=detail))
    if not is_new:
        request = next(one for one in before if one.state in ("asked", "approved"))
    return Asked(product=kept, request=request, is_new=is_new)


def named(store: Store, by: Admitted, prefix: str) -> Request:
    """Return the one request whose id begins so; raise ConfigError for none or several."""
    fitting = [one for one in store.products.requests(by.reader) if one.id.startswith(prefix)]
    if len(fitting) != 1:
        raise ConfigError(
            f"{len(fitting)} requests have an id that begins with {prefix!r}; see: watchfloor release queue"
        )
    return fitting[0]


def _product(
    ready: Prepared, by: Admitted, partner: Partner, now: datetime, *, form: str, title: str, whole: bool
) -> tuple[Product, bytes]:
    export = export_json.export if form == "json" else export_markdown.export
    data = export(ready.picture, ready.brief, reader=ready.reader).text.encode("utf-8")
    prepared_for = None if whole else partner.name
    series = content_id("ser", title, form, prepared_for)
    digest = sha256(data).hexdigest()
    cites = tuple(sorted(report.id for report in ready.picture.reports))
    made = Product(
        id=content_id("prd", series, digest, cites, now.isoformat()),
        series=series,
        version=1,
        title=title,
        form=form,
        sha256=digest,
        size=len(data),
        made=now,
        made_by=by.name,
        prepared_for=prepared_for,
        marking=_marking(ready.picture, ready.brief),
        cites=cites,
    )
    return made, data


def _marking(picture: Picture, brief: Brief) -> Marking | None:
    """Return the effective marking of a product: of what the gate left of it, and of every report in its picture."""
    return effective([*([brief.marking] if brief.marking else []), *(report.marking for report in picture.reports)])


def _present_marking(store: Store, reader: Reader, product: Product) -> Marking | None:
    """Return the marking that follows from the cited reports as they are marked now, and from how it was when made."""
    groups = {group.name: group.members for group in store.partners.groups(reader)}
    parts: list[Marking | None] = [product.marking]
    for id in product.cites:
        report = store.report(reader, id)
        parts.append(None if report is None else spelled_out(report.marking, groups))
    return effective(parts)


def _handed(
    store: Store, to: Reader, request: Request, by: str, now: datetime, *, how: str, to_whom: str | None
) -> tuple[Dissemination, bytes]:
    data = store.products.data(to, request.product, "release")
    product = store.products.product(to, request.product)
    if data is None or product is None or to.partner is None:
        raise ReleaseDenied(
            "refused by the release rule: a marking was tightened, or has expired, since it was approved"
        )
    if sha256(data).hexdigest() != product.sha256:
        raise ReleaseDenied(
            f"the bytes of product {product.id} are not those that were decided upon; restore the database"
        )
    made = _dissemination(product, to.partner, now, how=how, by=by, to=to_whom, request=request.id)
    detail = {"partner": made.partner, "product": product.id, "version": str(product.version), "how": how}
    store.products.keep_dissemination(made, Note(at=now, who=by, verb="deliver", what=request.id, detail=detail))
    return made, data


def _dissemination(
    product: Product, partner: str, now: datetime, *, how: str, by: str, to: str | None, request: str
) -> Dissemination:
    return Dissemination(
        id=content_id("dis", product.id, partner, now.isoformat(), how, by),
        request=request,
        product=product.id,
        partner=partner,
        version=product.version,
        sha256=product.sha256,
        at=now,
        how=how,
        by=by,
        to=to,
    )


def _decided(store: Store, by: Admitted, kept: Request, change: Callable[[Request], Request], note: Note) -> Request:
    made = store.products.change_request(by.reader, kept.id, change, note)
    if made is None:
        raise ConfigError(f"there is no request {kept.id}")
    return made


def _not_alone(by: Admitted, request: Request) -> None:
    if by.person is None:
        raise ConfigError(
            "no people are registered here, and releasing takes two different ones; begin with: watchfloor people add"
        )
    if by.name == request.asked_by:
        raise ConfigError(f"{by.name} asked for this release; somebody else must decide")


def _still_open(request: Request) -> None:
    if request.state != "asked":
        raise ConfigError(f"request {request.id} is {request.state} already")


def _give_reason(reason: str) -> None:
    if not reason.strip():
        raise ConfigError("found no reason; say why, it is kept with it: --reason ...")
