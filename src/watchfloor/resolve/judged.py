"""What people decided about names and entities, as pairs of clusters that must or must not be one."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from watchfloor.core.judgement import Judgement
from watchfloor.resolve import names
from watchfloor.resolve.clusters import Cluster

Key = tuple[str, ...]


class Rulings(Struct):
    """Pairs of first keys that a person put together or kept apart, with the judgement."""

    together: dict[tuple[Key, Key], Judgement] = field(default_factory=dict)
    apart: dict[frozenset[Key], Judgement] = field(default_factory=dict)


def rule(
    judgements: Sequence[Judgement], clusters: Sequence[Cluster], entities: Mapping[str, Sequence[Key]]
) -> Rulings:
    """Return the judgements as rulings over first clusters; the latest about a pair stands.

    entities: the first keys behind each id of an entity, so that people may judge ids as well as names.
    """
    by_name: dict[str, list[Key]] = {}
    for cluster in clusters:
        for name in {names.fold(naming.name) for naming in cluster.namings} | {names.fold(use) for use in cluster.uses}:
            by_name.setdefault(name, []).append(cluster.key)
    found = Rulings()
    for one in sorted(judgements, key=lambda judgement: (judgement.at, judgement.id)):
        left = entities.get(one.left) or by_name.get(names.fold(one.left), [])
        right = entities.get(one.right) or by_name.get(names.fold(one.right), [])
        for a in left:
            for b in right:
                if a != b:
                    _lay_down(found, a, b, one)
    return found


def _lay_down(found: Rulings, a: Key, b: Key, one: Judgement) -> None:
    """Note one judgement about one pair, in place of any before it; "unsure" keeps apart as "different" does."""
    pair = (min(a, b), max(a, b))
    found.together.pop(pair, None)
    found.apart.pop(frozenset(pair), None)
    if one.verdict == "same":
        found.together[pair] = one
    else:
        found.apart[frozenset(pair)] = one
