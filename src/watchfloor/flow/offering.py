"""What goes into a partner's TAXII collection: asked for with a reason, decided by another, handed over and logged.

Taking back needs no decision: what is no longer released leaves the collection at once. Everything else waits: it is
kept as a product, the very objects that are to be sent, until somebody else has approved it.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from watchfloor.core.collection import Collection
from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Level
from watchfloor.core.product import Dissemination, Product, Recall
from watchfloor.flow import publishing, releasing
from watchfloor.flow.admission import Admitted
from watchfloor.flow.partnering import receiver, receivers
from watchfloor.flow.publishing import Published, collection_of, released_to
from watchfloor.flow.release import Prepared, prepared
from watchfloor.flow.releasing import COLLECTION, Asked
from watchfloor.flow.situation import Situation
from watchfloor.share.release import effective
from watchfloor.store.store import Store

Object = dict[str, Any]


class Sending(Struct, frozen=True, kw_only=True):
    """The bytes of a product for a collection: the objects as they are sent, and by id the reports they rest on."""

    collection: str
    objects: list[Object]
    rests_on: dict[str, tuple[str, ...]]


class Offered(Struct, frozen=True, kw_only=True):
    """What offering came to. asked: None when the collection says it all already. withheld: by reason."""

    asked: Asked | None
    taken_back: int
    withheld: dict[str, int]


def offer(
    opened: Situation, by: Admitted, partner: str, now: datetime, *, reason: str, clearance: Level = "RED"
) -> Offered:
    """Take back what the partner may no longer have, and ask for the release of what is new or otherwise.

    Raises ConfigError when the partner has no collection or no reason was given, and AccessDenied.
    """
    by.require("ask")
    where = collection_of(opened.store, by.reader, partner)
    (named,) = receivers(opened.store, by.reader, partner, now)
    ready = prepared(opened, receiver=receiver(opened.store, by.reader, named, now, clearance))
    found = released_to(where, ready)
    objects = [one for one, _ in found]
    taken_back = publishing.take_back(opened.store, by.reader, where.id, objects, now)
    asked = None
    if publishing.differs(opened.store, by.reader, where.id, objects):
        made = _product(where, ready, found, by, now)
        asked = releasing.request(opened.store, by, made, partner, now, reason=reason, way="release")
    return Offered(asked=asked, taken_back=taken_back, withheld=dict(ready.withheld))


def taken_back_for(store: Store, by: Admitted, recall: Recall, now: datetime) -> int:
    """Take out of the partner's collection all that rests on the report of a sent correction; return how many objects.

    What takes its place waits for a decision like anything new. Nothing goes when the correction is about a product of
    another form.
    """
    by.require("recall")
    product = store.products.product(by.reader, recall.product)
    if product is None or product.form != COLLECTION:
        return 0
    where = collection_of(store, by.reader, recall.partner)
    return publishing.take_back_from(store, by.reader, where.id, recall.report, now)


def hand_over(store: Store, by: Admitted, request: str, now: datetime) -> tuple[Dissemination, Published]:
    """Put an approved product into the partner's collection; return the entry of the dissemination log and the count.

    The partner's right to all of it is looked up at this moment. The entry is written first: doing it again after a
    crash puts in what is missing. Raises ReleaseDenied as `releasing.deliver` does, and for a product of another form.
    """
    kept = releasing.named(store, by, request)
    product = store.products.product(by.reader, kept.product)
    if product is None or product.form != COLLECTION:
        raise ReleaseDenied(
            f"request {kept.id} is about no collection; hand it over with: watchfloor release deliver {kept.id}"
        )
    made, data = releasing.deliver(store, by, kept.id, now, how="TAXII collection")
    sending = msgspec.json.decode(data, type=Sending)
    done = publishing.put(store, by.reader, sending.collection, sending.objects, now, sending.rests_on)
    return made, done


def _product(
    where: Collection, ready: Prepared, found: Sequence[tuple[Object, tuple[str, ...]]], by: Admitted, now: datetime
) -> tuple[Product, bytes]:
    rests_on = {one["id"]: on for one, on in found if on}
    sending = Sending(collection=where.id, objects=[one for one, _ in found], rests_on=rests_on)
    data = msgspec.json.format(msgspec.json.encode(sending), indent=1) + b"\n"
    cites = tuple(sorted({report for on in rests_on.values() for report in on}))
    marks = {report.id: report.marking for report in ready.picture.reports}
    series = content_id("ser", COLLECTION, where.id)
    digest = sha256(data).hexdigest()
    made = Product(
        id=content_id("prd", series, digest, cites, now.isoformat()),
        series=series,
        version=1,
        title=f"Collection {where.title}",
        form=COLLECTION,
        sha256=digest,
        size=len(data),
        made=now,
        made_by=by.name,
        prepared_for=where.partner,
        marking=effective([marks.get(report) for report in cites]),
        cites=cites,
    )
    return made, data
