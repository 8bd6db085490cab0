"""Where in web archives the bytes of captures lie, and how far the node's own archives are known to be in the database.

Evidence is kept in the transaction that keeps its capture. It carries the marking with which it came, as a sighting
does: an address that was seen by a feed nobody may know of is not shown with a capture that is released.
"""

from sqlalchemy import Connection, delete, func, insert, select, union_all

from watchfloor.core.evidence import Evidence
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking, Reader
from watchfloor.store import markings
from watchfloor.store.markings import at_home, visible
from watchfloor.store.reading import noun
from watchfloor.store.schema import archives, captures, made
from watchfloor.store.schema import evidence as kept
from watchfloor.store.text import moment, storable
from watchfloor.store.write_records import has

_COLUMNS = [column for column in kept.c if column.name not in ("id", "tlp", "marking")]


def keep(connection: Connection, evidence: Evidence, capture: str, marking: Marking | None) -> bool:
    """Keep where a capture's bytes lie; False when that is kept. capture: the id under which its bytes are kept."""
    id = content_id("evi", capture, evidence.file, evidence.offset, evidence.record)
    if has(connection, kept, id):
        markings.tighten(connection, kept, id, marking)
        return False
    connection.execute(
        insert(kept),
        {
            "id": id,
            "capture": capture,
            "file": storable(evidence.file),
            "start": evidence.start,
            "offset": evidence.offset,
            "length": evidence.length,
            "kind": evidence.kind,
            "record": storable(evidence.record),
            "digest": evidence.digest,
            "url": storable(evidence.url),
            "date": moment(evidence.date),
            **markings.columns(marking),
        },
    )
    markings.release(connection, id, marking)
    return True


def of_report(connection: Connection, reader: Reader, report: str) -> tuple[Evidence, ...]:
    """Return where the bytes lie of all captures that gave the report, the earliest first."""
    of = select(made.c.capture).where(made.c.report == storable(report))
    return _found(connection, reader, kept.c.capture.in_(of))


def of_digest(connection: Connection, reader: Reader, digest: str) -> Evidence | None:
    """Return the first record that holds a payload itself, None when none is kept; for home readers."""
    found = _found(connection, reader, kept.c.digest == digest, kept.c.kind == "response", at_home(reader), most=1)
    return found[0] if found else None


def of_record(connection: Connection, reader: Reader, record: str) -> Evidence | None:
    """Return where the record of a name lies, None when that is not kept."""
    found = _found(connection, reader, kept.c.record == storable(record), most=1)
    return found[0] if found else None


def of_url(connection: Connection, reader: Reader, url: str) -> tuple[Evidence, ...]:
    """Return where all lies that was received from an address, the earliest first."""
    return _found(connection, reader, kept.c.url == storable(url))


def offsets(connection: Connection, reader: Reader, file: str, after: int) -> frozenset[int]:
    """Return the offsets of the records of a file whose captures are kept, from one on; none to a partner's reader.

    It asks for no clearance: what it tells is which of the node's own records are done with, and nothing of them.
    """
    return frozenset(
        connection.execute(
            select(kept.c.offset).where(kept.c.file == storable(file), kept.c.offset >= after, at_home(reader))
        ).scalars()
    )


def checked(connection: Connection, reader: Reader) -> dict[str, int]:
    """Return up to which offset each of the node's own archives is known to be in the database; for home readers."""
    rows = connection.execute(select(archives.c.file, archives.c.checked).where(at_home(reader)))
    return {str(file): int(offset) for file, offset in rows}


def ends(connection: Connection, reader: Reader) -> dict[str, int]:
    """Return by file the last offset at which a whole record is known to end; for home readers, of any clearance."""
    both = union_all(
        select(kept.c.file, (kept.c.offset + kept.c.length).label("end")),
        select(archives.c.file, archives.c.checked.label("end")),
    ).subquery()
    rows = connection.execute(select(both.c.file, func.max(both.c.end)).where(at_home(reader)).group_by(both.c.file))
    return {str(file): int(end) for file, end in rows}


def keep_checked(connection: Connection, file: str, offset: int) -> None:
    """Keep up to which offset a file is known to be in the database."""
    connection.execute(delete(archives).where(archives.c.file == storable(file)))
    connection.execute(insert(archives), {"file": storable(file), "checked": offset})


def _found(
    connection: Connection, reader: Reader, *conditions: object, most: int | None = None
) -> tuple[Evidence, ...]:
    query = (
        select(*_COLUMNS)
        .join(captures, captures.c.id == kept.c.capture)
        .where(*conditions, visible(kept, reader), visible(captures, reader))  # type: ignore[arg-type]
        .order_by(kept.c.date, kept.c.file, kept.c.offset)
    )
    return tuple(noun(row, Evidence) for row in connection.execute(query.limit(most)).mappings())
