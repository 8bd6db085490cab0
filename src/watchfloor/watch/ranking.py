"""Which claims to tell first."""

from collections.abc import Iterable

from watchfloor.core.claim import Claim

WEIGHTY = frozenset({"confirms", "denies", "doubts", "revises", "withdraws"})
"""Stances that change what is known, so that a claim that has them is told before one that is only asserted."""
LIGHT = frozenset({"demand", "promise", "predict", "wish", "thank"})
"""Acts that hold nothing to be so."""


def ranked(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims with the most certain origins, reports, voices and figures first, else in the order given.

    The order says how widely a claim is carried, never how true it is.
    """
    return tuple(sorted(claims, key=_order))


def _order(claim: Claim) -> tuple[int, ...]:
    parties = {position.party for position in claim.positions if position.party}
    stances = {position.stance for position in claim.positions}
    return (
        -claim.origins_min,
        -claim.reports,
        -claim.origins_max,
        -len(stances & WEIGHTY),
        -len(parties) - len(stances),
        -len(claim.figures),
        int(all(position.act in LIGHT for position in claim.positions)),
        int(not parties),
    )
