"""Waiting for each other: a change that rests on what it read must be alone from reading to writing."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, bindparam, update

from watchfloor.store.schema_sharing import turns

Transaction = Callable[..., AbstractContextManager[Connection]]
"""Opens a transaction: `transaction(writes=True)`."""


def take(connection: Connection, name: str) -> None:
    """Wait until nobody else holds the turn of this name, and hold it until the transaction ends.

    A row that was written is locked until then in every database; in SQLite a writer is alone anyway.
    """
    connection.execute(_TAKE, {"of": name})


_TAKE = update(turns).where(turns.c.name == bindparam("of")).values(taken=turns.c.taken + 1)
