"""Who stands where, as a table: a row for each claim, a column for each party, a letter for each stance."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from watchfloor.core.claim import Claim, Position, Stance
from watchfloor.core.span import Span
from watchfloor.watch.naming import called
from watchfloor.watch.stances import STANCE_ORDER, VERBS, verb
from watchfloor.watch.voices import worded
from watchfloor.web.inert import shown
from watchfloor.web.ledger import Link

MOST_ROWS = 16  # claims on one page; the rest is counted; assumed
MOST_COLUMNS = 4  # parties with a column of their own, the others share one; assumed
ITSELF = "Report itself"
OTHERS = "Others"
UNNAMED = "Unnamed source"
OWN_HEADINGS = (ITSELF, OTHERS, UNNAMED)
"""Headings of columns that are ours and no party's."""
LETTERS: Mapping[Stance, str] = {
    "asserts": "A",
    "confirms": "C",
    "repeats": "R",
    "justifies": "J",
    "revises": "V",
    "doubts": "Q",
    "denies": "D",
    "withdraws": "W",
    "declines to comment": "N",
    "silent": "S",
}


class Mark(Struct, frozen=True, kw_only=True):
    """One stance: its letter, and whether it is the claimant again."""

    letter: str
    stance: Stance
    again: bool
    links: tuple[Link, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """One party in one cell with its stances; note is what the column's heading does not say, None when it says all."""

    party: str
    note: str | None
    marks: tuple[Mark, ...]


class Row(Struct, frozen=True, kw_only=True):
    """One claim: its words, its cells in the order of the columns, and its three different counts."""

    claim: Claim
    text: str
    cells: tuple[tuple[Standing, ...], ...]
    links: tuple[Link, ...]


class Table(Struct, frozen=True, kw_only=True):
    """Columns, rows, the letters in use, and how many claims are not shown."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: tuple[tuple[str, Stance, str], ...]
    again: bool
    more: int


class Citing(Protocol):
    """What gives links to the evidence; a ledger does."""

    def cite(self, spans: Sequence[Span], where: str) -> tuple[Link, ...]:
        """Return the links for these spans."""


class Uncited:
    """Gives no links: on a page where each row leads to a page of its own."""

    def cite(self, spans: Sequence[Span], where: str) -> tuple[Link, ...]:
        """Return no links."""
        return ()


def table(
    claims: Sequence[Claim],
    names: Mapping[str, str],
    ledger: Citing,
    where: str,
    *,
    rows: int = MOST_ROWS,
    columns: int = MOST_COLUMNS,
) -> Table:
    """Return the table of the first claims; parties that speak for one body share its column."""
    return _table(claims[:rows], len(claims), names, ledger, where, columns)


def _table(
    kept: Sequence[Claim], claims: int, names: Mapping[str, str], ledger: Citing, where: str, most: int
) -> Table:
    bodies = stands_for(kept, names)
    columns = _columns(kept, bodies, most)
    rows = tuple(_row(claim, columns, bodies, names, ledger, where) for claim in kept)
    marks = [mark for row in rows for cell in row.cells for standing in cell for mark in standing.marks]
    used = {mark.stance for mark in marks}
    return Table(
        columns=columns,
        rows=rows,
        legend=tuple((LETTERS[stance], stance, VERBS[stance]) for stance in STANCE_ORDER if stance in used),
        again=any(mark.again for mark in marks),
        more=claims - len(kept),
    )


def _party(position: Position, names: Mapping[str, str]) -> str | None:
    return called(position.party, names) if position.party else None


def stands_for(claims: Sequence[Claim], names: Mapping[str, str]) -> dict[Position, str]:
    """Return the column heading of every position: the body its party speaks for in any of them, else the party."""
    positions = [position for claim in claims for position in claim.positions]
    spoken: dict[str, Counter[str]] = {}
    for position in positions:
        if (party := _party(position, names)) and position.speaks_for:
            spoken.setdefault(party, Counter())[called(position.speaks_for, names)] += 1
    bodies = {party: met.most_common(1)[0][0] for party, met in spoken.items()}
    return {position: _body(position, _party(position, names), bodies) for position in positions}


def _body(position: Position, party: str | None, bodies: Mapping[str, str]) -> str:
    if party is None:
        return ITSELF if position.resolved else UNNAMED
    return bodies.get(party, party)


def _columns(claims: Sequence[Claim], bodies: Mapping[Position, str], most: int) -> tuple[str, ...]:
    met = Counter(bodies[position] for claim in claims for position in claim.positions)
    parties = [party for party, _ in met.most_common() if party != ITSELF]
    columns = parties[:most]
    if len(parties) > most:
        columns.append(OTHERS)
    return (*columns, ITSELF) if ITSELF in met else tuple(columns)


def _row(
    claim: Claim,
    columns: Sequence[str],
    bodies: Mapping[Position, str],
    names: Mapping[str, str],
    ledger: Citing,
    where: str,
) -> Row:
    claimants = {party for p in claim.positions if p.stance == "asserts" and (party := _party(p, names))}
    found: dict[str, dict[str, list[Position]]] = {column: {} for column in columns}
    for position in claim.positions:
        body = bodies[position]
        party = _party(position, names) or position.outlet or "outlet not determined"
        found[body if body in found else OTHERS].setdefault(party, []).append(position)
    links = ledger.cite([*(p.span for p in claim.positions), *(figure.span for figure in claim.figures)], where)
    return Row(
        claim=claim,
        text=worded(claim),
        cells=tuple(_cell(found[column], column, claimants, ledger, where) for column in columns),
        links=links,
    )


def _cell(
    found: Mapping[str, Sequence[Position]], column: str, claimants: set[str], ledger: Citing, where: str
) -> tuple[Standing, ...]:
    return tuple(
        Standing(
            party=shown(party, 80),
            note=_note(party, positions, column),
            marks=tuple(_mark(stance, party in claimants, positions, ledger, where) for stance in _stances(positions)),
        )
        for party, positions in found.items()
    )


def _stances(positions: Sequence[Position]) -> list[Stance]:
    taken = {position.stance for position in positions}
    return [stance for stance in STANCE_ORDER if stance in taken]


def _note(party: str, positions: Sequence[Position], column: str) -> str | None:
    notes = [shown(party, 60)] if party != column else []
    notes.extend(dict.fromkeys(verb(p).removesuffix(" it") for p in positions if verb(p) != VERBS[p.stance]))
    if positions[0].party and not all(position.resolved for position in positions):
        notes.append("not introduced")
    return ", ".join(notes) or None


def _mark(stance: Stance, claimant: bool, positions: Sequence[Position], ledger: Citing, where: str) -> Mark:
    spans = [position.span for position in positions if position.stance == stance]
    return Mark(
        letter=LETTERS[stance],
        stance=stance,
        again=stance == "confirms" and claimant and positions[0].party is not None,
        links=ledger.cite(spans[:1], where),
    )
