"""An indicator fired or a measure moved."""

from datetime import datetime

from msgspec import Struct

from watchfloor.core.span import Span


class Alert(Struct, frozen=True, kw_only=True):
    """An indicator fired or a measure moved, with the evidence that moved it.

    about: id of the claim or encounter; because: why it fired, in words.
    """

    id: str
    indicator: str
    about: str
    because: str
    evidence: tuple[Span, ...]
    at: datetime
