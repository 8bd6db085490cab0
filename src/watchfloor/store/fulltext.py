"""The full-text index of SQLite (FTS5): it holds terms only, the texts are with the reports."""

from sqlalchemy import ColumnElement, Connection, bindparam, column, literal_column, table, text

from watchfloor.store.query import Phrase, Query
from watchfloor.store.terms import stream

fulltext = table("fulltext", column("rowid"))

rank: ColumnElement[float] = literal_column("bm25(fulltext, 4.0, 1.0)")
"""How well a report fits, the best first; a word in the headline weighs four times one in the text (assumed)."""

_PUT = text("INSERT INTO fulltext(rowid, headline, text) VALUES (:seq, :headline, :text)")
_REMOVE = text("INSERT INTO fulltext(fulltext, rowid, headline, text) VALUES ('delete', :seq, :headline, :text)")


def put(connection: Connection, seq: int, headline: str | None, body: str) -> None:
    """Make a report findable; `seq` is its row."""
    connection.execute(_PUT, {"seq": seq, "headline": stream(headline or ""), "text": stream(body)})


def remove(connection: Connection, seq: int, headline: str | None, body: str) -> None:
    """Take a report out of the index; headline and body must be those that were put in."""
    connection.execute(_REMOVE, {"seq": seq, "headline": stream(headline or ""), "text": stream(body)})


def matches(query: Query) -> ColumnElement[bool]:
    """Return the condition that a row of the index fits the query."""
    return literal_column("fulltext").op("MATCH", is_comparison=True)(bindparam("fts", expression(query)))


def expression(query: Query) -> str:
    """Return the query in the language of FTS5; every term stands in quotation marks, so none is an operator.

    >>> from watchfloor.store.query import understand
    >>> expression(understand("deploy* -drill"))
    '("deploy"*) NOT "drill"'
    """
    wanted = " AND ".join(_quoted(phrase) for phrase in query.wanted)
    return " NOT ".join([f"({wanted})", *(_quoted(phrase) for phrase in query.unwanted)])


def _quoted(phrase: Phrase) -> str:
    words = " ".join(phrase.terms).replace('"', " ").replace("\x00", " ")
    return f'"{words}"' + ("*" if phrase.prefix else "")
