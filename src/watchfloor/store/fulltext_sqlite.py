"""The full-text index of SQLite (FTS5): it holds terms only, the texts are with the reports.

FTS5 is told to cut at ASCII signs only, which no term has, so it takes the terms as `terms` cut them.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, column, literal_column, select, table, text

from watchfloor.store.fitting import Fitting, Wish
from watchfloor.store.glance import glance
from watchfloor.store.query import All, Any, Near, Node, Not
from watchfloor.store.query_terms import Phrase
from watchfloor.store.terms import stream, terms

_fulltext = table("fulltext", column("rowid"))

_PUT = text("INSERT INTO fulltext(rowid, headline, text) VALUES (:seq, :headline, :text)")
_REMOVE = text("INSERT INTO fulltext(fulltext, rowid, headline, text) VALUES ('delete', :seq, :headline, :text)")
_COLUMNS = ("headline", "text")


def put_all(connection: Connection, given: Sequence[tuple[int, str | None, str]]) -> None:
    """Make reports findable, by row number, headline and text."""
    connection.execute(
        _PUT, [{"seq": seq, "headline": stream(headline or ""), "text": stream(body)} for seq, headline, body in given]
    )


def remove(connection: Connection, seq: int, headline: str | None, body: str) -> None:
    """Take a report out of the index; headline and body must be those that were put in."""
    connection.execute(_REMOVE, {"seq": seq, "headline": stream(headline or ""), "text": stream(body)})


def clear(connection: Connection) -> None:
    """Take everything out of the index."""
    connection.exec_driver_sql("INSERT INTO fulltext(fulltext) VALUES ('delete-all')")


def size(connection: Connection) -> int:
    """Return how many reports are in the index."""
    count: int = connection.exec_driver_sql("SELECT count(*) FROM fulltext_docsize").scalar_one()
    return count


def damages(connection: Connection, texts: Iterator[tuple[int, str | None, str]]) -> list[int]:
    """Return the rows whose terms in the index are not those of their texts.

    Every entry of the index is read once and added up by row, so the order in which they come does not matter.
    """
    found: dict[int, int] = {}
    connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.entries USING fts5vocab('main', 'fulltext', 'instance')")
    try:
        for term, row, of, at in connection.exec_driver_sql('SELECT term, doc, col, "offset" FROM temp.entries'):
            found[row] = found.get(row, 0) + hash((term, of, at))
    finally:
        connection.exec_driver_sql("DROP TABLE temp.entries")
    there = set(connection.exec_driver_sql("SELECT id FROM fulltext_docsize").scalars())
    wrong = []
    for seq, headline, body in texts:
        expected = sum(
            hash((term.term, name, at))
            for name, words in zip(_COLUMNS, (headline or "", body), strict=True)
            for at, term in enumerate(terms(words))
        )
        if seq not in there or found.pop(seq, 0) != expected:
            wrong.append(seq)
        there.discard(seq)
    return sorted({*wrong, *found, *there})


def fittings(connection: Connection, node: Node, _wish: Wish) -> Iterator[Fitting]:
    """Yield how to ask for the reports that fit a part of a query: FTS5 goes back from the last by itself."""
    yield fitting(connection, node)


def fitting(_connection: Connection, node: Node) -> Fitting:
    """Return how to ask for the reports that fit a part of a query."""
    words: BindParameter[str] = bindparam(None, expression(node), unique=True)
    fits = literal_column("fulltext").op("MATCH", is_comparison=True)(words)
    return Fitting(_fulltext, _fulltext.c.rowid, fits, literal_column("bm25(fulltext, 4.0, 1.0)"))


def holding(connection: Connection, node: Node) -> ColumnElement[bool]:
    """Return the condition that a report, at a glance, fits a part of a query."""
    index = fitting(connection, node)
    return glance.c.seq.in_(select(index.seq).select_from(index.table).where(index.fits).correlate(None))


def expression(node: Node) -> str:
    """Return the part in the language of FTS5; every term stands in quotation marks, so none is an operator.

    >>> from watchfloor.store.query import understand
    >>> expression(understand("(deploy* OR north NEAR korea) -drill").root)
    '(("deploy"*) OR (NEAR("north" "korea", 10))) NOT ("drill")'
    """
    if isinstance(node, Phrase):
        return _quoted(node)
    if isinstance(node, Near):
        return f"NEAR({_quoted(node.one)} {_quoted(node.other)}, {node.within})"
    if isinstance(node, Any):
        return " OR ".join(f"({expression(part)})" for part in node.parts)
    if not isinstance(node, All):
        raise TypeError(f"found {node!r}, expected words alone (query.is_text)")
    wanted = [expression(part) for part in node.parts if not isinstance(part, Not)]
    without = [expression(part.part) for part in node.parts if isinstance(part, Not)]
    found = " AND ".join(f"({one})" for one in wanted)
    return " NOT ".join([f"({found})" if len(wanted) > 1 else found, *(f"({one})" for one in without)])


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.terms)}"' + ("*" if phrase.prefix else "")
