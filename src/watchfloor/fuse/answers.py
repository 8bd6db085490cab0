"""Who answers which claim: denials, doubts, silences and withdrawals find what they are about."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from watchfloor.core.span import Span
from watchfloor.fuse.propositions import OTHER_PARTY_FROM, Statement, overlap
from watchfloor.fuse.words import STOPWORDS

REACH = 600  # characters before an answer in which "the report" or "it" was said (assumed)
SAME_FRAMES = 0.5  # share of the frames of an answer and a claim that both have (assumed)
MOST_APART = 1  # names that only one of the two has (assumed)
MOST_WORDS = 0.6  # share of an answer's words from which it is about the claim that has them (assumed)
LEAST = 2  # anchors that a silence shares with the claim it is about, and words that a denial shares (assumed)
_POINTING = re.compile(
    r"^\W*(?:that\s)?(?:the|these|those|this|such|its|their|his|her|any|all)?\s?(?:\w+\s)?"
    r"(?:it|this|that|them|reports?|claims?|allegations?|accusations?|assertions?|charges?|statements?|accounts?|figures?|count|number"
    r"|tally|toll|estimates?|remarks?|matter|issue|question|announcement|suggestions?|rumou?rs?)\W*$",
    re.I,
)


class Target(Struct, frozen=True, kw_only=True):
    """A claim that somebody may answer.

    holders: the keys of the parties that hold it. spans: where it is said. day: the first on which it is said.
    certain: it is put as a fact, so that one can be silent on it or deny it.
    """

    number: int
    words: frozenset[str]
    numbers: frozenset[str]
    frames: frozenset[str]
    anchors: frozenset[str]
    holders: frozenset[str]
    spans: tuple[Span, ...]
    day: date | None = None
    certain: bool = True


def answered(one: Statement, targets: Sequence[Target], *, day: date | None, silent: bool) -> tuple[int, str] | None:
    """Return the claim that a statement answers and why it is that one, None where none is surely meant.

    "The ministry denied the report" points back to what somebody else said just before; else what is denied must be the
    claim's own frames and names, or most of its words. Nobody answers what was first said later; what is taken back is
    one's own. day: the last day on which the answer can have been given.
    """
    own = one.taken == "withdraws"
    fitting = [t for t in targets if own == bool(t.holders & {one.party}) and _may_answer(one, t, day)]
    if _POINTING.match(one.text) or not one.words - STOPWORDS:
        if silent:  # who has nothing to say on "the report" is asked only about what concerns it
            fitting = [t for t in fitting if {one.party, one.principal} & t.anchors and t.certain]
        return _pointed(one, fitting)
    best: tuple[float, int] | None = None
    why = ""
    for target in fitting:
        if one.numbers - target.numbers:
            continue
        score = _likeness(one, target, silent=silent)
        if score > 0 and (best is None or (score, -target.number) > best):
            best = score, -target.number
            shared = ", ".join([*sorted(one.frames & target.frames), *sorted(one.words & target.words)][:4])
            why = f"it is about this claim: both speak of {shared}"
    return (-best[1], why) if best else None


def _may_answer(one: Statement, target: Target, day: date | None) -> bool:
    """Return whether the claim was made by the day of the answer; without its day only in the answer's own report."""
    if day is None or target.day is None:
        return day is None or any(span.report == one.report.id for span in target.spans)
    return target.day <= day


def _likeness(one: Statement, target: Target, *, silent: bool) -> float:
    """Return how surely an answer is about a claim, 0 when it may be about another."""
    shared, apart = one.anchors & target.anchors, one.anchors ^ target.anchors
    together = len(one.frames & target.frames) / max(1, len(one.frames | target.frames))
    words = len(one.words & target.words) / max(1, len(one.words))
    if (
        target.certain
        and together >= SAME_FRAMES
        and len(apart) <= MOST_APART
        and len(shared) >= (LEAST if silent else 1)
    ):
        return 1 + together + words
    if not silent and target.certain and words >= MOST_WORDS and len(one.words) > LEAST and (shared or not one.anchors):
        return words
    return 0.0


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
    if (
        {one.negated, other.negated} != {True, False}
        or one.family != other.family
        or (one.party and one.party == other.party)
    ):
        return False
    if one.numbers != other.numbers or (one.anchors and other.anchors and not one.anchors & other.anchors):
        return False
    return len(one.words & other.words) > LEAST and overlap(one.words, other.words, weights) >= OTHER_PARTY_FROM
