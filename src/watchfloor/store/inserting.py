"""Insert what is not there yet, and many rows at once, in the words of either database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Connection, Insert, Integer, LargeBinary, Table, insert, text
from sqlalchemy.dialects import postgresql, sqlite

from watchfloor.store.portions import portions

_MOST = 5_000  # rows of one statement (assumed: short ones, some hundred kilobytes)


def insert_new(connection: Connection, table: Table) -> Insert:
    """Return an insert into the table that leaves out rows whose key is there already."""
    of = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return of(table).on_conflict_do_nothing()


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many short rows with the same columns; none is no error.

    PostgreSQL takes each column as one array: a statement a row costs it, and us, ten times the work of the row.
    """
    if not rows:
        return
    if connection.dialect.name != "postgresql" or len(rows) == 1:
        connection.execute(insert(table), list(rows))
        return
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    arrays = ", ".join(f"CAST(:{name} AS {_kind(table, name)}[])" for name in names)
    statement = text(f'INSERT INTO "{table.name}" ({columns}) SELECT * FROM unnest({arrays})')  # noqa: S608 - our names
    for some in portions(rows, _MOST):
        connection.execute(statement, {name: [row[name] for row in some] for name in names})


def _kind(table: Table, name: str) -> str:
    kind = table.c[name].type
    if isinstance(kind, Integer | BigInteger):
        return "bigint"
    if isinstance(kind, Boolean):
        return "boolean"
    return "bytea" if isinstance(kind, LargeBinary) else "text"
