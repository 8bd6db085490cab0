"""The full-text index, of whichever database: the same terms in, the same reports out, in the same order.

The index holds terms only, cut in Python (`terms`), on SQLite as FTS5 (fulltext_sqlite), on PostgreSQL as arrays of
terms (fulltext_postgresql). It follows from the reports, so it can be filled again at any time.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, func, select

from watchfloor.store import fulltext_postgresql, fulltext_sqlite
from watchfloor.store.fitting import Fitting, Wish
from watchfloor.store.progress import Tell, counted, silent
from watchfloor.store.query import Node
from watchfloor.store.schema import reports
from watchfloor.store.text import read_report

_PAGE = 500  # reports that are read at once when the index is filled again (assumed: a few megabytes)


Text = tuple[int, str | None, str]
"""Row number, headline and text of a report."""


class _Index(Protocol):
    def put_all(self, connection: Connection, given: Sequence[Text]) -> None: ...
    def remove(self, connection: Connection, seq: int, headline: str | None, body: str) -> None: ...
    def clear(self, connection: Connection) -> None: ...
    def size(self, connection: Connection) -> int: ...
    def damages(self, connection: Connection, texts: Iterator[tuple[int, str | None, str]]) -> list[int]: ...
    def fittings(self, connection: Connection, node: Node, wish: Wish) -> Iterator[Fitting]: ...
    def holding(self, connection: Connection, node: Node) -> ColumnElement[bool]: ...


def _index(connection: Connection) -> _Index:
    return fulltext_postgresql if connection.dialect.name == "postgresql" else fulltext_sqlite


def put(connection: Connection, seq: int, headline: str | None, body: str) -> None:
    """Make a report findable; `seq` is its row."""
    put_all(connection, [(seq, headline, body)])


def put_all(connection: Connection, given: Sequence[Text]) -> None:
    """Make many reports findable."""
    _index(connection).put_all(connection, given)


def remove(connection: Connection, seq: int, headline: str | None, body: str) -> None:
    """Take a report out of the index; headline and body must be those that were put in."""
    _index(connection).remove(connection, seq, headline, body)


def fittings(connection: Connection, node: Node, wish: Wish) -> Iterator[Fitting]:
    """Yield how to ask for the reports that fit a part of a query of which `query.is_text` holds.

    Each looks further back than the one before, the last at all reports; where one finds enough the next is not needed.
    """
    return _index(connection).fittings(connection, node, wish)


def holding(connection: Connection, node: Node) -> ColumnElement[bool]:
    """Return the condition that a report, at a glance, fits such a part of a query."""
    return _index(connection).holding(connection, node)


def is_whole(connection: Connection) -> bool:
    """Return whether the index has as many reports as there are."""
    kept = connection.execute(select(func.count()).select_from(reports)).scalar_one()
    return _index(connection).size(connection) == kept


def refill(connection: Connection) -> int:
    """Fill the index again from the reports; return how many there are."""
    index = _index(connection)
    index.clear(connection)
    count = 0
    texts = _texts(connection)
    while some := list(islice(texts, _PAGE)):
        index.put_all(connection, some)
        count += len(some)
    return count


def damages(connection: Connection, tell: Tell = silent) -> list[int]:
    """Return the rows of reports of which the index does not hold just the terms of their texts, and of no report."""
    number = connection.execute(select(func.count()).select_from(reports)).scalar_one()
    return _index(connection).damages(connection, counted(_texts(connection), "words of reports", number, tell))


def _texts(connection: Connection) -> Iterator[tuple[int, str | None, str]]:
    after = 0
    while True:
        page = connection.execute(
            select(reports.c.seq, reports.c.document).where(reports.c.seq > after).order_by(reports.c.seq).limit(_PAGE)
        ).all()
        if not page:
            return
        after = page[-1].seq
        for seq, document in page:
            report = read_report(document)
            yield seq, report.headline, report.text
