"""The end of a web archive that was being written when the power went, or the process: found, kept aside, cut off."""

import os
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from watchfloor.collect.warc_records import Damage, records

_MOST = 1 << 20  # bytes of a block that are held while looking; longer ones are passed over


class Tail(Struct, frozen=True, kw_only=True):
    """How a file ends. end: after its last whole record. size: of the file. torn: only rubbish follows the end.

    damage: what is wrong in the middle of it, with whole records behind; such a file is left as it is.
    """

    end: int
    size: int
    torn: bool = False
    damage: str | None = None


class Repair(Struct, frozen=True, kw_only=True):
    """A torn tail that was cut off. saved: the file beside it that holds the bytes."""

    file: str
    offset: int
    size: int
    saved: str


def tail_of(stream: BinaryIO, size: int, sound: int = 0) -> Tail:
    """Return how a file ends, looking from an offset that is known to be the end of a whole record."""
    end = min(sound, size)
    for found in records(stream, most=_MOST, start=end):
        if isinstance(found, Damage):
            if found.sought:
                return Tail(end=end, size=size, damage=f"at byte {found.offset}: {found.detail}")
            return Tail(end=end, size=size, torn=True)
        end = found.offset + found.length
    return Tail(end=end, size=size, torn=end < size)


def cut_off(path: Path, file: BinaryIO, tail: Tail, *, durable: bool = True) -> Repair:
    """Save the torn bytes beside the file, then cut them off; each is on the disk before the next is begun."""
    file.seek(tail.end)
    torn = file.read(tail.size - tail.end)
    saved = path.with_name(f"{path.name}.torn-{tail.end}-{sha256(torn).hexdigest()[:8]}")
    with saved.open("wb") as out:
        out.write(torn)
        if durable:
            out.flush()
            os.fsync(out.fileno())
    if durable:
        sync_folder(path.parent)
    os.ftruncate(file.fileno(), tail.end)
    if durable:
        os.fsync(file.fileno())
    return Repair(file=path.name, offset=tail.end, size=len(torn), saved=saved.name)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
