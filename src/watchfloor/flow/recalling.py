"""Recalls: a report was corrected or withdrawn, and whoever has a product that rests on it is told."""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct, structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.marking import LEVELS, Reader
from watchfloor.core.product import Dissemination, Product, Recall, Request
from watchfloor.core.report import Report
from watchfloor.flow.acknowledging import arrival
from watchfloor.flow.admission import Admitted
from watchfloor.flow.partnering import receiver
from watchfloor.store.store import Store

FEW_WORDS = 80  # characters by which a report without a headline is known (assumed)


class Fallen(Struct, frozen=True, kw_only=True):
    """A report that no longer stands as it did. successor: what stands at its address now, None for nothing."""

    report: Report
    kind: str
    successor: Report | None = None


class Affected(Struct, frozen=True, kw_only=True):
    """A product of a partner that rests on such a report. got: when and how the partner had it; () when it did not.

    recall: the correction that is queued or sent already.
    """

    fallen: Fallen
    product: Product
    request: Request
    got: tuple[Dissemination, ...]
    recall: Recall | None = None


def affected(store: Store, by: Admitted) -> tuple[Affected, ...]:
    """Return every product and partner that rests on a report that was corrected or withdrawn since."""
    by.require("see")
    released = _released(store, by.reader)
    cited = {id for product, _ in released for id in product.cites}
    if not cited:
        return ()
    fallen = _fallen(store, by.reader, cited)
    return tuple(_affected(store, by.reader, released, fallen))


def standing(store: Store, by: Admitted) -> tuple[tuple[Affected, ...], tuple[Recall, ...]]:
    """Return what is affected, and the corrections; a partner's person is told only those that were sent to them."""
    found = affected(store, by) if by.reader.partner is None else ()
    return found, store.recalls.recalls(by.reader)


def queue(store: Store, by: Admitted, now: datetime) -> tuple[Recall, ...]:
    """Queue a correction for all that `affected` lists and nothing is queued for; return what is new."""
    by.require("recall")
    open_ = [one for one in affected(store, by) if one.recall is None]
    reasons = {"corrected": "the outlet printed another text", "withdrawn": "the outlet withdrew it"}
    return _queued(store, by, open_, reasons, now)


def withdraw(store: Store, by: Admitted, report: str, reason: str, now: datetime) -> tuple[Recall, ...]:
    """Queue a correction for all that rests on a report which a person says no longer stands; return what is new."""
    by.require("recall")
    if not reason.strip():
        raise ConfigError("found no reason; say why, the partners are told it: --reason ...")
    ids = [id for id in store.resolve(by.reader, report) if id.startswith("rep_")]
    kept = store.report(by.reader, ids[0]) if len(ids) == 1 else None
    if kept is None:
        raise ConfigError(f"{len(ids)} reports have an id that begins with {report!r}; expected one")
    fallen = {kept.id: Fallen(report=kept, kind="withdrawn")}
    named = [one for one in _affected(store, by.reader, _released(store, by.reader), fallen) if one.recall is None]
    return _queued(store, by, named, {"withdrawn": reason.strip()}, now)


def send(store: Store, by: Admitted, recall: str, now: datetime) -> Recall:
    """Send a queued correction: the partner reads it from now on, and the product is no longer to be had.

    Raises ConfigError when no queued one has an id that begins so.
    """
    by.require("recall")
    kept = named(store, by, recall)
    if kept.state != "queued":
        raise ConfigError(f"{kept.id} was sent on {kept.sent:%Y-%m-%d} already")
    for request in store.products.requests(by.reader):
        if (request.product, request.partner, request.state) == (kept.product, kept.partner, "approved"):
            detail = {"partner": kept.partner, "product": kept.product, "because": kept.id}
            store.products.change_request(
                by.reader,
                request.id,
                lambda one: structs.replace(one, state="recalled"),
                Note(at=now, who=by.name, verb="recall", what=request.id, detail=detail),
            )
    made = store.recalls.change_recall(
        by.reader,
        kept.id,
        lambda one: structs.replace(one, state="sent", sent=now, sent_by=by.name),
        Note(at=now, who=by.name, verb="recall", what=kept.id, detail={"partner": kept.partner, "change": "sent"}),
    )
    if made is None:
        raise ConfigError(f"there is no correction {recall!r}")
    return made


def acknowledge(store: Store, by: Admitted, recall: str, now: datetime, *, whose: str | None = None) -> Recall:
    """Keep that a correction has arrived: said by a person of the partner, or noted by who sends, with whose word."""
    by.require("acknowledge")
    kept = named(store, by, recall)
    if kept.state == "queued":
        raise ConfigError(f"{kept.id} was not sent yet")

    def arrived(one: Recall) -> Recall:
        if one.state == "acknowledged":
            return one
        return structs.replace(one, state="acknowledged", **arrival(by, now, whose))

    note = Note(at=now, who=by.name, verb="acknowledge", what=kept.id, detail={"by": whose or by.name})
    made = store.recalls.change_recall(by.reader, kept.id, arrived, note)
    if made is None:
        raise ConfigError(f"there is no correction {recall!r}")
    return made


