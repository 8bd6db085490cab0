"""Open a database, make a new one, or say why not."""

from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from watchfloor.core.errors import StoreError
from watchfloor.store import facets, fulltext, postgresql, sqlite
from watchfloor.store.migrate import shape, upgrade
from watchfloor.store.opened import Explain
from watchfloor.store.schema import HEAD
from watchfloor.store.store import Store

WAIT = 30.0  # seconds that a writer waits for another one (assumed: longer than any one transaction)

_URL = "sqlite:///"


def is_address(where: str | Path) -> bool:
    """Return whether the database is on a server, and no file.

    >>> is_address("postgresql://watch@db.example/watchfloor"), is_address("sqlite:///a.db"), is_address("a.db")
    (True, False, False)
    """
    return isinstance(where, str) and where.partition("://")[0] in postgresql.SCHEMES


def open_store(where: str | Path, *, create: bool, wait: float = WAIT) -> Store:
    """Return the open database; with `create` a new one is made when there is none.

    where: a path, "sqlite:///" and a path, or postgresql://USER@HOST/DATABASE, of a database that is there.
    wait: seconds to wait while another program writes, and later on for a server that is starting anew.
    An older shape is brought up to date. Raises StoreError when the file is missing, is no Watchfloor database, is
    newer than the program, locked, read-only or on a full disk, when its directory is missing, when the server is away
    or lets us not in; ConfigError when the driver is not installed.
    """
    return _open_server(str(where), create, wait) if is_address(where) else _open_file(_path(where), create, wait)


def bare_engine(where: str | Path, wait: float) -> tuple[Engine, str, Explain]:
    """Return an engine on a database that is there, whatever it holds; its name, and what explains its errors."""
    if is_address(where):
        url = postgresql.parsed(str(where))
        return postgresql.engine(url, wait), postgresql.shown(url), postgresql.explain
    path = _path(where)
    _look(path, create=False)
    return sqlite.engine(path, wait), str(path), sqlite.explain


def _open_server(address: str, create: bool, wait: float) -> Store:
    engine, name, explain = bare_engine(address, wait)
    try:
        with engine.begin() as connection:
            postgresql.version(connection)
            ready = _is_ready(connection, postgresql, name, create)
        if not ready:
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                postgresql.prepare(connection)
                renew(connection, name)
        postgresql.be_patient(engine, wait)
    except DBAPIError as error:
        engine.dispose()
        raise explain(error.orig, name) from None  # the driver's words may hold what the address holds
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, name, explain)


def _open_file(path: Path, create: bool, wait: float) -> Store:
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
        raise StoreError(
            f"found a database address of the kind {scheme!r}, expected a path, {_URL}PATH or "
            "postgresql://USER@HOST/DATABASE; name one of them"
        )
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
        if _is_ready(connection, sqlite, str(path), create):
            return
    sqlite.use_write_ahead_log(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        renew(connection, str(path))


def renew(connection: Connection, name: str, to: str | None = None) -> None:
    """Bring the database to a shape, by default the newest, and sign it, inside of the running transaction.

    The full-text index is filled again when it has not all reports: a new shape of it begins empty.
    """
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    upgrade(connection, name, to)
    kind.settle(connection)
    if shape(connection) == HEAD and not fulltext.is_whole(connection):
        fulltext.refill(connection)
    if shape(connection) == HEAD and not facets.is_whole(connection):
        facets.refill(connection)


def _is_ready(connection: Connection, kind: sqlite.Kind, name: str, create: bool) -> bool:
    if kind.is_ours(connection):
        return shape(connection) == HEAD
    what = "file" if kind is sqlite else "database"
    if not kind.is_empty(connection):
        raise StoreError(
            f"{name} is not a Watchfloor database: it holds tables of another program; "
            f"name another {what}, this one was left as it is"
        )
    if not create:
        raise StoreError(f"{name} is empty, expected a Watchfloor database; add reports first, or name another {what}")
    return False
