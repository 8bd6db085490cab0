"""What people do about claims: say that words belong to one or do not, split, merge, take back.

Kept as judgements on pairs of places (fuse.claim_decisions). A decision is the judgements of one person at one moment.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

from msgspec import Struct

from watchfloor.core.claim import Claim, ClaimDoubt
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement, Verdict, in_order
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.fuse.claim_decisions import ABOUT_CLAIMS, pair_of, places
from watchfloor.store.store import Store

Kind = Literal["together", "unsure", "apart", "taken back"]
Pair = tuple[str, str, Verdict]
BACK = "taken back"
"""How the reason of a decision begins that takes another one back."""
MOST_PAIRS = 5_000  # judgements that one decision may need; a greater one is a sign of a slip (assumed)


class Decision(Struct, frozen=True, kw_only=True):
    """What one person decided at one moment. places: of the words it is about. undone: later ones replaced it all."""

    id: str
    kind: Kind
    by: str
    at: datetime
    reason: str | None
    places: frozenset[str]
    undone: bool


def judge(
    store: Store,
    picture: Picture,
    claim: str,
    words: Sequence[str],
    verdict: Verdict,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
) -> None:
    """Keep whether the words at these places belong to the claim; those that do not are a claim of their own.

    Raises ConfigError when a place is not of the claim, or none would be left in it.
    """
    found = list(places(_named(picture, claim)))
    moved = [key for key in found if key in words]
    rest = [key for key in found if key not in words]
    if len(moved) != len(set(words)) or not moved:
        raise ConfigError("these words are not of the claim by now; load the page again")
    if not rest:
        raise ConfigError("these are all the words of the claim; choose those that are of another one")
    against = rest if verdict == "different" else rest[:1]
    pairs: list[Pair] = [(one, other, verdict) for one in moved for other in against]
    if verdict == "different":
        pairs += [(moved[0], other, "same") for other in moved[1:]]
    _keep(store, picture, pairs, by=by, at=at, reason=reason)


def merge(
    store: Store, picture: Picture, claim: str, other: str, *, by: str, at: datetime, reason: str | None = None
) -> None:
    """Keep that two claims are one. Raises ConfigError when their words cannot be told from those of other claims."""
    one, two = _named(picture, claim), _named(picture, other)
    if one.id == two.id:
        raise ConfigError("both are the same claim; choose another one")
    if one.topic != two.topic:
        raise ConfigError(
            f"one claim is of the kind {one.topic}, the other {two.topic}; only those of one kind are merged"
        )
    left, right = _own(picture, one), _own(picture, two)
    held = {pair_of(j): j.verdict for j in _ours(store.judgements(picture.reader))}
    apart: list[Pair] = [
        (a, b, "same") for a in places(one) for b in places(two) if held.get(in_order(a, b)) == "different"
    ]
    _keep(store, picture, [*apart, (left, right, "same")], by=by, at=at, reason=reason)


def settle(
    store: Store,
    picture: Picture,
    doubt: ClaimDoubt,
    verdict: Verdict,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
) -> Judgement:
    """Keep whether the words on both sides of a doubt state one claim; return the judgement on the first of each side.

    "different" takes all words of the left side out of a claim that has both. Raises ConfigError when the words are in
    several claims by now, or in none.
    """
    one, left = _home(picture, doubt.left)
    two, right = _home(picture, doubt.right)
    pairs: list[Pair] = [(left[0], right[0], verdict)]
    if verdict == "different" and one.id == two.id:
        rest = [key for key in places(one) if key not in left]
        pairs = [(key, other, verdict) for key in left for other in rest]
        pairs += [(left[0], other, "same") for other in left[1:]]
    if verdict == "same":
        held = {pair_of(j): j.verdict for j in _ours(store.judgements(picture.reader))}
        pairs += [
            (a, b, "same")
            for a in places(one)
            for b in places(two)
            if held.get(in_order(a, b)) == "different" and a != b
        ]
    return _keep(store, picture, pairs, by=by, at=at, reason=reason)[in_order(left[0], right[0])]


def asked(claims: Sequence[Claim], doubts: Iterable[ClaimDoubt]) -> Iterator[tuple[ClaimDoubt, Claim, Claim]]:
    """Yield each doubt that people's decisions leave open, with the claims of its two sides: one claim, or two."""
    holding = _holding(claims)
    for doubt in doubts:
        left, right = holding.get(doubt.left[0], []), holding.get(doubt.right[0], [])
        if len(left) == len(right) == 1 and (left[0].id == right[0].id) == doubt.joined:
            yield doubt, left[0], right[0]


def sides(doubt: ClaimDoubt, left: Claim, right: Claim) -> tuple[str, str]:
    """Return the places by which judgements tell the two sides of a doubt."""
    return _places_of(left, doubt.left)[0], _places_of(right, doubt.right)[0]


def undo_of(store: Store, picture: Picture, judgement: Judgement, *, by: str, at: datetime) -> None:
    """Take back the decision that a judgement about claims is part of."""
    undo(store, picture, _id(judgement), by=by, at=at)


