"""To which hosts this node spoke, what for, and how that went."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Purpose = Literal["feeds", "partners", "translation", "mail", "webhook", "sign-in"]


class Egress(Struct, frozen=True, kw_only=True):
    """Requests that left this node for one host, for one purpose.

    asked: how many, failures among them; failed: how many had no answer, or one that cannot be used.
    last: when the last one left. detail: why the last failure failed, None for none.
    """

    host: str
    purpose: Purpose
    asked: int
    failed: int
    last: datetime
    detail: str | None = None
