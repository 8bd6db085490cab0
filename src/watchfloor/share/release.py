"""The release rule: what is unmarked is unseen by partners, and a product is as closed as its most closed part."""

from collections.abc import Iterable
from typing import Literal

from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.marking import LEVELS, Marking, Reader

Reason = Literal["unmarked", "not releasable to this partner", "above this reader's clearance"]


def effective(markings: Iterable[Marking | None]) -> Marking | None:
    """Return the marking of a product made of these parts: highest level, partners common to all, every caveat.

    None when any part is unmarked, and when there is no part: nothing that is not marked is ever released.
    """
    parts = list(markings)
    marked = [part for part in parts if part is not None]
    if not marked or len(marked) < len(parts):
        return None
    return Marking(
        level=max((part.level for part in marked), key=LEVELS.index),
        releasable_to=frozenset.intersection(*(part.releasable_to for part in marked)),
        caveats=tuple(dict.fromkeys(caveat for part in marked for caveat in part.caveats)),
    )


def refusal(marking: Marking | None, reader: Reader) -> Reason | None:
    """Return why the reader may not have an item with this marking, None when the reader may.

    The node's own staff (no partner) see what the node collected, marked or not, up to their clearance. A partner's
    reader sees only what is marked, names that partner, and lies within the clearance. There is no other way.
    """
    if marking is None:
        return None if reader.partner is None else "unmarked"
    if reader.partner is not None and reader.partner not in marking.releasable_to:
        return "not releasable to this partner"
    if LEVELS.index(marking.level) > LEVELS.index(reader.clearance):
        return "above this reader's clearance"
    return None


def check(marking: Marking | None, reader: Reader) -> None:
    """Raise ReleaseDenied, naming the rule and never the content, unless the reader may have the item."""
    reason = refusal(marking, reader)
    if reason is not None:
        raise ReleaseDenied(f"refused by the release rule: {reason}")


def banner(marking: Marking | None) -> str:
    """Return the words to print above and below a product.

    >>> banner(Marking(level="GREEN", releasable_to=frozenset({"Partner B", "Partner A"})))
    'TLP:GREEN | releasable to Partner A, Partner B'
    >>> banner(None)
    'UNMARKED | for this node only, not to be shared'
    """
    if marking is None:
        return "UNMARKED | for this node only, not to be shared"
    partners = ", ".join(sorted(marking.releasable_to)) or "nobody outside this node"
    caveats = f" | {'; '.join(marking.caveats)}" if marking.caveats else ""
    return f"TLP:{marking.level} | releasable to {partners}{caveats}"
