"""The audit log in the database: one chain, whoever writes at the same time."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, insert, select, update

from watchfloor.core.audit import FIRST, Entry, Note, Verdict, checked, linked
from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store import turns
from watchfloor.store.markings import at_home
from watchfloor.store.schema_sharing import audit, audit_seal
from watchfloor.store.text import moment, storable

_PAGE = 1_000  # entries read at once (assumed: half a megabyte)
_LOOKED_THROUGH = 20  # such pages are looked through for an outcome (assumed: a second)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Audit:
    """The log of one database. Nothing here changes or removes an entry."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def keep_note(self, note: Note) -> int:
        """Write an entry after the last; return its number."""
        with self._transaction(writes=True, changes="nothing") as connection:
            return keep(connection, note)

    def entries(
        self,
        reader: Reader,
        *,
        after: int = 0,
        most: int | None = None,
        who: str | None = None,
        verb: str | None = None,
    ) -> Iterator[Entry]:
        """Yield the entries by number; a partner's reader sees none. after: begin behind this number."""
        left = most
        while left is None or left > 0:
            size = _PAGE if left is None else min(left, _PAGE)
            with self._transaction(writes=False) as connection:
                page = _page(connection, reader, after, size, who, verb)
            yield from page
            if len(page) < size:
                return
            after = page[-1].number
            left = None if left is None else left - len(page)

    def latest(
        self,
        reader: Reader,
        *,
        before: int | None = None,
        most: int = 100,
        who: str | None = None,
        verb: str | None = None,
        outcome: str | None = None,
    ) -> tuple[Entry, ...]:
        """Return the last entries, the newest first; a partner's reader sees none. before: only those before a number.

        outcome is looked for in the entries themselves, in the last 20,000 of those that fit otherwise.
        """
        found: list[Entry] = []
        for _ in range(_LOOKED_THROUGH):
            with self._transaction(writes=False) as connection:
                page = _page_back(connection, reader, before, most if outcome is None else _PAGE, who, verb)
            found += [one for one in page if outcome is None or one.note.outcome == outcome]
            if len(found) >= most or outcome is None or len(page) < _PAGE:
                break
            before = page[-1].number
        return tuple(found[:most])

    def last(self, reader: Reader) -> tuple[int, str]:
        """Return number and hash of the last entry, (0, ...) when there is none: the anchor to write down elsewhere."""
        with self._transaction(writes=False) as connection:
            if reader.partner is not None:
                return 0, FIRST
            return _seal(connection)

    def verify(self, reader: Reader, anchor: tuple[int, str] | None = None) -> Verdict:
        """Return whether the whole chain holds and reaches its seal, and the anchor if one is given."""
        sealed = self.last(reader)
        verdict = checked(self.entries(reader), anchor)
        if verdict.broken is None and verdict.entries < sealed[0]:
            why = (
                f"the log ends with entry {verdict.entries}, its seal says {sealed[0]}: entries were cut off at its end"
            )
            return msgspec.structs.replace(verdict, broken=verdict.entries + 1, why=why)
        if verdict.broken is None and verdict.entries == sealed[0] and verdict.last != sealed[1]:
            return msgspec.structs.replace(verdict, broken=verdict.entries, why="it is not the entry that was sealed")
        return verdict


def keep(connection: Connection, note: Note) -> int:
    """Write an entry in the running transaction: it is there exactly if what it tells of is."""
    turns.take(connection, "audit")
    number, last = _seal(connection)
    before = Entry(number=number, note=note, previous="", hash=last) if number else None
    made = linked(before, _clean(note))
    connection.execute(
        insert(audit),
        {
            "number": made.number,
            "at": moment(note.at),
            "who": made.note.who,
            "verb": made.note.verb,
            "document": msgspec.json.encode(made.note, order="sorted").decode(),
            "previous": made.previous,
            "hash": made.hash,
        },
    )
    connection.execute(update(audit_seal).values(number=made.number, hash=made.hash))
    return made.number


def _clean(note: Note) -> Note:
    """Return the note as every database can hold it."""
    detail = {storable(name): storable(value) for name, value in note.detail.items()}
    return msgspec.structs.replace(note, who=storable(note.who), what=storable(note.what), detail=detail)


def _seal(connection: Connection) -> tuple[int, str]:
    row = connection.execute(select(audit_seal.c.number, audit_seal.c.hash)).one_or_none()
    if row is None:
        raise StoreError("the seal of the audit log is gone: somebody removed it; restore the database from a copy")
    return row.number, row.hash


def _page(
    connection: Connection, reader: Reader, after: int, size: int, who: str | None, verb: str | None
) -> list[Entry]:
    asked = select(audit).where(at_home(reader), audit.c.number > after).order_by(audit.c.number).limit(size)
    return _read(connection, asked, who, verb)


def _page_back(
    connection: Connection, reader: Reader, before: int | None, size: int, who: str | None, verb: str | None
) -> list[Entry]:
    asked = select(audit).where(at_home(reader)).order_by(audit.c.number.desc()).limit(size)
    if before is not None:
        asked = asked.where(audit.c.number < before)
    return _read(connection, asked, who, verb)


def _read(connection: Connection, asked: Select[Any], who: str | None, verb: str | None) -> list[Entry]:
    """Return what was asked for, of one person and one verb where they are given."""
    if who is not None:
        asked = asked.where(audit.c.who == storable(who))
    if verb is not None:
        asked = asked.where(audit.c.verb == storable(verb))
    return [_entry(row) for row in connection.execute(asked).mappings()]


def _entry(row: Mapping[Any, Any]) -> Entry:
    """Return an entry; what cannot be read as one any more is an entry that does not hold."""
    values = {str(name): value for name, value in row.items()}
    try:
        note = msgspec.json.decode(values["document"], type=Note)
    except (msgspec.DecodeError, UnicodeDecodeError):
        note = Note(at=_NEVER, who=values["who"], verb=values["verb"], what="", outcome="unreadable")
    return Entry(number=values["number"], note=note, previous=values["previous"], hash=values["hash"])
