"""Laying another marking on what is kept; with its entry in the log."""

from sqlalchemy import Connection, Table, select, union, union_all

from watchfloor.core.audit import Note
from watchfloor.core.marking import Marking, Reader
from watchfloor.store import assessments as held
from watchfloor.store import audit, markings, turns
from watchfloor.store.markings import at_home, visible
from watchfloor.store.schema import assessments, captures, corrections, evidence, judgements, made, reports, sightings
from watchfloor.store.text import storable

_KINDS: dict[str, Table] = {
    "rep": reports,
    "cap": captures,
    "jdg": judgements,
    "ass": assessments,
    "cor": corrections,
}
"""What can be marked, by the beginning of its id."""


class Marks:
    """The markings of single items. What is derived has none of its own: its marking follows from what it cites."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def find(self, reader: Reader, prefix: str) -> tuple[tuple[str, Marking | None], ...]:
        """Return the items whose ids begin so, with their markings; a partner's reader finds none.

        Of an assessment its own, which may be freer than those of the reports that it rests on.
        """
        table = _KINDS.get(prefix[:3])
        if table is None:
            return ()
        beginning = storable(prefix)
        with self._transaction(writes=False) as connection:
            rows = connection.execute(
                select(table.c.id, table.c.marking)
                .where(table.c.id.startswith(beginning, autoescape=True), at_home(reader), visible(table, reader))
                .order_by(table.c.id)
            ).all()
            if table is assessments:
                shown = {one.id for one in held.read(connection, reader)}
                rows = [row for row in rows if row.id in shown]
            return tuple((row.id, markings.read(row.marking)) for row in rows)

    def keep_marking(self, item: str, marking: Marking, note: Note) -> None:
        """Lay a marking on an item, freer or stricter than before; who may do so was decided before.

        A report's captures and their evidence have it too, so that reading the capture again does not undo it, and a
        capture's report has it, and what it was read as before: the text stands in the page. What they were seen with
        elsewhere is only tightened.
        """
        with self._transaction(writes=True) as connection:
            for table, id in _together(connection, item):
                markings.lay(connection, table, id, marking)
            for id in _sightings(connection, item):
                markings.tighten(connection, sightings, id, marking)
            audit.keep(connection, note)


def _together(connection: Connection, item: str) -> list[tuple[Table, str]]:
    """Return the rows that are marked with one item."""
    table = _KINDS[item[:3]]
    if table not in (reports, captures):
        return [(table, item)]
    pages = _captures(connection, item)
    proofs = connection.execute(select(evidence.c.id).where(evidence.c.capture.in_(pages))).scalars()
    return [
        *((captures, id) for id in pages),
        *((reports, id) for id in sorted({*_texts(connection, pages), *([item] if table is reports else [])})),
        *((evidence, id) for id in proofs),
    ]


def _texts(connection: Connection, pages: list[str]) -> set[str]:
    """Return the reports that captures give, and those that they gave before they were read otherwise."""
    now = set(connection.execute(select(made.c.report).where(made.c.capture.in_(pages))).scalars())
    addresses = union_all(  # where those before can stand: no index leads from a capture to all it ever gave
        select(reports.c.address).where(reports.c.id.in_(now)),
        select(captures.c.locator).where(captures.c.id.in_(pages)),
        select(captures.c.url).where(captures.c.id.in_(pages), captures.c.url.is_not(None)),
    )
    before = select(reports.c.id).where(reports.c.address.in_(addresses), reports.c.capture.in_(pages))
    return now | set(connection.execute(before).scalars())


def _captures(connection: Connection, item: str) -> list[str]:
    if item.startswith("cap"):
        return [item]
    there = union(
        select(made.c.capture).where(made.c.report == storable(item)),
        select(reports.c.capture).where(reports.c.id == storable(item)),
    )
    return sorted(connection.execute(there).scalars())


def _sightings(connection: Connection, item: str) -> list[str]:
    if _KINDS[item[:3]] not in (reports, captures):
        return []
    pages = _captures(connection, item)
    return list(connection.execute(select(sightings.c.id).where(sightings.c.capture.in_(pages))).scalars())
