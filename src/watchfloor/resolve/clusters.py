"""Namings of the same name put together, and clusters of them merged under the veto of people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct, field

from watchfloor.resolve import bodies, names
from watchfloor.resolve.namings import Naming


class Candidate(Struct, frozen=True, order=True):
    """Two clusters that may be one: how likely, the names compared, and the rule, in words."""

    score: float
    left: str
    right: str
    reason: str
    left_key: tuple[str, ...]
    right_key: tuple[str, ...]


class Cluster(Struct, eq=False, frozen=True, dict=True):
    """Namings held to be one entity.

    key: what they were grouped by at first, made of content only. scores: by report and folded name, how surely that
    naming belongs here and why, for namings that a merge brought in.
    """

    key: tuple[str, ...]
    namings: list[Naming]
    reasons: list[str] = field(default_factory=list)
    scores: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)

    @property
    def person(self) -> bool:
        """Return whether it is a person."""
        return self.namings[0].type == "person"

    @property
    def bare(self) -> bool:
        """Return whether it is a person of whom one word of the name is known."""
        return self.person and all(" " not in naming.name for naming in self.namings)

    @cached_property
    def name(self) -> str:
        """Return the fullest, most used name: a name before a description, in full before in part."""
        uses = self.uses
        full = Counter(naming.name for naming in self.namings)
        fullest = min(
            full,
            key=lambda one: (
                not bodies.is_name(one),
                one.isupper(),
                -min(len(one.replace("-", " ").split()), 2),
                -uses[one] - full[one],
                one,
            ),
        )
        return fullest if self.person else bodies.usual(fullest)

    @cached_property
    def uses(self) -> Counter[str]:
        """Return every spelling with how often it is used."""
        met: Counter[str] = Counter()
        for naming in self.namings:
            met.update(naming.spellings)
        return met

    @cached_property
    def titles(self) -> list[str]:
        """Return the titles, most used first."""
        met: Counter[str] = Counter()
        for naming in self.namings:
            met.update(naming.titles)
        return sorted(met, key=lambda title: (-met[title], title))

    @cached_property
    def country(self) -> str | None:
        """Return the state most often said, first in the alphabet among equals."""
        met = Counter(code for naming in self.namings if (code := naming.country))
        return min(met, key=lambda code: (-met[code], code), default=None)

    def reports(self) -> set[str]:
        """Return the ids of the reports that name it."""
        return {naming.report for naming in self.namings}


def group(namings: Sequence[Naming], apart: frozenset[tuple[str, str]] = frozenset()) -> list[Cluster]:
    """Return the namings grouped by equal names; a bare surname stays with its report, a common body with its state.

    apart: folded names with a report in which a person found somebody else of the name.
    """
    found: dict[tuple[str, ...], list[Naming]] = {}
    for naming in namings:
        key = _key(naming)
        if (names.fold(naming.name), naming.report) in apart:
            key = (*key, naming.report)
        found.setdefault(key, []).append(naming)
    return [
        Cluster(key=key, namings=sorted(found[key], key=lambda one: (one.name, one.report))) for key in sorted(found)
    ]


def _key(naming: Naming) -> tuple[str, ...]:
    """Return what namings are grouped by."""
    plain = names.fold(naming.name)
    if naming.type == "person":
        return ("person", plain) if " " in naming.name else ("person", plain, naming.report)
    body = bodies.parse(naming.name)
    if body.kind is None or bodies.international(naming.name):
        return ("organisation", plain)
    return (
        "organisation",
        names.fold(bodies.bare(naming.name)),
        naming.country or _near(naming) or "",
        body.host or "",
    )


def _near(naming: Naming) -> str | None:
    """Return the state whose capital stands beside a body of no said state, if one clearly does."""
    most = naming.near.most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None


class Clusters:
    """Clusters under their first keys, while they are merged."""

    def __init__(self, clusters: Iterable[Cluster], apart: set[frozenset[tuple[str, ...]]]) -> None:
        self._of = {cluster.key: cluster for cluster in clusters}
        self._keys = {key: [key] for key in self._of}
        self._apart: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for pair in apart:
            for key in pair:
                self._apart.setdefault(key, set()).update(pair - {key})

    def all(self) -> list[Cluster]:
        """Return the clusters as they are now, each once, in the order of their first keys."""
        return list(
            {id(cluster): cluster for _, cluster in sorted(self._of.items(), key=lambda item: item[0])}.values()
        )

    def keys(self, cluster: Cluster) -> list[tuple[str, ...]]:
        """Return the first keys that have come into a cluster."""
        return sorted(self._keys[cluster.key])

    def at(self, key: tuple[str, ...]) -> Cluster:
        """Return the cluster that a first key has come into."""
        return self._of[key]

    def may_merge(self, left: Cluster, right: Cluster) -> bool:
        """Return whether no person has said that a part of one is not a part of the other."""
        others = set(self._keys[right.key])
        return not any(self._apart.get(key, set()) & others for key in self._keys[left.key])

    def merge(self, candidate: Candidate) -> None:
        """Put two clusters together under the earlier key, and keep the reason."""
        left, right = sorted(
            (self._of[candidate.left_key], self._of[candidate.right_key]), key=lambda cluster: cluster.key
        )
        if left is right:
            return
        small, large = (right, left) if len(right.namings) <= len(left.namings) else (left, right)
        brought = {(one.report, names.fold(one.name)): (candidate.score, candidate.reason) for one in small.namings}
        both = Cluster(
            key=left.key,
            namings=sorted([*left.namings, *right.namings], key=lambda one: (one.name, one.report)),
            reasons=[*left.reasons, *right.reasons, f"{candidate.left} / {candidate.right}: {candidate.reason}"],
            scores=large.scores | brought | small.scores,
        )
        self._keys[left.key] += self._keys.pop(right.key)
        for key in self._keys[left.key]:
            self._of[key] = both
