"""Open a database, make a new one, or say why not."""

from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from watchfloor.core.errors import StoreError
from watchfloor.store import sqlite
from watchfloor.store.migrate import shape, upgrade
from watchfloor.store.schema import HEAD
from watchfloor.store.store import Store

WAIT = 30.0  # seconds that a writer waits for another one (assumed: longer than any one transaction)

_URL = "sqlite:///"


def open_store(where: str | Path, *, create: bool, wait: float = WAIT) -> Store:
    """Return the open database; with `create` a new file is made when there is none.

    where: a path, or "sqlite:///" and a path. wait: seconds to wait while another program writes.
    An older shape is brought up to date. Raises StoreError when the file is missing, is no Watchfloor database, is
    newer than the program, locked, read-only or on a full disk, or when its directory is missing.
    """
    path = _path(where)
    _look(path, create)
    engine = sqlite.engine(path, wait)
    try:
        _make_ready(engine, path, create)
    except DBAPIError as error:
        engine.dispose()
        raise sqlite.explain(error.orig, str(path)) from error
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, str(path))


def _path(where: str | Path) -> Path:
    name = str(where)
    if name.startswith(_URL):
        return Path(name.removeprefix(_URL))
    scheme, colon, _ = name.partition("://")
    if colon:
        raise StoreError(f"found a database address of the kind {scheme!r}, expected a path or {_URL}PATH; name a file")
    return Path(where)


def _look(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a directory, expected a database file; name a file in it")
    if path.exists():
        return
    if not create:
        raise StoreError(f"there is no database at {path}; add reports first, or name another file")
    if not path.parent.is_dir():
        raise StoreError(f"the directory {path.parent} of the database does not exist; make it, or name another one")


def _make_ready(engine: Engine, path: Path, create: bool) -> None:
    with engine.begin() as connection:
        if _is_ready(connection, path, create):
            return
    sqlite.use_write_ahead_log(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        sqlite.sign(connection)
        upgrade(connection, str(path))


def _is_ready(connection: Connection, path: Path, create: bool) -> bool:
    if sqlite.is_ours(connection):
        return shape(connection) == HEAD
    if not sqlite.is_empty(connection):
        raise StoreError(
            f"{path} is not a Watchfloor database: it holds tables of another program; "
            "name another file, this one was left as it is"
        )
    if not create:
        raise StoreError(f"{path} is empty, expected a Watchfloor database; add reports first, or name another file")
    return False
