"""Instants as STIX, TAXII and Atom write them; inside, they are whole microseconds since 1970 (UTC)."""

import re
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORM = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z", re.ASCII)


def instant(text: str) -> int | None:
    """Return the instant that a timestamp of RFC 3339 in UTC names, None for anything else.

    >>> instant("1970-01-01T00:00:01.5Z")
    1500000
    """
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    *numbers, fraction = match.groups()
    try:
        whole = datetime(*map(int, numbers), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
    return micros(whole) + int((fraction or "0").ljust(6, "0")[:6])


def micros(moment: datetime) -> int:
    """Return an aware instant as microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def timestamp(instant: int) -> str:
    """Return the instant as a TAXII timestamp, with microseconds.

    >>> timestamp(1500000)
    '1970-01-01T00:00:01.500000Z'
    """
    return (_EPOCH + timedelta(microseconds=instant)).isoformat(timespec="microseconds").replace("+00:00", "Z")


def millis(moment: datetime) -> str:
    """Return an aware instant as a STIX timestamp, with milliseconds.

    >>> millis(datetime(2024, 10, 21, 9, tzinfo=UTC))
    '2024-10-21T09:00:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds(moment: datetime) -> str:
    """Return an aware instant as Atom writes it (RFC 3339), with whole seconds.

    >>> seconds(datetime(2024, 10, 21, 9, tzinfo=UTC))
    '2024-10-21T09:00:00Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
