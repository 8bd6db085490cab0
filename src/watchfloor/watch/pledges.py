"""Promised and demanded: what each party says it will do, and what it wants of others."""

from collections.abc import Mapping, Sequence

from watchfloor.core.brief import Line
from watchfloor.core.claim import Claim, Position
from watchfloor.watch.days import bracketed
from watchfloor.watch.naming import called
from watchfloor.watch.wording import agreeing, listed, number, quoted, sentence

MOST_QUOTES = 3  # quotations of one party in one sentence; assumed
MOST_PARTIES = 10  # parties; assumed
_QUOTE = 140  # characters of one quotation; assumed
_VERBS = {"promise": "promises", "demand": "demands"}


def lines(claims: Sequence[Claim], names: Mapping[str, str]) -> tuple[Line, ...]:
    """Return one line for each party and act, the party with the most to say first.

    A claim is quoted once, in the first of its wordings: copies and later tellings add citations, not sentences.
    """
    found: dict[tuple[str, str], list[list[Position]]] = {}
    for claim in claims:
        told: dict[tuple[str, str], list[Position]] = {}
        for position in claim.positions:
            if position.act in _VERBS and position.party and position.resolved and position.quote.strip():
                told.setdefault((called(position.party, names), position.act), []).append(position)
        for key, positions in told.items():
            found.setdefault(key, []).append(positions)
    order = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_line(party, act, told) for (party, act), told in order[:MOST_PARTIES])


def _line(party: str, act: str, told: Sequence[Sequence[Position]]) -> Line:
    kept = told[:MOST_QUOTES]
    words = [f"{quoted(positions[0].quote, _QUOTE)}{bracketed(positions[0].date)}" for positions in kept]
    more = f"; and {number(len(told) - len(kept))} more" if len(told) > len(kept) else ""
    text = f"{party} {agreeing(_VERBS[act], party)}: {listed(words, mark=';')}{more}"
    spans = dict.fromkeys(position.span for positions in told for position in positions)
    return Line(text=sentence(text), citations=tuple(spans)[:8])
