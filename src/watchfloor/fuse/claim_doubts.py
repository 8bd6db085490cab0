"""Which words were put to a claim, or held apart from one, so narrowly that a person is asked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from watchfloor.core.claim import Claim, ClaimDoubt, Position
from watchfloor.core.span import Span
from watchfloor.fuse.propositions import (
    LEAST_SHARED,
    LEAST_SHARED_BY_OTHERS,
    OTHER_PARTY_FROM,
    SAME_PARTY_FROM,
    Matcher,
    Statement,
    ahead,
    differ,
    overlap,
    same_words,
    turned,
)
from watchfloor.fuse.wordings import exchanged
from watchfloor.fuse.words import stem, stems, words

NARROW = 1.5  # times the threshold up to which words were put together narrowly (assumed: one join in ten is asked)
NEARLY = 0.75  # of the threshold from which words were held apart narrowly (assumed)
VERY_LIKE = (
    0.45  # weighted Jaccard from which it is asked whether a day, place or name alone holds words apart (assumed)
)
APART = 0.45  # how likely two wordings are the same that a day, place or name holds apart, below the edge (assumed)
FEW_SHARED = 2  # content words that the tellings of one figure share at least, else it is asked (assumed)
MOST_TELLINGS = 40  # tellings of a figure up to which they are held against each other: more are hardly all wrong
MOST_NAMED = 6  # shared words that a reason names

_Node = int


def statement_doubts(matcher: Matcher, groups: Sequence[Sequence[Statement]]) -> tuple[ClaimDoubt, ...]:
    """Return what of a matcher's groups of statements is not sure, the one nearest to the edge first."""
    home = {id(one): at for at, group in enumerate(groups) for one in group}
    found = [*_narrow_joins(matcher, groups), *_near_misses(matcher, groups, home)]
    return tuple(sorted(found, key=lambda one: (abs(one.score - 0.5), one.left, one.right)))


def _narrow_joins(matcher: Matcher, groups: Sequence[Sequence[Statement]]) -> list[ClaimDoubt]:
    """Return the joins but for which a group would be two: with the words on either side of them."""
    nearest = {id(one): other for one, other, _ in matcher.joins}
    scores = {id(one): score for one, _, score in matcher.joins}
    found = []
    for group in groups:
        for one in group[1:]:
            other = nearest[id(one)]
            edge = _edge(one, other)
            if same_words(one, other) or not 0 < scores[id(one)] <= NARROW * edge:
                continue
            behind = {id(one)}
            for late in group:  # whoever was put to them came after them
                if id(late) in nearest and id(nearest[id(late)]) in behind:
                    behind.add(id(late))
            moved = [late for late in group if id(late) in behind]
            rest = [late for late in group if id(late) not in behind]
            shared = overlap(one.words, other.words, matcher.weights)
            reached = shared >= edge and len(one.words & other.words) >= _least(one, other)
            how = (
                f"{shared:.0%} of the weight of their words is shared, from {edge:.0%} they are one claim"
                if reached
                else "they put one deed to the same names in other words"
            )
            found.append(
                ClaimDoubt(
                    left=_spans(one, moved),
                    right=_spans(other, rest),
                    joined=True,
                    score=min(0.7, 0.5 + (scores[id(one)] - edge) / 2) if reached else 0.55,
                    why=f"put together narrowly: {how}{_named(one, other)}",
                )
            )
    return found


def _near_misses(
    matcher: Matcher, groups: Sequence[Sequence[Statement]], home: Mapping[int, _Node]
) -> list[ClaimDoubt]:
    """Return for each two groups that were nearly one what held them apart."""
    best: dict[tuple[int, int], ClaimDoubt] = {}
    for one, other in matcher.misses:
        left, right = home[id(one)], home[id(other)]
        if left == right or one.report.id == other.report.id or one.family != other.family:
            continue
        edge, shared = _edge(one, other), overlap(one.words, other.words, matcher.weights)
        if shared < min(NEARLY * edge, VERY_LIKE) or len(one.words & other.words) < _least(one, other):
            continue
        held = _held_apart(one, other)
        if held is None or (held and shared < VERY_LIKE) or (not held and not NEARLY * edge <= shared < edge):
            continue
        why = held or f"{shared:.0%} of the weight of their words is shared, from {edge:.0%} they are one claim"
        made = ClaimDoubt(
            left=_spans(one, groups[left]),
            right=_spans(other, groups[right]),
            joined=False,
            score=APART if held else 0.5 * shared / edge,
            why=f"held apart narrowly: {why}{_named(one, other)}",
        )
        pair = min(left, right), max(left, right)
        if pair not in best or made.score > best[pair].score:
            best[pair] = made
    return list(best.values())


