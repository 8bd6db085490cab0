"""What only PostgreSQL needs: how a connection is set up, whose database it is, and what its errors mean.

One writer at a time, as on SQLite: a transaction that writes takes an advisory lock first, which ends with it. So every
writer sees all that was acknowledged before, nothing is written twice, no transaction fails for another one, and rows
are numbered in the order in which they become visible. Readers take no lock and see one moment: a snapshot.
Durability: synchronous_commit=on in every connection, whatever the server's default. A write that returned survives
the death of the server as far as the server's own settings (fsync) and the disk do not lie.
"""

import re
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from watchfloor.core.errors import ConfigError, StoreError

SCHEMES = ("postgresql", "postgres")
OLDEST = 15  # the major version of the server that we test with; older ones lack functions that search uses

_SIGNATURE = "Watchfloor"  # as a comment on the table of the shape: this database is ours
_WRITER = 0x57464C52  # "WFLR", the advisory lock of whoever writes
MOST_CONNECTIONS = 20  # of one process (assumed: a server allows 100)
_READ_SECONDS = 120  # after which one statement is stopped (assumed: no question takes so long)
_IDLE_SECONDS = 600  # after which a transaction of a program that hangs is given up, so that others may write (assumed)
_CONNECT_SECONDS = 10  # after which a host that does not answer is called away (assumed)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0  # seconds between two tries to reach a server that is starting (assumed)

_COMPRESSION = (
    "SELECT set_config(name, 'lz4', false) FROM pg_settings "
    "WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)"
)
"""Long values are packed by lz4 where the server has it: measured, that is a quarter of what keeping a report costs."""

_MEANING = {
    "3D000": ("there is no such database on the server of {name}", "make it (createdb), or name another one"),
    "28P01": (
        "the server of {name} refused the password",
        "look at the password: in the address, PGPASSWORD or .pgpass",
    ),
    "28000": ("the server of {name} refused the user", "name a user that may connect, or let it in (pg_hba.conf)"),
    "42501": ("the user of {name} lacks a right ({error})", "grant it, or name a user that owns the database"),
    "25006": ("{name} may only be read; Watchfloor must be able to write", "name the primary server, not a standby"),
    "53100": (
        "there is no room left on the disk of {name}",
        "make room and run the same command again: what was acknowledged is kept, the rest is taken up again",
    ),
    "53300": ("the server of {name} has no connection left", "try again later, or raise its max_connections"),
    "55P03": (
        "{name} is locked by another program that is writing",
        "wait until that program is done, or stop it, and try again",
    ),
    "57014": ("{name} took too long over one question, it was stopped", "ask for less, or try again later"),
    "25P03": ("{name} gave up a transaction that stood still too long", "run the same command again"),
    "23503": (
        "{name}: a thing was to be kept that belongs to a capture or report which is not kept",
        "keep that one first",
    ),
    "23514": ("{name} holds what it may not", "run `watchfloor db check`"),
    "40001": ("{name}: another program changed the same rows at the same time", "run the same command again"),
    "40P01": ("{name}: two programs waited for each other, ours was stopped", "run the same command again"),
    "XX001": ("{name} is damaged", "restore it from a backup; do not write to it any more"),
    "XX002": ("an index of {name} is damaged", "run REINDEX DATABASE, then `watchfloor db check`"),
}

_BY_WORDS = (  # the driver gives no code for what goes wrong before there is a connection
    (re.compile(r"password authentication failed|no password supplied", re.I), "28P01"),
    (re.compile(r"database \S+ does not exist", re.I), "3D000"),
    (re.compile(r"role \S+ does not exist|pg_hba\.conf|peer authentication failed", re.I), "28000"),
    (re.compile(r"too many (clients|connections)|remaining connection slots", re.I), "53300"),
)
_STARTING = re.compile(r"starting up|in recovery mode|not yet accepting|shutting down|the database system is", re.I)
_REFUSED = re.compile(r"connection refused|no such file or directory|connection reset|closed the connection", re.I)


def parsed(address: str) -> URL:
    """Return the parts of an address; raise StoreError, without its words, when it cannot be read."""
    try:
        url = make_url(address)
        if not url.database:
            raise StoreError("the address names no database; expected postgresql://USER@HOST/DATABASE")
        return url.set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise StoreError(
            "the address of the database cannot be read; expected postgresql://USER@HOST:PORT/DATABASE, "
            "with signs such as @ / : in a password written as %40 %2F %3A"
        ) from None


def shown(url: URL) -> str:
    """Return the address as it may be printed: every secret in it is three stars."""
    secret = {name: "***" for name in url.query if "password" in name.lower()}
    plain = url.set(drivername="postgresql").update_query_dict(secret)
    return plain.render_as_string(hide_password=True)


