"""How to ask for what fits a query; made by the full-text index of either database, used by search."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause


class Fitting(NamedTuple):
    """Join `table` where its `seq` is that of a report, with the condition `fits`.

    rank: how well a report fits, the lower the better (Okapi bm25, k1 1.2, b 0.75); a word in the headline weighs four
    times one in the text (assumed).
    """

    table: FromClause
    seq: ColumnElement[int]
    fits: ColumnElement[bool]
    rank: ColumnElement[float]


class Wish(NamedTuple):
    """How many reports are wanted, the last first, and which share of what fits is likely to be shown (a guess)."""

    most: int
    share: float
