"""A database that is open, and its transactions: what `Store` and its parts stand on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, TimeoutError

from watchfloor.core.errors import StoreError
from watchfloor.store import state
from watchfloor.store.state import Changes

Explain = Callable[[BaseException | None, str], StoreError]


class Opened:
    """A connection to a database of either kind, by its name; `with` closes it."""

    def __init__(self, engine: Engine, name: str, explain: Explain) -> None:
        self._engine = engine
        self._explain = explain
        self.name = name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; closing twice is no error."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, writes: bool, alone: bool = True, changes: Changes = "anything") -> Iterator[Connection]:
        """Open a transaction; alone: one writer at a time; a queue whose rows are locked one by one needs it not.

        changes: what is another one by what is written, see `state`.
        """
        try:
            options = {"writes": writes, "alone": alone}
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
                if writes:
                    state.note(connection, changes)
        except DBAPIError as error:
            raise self._explain(error.orig, self.name) from error
        except TimeoutError as error:
            raise StoreError(f"{self.name}: every connection of this program is in use; try again later") from error
        except UnicodeEncodeError as error:
            raise StoreError(f"found half a character in an id or a digest ({error}), expected plain text") from error