def engine(url: URL, wait: float) -> Engine:
    """Return an engine on the database; `wait` is how many seconds to wait while another program writes."""
    try:
        made = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=5,
            max_overflow=MOST_CONNECTIONS - 5,
            pool_pre_ping=True,  # a connection that died with the server is noticed before it is used
            pool_timeout=wait,
            connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "watchfloor"},
        )
    except ModuleNotFoundError:
        raise ConfigError(
            "PostgreSQL needs a driver that is not installed; install watchfloor[postgresql], or name a file"
        ) from None
    settings = {
        "synchronous_commit": "on",
        "client_encoding": "UTF8",
        "lock_timeout": f"{max(int(wait * 1000), 1)}ms",
        "statement_timeout": f"{_READ_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{_IDLE_SECONDS}s",
        "plan_cache_mode": "force_custom_plan",  # a common word and a rare one, asked alike, want different plans
        "work_mem": "16MB",  # to put some thousand texts in order without the disk
        "jit": "off",  # our questions are many and short
        "max_parallel_workers_per_gather": "0",  # so are their readers: each question has one processor
        "default_transaction_isolation": "repeatable read",  # who reads need say nothing: see _begin
        "default_transaction_read_only": "on",
    }
    commands = "; ".join([*(f"SET {name} = '{value}'" for name, value in settings.items()), _COMPRESSION])

    def set_up(dbapi: Any, _entry: ConnectionPoolEntry) -> None:
        before, dbapi.autocommit = dbapi.autocommit, True
        dbapi.execute(commands)
        dbapi.autocommit = before

    event.listen(made, "connect", set_up)
    event.listen(made, "begin", _begin)
    return made


def be_patient(engine: Engine, wait: float) -> None:
    """From now on wait for a server that is starting anew, instead of giving up at once."""
    from psycopg import OperationalError

    def connect(dialect: Any, _entry: ConnectionPoolEntry, args: Sequence[Any], options: dict[str, Any]) -> Any:
        until, pause = time.monotonic() + wait, _FIRST_PAUSE
        while True:
            try:
                return dialect.connect(*args, **options)
            except OperationalError as error:
                if not _may_pass(error) or time.monotonic() + pause > until:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    event.listen(engine, "do_connect", connect)


def _may_pass(error: BaseException) -> bool:
    return bool(_STARTING.search(str(error)) or _REFUSED.search(str(error)))


def _begin(connection: Connection) -> None:
    """Begin; a reader gets a snapshot, a writer waits for its turn and then sees all that was written before."""
    options = connection.get_execution_options()
    if options.get("writes", False):
        turn = f"; SELECT pg_advisory_xact_lock({_WRITER})" if options.get("alone", True) else ""
        connection.exec_driver_sql(f"SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE{turn}")


def version(connection: Connection) -> int:
    """Return the version of the server, 150018 for 15.18; raise StoreError when it is too old."""
    number = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    if number < OLDEST * 10_000:
        raise StoreError(f"found PostgreSQL {number // 10_000}, expected {OLDEST} or newer; update the server")
    return number


def is_empty(connection: Connection) -> bool:
    """Return whether no table has been made where ours would be."""
    count = "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
    if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
        raise StoreError("the database has no schema to write to (search_path); make one, or name another database")
    return not connection.exec_driver_sql(count).scalar_one()


def is_ours(connection: Connection) -> bool:
    """Return whether the database says that it is Watchfloor's."""
    said = "SELECT obj_description(to_regclass('alembic_version'), 'pg_class')"
    return connection.exec_driver_sql(said).scalar() == _SIGNATURE


def prepare(connection: Connection) -> None:
    """Lift the limit of time for the transaction: a migration or a restore takes as long as it takes."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


def settle(connection: Connection) -> None:
    """Sign the database, and make texts sort and numbers reach as on SQLite: by code point, and to 64 bits.

    Migrations need not know: what they made is changed here, after them and in their transaction.
    """
    connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{_SIGNATURE}'")
    found = connection.execute(_TO_CHANGE).all()
    for table in dict.fromkeys(row.table_name for row in found):
        of_table = [row for row in found if row.table_name == table]
        changes = ", ".join(f'ALTER COLUMN "{row.column_name}" TYPE {row.wanted}' for row in of_table)
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {changes}')
    for row in found:
        if row.sequence is not None:
            connection.exec_driver_sql(f"ALTER SEQUENCE {row.sequence} AS bigint")


_TO_CHANGE = text("""
    SELECT table_name, column_name,
           CASE data_type WHEN 'integer' THEN 'bigint' ELSE 'text COLLATE "C"' END AS wanted,
           CASE data_type WHEN 'integer'
                THEN pg_get_serial_sequence(quote_ident(table_name), column_name) END AS sequence
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'alembic_version'
      AND (data_type = 'integer' OR (data_type = 'text' AND collation_name IS DISTINCT FROM 'C'))
    ORDER BY table_name, ordinal_position
""")


def renumber(connection: Connection, table: Table) -> None:
    """Have new rows numbered after those that are there; for rows that were written with their numbers."""
    if "seq" in table.c:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'seq'), "  # noqa: S608 - a name of our own
            f'(SELECT coalesce(max(seq), 0) + 1 FROM "{table.name}"), false)'
        )


def size(connection: Connection) -> int:
    """Return how many bytes the tables and their indexes take."""
    of = (
        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'"
    )
    return int(connection.exec_driver_sql(of).scalar_one())


def explain(error: BaseException | None, name: str) -> StoreError:
    """Return the error in words: what was found, what to do; name: the address as it may be printed."""
    said = " ".join(str(error).split())
    code = getattr(error, "sqlstate", None) or next((code for words, code in _BY_WORDS if words.search(said)), None)
    if code in _MEANING:
        found, do = _MEANING[code]
        return StoreError(f"{found.format(name=name, error=said)}; {do}")
    lost = code is None and type(error).__name__ in ("OperationalError", "InterfaceError", "OSError")
    if lost or (code or "").startswith(("08", "57P")):
        away = "its server is starting, try again in a moment" if _STARTING.search(said) else _AWAY
        return StoreError(f"{name} cannot be reached ({said}); {away}")
    return StoreError(f"{name} cannot be used: {said}; look at the server's log")


_AWAY = "look whether the server runs and lets this machine in; what was acknowledged is kept, run the command again"
