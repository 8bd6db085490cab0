"""Keep a report and all that belongs to it, inside of the transaction that is handed in: whole or not at all."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from msgspec import structs
from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from watchfloor.core.annotation import Annotation
from watchfloor.core.errors import StoreError
from watchfloor.core.report import Report
from watchfloor.store import facets, fulltext, markings
from watchfloor.store.editions import only, recount
from watchfloor.store.inserting import insert_all
from watchfloor.store.portions import portions
from watchfloor.store.schema import annotations, captures, editions, made, reports
from watchfloor.store.text import day, moment, optional, read_report, storable, written
from watchfloor.store.write_records import has

Outcome = Literal["new", "new-version", "renewed", "unchanged"]


class _Kept(NamedTuple):
    seq: int
    capture: str
    document: str
    recipe: str


Made = tuple[Report, Sequence[Annotation]]

_MOST = 200  # reports that are looked up and written at once; well under every database's limit of bound values


def keep_reports(connection: Connection, given: Sequence[Made], recipe: str) -> list[Outcome]:
    """Keep reports in their order; what `keep_report` says of each.

    Reports of which nothing is kept yet, nearly all of them, are written together: a statement takes longer to get to
    a server and back than to do its work.
    """
    outcomes: list[Outcome] = []
    for some in portions(given, _MOST):
        known = _Known.of(connection, [report for report, _ in some])
        new: list[Made] = []
        for report, found in some:
            if known.is_new(report):
                outcomes.append("new-version" if storable(report.address) in known.addresses else "new")
                new.append((report, found))
            else:
                _insert(connection, new, known, recipe)
                new = []
                outcomes.append(keep_report(connection, report, found, recipe))
            known.add(report)
        _insert(connection, new, known, recipe)
    return outcomes


class _Known(NamedTuple):
    """What is kept of some reports: ids and addresses; captures that gave a report; when captures were collected.

    alone: addresses of which no report was kept before and one is given.
    """

    ids: set[str]
    addresses: set[str]
    linked: set[str]
    collected: dict[str, str]
    alone: frozenset[str]

    @classmethod
    def of(cls, connection: Connection, given: Sequence[Report]) -> "_Known":
        """Return what is kept of these."""
        addresses = Counter(storable(report.address) for report in given)
        there = connection.execute(
            _THERE, {"ids": [storable(report.id) for report in given], "addresses": list(addresses)}
        ).all()
        captured = connection.execute(_CAPTURED, {"ids": [storable(report.capture) for report in given]}).all()
        known = {row.address for row in there}
        return cls(
            ids={row.id for row in there},
            addresses=known,
            linked={row.id for row in captured if row.report is not None},
            collected={row.id: row.collected for row in captured},
            alone=frozenset(address for address, times in addresses.items() if times == 1 and address not in known),
        )

    def is_new(self, report: Report) -> bool:
        """Return whether nothing that is kept has to do with the report, but for other texts at its address."""
        return report.id not in self.ids and report.capture in self.collected and report.capture not in self.linked

    def add(self, report: Report) -> None:
        """Know a report that was kept."""
        self.ids.add(report.id)
        self.addresses.add(storable(report.address))
        self.linked.add(report.capture)


_THERE = select(reports.c.id, reports.c.address).where(
    or_(
        reports.c.id.in_(bindparam("ids", expanding=True)),
        reports.c.address.in_(bindparam("addresses", expanding=True)),
    )
)
_CAPTURED = (
    select(captures.c.id, captures.c.collected, made.c.report)
    .join(made, made.c.capture == captures.c.id, isouter=True)
    .where(captures.c.id.in_(bindparam("ids", expanding=True)))
)
_NEW = insert(reports).returning(reports.c.id, reports.c.seq)


def _insert(connection: Connection, given: Sequence[Made], known: _Known, recipe: str) -> None:
    """Write reports of which nothing is kept yet, with all that belongs to them."""
    if not given:
        return
    rows = [
        {
            "id": report.id,
            "capture": report.capture,
            "sole": storable(report.address) in known.alone,
            **columns(report),
        }
        for report, _ in given
    ]
    numbers = {row.id: row.seq for row in connection.execute(_NEW, rows)}
    markings.release_all(connection, [(report.id, report.marking) for report, _ in given])
    fulltext.put_all(connection, [(numbers[report.id], report.headline, report.text) for report, _ in given])
    connection.execute(insert(annotations), [_annotations(report, found, recipe) for report, found in given])
    facets.put_all(connection, [(numbers[report.id], report, found) for report, found in given])
    insert_all(connection, made, [{"capture": report.capture, "report": report.id} for report, _ in given])
    stood = {storable(report.address): report for report, _ in given}
    first = [
        only(address, report.id, report.published.low if report.published else None, known.collected[report.capture])
        for address, report in stood.items()
        if address in known.alone
    ]
    insert_all(connection, editions, first)
    for address in stood.keys() - known.alone:
        recount(connection, address)


def keep_report(connection: Connection, report: Report, found: Sequence[Annotation], recipe: str) -> Outcome:
    """Keep a report with its annotations, everything that belongs to it in this one transaction.

    "new": its address was not known. "new-version": the address was known with another text. "renewed": it was made
    again, by another recipe. "unchanged": it was there, made by this recipe, or from another capture of the same text.
    Raises StoreError when its capture is not kept.
    """
    kept = _kept(connection, report.id)
    address = storable(report.address)
    is_known = kept is None and has(connection, reports, address, "address")
    if kept is None:
        seq = _insert_report(connection, report)
        connection.execute(insert(annotations), _annotations(report, found, recipe))
        facets.put(connection, seq, report, found)
    before = _link(connection, report)
    if before != report.id:
        recount(connection, address)
    if kept is not None:
        return _renew(connection, kept, report, found, recipe)
    if before is not None:
        return "renewed"
    return "new-version" if is_known else "new"


def _kept(connection: Connection, id: str) -> _Kept | None:
    row = connection.execute(
        select(reports.c.seq, reports.c.capture, reports.c.document, annotations.c.recipe)
        .join(annotations, annotations.c.report == reports.c.id)
        .where(reports.c.id == storable(id))
    ).one_or_none()
    return None if row is None else _Kept(*row)


def _insert_report(connection: Connection, report: Report) -> int:
    seq: int
    (seq,) = connection.execute(
        insert(reports).returning(reports.c.seq),
        {"id": report.id, "capture": report.capture, **columns(report)},
    ).one()
    markings.release(connection, report.id, report.marking)
    fulltext.put(connection, seq, report.headline, report.text)
    return seq


def columns(report: Report) -> dict[str, object]:
    """Return the report as values of its columns, without its id and its capture."""
    published = report.published
    low = published.low.isoformat() if published and published.low else None
    return {
        "address": storable(report.address),
        "outlet": optional(report.outlet),
        "headline": optional(report.headline),
        "language": optional(report.language),
        "published_low": low,
        "published_high": published.high.isoformat() if published and published.high else None,
        "published": optional(published.value) if published else None,
        "known_on": low or day(report.collected).isoformat(),
        "collected": moment(report.collected),
        "document": written(structs.replace(report, marking=None)),  # the marking has columns of its own
        **markings.columns(report.marking),
    }


def _annotations(report: Report, found: Sequence[Annotation], recipe: str) -> dict[str, object]:
    return {
        "report": report.id,
        "recipe": storable(recipe),
        "generated_by": ", ".join(sorted({storable(annotation.generated_by) for annotation in found})),
        "body": written(found),
    }


def _link(connection: Connection, report: Report) -> str | None:
    """Write down which report the capture gave; return the one it gave before, None if none."""
    before: str | None = connection.execute(select(made.c.report).where(made.c.capture == report.capture)).scalar()
    if before is None:
        connection.execute(insert(made), {"capture": report.capture, "report": report.id})
    elif before != report.id:
        connection.execute(update(made).where(made.c.capture == report.capture).values(report=report.id))
        old = connection.execute(select(reports.c.address).where(reports.c.id == before)).scalar_one()
        recount(connection, old)
    return before


def _renew(
    connection: Connection,
    kept: _Kept,
    report: Report,
    found: Sequence[Annotation],
    recipe: str,
) -> Outcome:
    markings.tighten(connection, reports, report.id, report.marking)
    if kept.recipe == storable(recipe) or kept.capture != report.capture:
        return "unchanged"
    old = read_report(kept.document)
    new = read_report(written(report))
    if old.text != new.text:
        raise StoreError(
            f"report {report.id} is kept with another text; an id stands for outlet, address and text: make a new id"
        )
    if old.headline != new.headline:
        fulltext.remove(connection, kept.seq, old.headline, old.text)
        fulltext.put(connection, kept.seq, new.headline, new.text)
    values = columns(structs.replace(report, marking=None))
    del values["tlp"], values["marking"]
    connection.execute(update(reports).where(reports.c.seq == kept.seq).values(**values))
    connection.execute(delete(annotations).where(annotations.c.report == report.id))
    connection.execute(insert(annotations), _annotations(report, found, recipe))
    facets.remove(connection, kept.seq)
    facets.put(connection, kept.seq, report, found)
    recount(connection, storable(report.address))
    if storable(old.address) != storable(report.address):
        recount(connection, storable(old.address))
    return "renewed"
