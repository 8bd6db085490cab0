"""The release rule: what is unmarked is unseen by partners, and a product is as closed as its most closed part."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Literal

from msgspec.structs import replace

from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.marking import LEVELS, Marking, Reader, combined

Reason = Literal["unmarked", "not releasable to this partner", "above this reader's clearance", "expired"]


def effective(markings: Iterable[Marking | None]) -> Marking | None:
    """Return the marking of a product made of these parts: each satisfied, see `core.marking.combined`.

    None when any part is unmarked, and when there is no part: nothing that is not marked is ever released.
    """
    parts = list(markings)
    marked = [part for part in parts if part is not None]
    if not marked or len(marked) < len(parts):
        return None
    return reduce(combined, marked, marked[0])


def strictest(markings: Iterable[Marking | None]) -> Marking | None:
    """Return the marking under which this node's own people see something made of these parts.

    As `effective`, but a part without a marking takes away no other's level: it only keeps the whole at home.
    """
    parts = list(markings)
    marked = [part for part in parts if part is not None]
    if not marked:
        return None
    made = reduce(combined, marked, marked[0])
    return made if len(marked) == len(parts) else replace(made, releasable_to=frozenset())


def spelled_out(marking: Marking | None, groups: Mapping[str, frozenset[str]]) -> Marking | None:
    """Return the marking with the members of its groups named beside them, so that it can be combined with others.

    >>> both = spelled_out(Marking(level="CLEAR", releasable_to=frozenset({"North"})), {"North": frozenset({"A", "B"})})
    >>> sorted(both.releasable_to)
    ['A', 'B', 'North']
    """
    if marking is None:
        return None
    members = frozenset().union(*(groups.get(name, frozenset()) for name in marking.releasable_to))
    return replace(marking, releasable_to=marking.releasable_to | members) if members else marking


def refusal(marking: Marking | None, reader: Reader) -> Reason | None:
    """Return why the reader may not have an item with this marking, None when the reader may.

    The node's own staff (no partner) see what the node collected, marked or not, up to their clearance. A partner's
    reader sees only what is marked, names that partner or a group of it, lies within the clearance, and has not
    expired when the reader asks. There is no other way.
    """
    if marking is None:
        return None if reader.partner is None else "unmarked"
    if reader.partner is not None and not marking.releasable_to & {reader.partner, *reader.groups}:
        return "not releasable to this partner"
    if reader.partner is not None and marking.expires is not None and not (reader.at and reader.at < marking.expires):
        return "expired"
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
    ends = f" | until {marking.expires:%Y-%m-%d %H:%M} UTC" if marking.expires else ""
    return f"TLP:{marking.level} | releasable to {partners}{caveats}{ends}"
