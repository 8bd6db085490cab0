"""What may be released to whom, and who is asking."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from typing import Literal

from msgspec import Struct

Level = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]

LEVELS: tuple[Level, ...] = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""TLP 2.0 levels (FIRST, August 2022), the freest first."""


class Marking(Struct, frozen=True, kw_only=True):
    """What may be released to whom (TLP 2.0 level plus releasable-to; STIX marking-definition).

    level: TLP 2.0 level.
    releasable_to: names of the partners and of the groups of partners that may have it; empty means none: being CLEAR
        is not yet being released.
    caveats: further statements to print with it.
    originators: the bodies that laid it down; of a derived item all of them.
    expires: from this moment on (aware, UTC) it is released to nobody; None is for good. At home it stays.
    """

    level: Level
    releasable_to: frozenset[str] = frozenset()
    caveats: tuple[str, ...] = ()
    originators: frozenset[str] = frozenset()
    expires: datetime | None = None


class Reader(Struct, frozen=True, kw_only=True):
    """Who is asking. Every read of the store takes one; there is no read without.

    name: who, for the audit trail.
    partner: name of the partner body the reader belongs to; None for this node's own staff, who see what the node
        collected. A partner's reader sees only what is marked releasable to that partner.
    clearance: the highest TLP level the reader may see.
    at: when they ask (aware, UTC): what has expired by then is not shown to a partner. A partner's reader who does not
        say when sees nothing that ever expires.
    groups: groups of partners that the partner belongs to; the store looks them up itself, the gate is told.
    """

    name: str
    partner: str | None
    clearance: Level
    at: datetime | None = None
    groups: frozenset[str] = frozenset()


def combined(one: Marking, other: Marking) -> Marking:
    """Return the marking that satisfies both; never wider than either, whichever comes first.

    The higher level, the partners common to both, every caveat and originator, the earlier expiry.

    >>> free = Marking(level="CLEAR", releasable_to=frozenset("ab"))
    >>> both = combined(free, Marking(level="RED", releasable_to=frozenset("b")))
    >>> both.level, sorted(both.releasable_to)
    ('RED', ['b'])
    """
    ends = [marking.expires for marking in (one, other) if marking.expires is not None]
    return Marking(
        level=max(one.level, other.level, key=LEVELS.index),
        releasable_to=one.releasable_to & other.releasable_to,
        caveats=tuple(dict.fromkeys(one.caveats + other.caveats)),
        originators=one.originators | other.originators,
        expires=min(ends, default=None),
    )


def strictest(markings: Iterable[Marking | None]) -> Marking | None:
    """Return the marking that satisfies all there are: for what stays at home, where the unmarked is kept from nobody.

    None when none is laid. What may go to a partner follows `share.release.effective`: there one None makes all None.
    """
    laid = [one for one in markings if one is not None]
    return reduce(combined, laid) if laid else None


def is_no_wider(one: Marking | None, other: Marking | None) -> bool:
    """Return whether whoever may have an item marked with the first may have it marked with the second.

    None is the strictest marking of all: partners see nothing that is unmarked.
    """
    if one is None:
        return True
    if other is None:
        return False
    lasts = other.expires is None or (one.expires is not None and one.expires <= other.expires)
    level = LEVELS.index(one.level) >= LEVELS.index(other.level)
    return level and one.releasable_to <= other.releasable_to and set(one.caveats) >= set(other.caveats) and lasts
