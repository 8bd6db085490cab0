"""Figures as a table: what was counted, when, in which words, at least and at most."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from watchfloor.core.claim import Claim, Figure
from watchfloor.watch.days import or_reported
from watchfloor.watch.naming import called
from watchfloor.watch.reading import placed
from watchfloor.watch.voices import beside, headed
from watchfloor.web.ledger import Ledger, Link

MOST_ROWS = 40  # rows on one page; the rest is counted; assumed


class FigureRow(Struct, frozen=True, kw_only=True):
    """One value as reported. claim: the figure it belongs to, in words, None when the row above says it already."""

    claim: str | None
    rows: int
    day: str
    verbatim: str
    low: int
    high: int | None
    teller: str | None
    outlet: str | None
    links: tuple[Link, ...]


def rows(claims: Sequence[Claim], names: Mapping[str, str], ledger: Ledger, where: str) -> tuple[FigureRow, ...]:
    """Return the values of all figure claims, claim by claim, each in the order of the days."""
    made: list[FigureRow] = []
    for claim in claims:
        figures = sorted(claim.figures, key=lambda figure: (placed(figure.as_of), figure.span))
        if claim.topic != "figure" or len(made) + len(figures) > MOST_ROWS:
            continue
        for at, figure in enumerate(figures):
            teller, outlet = _teller(claim, figure, names)
            made.append(
                FigureRow(
                    claim=headed(claim) if at == 0 else None,
                    rows=len(figures),
                    day=or_reported(figure.as_of, ledger.published(figure.span)),
                    verbatim=figure.verbatim,
                    low=figure.low,
                    high=figure.high,
                    teller=teller,
                    outlet=outlet,
                    links=ledger.cite([figure.span], where),
                )
            )
    return tuple(made)


def _teller(claim: Claim, figure: Figure, names: Mapping[str, str]) -> tuple[str | None, str | None]:
    position = beside(claim, figure)
    if position is None:
        return None, None
    return called(position.party, names) if position.party else None, position.outlet
