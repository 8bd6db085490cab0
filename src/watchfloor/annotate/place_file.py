"""The file in which a gazetteer is kept: sorted names in packed blocks, opened at once and read where it is asked.

Layout: MAGIC; blocks of UTF-8 lines, each packed by itself (zlib); one packed block with the first name, start and
length of every block; start and length of that block as two 8-byte numbers and the CRC-32 of all before, least byte
first. A line is a name's
key (place_keys) and its places, parted by tabs; a place is eight fields parted by "|": name (empty: as the key), kind,
code of country and first-level region ("USA.TX"), latitude, longitude, people, GeoNames id, marks ("c" the seat of
government of a country or state, "a" not the place's first name). The same lines give the same bytes.
"""

import mmap
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from watchfloor.core.errors import ConfigError

MAGIC = b"watchfloor gazetteer 1\nData: GeoNames (https://www.geonames.org), CC BY 4.0\n"

_BLOCK = 12_000  # bytes of lines in a block: a look-up unpacks one (measured: 60 microseconds)
_LEVEL = 9
_END = 20  # bytes of the numbers at the end
_BLOCKS_KEPT = 128  # unpacked at one time, about 1.5 MB
_NAMES_KEPT = 4096


class Entry(Struct, frozen=True, kw_only=True):
    """One place of the gazetteer.

    country: ISO 3166-1 alpha-3 code, None for a sea or a continent. region: GeoNames code of the first-level region
    ("TX"), None when unknown. people: 0 when not counted; a region's are those of its cities. kind: "country",
    "region", "county", "city" or "feature" (a sea, a river, an island, a part of the world). seat: the seat of
    government of a country. alias: found by a name that is not its first.
    """

    name: str
    country: str | None
    region: str | None = None
    latitude: float
    longitude: float
    people: int
    geonames_id: int | None
    kind: str
    seat: bool = False
    alias: bool = False


_KINDS = {"N": "country", "A": "region", "D": "county", "P": "city", "F": "feature"}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}


def packed(key: str, entry: Entry) -> str:
    """Return a place as the fields of a line."""
    return "|".join(
        (
            "" if entry.name == key else entry.name,
            _LETTERS[entry.kind],
            ".".join(filter(None, (entry.country, entry.region))),
            f"{entry.latitude:.2f}",
            f"{entry.longitude:.2f}",
            str(entry.people or ""),
            str(entry.geonames_id or ""),
            "c" * entry.seat + "a" * entry.alias,
        )
    )


def unpacked(key: str, fields: str) -> Entry:
    """Return the place that `packed` made the fields of."""
    name, kind, code, latitude, longitude, people, number, marks = fields.split("|")
    country, _, region = code.partition(".")
    return Entry(
        name=name or key,
        country=country or None,
        region=region or None,
        latitude=float(latitude),
        longitude=float(longitude),
        people=int(people or 0),
        geonames_id=int(number) if number else None,
        kind=_KINDS[kind],
        seat="c" in marks,
        alias="a" in marks,
    )


def write(out: BinaryIO, lines: Iterable[tuple[str, str]]) -> int:
    """Write the file from (key, fields) sorted by key, several of one key one after the other; return how many keys."""
    at = out.write(MAGIC)
    mark = zlib.crc32(MAGIC)
    index: list[str] = []
    count = 0
    for first, block, names in _blocks(lines):
        packed_block = zlib.compress(block, _LEVEL)
        index.append(f"{first}\t{at}\t{len(packed_block)}")
        at += out.write(packed_block)
        mark = zlib.crc32(packed_block, mark)
        count += names
    last = zlib.compress("\n".join(index).encode(), _LEVEL)
    last += at.to_bytes(8, "little") + len(last).to_bytes(8, "little")
    out.write(last + zlib.crc32(last, mark).to_bytes(4, "little"))
    return count


def _blocks(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes, int]]:
    """Yield first key, lines and number of keys of every block."""
    kept: list[list[str]] = []
    size = 0
    for key, fields in lines:
        if kept and kept[-1][0] == key:
            kept[-1].append(fields)
        else:
            if size > _BLOCK:
                yield kept[0][0], _joined(kept), len(kept)
                kept, size = [], 0
            kept.append([key, fields])
        size += len(key) + len(fields)
    if kept:
        yield kept[0][0], _joined(kept), len(kept)


def _joined(lines: list[list[str]]) -> bytes:
    return "\n".join("\t".join(line) for line in lines).encode()


class PlaceFile:
    """An opened gazetteer file: the index in memory, the rest where it lies.

    mark: tells one file from another.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; raise ConfigError when it is none."""
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ConfigError(f"the gazetteer {path} cannot be opened: {error}") from None
        if self._bytes[: len(MAGIC)] != MAGIC:
            raise ConfigError(f"{path} is no gazetteer of this release; make one with: watchfloor gazetteer build DUMP")
        try:
            end = len(self._bytes) - _END
            start, length = (int.from_bytes(self._bytes[at : at + 8], "little") for at in (end, end + 8))
            lines = zlib.decompress(self._bytes[start : start + length]).decode().splitlines()
            rows = [line.split("\t") for line in lines]
            self._firsts = [row[0] for row in rows]
            self._where = [(int(row[1]), int(row[2])) for row in rows]
        except (zlib.error, ValueError, IndexError):
            raise ConfigError(f"the gazetteer {path} is cut short; build it again") from None
        self.mark = self._bytes[-4:].hex()
        self._block = lru_cache(_BLOCKS_KEPT)(self._unpacked_block)
        self.find = lru_cache(_NAMES_KEPT)(self._find)

    def _unpacked_block(self, number: int) -> str:
        start, length = self._where[number]
        return "\n" + zlib.decompress(self._bytes[start : start + length]).decode() + "\n"

    def _find(self, key: str) -> tuple[Entry, ...]:
        """Return the places kept under the key, in the order of the file."""
        number = bisect_right(self._firsts, key) - 1
        if number < 0 or not key or "\t" in key or "\n" in key:
            return ()
        block = self._block(number)
        at = block.find(f"\n{key}\t")
        if at < 0:
            return ()
        start = at + len(key) + 2
        return tuple(unpacked(key, fields) for fields in block[start : block.index("\n", start)].split("\t"))
