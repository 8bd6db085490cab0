"""The record of an item that could not go on."""

from datetime import datetime

from msgspec import Struct


class Aside(Struct, frozen=True, kw_only=True):
    """One item set aside: counted, listed, and replayable while its capture is kept.

    id: content id of locator, capture and reason.
    locator: where the item was found.
    capture: id of the kept capture; None when no bytes could be had (unreadable, too large).
    room: the room that set it aside ("collect", "clean", "annotate").
    reason, detail: as in the error SetAside.
    at: when, aware, UTC.
    """

    id: str
    locator: str
    capture: str | None
    room: str
    reason: str
    detail: str
    at: datetime
