"""What people decided about claims: words taken out of a claim, and claims made one. A person's word wins over ours.

A decision is about two places, so that it holds whatever is added later and whatever ids become: "same", the words in
both state one claim; "different", they do not; "unsure", it is left to the machine.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from msgspec import structs

from watchfloor.core.claim import Claim, Figure, Position
from watchfloor.core.judgement import Judgement, in_order
from watchfloor.fuse.ground import Ground
from watchfloor.fuse.one_claim import put_together, sentence

ABOUT_CLAIMS = "claim "
"""How the left side of a judgement about claims begins."""

Held = Mapping[tuple[str, str], bool]
"""By two places, the smaller first: whether the words in both state one claim."""


def decided_claims(claims: Sequence[Claim], judgements: Iterable[Judgement], ground: Ground) -> tuple[Claim, ...]:
    """Return the claims as people decided about them; the same ones when nobody did. Counts are made anew."""
    held = latest(judgements)
    if not held:
        return tuple(claims)
    parts = [part for claim in claims for part in _parted(claim, held)]
    return _tied(claims, [_one(group, ground) for group in _merged(parts, held)])


def place(claim: Claim, position: Position) -> str:
    """Return where the words of a position stand, told apart from other claims in the same words: of a figure by the
    number, of an event by what took place.
    """
    span = position.span
    inside = [one.span for one in claim.figures if _is_in(one, position)]
    if claim.topic == "figure" and inside:
        span = inside[0]
    which = f"#{sha256(claim.proposition.encode()).hexdigest()[:8]}" if claim.topic == "event" else ""
    return f"{claim.topic} {span.report}:{span.start}-{span.end}{which}"


def places(claim: Claim) -> dict[str, tuple[Position, ...]]:
    """Return the positions of a claim by place, in the order of the claim."""
    found: dict[str, list[Position]] = {}
    for one in claim.positions:
        found.setdefault(place(claim, one), []).append(one)
    return {key: tuple(some) for key, some in found.items()}


def pair_of(judgement: Judgement) -> tuple[str, str] | None:
    """Return the places that a judgement is about, None when it is not about claims."""
    if not judgement.left.startswith(ABOUT_CLAIMS):
        return None
    return in_order(judgement.left.removeprefix(ABOUT_CLAIMS), judgement.right)


def latest(judgements: Iterable[Judgement]) -> dict[tuple[str, str], bool]:
    """Return what holds of each pair of places; of several judgements the last one stands."""
    verdicts = {
        pair: one.verdict
        for one in sorted(judgements, key=lambda one: (one.at, one.id))
        if (pair := pair_of(one)) is not None
    }
    return {pair: verdict == "same" for pair, verdict in verdicts.items() if verdict != "unsure"}


class _Part:
    """Some positions of a claim, by place. is_whole: they are all of it; is_first: its ties to others stay here."""

    def __init__(self, claim: Claim, held: dict[str, tuple[Position, ...]], is_first: bool, is_whole: bool) -> None:
        self.claim, self.held, self.is_first, self.is_whole = claim, held, is_first, is_whole

    @property
    def positions(self) -> tuple[Position, ...]:
        return tuple(one for some in self.held.values() for one in some)

    @property
    def figures(self) -> tuple[Figure, ...]:
        others = [one for one in self.claim.figures if not any(_is_in(one, p) for p in self.claim.positions)]
        mine = [one for one in self.claim.figures if any(_is_in(one, p) for p in self.positions)]
        return (*mine, *others) if self.is_first else tuple(mine)


def _parted(claim: Claim, held: Held) -> list[_Part]:
    """Return the claim in parts that nobody says are different; each place goes to the first part it may, or to one of
    which somebody says that it is the same.
    """
    found = places(claim)
    groups: list[list[str]] = []
    for key in found:
        open_ = [group for group in groups if all(held.get(in_order(key, other), True) for other in group)]
        same = [group for group in open_ if any(held.get(in_order(key, other)) for other in group)]
        if open_:
            (same or open_)[0].append(key)
        else:
            groups.append([key])
    return [
        _Part(claim, {key: found[key] for key in group}, at == 0, len(groups) == 1) for at, group in enumerate(groups)
    ]


def _merged(parts: Sequence[_Part], held: Held) -> list[list[_Part]]:
    """Return the parts in groups that somebody says are one, unless somebody says that any of their words are not."""
    groups = [[part] for part in parts]
    where: dict[str, list[int]] = {}
    for at, part in enumerate(parts):
        for key in part.held:
            where.setdefault(key, []).append(at)
    home = list(range(len(parts)))
    for (left, right), is_same in sorted(held.items()):
        if not is_same or len(where.get(left, ())) != 1 or len(where.get(right, ())) != 1:
            continue
        one, two = sorted((home[where[left][0]], home[where[right][0]]))
        if one == two or _are_apart(groups[one], groups[two], held):
            continue
        groups[one] += groups[two]
        groups[two] = []
        home = [one if at == two else at for at in home]
    return [group for group in groups if group]


def _are_apart(one: Sequence[_Part], two: Sequence[_Part], held: Held) -> bool:
    return any(
        not held.get(in_order(left, right), True) for a in one for b in two for left in a.held for right in b.held
    )


def _one(group: Sequence[_Part], ground: Ground) -> tuple[Claim, tuple[_Part, ...]]:
    first = group[0]
    if len(group) == 1 and first.is_whole:
        return first.claim, (first,)
    positions = [
        one for part in group for one in part.positions if not (one.party is None and one.stance == "withdraws")
    ]
    figures = tuple(dict.fromkeys(one for part in group for one in part.figures))
    made = put_together(
        _worded(first.claim, positions), first.claim.topic, tuple(dict.fromkeys(positions)), figures, ground
    )
    if not first.is_first:
        return made, tuple(group)
    ties = {"part_of": first.claim.part_of, "rivals": first.claim.rivals, "revises": first.claim.revises}
    return structs.replace(made, **ties), tuple(group)


def _worded(claim: Claim, positions: Sequence[Position]) -> str:
    """Return the claim's sentence while its words are among the positions, else the first wording that is left."""
    plain = " ".join(claim.proposition.split()).casefold()
    if claim.topic == "event" or any(plain in " ".join(one.quote.split()).casefold() for one in positions):
        return claim.proposition
    return sentence(" ".join(positions[0].quote.split())) if positions else claim.proposition


def _tied(claims: Sequence[Claim], made: Sequence[tuple[Claim, tuple[_Part, ...]]]) -> tuple[Claim, ...]:
    """Return the claims with what they are tied to under the ids of now; none is tied to itself."""
    now = {part.claim.id: claim.id for claim, parts in made for part in parts if part.is_first}
    tied = []
    for claim, _ in made:
        rivals = tuple(dict.fromkeys(now.get(one, one) for one in claim.rivals))
        part_of, revises = (now.get(one, one) if one else None for one in (claim.part_of, claim.revises))
        tied.append(
            structs.replace(
                claim,
                part_of=None if part_of == claim.id else part_of,
                revises=None if revises == claim.id else revises,
                rivals=tuple(one for one in rivals if one != claim.id),
            )
        )
    return tuple(tied)


def _is_in(figure: Figure, position: Position) -> bool:
    return (
        figure.span.report == position.span.report
        and position.span.start <= figure.span.start
        and figure.span.end <= position.span.end
    )
