"""What a person decided."""

from datetime import datetime
from typing import Literal

from msgspec import Struct


class Judgement(Struct, frozen=True, kw_only=True):
    """What a person decided about two things; stored apart, always wins over the machine.

    left, right: the ids or names compared. verdict: "same", "different" or "unsure".
    by, at, reason: who, when (aware, UTC), why.
    """

    id: str
    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    by: str
    at: datetime
    reason: str | None = None
