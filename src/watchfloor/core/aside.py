"""The record of an item that could not go on."""

from datetime import datetime

from msgspec import Struct

from watchfloor.core.errors import SetAside
from watchfloor.core.identity import content_id


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


def aside_of(error: SetAside, room: str, locator: str, at: datetime, capture: str | None = None) -> Aside:
    """Return the record of an item that could not go on."""
    return Aside(
        id=content_id("aside", locator, capture, room, error.reason),
        locator=locator,
        capture=capture,
        room=room,
        reason=error.reason,
        detail=error.detail,
        at=at,
    )
