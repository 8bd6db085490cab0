"""Resolve names across reports: entities with every name, mention and reason, and which name leads to which."""

from collections.abc import Mapping, Sequence

from watchfloor.core.annotation import Annotation
from watchfloor.core.entity import Doubt, Entity, Link
from watchfloor.core.judgement import Judgement
from watchfloor.core.report import Report
from watchfloor.resolve import candidates, entities, judged, names, namings
from watchfloor.resolve.clusters import Candidate, Cluster, Clusters, group
from watchfloor.resolve.judged import Key, Rulings


def resolve(
    reports: Sequence[Report],
    annotations: Mapping[str, Sequence[Annotation]],
    judgements: Sequence[Judgement] = (),
) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
    """Return the entities over all reports and the links to them, both sorted by content.

    annotations: by report id, as resolved within each report. The order of reports does not matter. A person's
    judgement wins over every score; ids in judgements may be those of any earlier run over these reports.
    """
    merged, _ = _settled(reports, annotations, judgements)
    made = [(entities.entity(cluster), cluster) for cluster in merged]
    return tuple(sorted((one for one, _ in made), key=lambda one: (one.name, one.id))), entities.links(made)


def uncertain(
    reports: Sequence[Report],
    annotations: Mapping[str, Sequence[Annotation]],
    judgements: Sequence[Judgement] = (),
) -> tuple[Candidate, ...]:
    """Return the pairs that the machine leaves to a person, likeliest first."""
    _, open_pairs = _settled(reports, annotations, judgements)
    return tuple(sorted(open_pairs, key=lambda one: (-one.score, one.left, one.right, one.left_key, one.right_key)))


def doubts(
    reports: Sequence[Report],
    annotations: Mapping[str, Sequence[Annotation]],
    judgements: Sequence[Judgement] = (),
) -> tuple[Doubt, ...]:
    """Return the pairs that the machine leaves to a person as entities, likeliest first."""
    merged, open_pairs = _settled(reports, annotations, judgements)
    made = {key: entities.entity(cluster) for cluster in merged for key in [cluster.key]}
    found = {
        (left.id, right.id): Doubt(left=left, right=right, score=one.score, reason=one.reason)
        for one in sorted(open_pairs)
        if (left := made.get(one.left_key)) and (right := made.get(one.right_key))
    }
    return tuple(sorted(found.values(), key=lambda one: (-one.score, one.left.name, one.right.name, one.left.id)))


def _settled(
    reports: Sequence[Report], annotations: Mapping[str, Sequence[Annotation]], judgements: Sequence[Judgement]
) -> tuple[list[Cluster], list[Candidate]]:
    """Return the clusters after all merges, with the pairs left open.

    A judgement may name an entity that exists only after an earlier judgement, so its id is sought in run after run.
    """
    found = namings.retyped([one for r in reports for one in namings.of(r, annotations.get(r.id, ()))])
    behind: dict[str, Sequence[Key]] = {}
    ids = {side for one in judgements for side in (one.left, one.right)}
    first = group(found)
    if judgements and (apart := judged.taken_apart(judgements, first)):
        first = group(found, apart)
    for _ in range(len(judgements) + 1):
        rulings = judged.rule(judgements, first, behind)
        clusters, left_open = _merged(first, rulings)
        known = {entities.entity(one).id: clusters.keys(one) for one in clusters.all()} if judgements else {}
        new = {one: keys for one, keys in known.items() if one in ids and one not in behind}
        if not new:
            break
        behind |= new
    return clusters.all(), left_open


def _merged(first: Sequence[Cluster], rulings: Rulings) -> tuple[Clusters, list[Candidate]]:
    """Return the clusters merged by rulings, then by full names, then by bare surnames; and what stays open."""
    clusters = Clusters(first, set(rulings.apart))
    for (a, b), judgement in sorted(rulings.together.items(), key=lambda item: item[0]):
        left, right = clusters.at(a), clusters.at(b)
        clusters.merge(Candidate(1.0, left.name, right.name, f"judged the same by {judgement.by}", a, b))
    left_open: list[Candidate] = []
    for weigh in (candidates.people, candidates.organisations, candidates.surnames):
        for candidate in weigh(clusters.all()):
            if candidate.score < candidates.MERGE:
                left_open.append(candidate)
            elif _agree(clusters, candidate):
                clusters.merge(candidate)
    return clusters, [one for one in left_open if one.score >= candidates.SHOWN and _still_open(clusters, one)]


def _agree(clusters: Clusters, candidate: Candidate) -> bool:
    """Return whether two clusters may merge: no veto, and no two of their full names that differ."""
    left, right = clusters.at(candidate.left_key), clusters.at(candidate.right_key)
    if left is right or not clusters.may_merge(left, right):
        return False
    if not left.person:
        said = {code for code in (left.country, right.country) if code}
        return len(said) < 2
    return all(
        names.compare(a, b).score >= names.SAME
        for a in sorted({naming.name for naming in left.namings if " " in naming.name})
        for b in sorted({naming.name for naming in right.namings if " " in naming.name})
    )


def _still_open(clusters: Clusters, candidate: Candidate) -> bool:
    """Return whether a pair is still two clusters about which nobody has decided."""
    left, right = clusters.at(candidate.left_key), clusters.at(candidate.right_key)
    return left is not right and clusters.may_merge(left, right)