def named(store: Store, by: Admitted, prefix: str) -> Recall:
    """Return the one correction whose id begins so; raise ConfigError for none or several."""
    fitting = [one for one in store.recalls.recalls(by.reader) if one.id.startswith(prefix)]
    if len(fitting) != 1:
        raise ConfigError(
            f"{len(fitting)} corrections have an id that begins with {prefix!r}; see: watchfloor recall list"
        )
    return fitting[0]


def called(report: Report) -> str:
    """Return by which words a person knows a report: its headline, else how it begins."""
    return report.headline or textwrap.shorten(report.text, FEW_WORDS, placeholder="…") or report.id


def _released(store: Store, reader: Reader) -> list[tuple[Product, Request]]:
    products = {product.id: product for product in store.products.products(reader)}
    return [
        (products[request.product], request)
        for request in store.products.requests(reader)
        if request.state in ("approved", "recalled") and request.product in products
    ]


def _fallen(store: Store, reader: Reader, cited: Iterable[str]) -> dict[str, Fallen]:
    """Return of these reports those that are current no more, with what took their place."""
    standing = store.standing(reader, cited)
    fallen = store.reports_named(reader, sorted(set(cited) - standing))
    at_address = store.at_addresses(reader, [report.address for report in fallen.values()])
    found = {}
    for id, report in sorted(fallen.items()):
        now = at_address.get(report.address)
        is_withdrawn = now is None or any(flag.name == "withdrawn" for flag in now.flags)
        found[id] = Fallen(report=report, kind="withdrawn" if is_withdrawn else "corrected", successor=now)
    return found


def _affected(
    store: Store, reader: Reader, released: Iterable[tuple[Product, Request]], fallen: dict[str, Fallen]
) -> Iterator[Affected]:
    got = store.products.disseminations(reader)
    known = {(one.product, one.partner, one.report): one for one in store.recalls.recalls(reader)}
    for product, request in released:
        for id in product.cites:
            if id in fallen:
                yield Affected(
                    fallen=fallen[id],
                    product=product,
                    request=request,
                    got=tuple(one for one in got if (one.product, one.partner) == (product.id, request.partner)),
                    recall=known.get((product.id, request.partner, id)),
                )


def _queued(
    store: Store, by: Admitted, open_: Iterable[Affected], reasons: dict[str, str], now: datetime
) -> tuple[Recall, ...]:
    made = []
    for one in open_:
        partner, report = one.request.partner, one.fallen.report
        recall = Recall(
            id=content_id("rcl", one.product.id, partner, report.id),
            product=one.product.id,
            partner=partner,
            report=report.id,
            kind="withdrawn" if one.fallen.kind == "withdrawn" else "corrected",
            reason=reasons[one.fallen.kind],
            queued=now,
            queued_by=by.name,
            text=_text(store, by.reader, one, reasons[one.fallen.kind], now),
            successor=one.fallen.successor.id if one.fallen.successor else None,
        )
        detail = {"partner": partner, "product": one.product.id, "report": report.id, "change": "queued"}
        if store.recalls.keep_recall(recall, Note(at=now, who=by.name, verb="recall", what=recall.id, detail=detail)):
            made.append(recall)
    return tuple(made)


def _text(store: Store, reader: Reader, one: Affected, reason: str, now: datetime) -> str:
    """Return what the partner is told: of the report what they had already, of the new text only what is theirs."""
    report, product = one.fallen.report, one.product
    day = f", {report.published.value}" if report.published else ""
    lines = [
        f"CORRECTION to “{product.title}”, version {product.version}, of {product.made:%Y-%m-%d}",
        f"TLP:{product.marking.level if product.marking else LEVELS[-1]} | for {one.request.partner}",
        f"SHA-256 of what you were given: {product.sha256}",
        f"It rests on a report that was {one.fallen.kind}: “{called(report)}”"
        f" ({report.outlet or 'outlet not known'}{day}).",
        f"Why: {reason}.",
    ]
    partner = store.partners.partner(reader, one.request.partner)
    if one.fallen.successor is not None and partner is not None:
        theirs = store.report(receiver(store, reader, partner, now), one.fallen.successor.id)
        if theirs is not None:
            lines.append(f"In its place stands: “{called(theirs)}”.")
    lines.append("Please correct or remove your copies, and acknowledge this correction.")
    return "\n".join(lines) + "\n"
