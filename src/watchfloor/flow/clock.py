"""The only clock. Everything else is handed its times."""

import os
from datetime import UTC, datetime

from watchfloor.core.errors import ConfigError

FIXED = "WATCHFLOOR_NOW"
"""Environment variable with an ISO 8601 time that stands still, for runs that must be repeatable to the byte."""


def now() -> datetime:
    """Return the present time, aware, UTC; or the time that WATCHFLOOR_NOW fixes."""
    fixed = os.environ.get(FIXED)
    if fixed is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(fixed)
    except ValueError:
        raise ConfigError(f"{FIXED} is {fixed!r}; expected an ISO 8601 time such as 2024-11-01T12:00:00Z") from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
