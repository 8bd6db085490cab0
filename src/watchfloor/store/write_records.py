"""Keep asides and judgements; inside of the transaction that is handed in."""

from typing import Literal

from sqlalchemy import Connection, Table, insert, select

from watchfloor.core.aside import Aside
from watchfloor.core.judgement import Judgement
from watchfloor.store.schema import asides, judgements
from watchfloor.store.text import moment, optional, storable

Kept = Literal["new", "known"]


def keep_aside(connection: Connection, aside: Aside) -> Kept:
    """Keep the record of an item that could not go on."""
    if has(connection, asides, aside.id):
        return "known"
    connection.execute(
        insert(asides),
        {
            "id": aside.id,
            "locator": storable(aside.locator),
            "capture": aside.capture,
            "room": storable(aside.room),
            "reason": storable(aside.reason),
            "detail": storable(aside.detail),
            "at": moment(aside.at),
        },
    )
    return "new"


def keep_judgement(connection: Connection, judgement: Judgement) -> Kept:
    """Keep what a person decided."""
    if has(connection, judgements, judgement.id):
        return "known"
    connection.execute(
        insert(judgements),
        {
            "id": judgement.id,
            "left": storable(judgement.left),
            "right": storable(judgement.right),
            "verdict": judgement.verdict,
            "by": storable(judgement.by),
            "at": moment(judgement.at),
            "reason": optional(judgement.reason),
        },
    )
    return "new"


def has(connection: Connection, table: Table, value: str, column: str = "id") -> bool:
    """Return whether a row with this value is kept."""
    return (
        connection.execute(select(1).select_from(table).where(table.c[column] == storable(value)).limit(1)).scalar()
        is not None
    )
