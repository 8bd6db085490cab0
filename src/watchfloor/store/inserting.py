"""Insert what is not there yet, in the words of either database."""

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table) -> Insert:
    """Return an insert into the table that leaves out rows whose key is there already."""
    of = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return of(table).on_conflict_do_nothing()
