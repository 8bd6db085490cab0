"""What a person decided."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.marking import Marking


class Judgement(Struct, frozen=True, kw_only=True):
    """What a person decided about two things; stored apart, always wins over the machine.

    left, right: the ids or names compared. verdict: "same", "different" or "unsure".
    by, at, reason: who, when (aware, UTC), why.
    marking: who of this node sees it; it goes to no partner whatever it says.
    """

    id: str
    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    by: str
    at: datetime
    reason: str | None = None
    marking: Marking | None = None
