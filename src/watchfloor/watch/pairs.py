"""Who was in contact with whom, and how often: the contact log as a matrix and as a graph."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Literal

from msgspec import Struct

from watchfloor.core.encounter import Encounter

Solidity = Literal["held", "planned", "denied"]

MOST_NODES = 150  # parties in one graph; with more nothing can be read (docs/drawings.md)


class Pair(Struct, frozen=True, kw_only=True):
    """Two parties and the ids of the contacts between them, in the order of the log; left sorts before right.

    solidity: "held" when one of them took place or is said to have; "planned" when all are plans or possible;
    "denied" when all that is left is denied.
    """

    left: str
    right: str
    contacts: tuple[str, ...]
    solidity: Solidity


class Node(Struct, frozen=True, kw_only=True):
    """One party: how many contacts it has, with how many others, and the side it stands on."""

    name: str
    side: str
    contacts: int
    others: int


class Network(Struct, frozen=True, kw_only=True):
    """Parties, the most contacts first, and pairs of them. hidden: parties left out, alone: contacts that name one."""

    nodes: tuple[Node, ...]
    pairs: tuple[Pair, ...]
    hidden: int = 0
    alone: int = 0


_SOLIDITY: dict[str, Solidity] = {"actual": "held", "alleged": "held", "planned": "planned", "hypothetical": "planned"}


def network(
    encounters: Sequence[Encounter],
    called: Callable[[str], str],
    side: Callable[[str], str],
    *,
    most: int = MOST_NODES,
) -> Network:
    """Return who was in contact with whom, at most so many parties: those with the most contacts.

    called: gives the name under which a party is shown; parties of one name are one.
    """
    named = [(one, tuple(dict.fromkeys(called(party.name) for party in one.parties))) for one in encounters]
    sides = {called(party.name): side(party.name) for one in encounters for party in one.parties}
    met = Counter(name for _, names in named for name in names)
    ranked = sorted(met, key=lambda name: (-met[name], name.casefold(), name))
    kept = frozenset(ranked[:most])
    rows: dict[tuple[str, str], list[Encounter]] = {}
    for one, names in named:
        for left, right in combinations(sorted(names), 2):
            if left in kept and right in kept:
                rows.setdefault((left, right), []).append(one)
    degrees = Counter(name for pair in rows for name in pair)
    return Network(
        nodes=tuple(
            Node(name=name, side=sides[name], contacts=met[name], others=degrees[name]) for name in ranked[:most]
        ),
        pairs=tuple(_pair(left, right, found) for (left, right), found in sorted(rows.items())),
        hidden=max(0, len(ranked) - most),
        alone=sum(len(names) < 2 for _, names in named),
    )


def _pair(left: str, right: str, found: Iterable[Encounter]) -> Pair:
    rows = list(found)
    kinds = {_SOLIDITY.get(one.status, "denied") for one in rows}
    solidity: Solidity = "held" if "held" in kinds else "planned" if "planned" in kinds else "denied"
    return Pair(left=left, right=right, contacts=tuple(one.id for one in rows), solidity=solidity)
