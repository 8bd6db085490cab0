"""How solid the claims are, counted: how many rest on how many independent origins, and how many are contested."""

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from msgspec import Struct

from watchfloor.core.claim import Claim

Solidity = Literal["two or more", "one or more", "one", "a circle", "none"]
SOLIDITIES: tuple[Solidity, ...] = get_args(Solidity)

AGAINST = frozenset({"denies", "doubts", "withdraws"})


class Solid(Struct, frozen=True, kw_only=True):
    """How many claims there are, how many of each solidity, and how many somebody contests."""

    claims: int
    by: dict[Solidity, int]
    contested: int


def solidity(claim: Claim) -> Solidity:
    """Return on how many independent origins a claim rests; it says nothing of whether it is true.

    "one or more": at least one for certain, at most several. "a circle": the reports credit each other alone.
    """
    if claim.circular:
        return "a circle"
    if claim.origins_min > 1:
        return "two or more"
    if claim.origins_max > 1:
        return "one or more"
    return "one" if claim.origins_max else "none"


def is_contested(claim: Claim) -> bool:
    """Return whether somebody denies, doubts or takes back the claim, or another one gives another figure."""
    return bool(claim.rivals) or any(position.stance in AGAINST for position in claim.positions)


def contested(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims that somebody contests, in the order given."""
    return tuple(claim for claim in claims if is_contested(claim))


def counted(claims: Sequence[Claim]) -> Solid:
    """Return the counts; those by solidity add up to the claims."""
    found = [solidity(claim) for claim in claims]
    return Solid(
        claims=len(claims),
        by={name: found.count(name) for name in SOLIDITIES},
        contested=len(contested(claims)),
    )
