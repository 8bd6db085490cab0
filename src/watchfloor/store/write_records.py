"""Keep asides and judgements; inside of the transaction that is handed in."""

from typing import Literal

from sqlalchemy import Connection, Table, delete, exists, insert, or_, select, update

from watchfloor.core.aside import Aside
from watchfloor.core.judgement import Judgement
from watchfloor.store import markings
from watchfloor.store.schema import asides, captures, judgements, sightings
from watchfloor.store.text import moment, optional, storable

Kept = Literal["new", "known"]


def keep_aside(connection: Connection, aside: Aside) -> Kept:
    """Keep the record of an item that could not go on.

    A capture has one aside: another reason takes the place of the one before. One that is kept already keeps the time
    at which it came up, unless its locator could be read in between: then it comes up anew.
    """
    if has(connection, asides, aside.id):
        _refresh(connection, aside)
        return "known"
    if aside.capture is not None:
        connection.execute(delete(asides).where(asides.c.capture == aside.capture))
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


def _refresh(connection: Connection, aside: Aside) -> None:
    at = moment(aside.at)
    read_since = [
        exists().where(table.c.locator == asides.c.locator, table.c.collected > asides.c.at, table.c.collected <= at)
        for table in (captures, sightings)
    ]
    connection.execute(
        update(asides)
        .where(asides.c.id == aside.id, asides.c.at < at, or_(*read_since))
        .values(at=at, detail=storable(aside.detail))
    )


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
            **markings.columns(judgement.marking),
        },
    )
    return "new"


def has(connection: Connection, table: Table, value: str, column: str = "id") -> bool:
    """Return whether a row with this value is kept."""
    return (
        connection.execute(select(1).select_from(table).where(table.c[column] == storable(value)).limit(1)).scalar()
        is not None
    )
