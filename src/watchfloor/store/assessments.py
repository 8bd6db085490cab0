"""What people hold of claims; it stays at home and is no partner's to see."""

import msgspec
from sqlalchemy import Connection, insert, select

from watchfloor.core.assessment import Assessment
from watchfloor.core.marking import Reader
from watchfloor.store import markings
from watchfloor.store.markings import columns, visible
from watchfloor.store.schema import assessments
from watchfloor.store.text import moment


def keep(connection: Connection, made: Assessment) -> None:
    """Keep an assessment; the same one again changes nothing."""
    if connection.execute(select(assessments.c.id).where(assessments.c.id == made.id)).first() is None:
        body = msgspec.json.encode(made).decode()
        row = {"id": made.id, "at": moment(made.at), "body": body, **columns(made.marking)}
        connection.execute(insert(assessments), row)


def read(connection: Connection, reader: Reader) -> tuple[Assessment, ...]:
    """Return all assessments, oldest first; a partner's reader sees none."""
    rows = connection.execute(
        select(assessments.c.body, assessments.c.marking)
        .where(visible(assessments, reader))
        .order_by(assessments.c.at, assessments.c.id)
    )
    return tuple(
        msgspec.structs.replace(msgspec.json.decode(row.body, type=Assessment), marking=markings.read(row.marking))
        for row in rows
    )
