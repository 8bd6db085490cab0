"""Text at the boundary: what every database can hold.

A lone surrogate (half of a character, from a file name or a broken page) is no character and no database takes it: it
is replaced one for one by U+FFFD, so offsets stay true. JSON escapes NUL, so a report's text keeps it.
"""

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from watchfloor.core.errors import StoreError
from watchfloor.core.report import Report

_encode = msgspec.json.Encoder(order="deterministic").encode
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_SURROGATES_AND_NUL = {**_SURROGATES, 0: "\ufffd"}


def is_storable(text: str) -> bool:
    """Return whether every database can hold the text as it is, also in a plain column."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def storable(text: str) -> str:
    r"""Return the text for a plain column: lone surrogates and NUL become U+FFFD.

    >>> storable("a\udcffb")
    'a\ufffdb'
    """
    return text if text.isascii() and "\x00" not in text else text.translate(_SURROGATES_AND_NUL)


def optional(text: str | None) -> str | None:
    """Return the text for a plain column, None for None."""
    return None if text is None else storable(text)


read_report = msgspec.json.Decoder(Report).decode
"""Return the report that `written` wrote."""


def written(thing: object) -> str:
    """Return the thing as JSON, the same for the same thing."""
    try:
        return _encode(thing).decode()
    except UnicodeEncodeError:
        return _encode(whole(msgspec.to_builtins(thing, order="deterministic"))).decode()


def whole(value: Any) -> Any:
    """Return builtin values with every lone surrogate replaced."""
    if isinstance(value, str):
        return value.translate(_SURROGATES)
    if isinstance(value, list | tuple):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {whole(key): whole(item) for key, item in value.items()}
    return value


def moment(value: datetime) -> str:
    """Return an instant as text that sorts in time order: UTC with microseconds.

    >>> moment(datetime(2024, 11, 1, 12, tzinfo=UTC))
    '2024-11-01T12:00:00.000000Z'
    """
    if value.tzinfo is None:
        raise StoreError(f"found the time {value.isoformat()} without a zone, expected an aware one; add the zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def day(value: datetime) -> date:
    """Return the day of an instant in UTC."""
    return value.astimezone(UTC).date()
