"""Saved searches in the database. What somebody looks for is theirs and their team's: nobody else sees it."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, false, insert, or_, select, update

from watchfloor.core.audit import Note
from watchfloor.core.marking import Reader
from watchfloor.core.person import Person
from watchfloor.core.saved_search import SavedSearch
from watchfloor.store import audit, turns
from watchfloor.store.markings import at_home
from watchfloor.store.schema_sharing import people, saved_searches, search_feeds, search_visits
from watchfloor.store.text import moment, optional, storable, written

_read = msgspec.json.Decoder(SavedSearch).decode


class Searches:
    """The searches that people keep. Each is shown to its owner, and to their team when it is the team's."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def keep_search(self, search: SavedSearch, note: Note) -> None:
        """Keep a search, in the place of the one with its id."""
        with self._transaction(writes=True, changes="nothing") as connection:
            row = {
                "owner": storable(search.owner),
                "partner": optional(search.partner),
                "team": optional(search.team),
                "document": written(structs.replace(search, seen=None)),
            }
            there = update(saved_searches).where(saved_searches.c.id == search.id).values(**row)
            if connection.execute(there).rowcount == 0:
                connection.execute(insert(saved_searches), {"id": search.id, **row})
            audit.keep(connection, note)

    def searches(self, reader: Reader) -> tuple[SavedSearch, ...]:
        """Return the searches of the reader and of their team, by name."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(_shown(connection, reader)).all()
        found = (_saved(row) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.owner, one.id)))

    def team_searches(self, reader: Reader, owner: str) -> tuple[SavedSearch, ...]:
        """Return the searches of all teams of this node, and those of one owner, by name; a partner's reader gets none.

        For what the node itself does on a team's word: who may look at them is for `searches` to say.
        """
        shared = or_(saved_searches.c.team.is_not(None), saved_searches.c.owner == storable(owner))
        asked = select(saved_searches.c.document).where(saved_searches.c.partner.is_(None), shared, at_home(reader))
        with self._transaction(writes=False) as connection:
            found = [_read(document) for document in connection.execute(asked).scalars()]
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.owner, one.id)))

    def search(self, reader: Reader, id: str) -> SavedSearch | None:
        """Return one search by id; None when there is none for this reader."""
        with self._transaction(writes=False) as connection:
            row = connection.execute(
                _shown(connection, reader).where(saved_searches.c.id == storable(id))
            ).one_or_none()
        return None if row is None else _saved(row)

    def keep_visit(self, search: str, person: str, at: datetime) -> None:
        """Keep when somebody last looked at a search."""
        with self._transaction(writes=True, changes="nothing") as connection:
            which = {"search": storable(search), "person": storable(person)}
            there = update(search_visits).where(*_equal(search_visits, which)).values(at=moment(at))
            if connection.execute(there).rowcount == 0:
                connection.execute(insert(search_visits), {**which, "at": moment(at)})

    def keep_feed_secret(self, search: str, person: str, digest: str, note: Note) -> None:
        """Keep the hash of the secret in the address of a person's feed of a search; the one before ends."""
        with self._transaction(writes=True, changes="nothing") as connection:
            which = {"search": storable(search), "person": storable(person)}
            connection.execute(delete(search_feeds).where(*_equal(search_feeds, which)))
            connection.execute(insert(search_feeds), {**which, "hash": digest, "made": moment(note.at)})
            audit.keep(connection, note)

    def feed_of(self, reader: Reader, digest: str) -> tuple[str, str] | None:
        """Return the search and the person that the hash of a secret stands for; for who is at the door only."""
        with self._transaction(writes=False) as connection:
            if reader.partner is not None:
                return None
            row = connection.execute(
                select(search_feeds.c.search, search_feeds.c.person).where(search_feeds.c.hash == storable(digest))
            ).one_or_none()
            return None if row is None else (row.search, row.person)

    def remove_search(self, id: str, note: Note) -> None:
        """Remove a search with its feeds and visits."""
        with self._transaction(writes=True, changes="nothing") as connection:
            for table in (search_feeds, search_visits):
                connection.execute(delete(table).where(table.c.search == storable(id)))
            connection.execute(delete(saved_searches).where(saved_searches.c.id == storable(id)))
            audit.keep(connection, note)


def _equal(table: Any, which: dict[str, str]) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in which.items()]


def _shown(connection: Connection, reader: Reader) -> Select[Any]:
    """Return the query for the searches that the reader may see, with when they last looked."""
    mine = and_(
        saved_searches.c.owner == storable(reader.name),
        saved_searches.c.partner.is_(None) if reader.partner is None else saved_searches.c.partner == reader.partner,
    )
    team = _team(connection, reader)
    ours = false() if team is None else and_(saved_searches.c.partner.is_(None), saved_searches.c.team == team)
    visit = and_(search_visits.c.search == saved_searches.c.id, search_visits.c.person == storable(reader.name))
    return select(saved_searches.c.document, search_visits.c.at).outerjoin(search_visits, visit).where(or_(mine, ours))


def _team(connection: Connection, reader: Reader) -> str | None:
    """Return the team of a reader of this node, as it is now."""
    if reader.partner is not None:
        return None
    row = connection.execute(select(people.c.document).where(people.c.name == storable(reader.name))).one_or_none()
    return None if row is None else msgspec.json.decode(row.document, type=Person).team


def _saved(row: Row[Any]) -> SavedSearch:
    return structs.replace(_read(row.document), seen=datetime.fromisoformat(row.at) if row.at else None)
