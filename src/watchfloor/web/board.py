"""Which claims the board shows: what the address asks for, answered."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import get_args

from msgspec import Struct

from watchfloor.core.claim import Claim, Position, Stance
from watchfloor.core.picture import Picture
from watchfloor.flow import at_hand
from watchfloor.flow.remembered import Remembered
from watchfloor.watch.days import known_day
from watchfloor.watch.solidity import SOLIDITIES, is_contested, solidity
from watchfloor.web.claims_table import ITSELF, stands_for
from watchfloor.web.visit import Visit

STANCES: tuple[Stance, ...] = get_args(Stance)
TOPICS = ("figure", "event", "statement")
GROUPS = ("story",)
SORTS = ("weight", "newest", "reports", "outlets", "origins")
MOST_PARTIES = 80  # parties in the list to choose from (assumed)


class Asked(Struct, frozen=True, kw_only=True):
    """What the address asks for; "" and False where it asks for nothing, or for what it cannot mean."""

    words: str
    party: str
    stance: str
    topic: str
    solid: str
    contested: bool
    sort: str
    group: str

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.party or self.stance or self.topic or self.solid or self.contested)


class Board(Struct, frozen=True, kw_only=True):
    """The claims that were asked for, in order; all: how many there are; parties: those one can choose."""

    asked: Asked
    claims: tuple[Claim, ...]
    all: int
    parties: tuple[str, ...]
    names: Mapping[str, str]


def asked(visit: Visit) -> Asked:
    """Return what the address of a visit asks for."""

    def one_of(name: str, choices: Sequence[str]) -> str:
        return visit.value(name) if visit.value(name) in choices else ""

    return Asked(
        words=visit.value("words")[:200],
        party=visit.value("party")[:200],
        stance=one_of("stance", STANCES),
        topic=one_of("topic", TOPICS),
        solid=one_of("solid", SOLIDITIES),
        contested=visit.value("contested") == "1",
        sort=one_of("sort", SORTS) or SORTS[0],
        group=one_of("group", GROUPS),
    )


def board(picture: Picture, wanted: Asked) -> Board:
    """Return the claims of a picture that fit."""
    bodies = bodies_of(picture)
    kept = [claim for claim in at_hand.weighed(picture) if _fits(claim, wanted, bodies)]
    key = _ORDERS.get(wanted.sort)
    return Board(
        asked=wanted,
        claims=tuple(sorted(kept, key=key, reverse=True) if key else kept),
        all=len(picture.claims),
        parties=_parties(picture),
        names=at_hand.names(picture),
    )


def _chosen_of(picture: Picture) -> tuple[str, ...]:
    met = Counter(body for body in bodies_of(picture).values() if body != ITSELF)
    return tuple(sorted((name for name, _ in met.most_common(MOST_PARTIES)), key=str.casefold))


bodies_of: Remembered[Mapping[Position, str]] = Remembered(
    lambda picture: stands_for(picture.claims, at_hand.names(picture))
)
"""Gives for whom each position stands."""

_parties: Remembered[tuple[str, ...]] = Remembered(_chosen_of)


def _fits(claim: Claim, wanted: Asked, bodies: Mapping[Position, str]) -> bool:
    if wanted.topic and claim.topic != wanted.topic:
        return False
    if wanted.solid and solidity(claim) != wanted.solid:
        return False
    if wanted.contested and not is_contested(claim):
        return False
    if (wanted.party or wanted.stance) and not any(
        (not wanted.party or wanted.party in (bodies[one], one.party))
        and (not wanted.stance or one.stance == wanted.stance)
        for one in claim.positions
    ):
        return False
    return not wanted.words or all(word in _text(claim) for word in wanted.words.casefold().split())


def _text(claim: Claim) -> str:
    parts = [claim.proposition, *(one.quote for one in claim.positions), *(one.party or "" for one in claim.positions)]
    return " ".join((*parts, *(one.verbatim for one in claim.figures))).casefold()


def _newest(claim: Claim) -> tuple[str, ...]:
    return (max((str(known_day(one.date) or "") for one in claim.positions), default=""),)


_ORDERS: Mapping[str, Callable[[Claim], tuple[int | str, ...]]] = {
    "newest": _newest,
    "reports": lambda claim: (claim.reports, claim.origins_min),
    "outlets": lambda claim: (claim.outlets, claim.origins_min),
    "origins": lambda claim: (claim.origins_min, claim.origins_max, claim.reports),
}
