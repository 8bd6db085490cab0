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


def place(side: str) -> tuple[str, str | None]:
    """Return the name that a side of a judgement gives, and the report to which it is bound; None when to none.

    >>> place("Hong @rep_12ab"), place("Hong Jang-won")
    (('Hong', 'rep_12ab'), ('Hong Jang-won', None))
    """
    name, at, report = side.rpartition(" @")
    return (name, report) if at and report.startswith("rep_") else (side, None)


def placed(name: str, report: str) -> str:
    """Return the side of a judgement for a name as one report uses it: it stays true whatever is added later."""
    return f"{name} @{report}"


def taken_apart(judgements: Sequence[Judgement], clusters: Sequence[Cluster]) -> frozenset[tuple[str, str]]:
    """Return what must leave its first cluster, as folded names with a report in which each is somebody else.

    Two people of one full name are grouped until somebody keeps two of their places apart; of the two, the one in the
    report that sorts later is taken out. The latest judgement stands.
    """
    at: dict[tuple[str, str], tuple[Key, str]] = {}
    for cluster in clusters:
        for naming in cluster.namings:
            for form in (naming.name, *naming.spellings):
                at.setdefault((naming.report, names.fold(form)), (cluster.key, names.fold(naming.name)))
    latest: dict[frozenset[str], Judgement] = {}
    for one in sorted(judgements, key=lambda judgement: (judgement.at, judgement.id)):
        latest[frozenset((one.left, one.right))] = one
    found = set()
    for one in latest.values():
        places = [(report, names.fold(name)) for name, report in map(place, (one.left, one.right)) if report]
        if one.verdict == "same" or len(places) < 2 or places[0][0] == places[1][0]:
            continue
        sides = [at.get(one_place) for one_place in places]
        if sides[0] and sides[1] and sides[0][0] == sides[1][0]:
            report, plain = max(places)
            found.add((at[report, plain][1], report))
    return frozenset(found)


def rule(
    judgements: Sequence[Judgement], clusters: Sequence[Cluster], entities: Mapping[str, Sequence[Key]]
) -> Rulings:
    """Return the judgements as rulings over first clusters; the latest about a pair stands.

    entities: the first keys behind each id of an entity, so that people may judge ids as well as names.
    """
    by_name: dict[str, list[Key]] = {}
    by_place: dict[tuple[str, str], list[Key]] = {}
    for cluster in clusters:
        for name in {names.fold(naming.name) for naming in cluster.namings} | {names.fold(use) for use in cluster.uses}:
            by_name.setdefault(name, []).append(cluster.key)
        for naming in cluster.namings:
            for name in {names.fold(form) for form in (naming.name, *naming.spellings)}:
                by_place.setdefault((naming.report, name), []).append(cluster.key)

    def keys(side: str) -> Sequence[Key]:
        name, report = place(side)
        if report is not None and (there := by_place.get((report, names.fold(name)))):
            return there
        return entities.get(side) or by_name.get(names.fold(name), [])

    found = Rulings()
    for one in sorted(judgements, key=lambda judgement: (judgement.at, judgement.id)):
        for a in keys(one.left):
            for b in keys(one.right):
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
