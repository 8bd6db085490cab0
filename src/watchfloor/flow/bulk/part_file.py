"""The file of one piece: its reports by week, and what was set aside; written whole or not at all.

Blocks, each packed and with a checksum, an index of them, the index' length and checksum. A block is read without the
others, so that a week is put together of many pieces with little memory.
"""

import os
import zlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TypeVar
from uuid import uuid4

import msgspec
from msgspec import Struct

from watchfloor.core.annotation import Annotation
from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.report import Report
from watchfloor.store.text import whole

ITEMS_IN_BLOCK = 8  # few, because a week is read in the order of time and not of the file
_MAGIC = b"WFPART1\n"
_TAIL = 12  # bytes behind the index: its length and checksum
_LEVEL = 1  # of zlib: what is saved by more is not worth the time (assumed)

T = TypeVar("T")


class TornError(Exception):
    """A file of a piece is absent, cut off or changed. piece: its id."""

    def __init__(self, piece: str, detail: str) -> None:
        super().__init__(piece, detail)
        self.piece, self.detail = piece, detail


class Item(Struct, frozen=True, array_like=True):
    """A report with what was found in it. number: its place in the piece. hashes: its fingerprint.

    capture: what it was made from; its bytes are left out unless a database is filled.
    """

    number: int
    capture: Capture
    report: Report
    found: tuple[Annotation, ...]
    hashes: bytes


class Refused(Struct, frozen=True, array_like=True):
    """What was set aside at a place in the piece. capture: its bytes, when a database is filled and there are any."""

    number: int
    aside: Aside
    capture: Capture | None


class Light(Struct, frozen=True, array_like=True):
    """What is needed of a report to find who may share its words. day: as an ordinal, None when not known.

    time, address, id, capture: in this order they set reports in order of time.
    """

    time: str
    address: str
    id: str
    capture: str
    day: int | None
    hashes: bytes


class _Block(Struct, frozen=True, array_like=True):
    offset: int
    length: int
    checksum: int


class _Section(Struct, frozen=True, array_like=True):
    lights: _Block
    items: tuple[_Block, ...]


class _Index(Struct, frozen=True, array_like=True):
    piece: str
    weeks: dict[str, _Section]
    ids: _Block
    refused: _Block


_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_index_of = msgspec.msgpack.Decoder(_Index).decode
_lights_of = msgspec.msgpack.Decoder(list[Light]).decode
_items_of = msgspec.msgpack.Decoder(list[Item]).decode
_refused_of = msgspec.msgpack.Decoder(list[Refused]).decode
_ids_of = msgspec.msgpack.Decoder(list[tuple[str, str]]).decode


def path_of(folder: str | Path, piece: str) -> Path:
    """Return where the file of a piece lies; a folder holds some hundred files and not a million."""
    return Path(folder) / "parts" / piece[-2:] / f"{piece}.part"


def write(path: Path, piece: str, weeks: dict[str, Sequence[tuple[Light, Item]]], refused: Sequence[Refused]) -> str:
    """Write the file of a piece and return its digest. What is given of a week stands in the order of its lights."""
    content = bytearray(_MAGIC)

    def block(given: object) -> _Block:
        packed = zlib.compress(_pack(given), _LEVEL)
        offset = len(content)
        content.extend(packed)
        return _Block(offset, len(packed), zlib.crc32(packed))

    sections = {}
    for week, read in sorted(weeks.items()):
        items = [item for _, item in read]
        blocks = tuple(block(items[at : at + ITEMS_IN_BLOCK]) for at in range(0, len(items), ITEMS_IN_BLOCK))
        sections[week] = _Section(block([light for light, _ in read]), blocks)
    ids = block(sorted((light.id, week) for week, read in weeks.items() for light, _ in read))
    index = _pack(_Index(piece, sections, ids, block(list(refused))))
    content += index
    content += len(index).to_bytes(8, "little") + zlib.crc32(index).to_bytes(4, "little")
    put(path, bytes(content))
    return sha256(content).hexdigest()


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; who writes the same one at the same time does no harm."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _pack(thing: object) -> bytes:
    try:
        return _encode(thing)
    except UnicodeEncodeError:  # half a character, which no database takes either
        return _encode(whole(msgspec.to_builtins(thing, builtin_types=(bytes, datetime, date))))


class PartFile:
    """An open file of a piece. Every read raises TornError for what is not as it was written."""

    def __init__(self, path: Path, piece: str) -> None:
        self._piece = piece
        self._path = path
        try:
            with path.open("rb") as stream:
                self._index = self._read_index(stream)
        except OSError as error:
            raise TornError(piece, f"cannot be read: {error.strerror or error}") from None

    def weeks(self) -> tuple[str, ...]:
        """Return the first days of the weeks of which it has reports."""
        return tuple(self._index.weeks)

    def lights(self, week: str) -> list[Light]:
        """Return what is needed to find copies among the reports of a week, in their order."""
        return self._get(self._index.weeks[week].lights, _lights_of)

    def items(self, week: str, block: int) -> list[Item]:
        """Return some reports of a week: number n stands in block n // ITEMS_IN_BLOCK."""
        return self._get(self._index.weeks[week].items[block], _items_of)

    def all_items(self) -> list[Item]:
        """Return all reports in the order of the piece."""
        blocks = [block for section in self._index.weeks.values() for block in section.items]
        return sorted((item for block in blocks for item in self._get(block, _items_of)), key=lambda one: one.number)

    def refused(self) -> list[Refused]:
        """Return what was set aside."""
        return self._get(self._index.refused, _refused_of)

    def ids(self) -> list[tuple[str, str]]:
        """Return the ids of its reports and the week of each, sorted."""
        return self._get(self._index.ids, _ids_of)

    def _get(self, block: _Block, decode: Callable[[bytes], T]) -> T:
        try:
            with self._path.open("rb") as stream:
                stream.seek(block.offset)
                packed = stream.read(block.length)
            if len(packed) != block.length or zlib.crc32(packed) != block.checksum:
                raise TornError(self._piece, f"holds other bytes at {block.offset} than were written")
            return decode(zlib.decompress(packed))
        except OSError as error:
            raise TornError(self._piece, f"cannot be read: {error.strerror or error}") from None
        except (zlib.error, msgspec.MsgspecError) as error:
            raise TornError(self._piece, f"cannot be read at {block.offset}: {error}") from None

    def _read_index(self, stream: BinaryIO) -> _Index:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise TornError(self._piece, "does not begin as the file of a piece")
        end = stream.seek(0, os.SEEK_END) - _TAIL
        if end < len(_MAGIC):
            raise TornError(self._piece, "is cut off")
        stream.seek(end)
        tail = stream.read(_TAIL)
        length = int.from_bytes(tail[:8], "little")
        if length > end - len(_MAGIC):
            raise TornError(self._piece, "is cut off")
        stream.seek(end - length)
        packed = stream.read(length)
        if zlib.crc32(packed) != int.from_bytes(tail[8:], "little"):
            raise TornError(self._piece, "is cut off or has another index than was written")
        found = _index_of(packed)
        if found.piece != self._piece:
            raise TornError(self._piece, f"is the file of another piece, {found.piece}")
        return found
