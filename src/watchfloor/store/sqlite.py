"""What only SQLite needs: how a connection is set up, whose file it is, and what its errors mean.

Durability: the write-ahead log with synchronous=FULL. A write that returned survives `kill -9` and the loss of power,
as far as the disk does not lie about having written; a write that had not returned is there whole or not at all.
"""

import sqlite3
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from watchfloor.core.errors import StoreError

APPLICATION_ID = 0x57464C52  # "WFLR", in the file's header: this file is ours

_MEANING = {
    sqlite3.SQLITE_BUSY: (
        "{path} is locked by another program that is writing",
        "wait until that program is done, or stop it, and try again",
    ),
    sqlite3.SQLITE_LOCKED: ("{path} is locked", "close the other use of it and try again"),
    sqlite3.SQLITE_READONLY: (
        "{path} may only be read; Watchfloor must be able to write the file and its directory",
        "change the permissions, or copy the database to a place where you may write",
    ),
    sqlite3.SQLITE_FULL: (
        "there is no room left on the disk of {path}",
        "make room and run the same command again: what was acknowledged is kept, the rest is taken up again",
    ),
    sqlite3.SQLITE_NOTADB: (
        "{path} is not a Watchfloor database: it is not an SQLite file",
        "name another file; this one was left as it is",
    ),
    sqlite3.SQLITE_CORRUPT: ("{path} is damaged", "restore it from a copy; do not write to it any more"),
    sqlite3.SQLITE_CANTOPEN: (
        "{path} cannot be opened",
        "look whether the directory is there and may be written",
    ),
    sqlite3.SQLITE_IOERR: ("{path} cannot be read or written: the disk answered with an error", "look at the disk"),
}


class Kind(Protocol):
    """What this module and `postgresql` both answer about a database that is to be opened."""

    def is_empty(self, connection: Connection) -> bool:
        """Return whether nothing has been made in it yet."""

    def is_ours(self, connection: Connection) -> bool:
        """Return whether it says that it is a Watchfloor database."""


def engine(path: Path, wait: float) -> Engine:
    """Return an engine on the file; `wait` is how many seconds to wait while another program writes."""
    made = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=QueuePool,
        max_overflow=-1,
        connect_args={"check_same_thread": False, "timeout": wait},
    )
    event.listen(made, "connect", _set_up)
    event.listen(made, "begin", _begin)
    return made


def _set_up(dbapi: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    dbapi.isolation_level = None  # we say BEGIN ourselves, so that migrations are atomic as well
    for pragma in ("foreign_keys=ON", "synchronous=FULL"):
        dbapi.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin; a writer takes the lock at once, so that it waits its turn instead of failing half-way."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_empty(connection: Connection) -> bool:
    """Return whether nothing has been made in the file yet."""
    return not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()


def is_ours(connection: Connection) -> bool:
    """Return whether the file says that it is a Watchfloor database."""
    found: int = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    return found == APPLICATION_ID


def settle(connection: Connection) -> None:
    """Write into the file's header that it is ours, inside of the running transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def use_write_ahead_log(engine: Engine) -> None:
    """Switch a new file to the write-ahead log, so that readers never wait for the writer."""
    dbapi = engine.raw_connection()
    try:
        dbapi.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        dbapi.close()


def explain(error: BaseException | None, path: str) -> StoreError:
    """Return the error in words: what was found, what to do."""
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return StoreError(
            f"{path}: a thing was to be kept that belongs to a capture or report which is not kept; keep that one first"
        )
    found, do = _MEANING.get((code or 0) & 0xFF, (f"{{path}} cannot be used: {error}", "look at the file"))
    return StoreError(f"{found.format(path=path)}; {do}")


def size(connection: Connection) -> int:
    """Return how many bytes the file takes, without its write-ahead log."""
    pages, each = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size"))
    return int(pages) * int(each)
