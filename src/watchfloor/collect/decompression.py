"""The bytes behind a Content-Encoding, a step at a time, so that a bomb never unfolds."""

import zlib
from collections.abc import Iterator

from watchfloor.core.errors import SetAside

ACCEPT_ENCODING = "gzip, deflate"
_STEP = 65_536  # bytes unpacked at a time
_MEMBERS_MOST = 1_000  # of one gzip file; the smallest has 20 bytes and costs as much to begin as 64 KB; assumed
_NONE = frozenset({"", "identity", "none", "utf-8"})  # the last two are said by mistake and mean nothing
_GZIP = frozenset({"gzip", "x-gzip"})
_GZIP_ONLY, _ZLIB, _RAW = 31, 15, -15  # window bits, as zlib wants to hear them


class Unpacker:
    """Unpacks an answer piece by piece, within limits.

    most: bytes unpacked in all. ratio: unpacked to packed size, looked at above ratio_from unpacked bytes only.
    """

    def __init__(self, encoding: str, most: int, ratio: int, ratio_from: int) -> None:
        """Raise SetAside, reason "broken", for an encoding that was not asked for."""
        self._encoding = encoding.strip().lower()
        if self._encoding not in _NONE | _GZIP | {"deflate"}:
            raise SetAside("broken", f"packed as {encoding[:80]!r}; asked for {ACCEPT_ENCODING}")
        self._most, self._ratio, self._ratio_from = most, ratio, ratio_from
        self._packed = self._unpacked = 0
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
        """Yield what these bytes unpack to, in steps. Raise SetAside, reason "broken", on a bomb, damage, too much."""
        if self._inner is None:
            self._packed += len(data)
            yield self._counted(data)
            return
        if self._first and data:
            self._first = False
            self._inner = zlib.decompressobj(self._bits(data))
        while data:
            try:
                piece = self._inner.decompress(data, _STEP)
            except zlib.error as error:
                raise SetAside("broken", f"cannot be unpacked ({self._encoding}): {error}") from None
            left = len(self._inner.unconsumed_tail) + len(self._inner.unused_data)
            self._packed += max(0, len(data) - left)
            yield self._counted(piece)
            data = self._inner.unconsumed_tail or self._next_member()

    def _next_member(self) -> bytes:
        """The rest after the end of one gzip member; zeros and rubbish after the last are dropped, as gzip does."""
        assert self._inner is not None
        rest = self._inner.unused_data
        if not (self._inner.eof and self._encoding in _GZIP and rest.startswith(b"\x1f\x8b")):
            return b""
        self._members += 1
        if self._members > _MEMBERS_MOST:
            raise SetAside("broken", f"packed in more than {_MEMBERS_MOST} members")
        self._inner = zlib.decompressobj(_GZIP_ONLY)
        return rest

    def _counted(self, piece: bytes) -> bytes:
        self._unpacked += len(piece)
        if self._unpacked > self._most:
            raise SetAside("broken", f"more than {self._most} bytes")
        if self._unpacked > self._ratio_from and self._unpacked > self._ratio * self._packed:
            raise SetAside("broken", f"unpacks to more than {self._ratio} times its size: a bomb")
        return piece

    @property
    def whole(self) -> bool:
        """Return whether the packed stream came to its end."""
        return self._inner is None or self._inner.eof or self._packed == 0
