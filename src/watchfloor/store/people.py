"""People, teams, keys, sessions and failed attempts in the database; every change with its entry in the audit log."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from watchfloor.core.audit import Note
from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.core.person import Key, Person, Session, Team
from watchfloor.store import audit, turns
from watchfloor.store.markings import at_home, visible
from watchfloor.store.schema_sharing import attempts, keys, people, sessions, teams
from watchfloor.store.text import moment, storable, written
from watchfloor.store.write_records import has

FORGET = timedelta(days=1)  # after which failed attempts are forgotten (assumed: far longer than any wait)


class Attempts(msgspec.Struct, frozen=True):
    """How often somebody failed to come in by now, and when last."""

    failures: int
    last: datetime


class People:
    """Who may come in. Nothing here shows anything to a partner's reader."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def people(self, reader: Reader) -> tuple[Person, ...]:
        """Return everybody by name; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(select(people.c.document).where(visible(people, reader)).order_by(people.c.name))
            return tuple(msgspec.json.decode(row.document, type=Person) for row in rows)

    def person(self, reader: Reader, name: str) -> Person | None:
        """Return one person by name."""
        return self._one(reader, people.c.name == storable(name))

    def person_of_login(self, reader: Reader, login: str) -> Person | None:
        """Return the person whose account on the operating system this is."""
        return self._one(reader, people.c.login == storable(login))

    def _one(self, reader: Reader, which: ColumnElement[bool]) -> Person | None:
        with self._transaction(writes=False) as connection:
            row = connection.execute(select(people.c.document).where(which, visible(people, reader))).one_or_none()
            return None if row is None else msgspec.json.decode(row.document, type=Person)

    def password(self, reader: Reader, name: str) -> str | None:
        """Return what argon2 made of the person's password, None without one; for signing in only."""
        with self._transaction(writes=False) as connection:
            found: str | None = connection.execute(
                select(people.c.password).where(people.c.name == storable(name), visible(people, reader))
            ).scalar()
            return found

    def teams(self, reader: Reader) -> tuple[Team, ...]:
        """Return the teams by name; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(select(teams.c.document).where(visible(teams, reader)).order_by(teams.c.name))
            return tuple(msgspec.json.decode(row.document, type=Team) for row in rows)

    def keep_person(self, person: Person, note: Note) -> bool:
        """Keep a new person; False, and nothing is changed, when the name is taken."""
        with self._transaction(writes=True, changes="nothing") as connection:
            if has(connection, people, person.name, "name"):
                return False
            _check_login(connection, person)
            connection.execute(insert(people), {"name": storable(person.name), **_columns(person)})
            audit.keep(connection, note)
            return True

    def change_person(self, reader: Reader, name: str, change: Callable[[Person], Person], note: Note) -> Person | None:
        """Change a person as they are kept now; return how they are then, None when there is none of that name."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "people")
            which = (people.c.name == storable(name), visible(people, reader))
            row = connection.execute(select(people.c.document).where(*which)).one_or_none()
            if row is None:
                return None
            changed = change(msgspec.json.decode(row.document, type=Person))
            _check_login(connection, changed)
            connection.execute(update(people).where(*which).values(**_columns(changed)))
            if changed.disabled:
                connection.execute(delete(sessions).where(sessions.c.person == storable(name)))
            audit.keep(connection, note)
            return changed

    def keep_password(self, name: str, encoded: str, note: Note | None = None) -> None:
        """Keep what argon2 made of a new password; who came in with the old one must come in again.

        Without a note it is the same password, encoded anew, and sessions stay.
        """
        with self._transaction(writes=True, changes="nothing") as connection:
            connection.execute(update(people).where(people.c.name == storable(name)).values(password=encoded))
            if note is not None:
                connection.execute(delete(sessions).where(sessions.c.person == storable(name)))
                audit.keep(connection, note)

    def keep_team(self, team: Team, note: Note) -> None:
        """Keep a team in the place of the one of that name."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "people")
            values = {"document": written(team)}
            if has(connection, teams, team.name, "name"):
                connection.execute(update(teams).where(teams.c.name == storable(team.name)).values(**values))
            else:
                connection.execute(insert(teams), {"name": storable(team.name), **values})
            audit.keep(connection, note)

    def keep_session(self, digest: str, session: Session, note: Note) -> None:
        """Keep that somebody came in; sessions that are over are thrown away."""
        with self._transaction(writes=True, changes="nothing") as connection:
            connection.execute(delete(sessions).where(sessions.c.ends <= moment(session.made)))
            values = {"person": storable(session.person), "ends": moment(session.ends), "document": written(session)}
            connection.execute(insert(sessions), {"hash": digest, **values})
            audit.keep(connection, note)

    def session(self, reader: Reader, digest: str) -> Session | None:
        """Return the session whose token has this hash."""
        with self._transaction(writes=False) as connection:
            row = connection.execute(
                select(sessions.c.document).where(sessions.c.hash == digest, visible(sessions, reader))
            ).one_or_none()
            return None if row is None else msgspec.json.decode(row.document, type=Session)

    def keep_seen(self, digest: str, session: Session) -> None:
        """Keep when the last request of a session came."""
        with self._transaction(writes=True, changes="nothing") as connection:
            connection.execute(update(sessions).where(sessions.c.hash == digest).values(document=written(session)))

    def end_session(self, digest: str, note: Note) -> None:
        """Forget a session."""
        with self._transaction(writes=True, changes="nothing") as connection:
            connection.execute(delete(sessions).where(sessions.c.hash == digest))
            audit.keep(connection, note)

    def keep_key(self, key: Key, digest: str, note: Note) -> None:
        """Keep a new key by its hash."""
        with self._transaction(writes=True, changes="nothing") as connection:
            values = {"person": storable(key.person), "hash": digest, "document": written(key)}
            connection.execute(insert(keys), {"prefix": key.prefix, **values})
            audit.keep(connection, note)

    def keys(self, reader: Reader, person: str | None = None) -> tuple[Key, ...]:
        """Return the keys, of one person or of all, the oldest first; never what is secret of them."""
        with self._transaction(writes=False) as connection:
            asked = select(keys.c.document).where(visible(keys, reader))
            if person is not None:
                asked = asked.where(keys.c.person == storable(person))
            found = [msgspec.json.decode(row.document, type=Key) for row in connection.execute(asked)]
            return tuple(sorted(found, key=lambda key: (key.made, key.prefix)))

    def key(self, reader: Reader, prefix: str) -> tuple[Key, str] | None:
        """Return the key that begins so, with its hash."""
        with self._transaction(writes=False) as connection:
            row = connection.execute(
                select(keys.c.document, keys.c.hash).where(keys.c.prefix == storable(prefix), visible(keys, reader))
            ).one_or_none()
            return None if row is None else (msgspec.json.decode(row.document, type=Key), row.hash)

    def change_key(self, key: Key, note: Note | None = None) -> None:
        """Keep a key as it is now: revoked, or used."""
        with self._transaction(writes=True, changes="nothing") as connection:
            connection.execute(update(keys).where(keys.c.prefix == key.prefix).values(document=written(key)))
            if note is not None:
                audit.keep(connection, note)

    def attempts(self, reader: Reader, subjects: Iterable[str]) -> dict[str, Attempts]:
        """Return how often these accounts and addresses failed of late; nothing to a partner's reader."""
        wanted = [storable(subject) for subject in subjects]
        with self._transaction(writes=False) as connection:
            rows = connection.execute(select(attempts).where(attempts.c.subject.in_(wanted), at_home(reader)))
            return {row.subject: Attempts(row.failures, datetime.fromisoformat(row.last)) for row in rows}

    def change_attempts(
        self,
        subjects: Iterable[str],
        change: Callable[[Mapping[str, Attempts]], Mapping[str, Attempts | None]],
        now: datetime,
    ) -> None:
        """Change how often these accounts and addresses failed, as it is kept now; None is never by now.

        What `change` raises is raised, and nothing is kept. Attempts of long ago are thrown away.
        """
        wanted = [storable(subject) for subject in subjects]
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "attempts")
            connection.execute(delete(attempts).where(attempts.c.last < moment(now - FORGET)))
            rows = connection.execute(select(attempts).where(attempts.c.subject.in_(wanted))).all()
            known = {row.subject: Attempts(row.failures, datetime.fromisoformat(row.last)) for row in rows}
            for subject, changed in change(known).items():
                connection.execute(delete(attempts).where(attempts.c.subject == subject))
                if changed is not None:
                    values = {"failures": changed.failures, "last": moment(changed.last)}
                    connection.execute(insert(attempts), {"subject": subject, **values})


def _columns(person: Person) -> dict[str, str | None]:
    return {"login": None if person.login is None else storable(person.login), "document": written(person)}


def _check_login(connection: Connection, person: Person) -> None:
    if person.login is None:
        return
    other = connection.execute(
        select(people.c.name).where(people.c.login == storable(person.login), people.c.name != storable(person.name))
    ).scalar()
    if other is not None:
        raise StoreError(f"the login {person.login!r} belongs to {other} already; one account is one person")
