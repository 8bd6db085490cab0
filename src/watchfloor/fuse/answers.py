"""Who answers which claim: denials, doubts, silences and withdrawals find what they are about."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from watchfloor.core.span import Span
from watchfloor.fuse.propositions import OTHER_PARTY_FROM, Statement, overlap
from watchfloor.fuse.words import STOPWORDS

REACH = 600  # characters before an answer in which "the report" or "it" was said (assumed)
LEAST = 2  # anchors that a silence shares with the claim it is about, and words that a denial shares (assumed)
_POINTING = re.compile(
    r"^\W*(?:that\s)?(?:the|these|those|this|such|its|their|his|her|any|all)?\s?(?:\w+\s)?"
    r"(?:it|this|that|them|reports?|claims?|allegations?|accusations?|assertions?|charges?|statements?|accounts?|figures?|count|number"
    r"|tally|toll|estimates?|remarks?|matter|issue|question|announcement|suggestions?|rumou?rs?)\W*$",
    re.I,
)


class Target(Struct, frozen=True, kw_only=True):
    """A claim that somebody may answer.

    members: the keys of parties and their states that hold it. spans: where it is said. day: nothing is older.
    """

    number: int
    words: frozenset[str]
    numbers: frozenset[str]
    frames: frozenset[str]
    anchors: frozenset[str]
    holders: frozenset[str]
    spans: tuple[Span, ...]


def answered(one: Statement, targets: Sequence[Target], *, silent: bool) -> tuple[int, str] | None:
    """Return the claim that a statement answers and why it is that one, None where none is surely meant.

    "The ministry denied the report" points back to what somebody else said just before; else what is denied must have
    things, names and numbers in common with the claim. What is taken back must be one's own.
    """
    own = one.taken == "withdraws"
    fitting = [t for t in targets if own == bool(t.holders & {one.party}) or (one.party is None and not own)]
    if _POINTING.match(one.text) or not one.words - STOPWORDS:
        return _pointed(one, fitting)
    best: tuple[tuple[int, int, int], int, str] | None = None
    for target in fitting:
        if one.numbers - target.numbers:
            continue
        anchors, frames, words = one.wide & target.anchors, one.frames & target.frames, one.words & target.words
        if one.anchors and target.anchors and not one.anchors & target.anchors:
            continue
        enough = (
            len(one.anchors & target.anchors) >= min(LEAST, len(one.anchors)) and frames and anchors
            if silent
            else (frames and anchors and words) or (len(words) > LEAST and (anchors or not one.anchors))
        )
        if not enough:
            continue
        rank = (len(frames), len(words), -target.number)
        if best is None or rank > best[0]:
            shared = ", ".join([*sorted(frames), *sorted(words)][:4])
            best = (rank, target.number, f"it is about this claim: both speak of {shared}")
    return (best[1], best[2]) if best else None


def _pointed(one: Statement, targets: Sequence[Target]) -> tuple[int, str] | None:
    """Return the claim that was said last before the statement in its report, by somebody else."""
    start = one.said.content[0].start
    first = min((s.start for s in (*one.said.source, *one.said.cue, *one.said.content)), default=start)
    before = [
        (span.end, target.number)
        for target in targets
        for span in target.spans
        if span.report == one.report.id and first - REACH <= span.start < first
    ]
    if not before:
        return None
    return max(before)[1], f"“{one.text}” points back to what was said just before"


def contrary(one: Statement, other: Statement, weights: Mapping[str, float]) -> bool:
    """Return whether one says that what the other says is not so, in the same words but for the negation."""
    if one.negated == other.negated or one.family != other.family or (one.party and one.party == other.party):
        return False
    if one.numbers != other.numbers or (one.anchors and other.anchors and not one.anchors & other.anchors):
        return False
    return len(one.words & other.words) > LEAST and overlap(one.words, other.words, weights) >= OTHER_PARTY_FROM
