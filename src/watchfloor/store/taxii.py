"""Collections and what lies in them: objects as they are sent, in the order in which they were added.

`added` grows with every object of a collection and is never the same twice, also when the clock stands still or goes
back: whoever remembers the last one that was seen misses nothing and gets nothing twice. The row of the collection is
locked while objects are added, so that they become visible in this order.

An object is seen by whoever may see every report that it rests on: a report that is marked stricter takes what was
published of it out of sight at once, in all of its versions.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from watchfloor.core.collection import Collection, Page, Selection, Shelved, StixObject
from watchfloor.core.marking import Reader
from watchfloor.store.markings import in_standing, visible
from watchfloor.store.portions import portions
from watchfloor.store.schema import reports
from watchfloor.store.schema_taxii import taxii_collections, taxii_grounds, taxii_objects, taxii_statuses

KEEP_STATUSES = 7 * 86_400_000_000  # microseconds; TAXII wants a day at least

_objects = taxii_objects.c
_grounds = taxii_grounds.c


def _open_to(reader: Reader) -> ColumnElement[bool]:
    """Return the condition under which a collection is there at all for the reader: their own, in good standing."""
    if reader.partner is None:
        return true()
    return and_(taxii_collections.c.partner == reader.partner, in_standing(reader, literal(0)))


def _within(reader: Reader, collection: str) -> ColumnElement[bool]:
    """Return the condition that an object lies in this collection, that the collection is there for the reader, and
    that no report on which the object rests is withheld from them.
    """
    known = select(taxii_collections.c.id).where(taxii_collections.c.id == collection, _open_to(reader))
    withheld = exists().where(
        _grounds.collection == _objects.collection,
        _grounds.added == _objects.added,
        reports.c.id == _grounds.report,
        ~visible(reports, reader),
    )
    return and_(_objects.collection == known.scalar_subquery(), ~withheld)


def keep_collection(connection: Connection, given: Collection) -> None:
    """Keep a collection, or change title, description, alias and partner of the one with its id."""
    values = {
        "title": given.title,
        "partner": given.partner,
        "description": given.description,
        "alias": given.alias,
    }
    table = taxii_collections
    changed = connection.execute(update(table).where(table.c.id == given.id).values(**values))
    if not changed.rowcount:
        connection.execute(insert(table), {"id": given.id, "last_added": 0, **values})


def collections(connection: Connection, reader: Reader) -> tuple[Collection, ...]:
    """Return the collections that are there for the reader, always in the same order."""
    table = taxii_collections
    rows = connection.execute(select(table).where(_open_to(reader)).order_by(table.c.title, table.c.id))
    return tuple(
        Collection(id=row.id, title=row.title, partner=row.partner, description=row.description, alias=row.alias)
        for row in rows
    )


def add(
    connection: Connection,
    collection: str,
    given: Sequence[StixObject],
    now: int,
    *,
    sender: str | None = None,
    fixed: Sequence[int | None] = (),
) -> list[str | None]:
    """Add objects in their order; return for each None, or why it was not added. An exact duplicate is no failure.

    now: the clock. sender: who sent them, None when this node publishes them. fixed: when each is to have been added,
    for fixtures; each later than the last.
    """
    table = taxii_collections
    row = connection.execute(select(table.c.last_added).where(table.c.id == collection).with_for_update()).one()
    last: int = row.last_added
    known = _versions(connection, collection, {one.id for one in given})
    rows: dict[tuple[str, int], dict[str, object]] = {}
    answers: list[str | None] = []
    for number, one in enumerate(given):
        wished = fixed[number] if number < len(fixed) else None
        added = max(wished if wished is not None else now, last + 1)
        same = known.setdefault(one.id, {})
        if one.moment is None and one.body in same.values():
            answers.append(None)
            continue
        moment = added if one.moment is None else one.moment
        if moment in same:
            answers.append(None if same[moment] == one.body else "another object with this id and version is here")
            continue
        last = added
        same[moment] = one.body
        answers.append(None)
        rows[one.id, moment] = _row(collection, one, added, moment) | {"sender": sender}
    if rows:
        _mark_ends(connection, collection, known, rows)
        connection.execute(insert(taxii_objects), list(rows.values()))
        _ground(connection, collection, given, rows)
        connection.execute(update(table).where(table.c.id == collection).values(last_added=last))
    return answers


def _ground(
    connection: Connection,
    collection: str,
    given: Sequence[StixObject],
    rows: dict[tuple[str, int], dict[str, object]],
) -> None:
    """Write down on which reports the new rows rest."""
    rests_on = {(one.id, one.moment): one.rests_on for one in given}
    found = [
        {"collection": collection, "added": row["added"], "report": report}
        for key, row in rows.items()
        for report in dict.fromkeys(rests_on.get(key, ()))
    ]
    if found:
        connection.execute(insert(taxii_grounds), found)


def keep_grounds(connection: Connection, collection: str, grounds: Mapping[str, Sequence[str]]) -> None:
    """Write down on which further reports the last versions of objects rest: report ids by object id."""
    query = select(_objects.object, _objects.added, _grounds.report).outerjoin(
        taxii_grounds, and_(_grounds.collection == _objects.collection, _grounds.added == _objects.added)
    )
    added: dict[str, int] = {}
    known: set[tuple[int, str | None]] = set()
    for row in connection.execute(query.where(_objects.collection == collection, _objects.is_last)):
        added[row.object] = row.added
        known.add((row.added, row.report))
    missing = [
        {"collection": collection, "added": added[id], "report": report}
        for id, rests_on in grounds.items()
        for report in dict.fromkeys(rests_on)
        if id in added and (added[id], report) not in known
    ]
    if missing:
        connection.execute(insert(taxii_grounds), missing)


def _row(collection: str, one: StixObject, added: int, moment: int) -> dict[str, object]:
    return {
        "collection": collection,
        "added": added,
        "object": one.id,
        "type": one.type,
        "version": one.version,
        "moment": moment,
        "spec_version": one.spec_version,
        "is_first": False,
        "is_last": False,
        "body": one.body,
    }


def _versions(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, dict[int, str]]:
    """Return what is here of the objects: body by instant of its version, by id."""
    found: dict[str, dict[int, str]] = {}
    asked = sorted(ids)
    for some in portions(asked):
        query = select(_objects.object, _objects.moment, _objects.body)
        for row in connection.execute(query.where(_objects.collection == collection, _objects.object.in_(some))):
            found.setdefault(row.object, {})[row.moment] = row.body
    return found


def _mark_ends(
    connection: Connection,
    collection: str,
    known: dict[str, dict[int, str]],
    rows: dict[tuple[str, int], dict[str, object]],
) -> None:
    """Say which of the new rows are the first and last version of their object, and unsay it of older rows."""
    ids = {id for id, _ in rows}
    older = sorted(id for id in ids if any((id, moment) not in rows for moment in known[id]))
    for id in ids:
        first, last = min(known[id]), max(known[id])
        if (id, first) in rows:
            rows[id, first]["is_first"] = True
        if (id, last) in rows:
            rows[id, last]["is_last"] = True
    for id in older:
        _remark(connection, collection, id, min(known[id]), max(known[id]))


def _remark(connection: Connection, collection: str, id: str, first: int, last: int) -> None:
    here = and_(_objects.collection == collection, _objects.object == id)
    connection.execute(
        update(taxii_objects).where(here).values(is_first=_objects.moment == first, is_last=_objects.moment == last)
    )


def find(connection: Connection, reader: Reader, collection: str, wanted: Selection, *, bodies: bool = True) -> Page:
    """Return what is asked for, the earliest added first; an empty page from a collection not there for the reader."""
    columns = [_objects.object, _objects.added, _objects.version]
    query = select(*columns, _objects.body) if bodies else select(*columns)
    conditions = [_within(reader, collection), *_conditions(wanted)]
    rows = connection.execute(query.where(*conditions).order_by(_objects.added).limit(wanted.most + 1)).all()
    found = tuple(
        Shelved(id=row.object, added=row.added, version=row.version or "", body=row.body if bodies else None)
        for row in rows[: wanted.most]
    )
    return Page(found=found, more=len(rows) > wanted.most)


def _conditions(wanted: Selection) -> Iterable[ColumnElement[bool]]:
    if wanted.after is not None:
        yield _objects.added > wanted.after
    if wanted.ids:
        yield _objects.object.in_(wanted.ids)
    if wanted.types:
        yield _objects.type.in_(wanted.types)
    if wanted.spec_versions:
        yield _objects.spec_version.in_(wanted.spec_versions)
    if "all" not in wanted.versions:
        yield _of_versions(wanted.versions)


def _of_versions(versions: Sequence[str | int]) -> ColumnElement[bool]:
    any_of: list[ColumnElement[bool]] = []
    if "last" in versions:
        any_of.append(_objects.is_last)
    if "first" in versions:
        any_of.append(_objects.is_first)
    moments = [one for one in versions if isinstance(one, int)]
    if moments:
        any_of.append(_objects.moment.in_(moments))
    return or_(*any_of)


def published(
    connection: Connection, reader: Reader, collection: str, *, resting_on: str | None = None
) -> dict[str, tuple[int, str]]:
    """Return the last version of everything that this node published there: instant and body by id.

    resting_on: id of a report; only what rests on it.
    """
    query = select(_objects.object, _objects.moment, _objects.body).where(
        _within(reader, collection), _objects.is_last, _objects.sender.is_(None)
    )
    if resting_on is not None:
        on = (_grounds.collection == collection, _grounds.added == _objects.added, _grounds.report == resting_on)
        query = query.where(exists().where(*on))
    return {row.object: (row.moment, row.body) for row in connection.execute(query.order_by(_objects.added))}


def has(connection: Connection, reader: Reader, collection: str, id: str) -> bool:
    """Return whether any version of the object lies in the collection."""
    query = select(_objects.added).where(_within(reader, collection), _objects.object == id).limit(1)
    return connection.execute(query).first() is not None


def count(connection: Connection, reader: Reader, collection: str) -> int:
    """Return how many versions of objects lie in the collection."""
    query = select(func.count()).select_from(taxii_objects).where(_within(reader, collection))
    return connection.execute(query).scalar_one()


def remove(connection: Connection, collection: str, id: str, wanted: Selection) -> int:
    """Take versions of an object out of the collection; return how many."""
    table = taxii_collections
    connection.execute(select(table.c.id).where(table.c.id == collection).with_for_update())
    here = and_(_objects.collection == collection, _objects.object == id)
    leaving = select(_objects.added).where(here, *_conditions(wanted))
    connection.execute(delete(taxii_grounds).where(_grounds.collection == collection, _grounds.added.in_(leaving)))
    gone = connection.execute(delete(taxii_objects).where(here, *_conditions(wanted))).rowcount
    left = connection.execute(select(func.min(_objects.moment), func.max(_objects.moment)).where(here)).one()
    if gone and left[0] is not None:
        _remark(connection, collection, id, left[0], left[1])
    return gone


def keep_status(connection: Connection, id: str, owner: str, at: int, body: str) -> None:
    """Keep what became of a request for the one who made it, and forget those that are old."""
    connection.execute(delete(taxii_statuses).where(taxii_statuses.c.at < at - KEEP_STATUSES))
    connection.execute(insert(taxii_statuses), {"id": id, "owner": owner, "at": at, "body": body})


def status(connection: Connection, owner: str, id: str) -> str | None:
    """Return what became of a request that this one made, None when there is none of that id."""
    query = select(taxii_statuses.c.body).where(taxii_statuses.c.id == id, taxii_statuses.c.owner == owner)
    return connection.execute(query).scalar_one_or_none()
