"""When a source wants to be asked again."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_retry_after(value: str | None, now: datetime, most: float) -> float | None:
    """Return the seconds of a Retry-After header (a number or an HTTP date), at most `most`; None when it says nothing.

    >>> read_retry_after("120", datetime(2026, 1, 1, tzinfo=UTC), 86_400)
    120.0
    >>> read_retry_after("Thu, 01 Jan 2026 00:02:00 GMT", datetime(2026, 1, 1, tzinfo=UTC), 86_400)
    120.0
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(most, float(text)) if len(text) < 20 else most
    try:
        at = parsedate_to_datetime(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
        return min(most, max(0.0, (at - now).total_seconds()))
    except (ValueError, TypeError, OverflowError, IndexError):  # what the standard library raises on odd dates
        return None
