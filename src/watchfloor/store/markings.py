"""Who may see what: the one filter that every read carries, and how a marking lies in the tables.

A home reader sees what is unmarked or marked up to the clearance. A partner's reader sees only what is marked, up to
the clearance, and releasable to that partner or to a group that it belongs to, as long as neither the marking nor the
agreement with the partner has run out, and nobody has suspended it. What carries no marking of its own (asides), and
what people of this node think (judgements, assessments), stays at home.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import json, structs
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from watchfloor.core.marking import LEVELS, Marking, Reader, combined
from watchfloor.store import state
from watchfloor.store.inserting import insert_all
from watchfloor.store.portions import portions
from watchfloor.store.schema import asides, assessments, captures, judgements, releasable, reports
from watchfloor.store.schema_sharing import partner_groups, partner_members, partners
from watchfloor.store.schema_watch import alerts, moves, seen_things
from watchfloor.store.text import is_storable, moment, storable, written

_decode = json.Decoder(Marking).decode

stricter = combined


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
    if table in (judgements, assessments, alerts, moves, seen_things) or not is_storable(reader.partner):
        return false()
    named = or_(releasable.c.partner == reader.partner, releasable.c.partner.in_(groups_of(reader.partner)))
    released = select(literal(1)).where(releasable.c.item == table.c.id, named, lasts(releasable.c.expires, reader))
    is_released = released.correlate(table).limit(1).scalar_subquery().is_not(None)  # asked row by row: see is_current
    return and_(table.c.tlp.is_not(None), cleared, in_standing(reader, table.c.tlp), is_released)


def hidden_reports(connection: Connection, reader: Reader, ids: Iterable[str]) -> set[str]:
    """Return the reports among these that are there and that the reader may not see by now."""
    return {id for id, _ in _reports(connection, ids, ~visible(reports, reader))}


def laid_on(connection: Connection, reader: Reader, ids: Iterable[str]) -> dict[str, Marking]:
    """Return by id how the reports among these are marked by now that are marked and that the reader may see."""
    found = _reports(connection, ids, visible(reports, reader), reports.c.marking.is_not(None))
    return {id: _decode(marking) for id, marking in found if marking is not None}


def _reports(
    connection: Connection, ids: Iterable[str], *conditions: ColumnElement[bool]
) -> Iterator[tuple[str, str | None]]:
    asked = sorted({storable(id) for id in ids})
    for portion in portions(asked):
        some = reports.c.id.in_(portion)
        rows = connection.execute(select(reports.c.id, reports.c.marking).where(some, *conditions))
        yield from ((row.id, row.marking) for row in rows)


def groups_of(partner: str) -> Select[tuple[str]]:
    """Return the query for the groups that a partner belongs to."""
    return select(partner_members.c.group_name).where(partner_members.c.partner == partner)


def in_standing(reader: Reader, tlp: ColumnElement[int | None]) -> ColumnElement[bool]:
    """Return the condition that nothing stands against giving the reader's partner something of this level.

    A body that was proposed gets nothing until it is approved; one that this database knows nothing of is not kept
    from what a marking releases to its name, but nobody can sign in for it. The name of a group is nobody's own.
    """
    open_ = and_(partners.c.standing == "approved", lasts(partners.c.expires, reader))
    may = select(case((open_, partners.c.tlp), else_=-1)).where(partners.c.name == reader.partner)
    return and_(
        tlp <= func.coalesce(may.scalar_subquery(), len(LEVELS)),
        ~exists().where(partner_groups.c.name == reader.partner),
    )


def lasts(expires: ColumnElement[str | None], reader: Reader) -> ColumnElement[bool]:
    """Return the condition that something has not run out by when the reader asks; never for who does not say."""
    return expires.is_(None) if reader.at is None else or_(expires.is_(None), expires > moment(reader.at))


def at_home(reader: Reader) -> ColumnElement[bool]:
    """Return the condition that the reader belongs to this node."""
    return true() if reader.partner is None else false()


def columns(marking: Marking | None) -> dict[str, object]:
    """Return the marking as values of the columns `tlp` and `marking`."""
    if marking is None:
        return {"tlp": None, "marking": None}
    return {"tlp": LEVELS.index(marking.level), "marking": written(marking)}


def read(marking: str | None, reader: Reader | None = None) -> Marking | None:
    """Return the marking from its column, as the reader may read it: who else has an item is no partner's to know."""
    found = None if marking is None else _decode(marking)
    if found is None or reader is None or reader.partner is None:
        return found
    return structs.replace(found, releasable_to=frozenset({reader.partner}))


def release(connection: Connection, item: str, marking: Marking | None) -> None:
    """Write down to whom a new item may go."""
    release_all(connection, [(item, marking)])


def release_all(connection: Connection, given: Sequence[tuple[str, Marking | None]]) -> None:
    """Write down to whom new items may go."""
    rows = []
    for item, marking in given:
        ends = None if marking is None or marking.expires is None else moment(marking.expires)
        rows += [{"item": item, "partner": partner, "expires": ends} for partner in named(marking)]
    insert_all(connection, releasable, rows)


def lay(connection: Connection, table: Table, item: str, marking: Marking | None) -> None:
    """Make the marking of an item what is given, freer or not: who may do so is decided before."""
    connection.execute(table.update().where(table.c.id == item).values(**columns(marking)))
    connection.execute(delete(releasable).where(releasable.c.item == item))
    release(connection, item, marking)
    state.note_marking(connection)


def named(marking: Marking | None) -> list[str]:
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
        lay(connection, table, item, strict)
