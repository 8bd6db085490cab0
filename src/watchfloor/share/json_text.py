"""JSON of anything that was exported; half a character, which no encoding has, becomes U+FFFD."""

from typing import Any

import msgspec

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_encode = msgspec.json.Encoder().encode


def encoded(thing: object) -> bytes:
    r"""Return the thing as JSON on one line.

    >>> encoded(["a\ud800"]).decode()
    '["a\ufffd"]'
    """
    try:
        return _encode(thing)
    except UnicodeEncodeError:
        return _encode(_whole(msgspec.to_builtins(thing)))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_SURROGATES)
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value
