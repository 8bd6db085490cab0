"""What a person holds of a claim: credibility, likelihood, confidence. No machine sets any of them."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.marking import Marking
from watchfloor.core.span import Span

Credibility = Literal["1", "2", "3", "4", "5", "6"]
Likelihood = Literal[
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
]
Confidence = Literal["low", "moderate", "high"]

CREDIBILITY: dict[Credibility, str] = {
    "1": "confirmed",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
"""The Admiralty scale (NATO AJP-2.1); a "6" says that nothing is known and is no low grade."""

LIKELIHOOD: dict[Likelihood, tuple[int, int]] = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even chance": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}
"""Per cent, from and to (ICD 203, analytic standards)."""

CONFIRMED_FROM = 2  # independent origins for certain from which a claim may be called confirmed


class Assessment(Struct, frozen=True, kw_only=True):
    """What a person holds of a claim; the latest about it stands.

    spans: the words that the claim rested on: a claim that rests on some of them is the same claim, whatever its id.
    credibility, likelihood, confidence: each None when the person did not say.
    by, at, reason: who, when (aware, UTC), why.
    marking: who of this node sees it; it goes to no partner whatever it says.
    rests_on: ids of further reports that it says something of: those of what it holds on, restores or takes back.
    """

    id: str
    spans: tuple[Span, ...]
    credibility: Credibility | None = None
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    by: str
    at: datetime
    reason: str | None = None
    marking: Marking | None = None
    rests_on: tuple[str, ...] = ()


def grounds(one: Assessment) -> frozenset[str]:
    """Return the ids of all reports that an assessment rests on: who may not see one of them may not see it."""
    return frozenset((*(span.report for span in one.spans), *one.rests_on))
