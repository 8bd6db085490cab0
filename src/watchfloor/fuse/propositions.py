"""Which statements say the same thing: by shared content words and by who says them, never by likeness alone."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from watchfloor.core.annotation import Act, Attribution
from watchfloor.core.report import Report
from watchfloor.fuse.positions import wording
from watchfloor.fuse.words import stems

SAME_PARTY_FROM = 0.22  # weighted Jaccard from which two wordings of one party are one claim (read off news texts)
OTHER_PARTY_FROM = 0.33  # the same between two parties, who need more to agree (read off news texts)
LEAST_SHARED = 3  # content words that two wordings of one party must share
LEAST_SHARED_BY_OTHERS = 4  # content words that wordings of two parties must share
COMMON_FROM = 400  # groups holding a word from which it is too common to lead to a candidate
_NUMBER = re.compile(r"\d[\d,.]*")

_FAMILY: dict[Act, str] = {
    "demand": "demand",
    "promise": "promise",
    "wish": "wish",
    "thank": "thank",
    "silent": "no comment",
    "decline-to-comment": "no comment",
}
"""Acts whose contents are only compared among themselves: to demand a thing is not to say that it is so."""


class Statement(Struct, frozen=True, kw_only=True):
    """One attribution with what comparing needs: who (key), the family of its act, its words and numbers."""

    report: Report
    said: Attribution
    party: str | None
    family: str
    words: frozenset[str]
    numbers: frozenset[str]


def statement(report: Report, said: Attribution, party: str | None) -> Statement:
    """Return the attribution made ready for comparing; party is the key of its speaker."""
    text = wording(report, said.content)
    return Statement(
        report=report,
        said=said,
        party=party,
        family=_FAMILY.get(said.act, "assert"),
        words=frozenset(stems(text)),
        numbers=frozenset(number.rstrip(".,") for number in _NUMBER.findall(text)),
    )


def clusters(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Return the statements grouped by proposition, in the order of their first statement.

    Candidates come from an index of words, so that the cost grows with the number of alike statements, not with the
    square of all.
    """
    weights = _weights(statements)
    groups: list[list[Statement]] = []
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for one in statements:
        shared = Counter(number for word in one.words if len(holding[word]) < COMMON_FROM for number in holding[word])
        candidates = sorted(number for number, count in shared.items() if count >= LEAST_SHARED)
        scored = [(_fit(one, groups[number], weights), -number) for number in candidates]
        score, home = max(scored, default=(0.0, 0))
        if score > 0:
            groups[-home].append(one)
        else:
            home = -len(groups)
            groups.append([one])
        for word in one.words:
            holding[word].add(-home)
    return groups


def _weights(statements: Sequence[Statement]) -> Mapping[str, float]:
    holding = Counter(word for one in statements for word in one.words)
    weights: defaultdict[str, float] = defaultdict(float)
    for word, count in holding.items():
        weights[word] = math.log((1 + len(statements)) / (0.5 + count))
    return weights


def _fit(one: Statement, group: Sequence[Statement], weights: Mapping[str, float]) -> float:
    """Return how well a statement fits a group: its best likeness to a member, 0 when a member forbids it."""
    best = 0.0
    for other in group:
        if one.family != other.family or (one.numbers and other.numbers and not one.numbers & other.numbers):
            return 0.0
        best = max(best, _likeness(one, other, weights))
    return best


def _likeness(one: Statement, other: Statement, weights: Mapping[str, float]) -> float:
    same = one.party is not None and one.party == other.party
    shared = one.words & other.words
    if len(shared) < (LEAST_SHARED if same else LEAST_SHARED_BY_OTHERS):
        return 0.0
    either = math.fsum(weights[word] for word in one.words | other.words)  # fsum: the same in any order
    score = math.fsum(weights[word] for word in shared) / either if either else 0.0
    return score if score >= (SAME_PARTY_FROM if same else OTHER_PARTY_FROM) else 0.0