def _held_apart(one: Statement, other: Statement) -> str | None:
    """Return which day, place, person or word alone holds two wordings apart; "" for none, None when it is no doubt.

    Other numbers, the contrary and roles turned round are no doubt: those are two claims.
    """
    numbers = one.numbers and other.numbers and not one.numbers & other.numbers
    if numbers or turned(one, other) or ahead(one) != ahead(other) or exchanged(one.plain, other.plain):
        return None
    for what, here, there in (
        ("days", one.days, other.days),
        ("people", one.persons, other.persons),
        ("places", one.places, other.places),
    ):
        if here and there and not here & there:
            return f"most of their words are the same, but the {what} that they name are not"
    if one.times and other.times and not any(a <= d and c <= b for a, b in one.times for c, d in other.times):
        return "most of their words are the same, but the times that they name are not"
    if differ(one, other):
        return None
    one_word = 3 * len(one.words & other.words) >= 2 * len(one.words | other.words)
    return "most of their words are the same, but one word stands in another's place" if one_word else ""


def figure_doubts(claims: Sequence[Claim]) -> tuple[ClaimDoubt, ...]:
    """Return what of the claims of figures is not sure: one number in tellings that share no word, or in two claims."""
    return (*(doubt for claim in claims if (doubt := _loose(claim)) is not None), *_same_number(claims))


def _loose(claim: Claim) -> ClaimDoubt | None:
    """Return the tellings of a figure that share hardly a word with any other telling of it, None for none."""
    told = list({one.span: one for one in claim.positions if one.stance in ("asserts", "confirms", "repeats")}.values())
    if not 1 < len(told) <= MOST_TELLINGS:
        return None
    own = frozenset(stem(word) for figure in claim.figures for _, _, word in words(f"{figure.verbatim} {figure.unit}"))
    said = [frozenset(stems(one.quote)) - own for one in told]
    first = {0}
    while more := {
        at
        for at in range(len(told))
        if at not in first and any(len(said[at] & said[other]) >= FEW_SHARED for other in first)
    }:
        first |= more
    rest = [one for at, one in enumerate(told) if at not in first]
    if not rest:
        return None
    return ClaimDoubt(
        left=tuple(one.span for one in rest),
        right=tuple(told[at].span for at in sorted(first)),
        joined=True,
        score=0.6,
        why=f"put together for the number alone: {claim.figures[0].verbatim}; hardly another word is shared",
    )


def _same_number(claims: Sequence[Claim]) -> list[ClaimDoubt]:
    """Return pairs of claims that give one number of one unit in much the same words and yet are two."""
    by_number: defaultdict[tuple[str, int, int | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.figures:
            by_number[claim.figures[0].unit, claim.figures[0].low, claim.figures[0].high].append(claim)
    found = []
    for (unit, _, _), some in by_number.items():
        for at, one in enumerate(some):
            for other in some[at + 1 :]:
                left, right = frozenset(stems(one.proposition)), frozenset(stems(other.proposition))
                tied = one.part_of == other.id or other.part_of == one.id or other.id in one.rivals
                if tied or len(left & right) < LEAST_SHARED or not one.positions or not other.positions:
                    continue
                found.append(
                    ClaimDoubt(
                        left=tuple(p.span for p in _first_worded(one)),
                        right=tuple(p.span for p in _first_worded(other)),
                        joined=False,
                        score=0.4,
                        why=f"held apart though both count {one.figures[0].verbatim} ({unit}): the words beside the "
                        "number name other countries, or another part of a whole",
                    )
                )
    return found


def _first_worded(claim: Claim) -> tuple[Position, ...]:
    """Return the positions of a claim, the one that it is worded by first."""
    plain = claim.proposition.casefold()
    return tuple(sorted(claim.positions, key=lambda one: plain not in " ".join(one.quote.split()).casefold()))


def _edge(one: Statement, other: Statement) -> float:
    return SAME_PARTY_FROM if one.party is not None and one.party == other.party else OTHER_PARTY_FROM


def _least(one: Statement, other: Statement) -> int:
    return LEAST_SHARED if one.party is not None and one.party == other.party else LEAST_SHARED_BY_OTHERS


def _spans(first: Statement, group: Sequence[Statement]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys((first.said.span, *(one.said.span for one in group))))


def _named(one: Statement, other: Statement) -> str:
    """Return the words that both have, as the first writes them."""
    shared = one.words & other.words
    found = dict.fromkeys(word for _, _, word in words(one.text) if stem(word) in shared)
    return f"; both have “{'”, “'.join(list(found)[:MOST_NAMED])}”" if found else ""
