"""What may be released to whom, and who is asking."""

from typing import Literal

from msgspec import Struct

Level = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]

LEVELS: tuple[Level, ...] = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""TLP 2.0 levels (FIRST, August 2022), the freest first."""


class Marking(Struct, frozen=True, kw_only=True):
    """What may be released to whom (TLP 2.0 level plus releasable-to; STIX marking-definition).

    level: TLP 2.0 level.
    releasable_to: names of the partners that may have it; empty means none: being CLEAR is not yet being released.
    caveats: further statements to print with it.
    """

    level: Level
    releasable_to: frozenset[str] = frozenset()
    caveats: tuple[str, ...] = ()


class Reader(Struct, frozen=True, kw_only=True):
    """Who is asking. Every read of the store takes one; there is no read without.

    name: who, for the audit trail.
    partner: name of the partner body the reader belongs to; None for this node's own staff, who see what the node
        collected. A partner's reader sees only what is marked releasable to that partner.
    clearance: the highest TLP level the reader may see.
    """

    name: str
    partner: str | None
    clearance: Level
