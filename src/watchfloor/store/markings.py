"""Who may see what: the one filter that every read carries, and how a marking lies in the tables.

A home reader sees what is unmarked or marked up to the clearance. A partner's reader sees only what is marked, up to
the clearance, and releasable to that partner. What carries no marking of its own (asides, judgements) stays at home.
"""

from msgspec import json
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Table,
    and_,
    delete,
    exists,
    false,
    insert,
    or_,
    select,
    true,
)

from watchfloor.core.marking import LEVELS, Marking, Reader
from watchfloor.store.schema import asides, captures, releasable
from watchfloor.store.text import is_storable, written

_decode = json.Decoder(Marking).decode


def visible(table: FromClause, reader: Reader) -> ColumnElement[bool]:
    """Return the condition under which a row of the table may be shown to the reader."""
    if table is asides:
        of_capture = exists().where(captures.c.id == asides.c.capture, visible(captures, reader))
        return and_(at_home(reader), or_(asides.c.capture.is_(None), of_capture))
    if "tlp" not in table.c:
        return at_home(reader)
    cleared = table.c.tlp <= LEVELS.index(reader.clearance)
    if reader.partner is None:
        return or_(table.c.tlp.is_(None), cleared)
    if not is_storable(reader.partner):
        return false()
    released = exists().where(releasable.c.item == table.c.id, releasable.c.partner == reader.partner)
    return and_(table.c.tlp.is_not(None), cleared, released)


def at_home(reader: Reader) -> ColumnElement[bool]:
    """Return the condition that the reader belongs to this node."""
    return true() if reader.partner is None else false()


def columns(marking: Marking | None) -> dict[str, object]:
    """Return the marking as values of the columns `tlp` and `marking`."""
    if marking is None:
        return {"tlp": None, "marking": None}
    return {"tlp": LEVELS.index(marking.level), "marking": written(marking)}


def read(marking: str | None) -> Marking | None:
    """Return the marking from its column."""
    return None if marking is None else _decode(marking)


def release(connection: Connection, item: str, marking: Marking | None) -> None:
    """Write down to whom a new item may go."""
    if rows := [{"item": item, "partner": partner} for partner in partners(marking)]:
        connection.execute(insert(releasable), rows)


def partners(marking: Marking | None) -> list[str]:
    """Return to whom an item with the marking may go; a name that no database can hold is nobody's."""
    return sorted(filter(is_storable, marking.releasable_to)) if marking else []


def tighten(connection: Connection, table: Table, item: str, marking: Marking | None) -> None:
    """Make the kept marking of an item as strict as another one laid down for it; nothing here ever loosens.

    A marking that is not given changes nothing, and what is unmarked stays unmarked: that is the strictest of all.
    """
    row = connection.execute(select(table.c.marking).where(table.c.id == item)).scalar_one()
    kept = read(row)
    if kept is None or marking is None:
        return
    strict = stricter(kept, marking)
    if strict != kept:
        connection.execute(table.update().where(table.c.id == item).values(**columns(strict)))
        connection.execute(delete(releasable).where(releasable.c.item == item))
        release(connection, item, strict)


def stricter(one: Marking, other: Marking) -> Marking:
    """Return the marking that satisfies both: the higher level, the partners common to both, all caveats.

    >>> free = Marking(level="CLEAR", releasable_to=frozenset("ab"))
    >>> stricter(free, Marking(level="RED", releasable_to=frozenset("b")))
    Marking(level='RED', releasable_to=frozenset({'b'}), caveats=())
    """
    return Marking(
        level=max(one.level, other.level, key=LEVELS.index),
        releasable_to=one.releasable_to & other.releasable_to,
        caveats=tuple(dict.fromkeys(one.caveats + other.caveats)),
    )
