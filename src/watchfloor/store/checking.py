"""Look whether all that is kept still holds together: bytes, ids, references, editions, markings, the index of words.

What follows from other things (editions, the index) can be computed again: `mend` does. What does not is found only.
"""

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any, Literal

from msgspec import MsgspecError, Struct
from sqlalchemy import Connection, Table, exists, func, select, union

from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.store import facets, fulltext, markings, write_reports
from watchfloor.store.dump import refuse_partial
from watchfloor.store.editions import are_right, recount
from watchfloor.store.progress import Tell, counted, silent
from watchfloor.store.reading import revived
from watchfloor.store.schema import captures, editions, evidence, metadata, releasable, reports, sightings

Part = Literal["file", "bytes", "id", "reference", "report", "marking", "edition", "index"]

_PAGE = 200  # rows read at once (assumed: some megabytes)
_RESTORE = "restore the database from a backup"
_MEND = "run `watchfloor db check --mend`"
_LOOK = "look who wrote it: the program did not; restore the database from a backup"


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that does not hold. what: the item; found, expected: in words; do: what a person can do."""

    part: Part
    what: str
    found: str
    expected: str
    do: str


def check(connection: Connection, reader: Reader, tell: Tell = silent) -> tuple[Finding, ...]:
    """Return all that does not hold, of everything that is kept; raise ReleaseDenied for who may not see everything."""
    refuse_partial(reader, "a check reads everything")
    if file := _of_the_file(connection):
        return file  # what a damaged file holds says nothing
    told = [*_of_bytes(connection, tell), *_of_evidence(connection), *_of_references(connection)]
    if unread := list(_of_json(connection, reader, tell)):
        return (*told, *unread)  # the rest reads what cannot be read
    told += _of_reports(connection, reader, tell)
    return (*told, *_of_markings(connection), *_of_editions(connection, tell), *_of_index(connection, tell))


def mend(connection: Connection) -> int:
    """Compute again what follows from other things, the editions and the index; return how many reports there are."""
    addresses = union(select(reports.c.address), select(editions.c.address))
    for address in connection.execute(addresses).scalars().all():
        recount(connection, address)
    facets.refill(connection)
    return fulltext.refill(connection)


def _of_the_file(connection: Connection) -> tuple[Finding, ...]:
    if connection.dialect.name != "sqlite":
        return ()  # a server looks after its own files (data checksums, pg_amcheck)
    said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    return tuple(
        Finding(part="file", what="the database file", found=one, expected="a whole file", do=_RESTORE)
        for one in said
        if one != "ok"
    )


def _of_bytes(connection: Connection, tell: Tell) -> Iterator[Finding]:
    for row in _rows(connection, captures, "bytes of captures", tell):
        what = f"capture {row.id}"
        kept = row.data.encode() if isinstance(row.data, str) else row.data  # SQLite holds to no type
        try:
            data = zlib.decompress(kept) if row.packed else kept
        except zlib.error as error:
            yield Finding(part="bytes", what=what, found=f"damaged bytes ({error})", expected="zlib data", do=_RESTORE)
            continue
        if len(data) != row.size:
            yield _finding("bytes", what, f"{len(data)} bytes", f"{row.size} bytes", _RESTORE)
        elif (digest := hashlib.sha256(data).hexdigest()) != row.sha256:
            yield _finding("bytes", what, f"sha256 {digest}", f"sha256 {row.sha256}", _RESTORE)
        yield from _of_id(what, row.id, row.locator, content_id("cap", row.locator, row.sha256))


def _of_evidence(connection: Connection) -> Iterator[Finding]:
    for row in connection.execute(select(evidence)):
        expected = content_id("evi", row.capture, row.file, row.offset, row.record)
        yield from _of_id(f"evidence {row.id}", row.id, row.file + row.record, expected)


def _of_references(connection: Connection) -> Iterator[Finding]:
    """Yield rows that name what is not kept; SQLite takes such rows from other programs, PostgreSQL from nobody."""
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            there = key.column.table.alias()
            named = select(key.parent).where(
                key.parent.is_not(None), ~exists().where(there.c[key.column.name] == key.parent)
            )
            for value in connection.execute(named.distinct().order_by(key.parent)).scalars():
                what = f"{table.name}.{key.parent.name}"
                yield _finding("reference", what, f"{value}, which is not kept", f"a row of {there.name}", _RESTORE)


def _of_json(connection: Connection, reader: Reader, tell: Tell) -> Iterator[Finding]:
    """Yield documents and markings that cannot be read."""
    for row in _rows(connection, reports, "documents of reports", tell):
        try:
            revived(row.document, row.marking, reader)
        except (MsgspecError, TypeError) as error:
            yield _finding("report", f"report {row.id}", f"a document that cannot be read ({error})", "JSON", _RESTORE)
    for table in (captures, sightings, evidence):
        for id, marking in connection.execute(select(table.c.id, table.c.marking)):
            try:
                markings.read(marking)
            except (MsgspecError, TypeError) as error:
                yield _finding("marking", id, f"a marking that cannot be read ({error})", "JSON", _RESTORE)


def _of_reports(connection: Connection, reader: Reader, tell: Tell) -> Iterator[Finding]:
    """Yield reports whose columns say something else than their documents."""
    for row in _rows(connection, reports, "columns of reports", tell):
        report = revived(row.document, row.marking, reader)
        expected = write_reports.columns(report)
        for name in sorted(expected.keys() - {"document"}):
            if getattr(row, name) != expected[name]:
                found, right = f"{name} {getattr(row, name)!r}", f"{name} {expected[name]!r}"
                yield _finding("report", f"report {row.id}", found, right, _LOOK)
        if report.id != row.id:
            yield _finding("id", f"report {row.id}", f"a text with the id {report.id}", row.id, _LOOK)
        said = "".join((report.outlet or "", report.url or "", report.text))
        yield from _of_id(f"report {row.id}", row.id, said, content_id("rep", report.outlet, report.url, report.text))


def _of_id(what: str, id: str, said: str, expected: str) -> Iterator[Finding]:
    if id != expected and "\ufffd" not in said:  # what could not be stored as it was has the id of what it was
        yield _finding("id", what, id, f"{expected}, which its content gives", _LOOK)


def _of_markings(connection: Connection) -> Iterator[Finding]:
    kept: dict[str, set[str]] = {}
    for item, partner in connection.execute(select(releasable.c.item, releasable.c.partner)):
        kept.setdefault(item, set()).add(partner)
    for table in metadata.sorted_tables:
        if "marking" not in table.c or "id" not in table.c:
            continue
        for id, tlp, marking in connection.execute(select(table.c.id, table.c.tlp, table.c.marking)):
            expected = markings.read(marking)
            partners = kept.pop(id, set())
            right = {partner for partner in markings.named(expected) if "\ufffd" not in partner}  # see _of_id
            if markings.columns(expected)["tlp"] != tlp:
                yield _finding("marking", id, f"level {tlp}", f"the level of {marking}", _LOOK)
            if {partner for partner in partners if "\ufffd" not in partner} != right:
                yield _finding("marking", id, f"releasable to {sorted(partners)}", f"as in {marking}", _LOOK)
    for item in sorted(kept):
        yield _finding("marking", item, f"releasable to {sorted(kept[item])}", "an item that is kept", _LOOK)


def _of_editions(connection: Connection, tell: Tell) -> Iterator[Finding]:
    addresses = union(select(reports.c.address), select(editions.c.address)).subquery()
    kept = connection.execute(select(addresses.c.address).order_by(addresses.c.address)).scalars().all()
    for address in counted(kept, "editions of addresses", len(kept), tell):
        if not are_right(connection, address):
            yield _finding("edition", address, "other editions", "those that its captures give", _MEND)


def _of_index(connection: Connection, tell: Tell) -> Iterator[Finding]:
    names = {0: "the totals of the index"}
    for seq in fulltext.damages(connection, tell):
        id = connection.execute(select(reports.c.id).where(reports.c.seq == seq)).scalar()
        what = f"report {id}" if id else names.get(seq, f"row {seq} of the index")
        yield _finding("index", what, "other words in the index", "those of its text" if id else "none", _MEND)


def _finding(part: Part, what: str, found: str, expected: str, do: str) -> Finding:
    return Finding(part=part, what=what, found=found, expected=expected, do=do)


def _rows(connection: Connection, table: Table, what: str, tell: Tell) -> Iterator[Any]:
    number = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return counted(_paged(connection, table), what, number, tell)


def _paged(connection: Connection, table: Table) -> Iterator[Any]:
    after = 0
    while page := connection.execute(select(table).where(table.c.seq > after).order_by(table.c.seq).limit(_PAGE)).all():
        after = page[-1].seq
        yield from page
