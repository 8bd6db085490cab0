"""What a run has planned and done, line by line in a file: what stands there is done, whatever happens after.

Only the run itself writes in it. A line that was cut off when the machine stopped is as if it had never been begun.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from watchfloor.core.aside import Aside
from watchfloor.core.errors import ConfigError, StoreError
from watchfloor.flow.bulk.part_file import path_of, put
from watchfloor.flow.bulk.work import Doubled, GivenUp, Grouped, Header, Part, Read, Written

_HEADER, _LINES, _LOCK = "run.json", "manifest.jsonl", "run.lock"


class File(Struct, frozen=True, kw_only=True):
    """An input as it was when it was planned; ends: digest of its first and last bytes."""

    path: str
    size: int
    ends: str


class Planned(Struct, frozen=True, kw_only=True, tag="planned"):
    """Some files and the pieces that were made of them."""

    files: tuple[File, ...]
    pieces: tuple[Read, ...]


class Refusal(Struct, frozen=True, kw_only=True, tag="refusal"):
    """An input that could not be planned."""

    aside: Aside


class Kept(Struct, frozen=True, kw_only=True, tag="kept"):
    """A piece went into the database: how many of its reports were new, a new version, or known."""

    id: str
    new: int
    new_versions: int
    unchanged: int
    set_aside: int


class Lost(Struct, frozen=True, kw_only=True, tag="lost"):
    """The file of a piece was not what it had been; the piece is read again."""

    id: str
    detail: str


Line = Planned | Refusal | Part | GivenUp | Kept | Lost | Grouped | Doubled | Written

_encode = msgspec.json.Encoder(order="deterministic").encode
_line_of = msgspec.json.Decoder(Line).decode
_header_of = msgspec.json.Decoder(Header).decode


class Manifest:
    """The lines, and what follows from them. `opened` opens one."""

    def __init__(self, folder: Path, header: Header, stream: BinaryIO) -> None:
        self.folder, self.header = folder, header
        self._stream = stream
        self.pieces: dict[str, Read] = {}
        self.files: set[File] = set()
        self.refusals: dict[str, Aside] = {}
        self.parts: dict[str, Part] = {}
        self.given_up: dict[str, GivenUp] = {}
        self.kept: dict[str, Kept] = {}
        self.groups: dict[int, Grouped] = {}
        self.doubles: dict[int, Doubled] = {}
        self.weeks: dict[str, Written] = {}

    def add(self, line: Line) -> None:
        """Write a line; when this returns it is on the disk."""
        try:
            self._stream.write(_encode(line) + b"\n")
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error.strerror or error}") from None
        self.take(line)

    def take(self, line: Line) -> None:
        """Know what a line says."""
        match line:
            case Planned():
                self.files.update(line.files)
                self.pieces.update((one.id, one) for one in line.pieces)
            case Refusal():
                self.refusals[line.aside.id] = line.aside
            case Part():
                self.parts[line.id] = line
                self.given_up.pop(line.id, None)
            case GivenUp():
                self.given_up[line.key] = line
            case Kept():
                self.kept[line.id] = line
            case Lost():
                self.parts.pop(line.id, None)
            case Grouped():
                self.groups[line.number] = line
            case Doubled():
                self.doubles[line.number] = line
            case Written():
                self.weeks[line.monday] = line

    def left(self, *, again: bool) -> list[Read]:
        """Return the pieces that are to be read yet, in order; again: also those that were given up."""
        return [
            piece
            for id, piece in self.pieces.items()
            if id not in self.parts and id not in self.kept and (again or id not in self.given_up)
        ]

    def forget_absent(self) -> int:
        """Strike out pieces whose file is not there or has another size; return how many."""
        absent = [part for id, part in self.parts.items() if id not in self.kept and not self._is_there(part)]
        for part in absent:
            self.add(Lost(id=part.id, detail="its file is not there, or has another size"))
        return len(absent)

    def _is_there(self, part: Part) -> bool:
        try:
            return path_of(self.folder, part.id).stat().st_size == part.size
        except OSError:
            return False


@contextmanager
def opened(folder: Path, header: Header, *, resume: bool) -> Iterator[Manifest]:
    """Open the manifest of a run for the block, a new one or, with `resume`, the one that is there.

    Raises ConfigError when another run is at work there, when one is there and is not to be resumed, and when it reads
    in another way than this one would.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("wb")
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error.strerror or error}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigError(f"another run is at work in {folder}; wait for it, or choose another folder") from None
        held = _settled(folder, header, resume=resume)
        lines = folder / _LINES
        content = lines.read_bytes() if lines.exists() else b""
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            os.truncate(lines, len(whole))
        with lines.open("ab") as stream:
            manifest = Manifest(folder, held, stream)
            for number, line in enumerate(whole.splitlines(), 1):
                try:
                    manifest.take(_line_of(line))
                except msgspec.MsgspecError as error:
                    raise StoreError(f"line {number} of {lines} cannot be read ({error}); begin a new run") from None
            yield manifest


def _settled(folder: Path, header: Header, *, resume: bool) -> Header:
    """Return what holds for the run: what it began with, where it has begun."""
    path = folder / _HEADER
    if not path.exists():
        put(path, _encode(header))
        return header
    if not resume:
        raise ConfigError(f"{folder} holds a run already; go on with it by --resume, or choose another folder")
    try:
        held = _header_of(path.read_bytes())
    except msgspec.MsgspecError as error:
        raise StoreError(f"{path} cannot be read ({error}); begin a new run in another folder") from None
    for name in (
        "recipe",
        "made_with",
        "keeps_bytes",
        "parts",
        "gazetteer",
        "quality",
        "outlet",
        "published",
        "marking",
    ):
        before, now = getattr(held, name), getattr(header, name)
        if before != now:
            raise ConfigError(
                f"the run in {folder} began with {name.replace('_', ' ')} {before}; found {now}. A run is read in one "
                "way from its beginning to its end: begin a new one in another folder"
            )
    return held
