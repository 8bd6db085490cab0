"""When somebody is told: at once, after the quiet hours, or with the next digest. Local times, whatever the season."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from watchfloor.core.alert import Urgency
from watchfloor.core.errors import ConfigError

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_DAY = timedelta(days=1)


class Hours(Struct, frozen=True, kw_only=True):
    """When a channel tells. zone: name of a time zone (IANA). quiet: from and to, local, also over midnight.

    digest: "none", "hourly", or "daily" at `daily_at`. urgent: urgent alerts wait for neither.
    """

    zone: str = "UTC"
    quiet: tuple[time, time] | None = None
    digest: str = "none"
    daily_at: time = time(7)
    urgent: bool = True


def due(at: datetime, hours: Hours, urgency: Urgency) -> datetime:
    """Return from when on an alert of a moment may be told (UTC).

    >>> night = Hours(zone="Europe/Berlin", quiet=(time(22), time(6)))
    >>> due(datetime(2024, 10, 26, 23, 30, tzinfo=UTC), night, "routine").isoformat()
    '2024-10-27T05:00:00+00:00'
    """
    if urgency == "urgent" and hours.urgent:
        return at.astimezone(UTC)
    zone = known_zone(hours.zone)
    local = at.astimezone(zone)
    if hours.digest == "hourly":
        local = (at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)).astimezone(zone)
    elif hours.digest == "daily":
        local = _next(local, hours.daily_at)
    if hours.quiet is not None and _is_quiet(local.time(), *hours.quiet):
        local = _next(local, hours.quiet[1])
    return local.astimezone(UTC)


def known_zone(name: str) -> ZoneInfo:
    """Return a time zone; ConfigError when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(f"found the time zone {name!r}, expected an IANA name such as Europe/Berlin or UTC") from None


def clock(text: str) -> time:
    """Return the time of day that a text such as 22:30 names; ConfigError for another one."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ConfigError(f"found {text!r}, expected a time of day such as 22:30")
    return time(int(match[1]), int(match[2]))


def stretch(text: str) -> tuple[time, time]:
    """Return from and to of a text such as 22:00-06:00; ConfigError for another one."""
    first, dash, last = text.partition("-")
    if not dash or clock(first) == clock(last):
        raise ConfigError(f"found {text!r}, expected quiet hours such as 22:00-06:00")
    return clock(first), clock(last)


def _is_quiet(now: time, first: time, last: time) -> bool:
    return first <= now < last if first < last else now >= first or now < last


def _next(local: datetime, at: time) -> datetime:
    """Return the next moment after a local one at which the clock there says so."""
    on = datetime.combine(local.date(), at, tzinfo=local.tzinfo)
    return on if on > local else datetime.combine(local.date() + _DAY, at, tzinfo=local.tzinfo)
