"""The bytes behind a Content-Encoding, a step at a time, so that a bomb never unfolds."""

import zlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from watchfloor.collect.limits import Limits
from watchfloor.core.errors import SetAside

ACCEPT_ENCODING = "gzip, deflate"
_STEP = 65_536  # bytes unpacked at a time
_MEMBERS_MOST = 1_000  # of one gzip file; the smallest has 20 bytes and costs as much to begin as 64 KB; assumed
_NONE = frozenset({"", "identity", "none", "utf-8"})  # the last two are said by mistake and mean nothing
_GZIP = frozenset({"gzip", "x-gzip"})
_GZIP_ONLY, _ZLIB, _RAW = 31, 15, -15  # window bits, as zlib wants to hear them
_MOST_CODINGS = 3  # one on the other in an archive; assumed: none met had two
_BROTLI_STEP = 1024  # packed bytes given at a time: the library cannot be told when to stop


def unpacked(body: bytes, encoding: str, limits: Limits) -> bytes:
    """Return the content of a recorded body; raise SetAside as Unpacker does.

    More is read than is asked for when fetching: archives of others hold what their servers sent, brotli and several
    codings on each other among it. A body that is not packed although it is said to be is given back as it is: some
    archives, CC-NEWS among them, keep the header of what they unpacked.
    """
    codings = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in _NONE]
    if len(codings) > _MOST_CODINGS:
        raise SetAside("undecodable", f"packed {len(codings)} times; at most {_MOST_CODINGS} are unpacked")
    for coding in reversed(codings):
        if body and (coding not in _GZIP or body.startswith(b"\x1f\x8b")):
            body = _layer(body, coding, limits)
    if len(body) > limits.file_bytes:
        raise SetAside("too-large", f"more than {limits.file_bytes} bytes")
    return body


def _layer(body: bytes, coding: str, limits: Limits) -> bytes:
    brotli = _brotli() if coding == "br" else None
    if brotli is not None:
        return _brotlied(body, brotli, limits)
    unpacker = Unpacker(coding, limits.file_bytes, limits.archive_ratio, limits.ratio_from_bytes)
    pieces: list[bytes] = []
    for start in range(0, len(body), _STEP):
        pieces.extend(unpacker.add(body[start : start + _STEP]))
    if not unpacker.whole:
        raise SetAside("undecodable", f"cannot be unpacked ({coding}): it ends in the middle")
    return b"".join(pieces)


class _Counter:
    """Counts what goes in and what comes out, and stops what grows too much."""

    def __init__(self, most: int, ratio: int, ratio_from: int) -> None:
        self._most, self._ratio, self._ratio_from = most, ratio, ratio_from
        self.packed = self.unpacked = 0

    def counted(self, piece: bytes) -> bytes:
        self.unpacked += len(piece)
        if self.unpacked > self._most:
            raise SetAside("too-large", f"more than {self._most} bytes")
        if self.unpacked > self._ratio_from and self.unpacked > self._ratio * self.packed:
            raise SetAside("archive-limit", f"unpacks to more than {self._ratio} times its size: a bomb")
        return piece


class Unpacker:
    """Unpacks an answer piece by piece, within limits.

    most: bytes unpacked in all. ratio: unpacked to packed size, looked at above ratio_from unpacked bytes only.
    """

    def __init__(self, encoding: str, most: int, ratio: int, ratio_from: int) -> None:
        """Raise SetAside "undecodable" for an encoding that is not asked for."""
        self._encoding = encoding.strip().lower()
        if self._encoding not in _NONE | _GZIP | {"deflate"}:
            raise SetAside("undecodable", f"packed as {encoding[:80]!r}; asked for {ACCEPT_ENCODING}")
        self._count = _Counter(most, ratio, ratio_from)
        self._inner = None if self._encoding in _NONE else zlib.decompressobj(self._bits(b""))
        self._first = True
        self._members = 1

    def _bits(self, start: bytes) -> int:
        """By the standard "deflate" means zlib; some servers send the bare stream, which starts differently."""
        if self._encoding in _GZIP:
            return _GZIP_ONLY
        if len(start) >= 2 and not (start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0):
            return _RAW
        return _ZLIB

    def add(self, data: bytes) -> Iterator[bytes]:
        """Yield what these bytes unpack to, in steps.

        Raise SetAside "undecodable" for damage, "archive-limit" for a bomb, "too-large" for too much.
        """
        if self._inner is None:
            self._count.packed += len(data)
            yield self._count.counted(data)
            return
        if self._first and data:
            self._first = False
            self._inner = zlib.decompressobj(self._bits(data))
        while data:
            try:
                piece = self._inner.decompress(data, _STEP)
            except zlib.error as error:
                raise SetAside("undecodable", f"cannot be unpacked ({self._encoding}): {error}") from None
            left = len(self._inner.unconsumed_tail) + len(self._inner.unused_data)
            self._count.packed += max(0, len(data) - left)
            yield self._count.counted(piece)
            data = self._inner.unconsumed_tail or self._next_member()

    def _next_member(self) -> bytes:
        """The rest after the end of one gzip member; zeros and rubbish after the last are dropped, as gzip does."""
        assert self._inner is not None
        rest = self._inner.unused_data
        if not (self._inner.eof and self._encoding in _GZIP and rest.startswith(b"\x1f\x8b")):
            return b""
        self._members += 1
        if self._members > _MEMBERS_MOST:
            raise SetAside("archive-limit", f"packed in more than {_MEMBERS_MOST} members")
        self._inner = zlib.decompressobj(_GZIP_ONLY)
        return rest

    @property
    def whole(self) -> bool:
        """Return whether the packed stream came to its end."""
        return self._inner is None or self._inner.eof or self._count.packed == 0


def _brotli() -> Any | None:
    """The library, which comes with the extra "bulk"."""
    try:
        return import_module("brotli")
    except ImportError:
        return None


def _brotlied(body: bytes, brotli: Any, limits: Limits) -> bytes:
    inner = brotli.Decompressor()
    count = _Counter(limits.file_bytes, limits.archive_ratio, limits.ratio_from_bytes)
    pieces = []
    try:
        for start in range(0, len(body), _BROTLI_STEP):
            packed = body[start : start + _BROTLI_STEP]
            count.packed += len(packed)
            pieces.append(count.counted(inner.process(packed)))
    except brotli.error as error:
        raise SetAside("undecodable", f"cannot be unpacked (br): {error}") from None
    if not inner.is_finished():
        raise SetAside("undecodable", "cannot be unpacked (br): it ends in the middle")
    return b"".join(pieces)
