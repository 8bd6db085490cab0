"""What a person decided."""

import re
from datetime import datetime
from typing import Literal, get_args

from msgspec import Struct

from watchfloor.core.marking import Marking

_REPORT = re.compile(r"rep_\w+")

Verdict = Literal["same", "different", "unsure"]
"""Two things are one, are two, or nobody has said: of the last the machine decides again."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def in_order(left: str, right: str) -> tuple[str, str]:
    """Return two ids or names in their order: what is said of a pair holds whichever is named first."""
    return min(left, right), max(left, right)


class Judgement(Struct, frozen=True, kw_only=True):
    """What a person decided about two things; stored apart, always wins over the machine.

    left, right: the ids or names compared. verdict: "same", "different" or "unsure".
    by, at, reason: who, when (aware, UTC), why.
    marking: who of this node sees it; it goes to no partner whatever it says.
    """

    id: str
    left: str
    right: str
    verdict: Verdict
    by: str
    at: datetime
    reason: str | None = None
    marking: Marking | None = None

    @property
    def reports(self) -> frozenset[str]:
        """Return the ids of the reports that it names."""
        return frozenset(_REPORT.findall(f"{self.left} {self.right}"))

    @property
    def pair(self) -> tuple[str, str]:
        """Return what was compared, in order."""
        return in_order(self.left, self.right)