def undo(store: Store, picture: Picture, decision: str, *, by: str, at: datetime, reason: str | None = None) -> None:
    """Take a decision back: what held before about each of its pairs holds again. Raises ConfigError for none."""
    ours = _ours(store.judgements(picture.reader))
    meant = [one for one in ours if _id(one) == decision]
    current = {pair_of(one): one for one in ours}
    pairs: list[Pair] = []
    for one in meant:
        if current[pair_of(one)] is one:
            before = [other for other in ours if pair_of(other) == pair_of(one) and other.at < one.at]
            left, right = pair_of(one) or ("", "")
            pairs.append((left, right, before[-1].verdict if before else "unsure"))
    if not pairs:
        raise ConfigError("that decision was replaced by later ones; nothing of it is left to take back")
    _keep(store, picture, pairs, by=by, at=at, reason=f"{BACK}: {reason}" if reason else BACK)


def decisions(store: Store, picture: Picture, claim: Claim) -> tuple[Decision, ...]:
    """Return what people decided about the words of a claim, the latest first."""
    ours = _ours(store.judgements(picture.reader))
    mine = set(places(claim))
    current = {pair_of(one): one for one in ours}
    made = []
    for _, some in groupby(ours, key=lambda one: (one.at, one.by)):
        together = list(some)
        about = frozenset(key for one in together for key in pair_of(one) or ())
        if about & mine:
            made.append(
                Decision(
                    id=_id(together[0]),
                    kind=_kind(together),
                    by=together[0].by,
                    at=together[0].at,
                    reason=together[0].reason,
                    places=about,
                    undone=not any(current[pair_of(one)] is one for one in together),
                )
            )
    return tuple(reversed(made))


def _named(picture: Picture, claim: str) -> Claim:
    found = next((one for one in picture.claims if one.id == claim), None)
    if found is None:
        raise ConfigError(f"there is no claim {claim!r} by now; load the page again")
    return found


def _holding(claims: Sequence[Claim]) -> dict[Span, list[Claim]]:
    """Return by span the claims of which it is the words of a position."""
    found: dict[Span, list[Claim]] = {}
    for claim in claims:
        for span in dict.fromkeys(one.span for one in claim.positions):
            found.setdefault(span, []).append(claim)
    return found


def _home(picture: Picture, spans: Sequence[Span]) -> tuple[Claim, list[str]]:
    """Return the one claim that the first of these words state, and the places of those of them that it has."""
    found = _holding(picture.claims).get(spans[0], [])
    if len(found) != 1:
        raise ConfigError("these words are not of one claim by now; load the page again")
    return found[0], _places_of(found[0], spans)


def _places_of(claim: Claim, spans: Sequence[Span]) -> list[str]:
    by_span: dict[Span, str] = {}
    for key, some in places(claim).items():
        for one in some:
            by_span.setdefault(one.span, key)
    return list(dict.fromkeys(by_span[span] for span in spans if span in by_span))


def _own(picture: Picture, claim: Claim) -> str:
    """Return a place of words that are of this claim alone."""
    others = {key for one in picture.claims if one.id != claim.id for key in places(one)}
    found = next((key for key in places(claim) if key not in others), None)
    if found is None:
        raise ConfigError("all words of the claim state other claims too, so it cannot be told which is meant")
    return found


def _keep(
    store: Store, picture: Picture, pairs: Sequence[Pair], *, by: str, at: datetime, reason: str | None
) -> dict[tuple[str, str], Judgement]:
    """Keep judgements of one moment; return them by their two places."""
    if len(pairs) > MOST_PAIRS:
        raise ConfigError(f"this needs {len(pairs)} judgements, expected at most {MOST_PAIRS}; choose fewer words")
    before = [one.at for one in _ours(store.judgements(picture.reader))]
    moment = max([at, *(one + timedelta(microseconds=1) for one in before)])  # the latest stands
    made = {
        (left, right): Judgement(
            id=content_id("jdg", ABOUT_CLAIMS, left, right, verdict, by, moment.isoformat()),
            left=ABOUT_CLAIMS + left,
            right=right,
            verdict=verdict,
            by=by,
            at=moment,
            reason=reason,
        )
        for (left, right), verdict in sorted({in_order(a, b): verdict for a, b, verdict in pairs}.items())
    }
    for one in made.values():
        store.keep_judgement(one)
    return made


def _ours(judgements: Iterable[Judgement]) -> list[Judgement]:
    return sorted((one for one in judgements if pair_of(one) is not None), key=lambda one: (one.at, one.id))


def _id(one: Judgement) -> str:
    return content_id("dec", one.at.isoformat(), one.by)


def _kind(together: Sequence[Judgement]) -> Kind:
    if (together[0].reason or "").startswith(BACK):
        return "taken back"
    verdicts = {one.verdict for one in together}
    if "different" in verdicts:
        return "apart"
    return "unsure" if "unsure" in verdicts else "together"
