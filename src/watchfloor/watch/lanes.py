"""Moments in lanes: a lane for each kind, or for each party that something is about."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Literal

from msgspec import Struct

from watchfloor.core.brief import Moment

Grouping = Literal["kind", "party"]

MOST_LANES = 8  # lanes of a picture; parties that are met less share the last one; assumed
KINDS = (("happened", "Happened"), ("said", "Said"), ("planned", "Planned"), ("published", "Published"))
OTHERS = "Other parties"
NOBODY = "No party named"


class Placed(Struct, frozen=True, kw_only=True):
    """A moment with its number in the list beside the picture, counted from one."""

    number: int
    moment: Moment


class Lane(Struct, frozen=True, kw_only=True):
    """One lane: its name, and its moments in the order of the list."""

    name: str
    placed: tuple[Placed, ...]


def lanes(
    moments: Sequence[Moment], by: Grouping, side: Callable[[str], str], *, most: int = MOST_LANES
) -> tuple[Lane, ...]:
    """Return the lanes that have something in them; a moment stands in the lane of each of its sides.

    By party, the sides met most come first; publications have a lane of their own at the end.
    """
    placed = [Placed(number=number, moment=moment) for number, moment in enumerate(moments, start=1)]
    if by == "kind":
        made = [Lane(name=name, placed=tuple(p for p in placed if p.moment.kind == kind)) for kind, name in KINDS]
        return tuple(lane for lane in made if lane.placed)
    return _by_party(placed, side, most)


def sides_of(moment: Moment, side: Callable[[str], str]) -> tuple[str, ...]:
    """Return the sides that the moment is about, once each, in the order in which its parties are named."""
    return tuple(dict.fromkeys(side(party) for party in moment.parties))


def _by_party(placed: Sequence[Placed], side: Callable[[str], str], most: int) -> tuple[Lane, ...]:
    standing = [(one, sides_of(one.moment, side)) for one in placed if one.moment.kind != "published"]
    met = Counter(name for _, names in standing for name in names)
    ranked = sorted(met, key=lambda name: (-met[name], name.casefold(), name))
    own = ranked if len(ranked) <= most else ranked[: most - 1]
    made = [Lane(name=name, placed=tuple(one for one, names in standing if name in names)) for name in own]
    rest = {
        OTHERS: [one for one, names in standing if any(name not in own for name in names)],
        NOBODY: [one for one, names in standing if not names],
        "Published": [one for one in placed if one.moment.kind == "published"],
    }
    return (*made, *(Lane(name=name, placed=tuple(row)) for name, row in rest.items() if row))


def narrowed(
    moments: Sequence[Moment],
    *,
    kinds: Collection[str] = (),
    party: str = "",
    about: Collection[str] | None = None,
    side: Callable[[str], str] = str,
) -> tuple[Moment, ...]:
    """Return the moments of these kinds, about this party, on these claims and contacts; what is not asked for is open.

    party: words of the name of a party or of its side, in any order and case.
    """
    words = party.casefold().split()
    return tuple(
        one
        for one in moments
        if (not kinds or one.kind in kinds)
        and (about is None or one.about in about)
        and (not words or _is_of(one, words, side))
    )


def _is_of(moment: Moment, words: Sequence[str], side: Callable[[str], str]) -> bool:
    names = [f"{party} {side(party)}".casefold() for party in moment.parties]
    return any(all(word in name for word in words) for name in names)
