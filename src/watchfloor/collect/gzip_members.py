"""The bytes of a file member by member, packed or not, with where each lies; no more is held than was asked for.

A web archive packs each record as a gzip member of its own: where a member begins, a record can be read again.
"""

import zlib
from typing import BinaryIO

GZIP = b"\x1f\x8b\x08"
"""First bytes of a gzip member."""

_CHUNK = 65_536  # bytes read of the file at once
_STEP = 1 << 20  # bytes unpacked at once, so that a bomb grows only as far as somebody asks
_GZIP_ONLY = 31  # window bits, as zlib wants to hear it


class Broken(Exception):
    """These bytes are not what they should be; the message says how."""


class Source:
    """A seekable file with the bytes that were read of it and not yet used; offset: where these begin."""

    def __init__(self, stream: BinaryIO, offset: int = 0) -> None:
        self._stream = stream
        self.seek(offset)

    def seek(self, offset: int) -> None:
        """Go on from an offset."""
        self._stream.seek(offset)
        self.offset = offset
        self.held = b""

    def peek(self, size: int) -> bytes:
        """Return the next bytes without using them; fewer at the end of the file."""
        while len(self.held) < size and self._more():
            pass
        return self.held[:size]

    def take(self) -> bytes:
        """Use and return what is held, else the next chunk; empty at the end of the file."""
        found = self.held or self._stream.read(_CHUNK)
        self.offset += len(found)
        self.held = b""
        return found

    def give_back(self, unused: bytes) -> None:
        """Hold again the last bytes that were taken."""
        self.held = unused + self.held
        self.offset -= len(unused)

    def find(self, mark: bytes) -> bool:
        """Go to where the mark stands next; False when it does not stand there any more."""
        while True:
            place = self.held.find(mark)
            if place >= 0:
                self.drop(place)
                return True
            self.drop(max(0, len(self.held) - len(mark) + 1))
            if not self._more():
                return False

    def _more(self) -> bool:
        more = self._stream.read(_CHUNK)
        self.held += more
        return bool(more)

    def drop(self, size: int) -> None:
        """Use bytes that are held."""
        self.offset += size
        self.held = self.held[size:]


def begins_with(start: bytes, wanted: bytes) -> bool:
    """Return whether the content of a gzip member that begins so begins with what is wanted."""
    try:
        return zlib.decompressobj(_GZIP_ONLY).decompress(start, len(wanted)) == wanted
    except zlib.error:
        return False


class Member:
    """The content of one gzip member, or of all the rest of a file that is not packed.

    start: its offset in the file. ended: its last byte was unpacked and its checksum is right.
    """

    def __init__(self, source: Source, *, packed: bool) -> None:
        self.start = source.offset
        self.ended = False
        self._source = source
        self._inner = zlib.decompressobj(_GZIP_ONLY) if packed else None
        self._held = b""

    @property
    def position(self) -> int:
        """Return the offset in the file of the next byte; of a packed one its start, since there is no other."""
        return self.start if self._inner is not None else self._source.offset - len(self._held)

    def peek(self, size: int) -> bytes:
        """Return the next bytes without using them; fewer at the end. Raise Broken for a damaged or torn member."""
        self._fill(size)
        return self._held[:size]

    def take(self, size: int) -> bytes:
        """Use and return the next bytes; fewer at the end."""
        self._fill(size)
        found, self._held = self._held[:size], self._held[size:]
        return found

    def skip(self, size: int) -> int:
        """Use bytes without holding them; return how many there were."""
        left = size
        while left:
            skipped = len(self.take(min(left, _STEP)))
            if not skipped:
                break
            left -= skipped
        return size - left

    def _fill(self, size: int) -> None:
        """Hold so many bytes."""
        if len(self._held) >= size or self.ended:
            return
        pieces, held = [self._held], len(self._held)
        while held < size and not self.ended:
            piece = self._next()
            pieces.append(piece)
            held += len(piece)
        self._held = b"".join(pieces)

    def _next(self) -> bytes:
        if self._inner is None:
            found = self._source.take()
            self.ended = not found
            return found
        packed = self._inner.unconsumed_tail or self._source.take()
        if not packed:
            raise Broken("the file ends in the middle of it")
        try:
            piece = self._inner.decompress(packed, _STEP)
        except zlib.error as error:
            raise Broken(f"cannot be unpacked ({error})") from None
        if self._inner.eof:
            self.ended = True
            self._source.give_back(self._inner.unused_data)
        return piece
