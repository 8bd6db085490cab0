"""The content behind the Content-Encoding of a recorded response, within limits."""

import zlib
from importlib import import_module
from typing import Any

from watchfloor.collect.limits import Limits
from watchfloor.core.errors import SetAside

_STEP = 1 << 20  # bytes unpacked at once
_NOTHING = frozenset({"", "identity", "none", "utf-8"})  # the last two are said by mistake and mean nothing
_GZIP = frozenset({"gzip", "x-gzip"})
_MOST_CODINGS = 3  # one on the other; assumed: none met had two


def decoded(body: bytes, encoding: str, limits: Limits) -> bytes:
    """Return the content; raise SetAside "undecodable" for damage and unknown codings, "archive-limit" for a bomb.

    A body that is not packed although it is said to be is given back as it is: some archives, CC-NEWS among them, keep
    the header of what they unpacked.
    """
    codings = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in _NOTHING]
    if len(codings) > _MOST_CODINGS:
        raise SetAside("undecodable", f"packed {len(codings)} times; at most {_MOST_CODINGS} are unpacked")
    for coding in reversed(codings):
        body = _unpacked(body, coding, limits)
    if len(body) > limits.file_bytes:
        raise SetAside("too-large", f"{len(body)} bytes, at most {limits.file_bytes} of one item are read")
    return body


def _unpacked(body: bytes, coding: str, limits: Limits) -> bytes:
    if not body:
        return body
    if coding in _GZIP:
        return _members(body, limits) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
        return _inflated(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS, limits)[0]
    if coding == "br" and (brotli := _brotli()) is not None:
        return _brotlied(body, brotli, limits)
    raise SetAside("undecodable", f"packed as {coding[:40]!r}, which is not read here")


def _members(body: bytes, limits: Limits) -> bytes:
    """Unpack gzip members; what follows the last is dropped, as gzip does."""
    pieces: list[bytes] = []
    packed = len(body)
    while body.startswith(b"\x1f\x8b"):
        piece, body = _inflated(body, 31, limits)
        pieces.append(piece)
        _check(sum(map(len, pieces)), packed, limits)
    return b"".join(pieces)


def _inflated(body: bytes, bits: int, limits: Limits) -> tuple[bytes, bytes]:
    inner = zlib.decompressobj(bits)
    pieces, size, rest = [], 0, body
    try:
        while rest and not inner.eof:
            pieces.append(inner.decompress(rest, _STEP))
            size += len(pieces[-1])
            _check(size, len(body), limits)
            rest = inner.unconsumed_tail
    except zlib.error as error:
        raise SetAside("undecodable", f"cannot be unpacked: {error}") from None
    if not inner.eof:
        raise SetAside("undecodable", "cannot be unpacked: it ends in the middle")
    return b"".join(pieces), inner.unused_data


def _brotli() -> Any | None:
    """The library, which comes with the extra "bulk"."""
    try:
        return import_module("brotli")
    except ImportError:
        return None


def _brotlied(body: bytes, brotli: Any, limits: Limits) -> bytes:
    """Unpack brotli; fed in small pieces, since it cannot be told when to stop."""
    inner = brotli.Decompressor()
    pieces, size = [], 0
    try:
        for start in range(0, len(body), 1024):
            pieces.append(inner.process(body[start : start + 1024]))
            size += len(pieces[-1])
            _check(size, len(body), limits)
    except brotli.error as error:
        raise SetAside("undecodable", f"cannot be unpacked: {error}") from None
    if not inner.is_finished():
        raise SetAside("undecodable", "cannot be unpacked: it ends in the middle")
    return b"".join(pieces)


def _check(size: int, packed: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise SetAside("too-large", f"unpacks to more than the {limits.file_bytes} bytes of one item that are read")
    if size > limits.ratio_from_bytes and size > limits.archive_ratio * packed:
        raise SetAside("archive-limit", f"unpacks to more than {limits.archive_ratio} times its size, like a bomb")
