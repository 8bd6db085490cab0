"""What a person who looks after a database asks of it: what it is, which shape it has, another shape."""

import sqlite3
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.exc import DBAPIError

from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store import fulltext, migrate, postgresql, sqlite
from watchfloor.store.connection import WAIT, bare_engine, open_store
from watchfloor.store.dump import refuse_partial
from watchfloor.store.schema import HEAD, metadata
from watchfloor.store.store import Store


class Info(Struct, frozen=True, kw_only=True):
    """What a database is. kind: "sqlite" or "postgresql". version: of its program. size: bytes. rows: by table."""

    name: str
    kind: str
    version: str
    shape: str
    size: int
    rows: dict[str, int]


def info(store: Store, reader: Reader) -> Info:
    """Return what a database is, and how many rows it has; raise ReleaseDenied for who may not see everything."""
    refuse_partial(reader, "what is counted here is everything")
    with store._transaction(writes=False) as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
        is_file = connection.dialect.name == "sqlite"
        return Info(
            name=store.name,
            kind=connection.dialect.name,
            version=sqlite3.sqlite_version if is_file else _words(postgresql.version(connection)),
            shape=migrate.shape(connection) or "",
            size=(sqlite if is_file else postgresql).size(connection),
            rows=dict(sorted(counts.items())),
        )


def _words(version: int) -> str:
    return f"{version // 10_000}.{version % 10_000}"


def upgrade(where: str | Path, *, wait: float = WAIT) -> tuple[str, str]:
    """Bring a database up to date, as opening it does too; return its shape before and now."""
    before = _shape_of(where, wait)
    open_store(where, create=False, wait=wait).close()
    return before, HEAD


def _shape_of(where: str | Path, wait: float) -> str:
    engine, name, explain = bare_engine(where, wait)
    try:
        with engine.begin() as connection:
            return migrate.shape(connection) or "none"
    except DBAPIError as error:
        raise explain(error.orig, name) from None
    finally:
        engine.dispose()


def downgrade(where: str | Path, to: str, *, wait: float = WAIT) -> tuple[str, str]:
    """Take a database back to an earlier shape; return its shape before and now. What has no place there is lost.

    Raises StoreError when there is no such shape, or when nothing would be left.
    """
    before = _shape_of(where, wait)
    if to == migrate.BASE:
        raise StoreError("with no shape at all nothing would be left; expected a number such as 0009")
    with (
        open_store(where, create=False, wait=wait) as store,
        store._transaction(writes=True, changes="nothing") as connection,
    ):
        if connection.dialect.name == "postgresql":
            postgresql.prepare(connection)
        migrate.downgrade(connection, to)
        _refill(connection)
    return before, to


def _refill(connection: Connection) -> None:
    """Fill the index of words, where that shape has one and it was made anew."""
    if inspect(connection).has_table("fulltext") and not fulltext.is_whole(connection):
        fulltext.refill(connection)
