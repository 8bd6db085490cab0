"""Keep and find the links of entities to identifiers that a user supplied; inside of the transaction handed in."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, delete, insert, select

from watchfloor.core.entity import Identity
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.store.markings import visible
from watchfloor.store.schema import identities
from watchfloor.store.text import storable


def keep(connection: Connection, given: Sequence[Identity], file: str) -> int:
    """Keep the links of one file in place of all that it gave before; return how many there are now."""
    connection.execute(delete(identities).where(identities.c.file == storable(file)))
    rows = {
        content_id("idn", one.file, one.schema, one.country, one.name, one.qid): {
            "file": storable(one.file),
            "name": storable(one.name),
            "qid": storable(one.qid),
            "at": storable(one.at),
            "document": msgspec.json.encode(one).decode(),
        }
        for one in given
    }
    if rows:
        connection.execute(insert(identities), [{"id": id, **rows[id]} for id in sorted(rows)])
    return len(rows)


def find(connection: Connection, reader: Reader) -> tuple[Identity, ...]:
    """Return every link by name; a partner's reader sees none."""
    rows = connection.execute(
        select(identities.c.document)
        .where(visible(identities, reader))
        .order_by(identities.c.name, identities.c.qid, identities.c.id)
    )
    return tuple(msgspec.json.decode(row.document, type=Identity) for row in rows)
