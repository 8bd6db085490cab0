"""The ways by which alerts leave the page: what is sent, where to, and what came of it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

DeliveryState = Literal["waiting", "sent", "withheld", "dead"]
"""withheld: the channel may not have it. dead: it could not be delivered in so many tries, and waits for a person."""


class Delivery(Struct, frozen=True, kw_only=True):
    """One alert on its way over one channel.

    id: of alert and channel, so that no alert is sent twice over one; it is the idempotency key of a webhook.
    due: not before. tries: how often it was tried. detail: what came of the last try, or why it is withheld.
    """

    id: str
    alert: str
    channel: str
    state: DeliveryState
    due: datetime
    tries: int = 0
    detail: str | None = None
    at: datetime | None = None
