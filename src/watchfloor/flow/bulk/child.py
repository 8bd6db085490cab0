"""The process that reads: one piece of work after the other from standard input, what came of it to standard output.

It has its own process so that a report that kills it kills nothing else, and so that a report that is too slow can be
struck, which is possible in a main thread only. The models are loaded once, when the first report is read.
"""

import importlib.metadata
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from watchfloor import __version__
from watchfloor.annotate import engine
from watchfloor.core.errors import ConfigError
from watchfloor.flow.bulk import doubles, reading, weeks
from watchfloor.flow.bulk.part_file import TornError
from watchfloor.flow.bulk.work import (
    Cut,
    Doubles,
    Group,
    Header,
    Outcome,
    Read,
    Torn,
    Unit,
    encode,
    header_of,
    unit_of,
)
from watchfloor.flow.gazetteers import opened
from watchfloor.flow.parts import Part, parts, recipe

_LENGTH = struct.Struct("<I")
_OOM_ADJUSTMENT = "500"  # of 1000: where memory runs out this process is ended before those that watch over it
_NUMERIC = ("fastwarc", "lxml", "numpy", "onnxruntime", "resiliparse", "trafilatura")


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The process can work. recipe, made_with: how it reads, and with which versions of what decides about a text."""

    recipe: str
    made_with: str


class At(msgspec.Struct, frozen=True, tag="at"):
    """It begins with an item."""

    number: int


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """The work is done."""

    outcome: Outcome


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The work could not be done. stops: nothing else can be either."""

    detail: str
    stops: bool


Message = Ready | At | Ended | Failed


def main() -> None:
    """Work until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints is no message
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_ADJUSTMENT, encoding="ascii")
    with suppress(BrokenPipeError):
        serve(sys.stdin.buffer, out)


def serve(source: BinaryIO, out: BinaryIO) -> None:
    """Do the work that is told, one after the other; first what holds for all of it is told."""
    told = receive(source)
    if told is None:
        return
    header = header_of(told)
    try:
        chosen = prepared(header)
    except ConfigError as error:
        send(out, encode(Failed(str(error), stops=True)))
        return
    send(out, encode(Ready(recipe(chosen, __version__), made_with())))
    while (told := receive(source)) is not None:
        send(out, encode(_answer(unit_of(told), header, chosen, lambda number: send(out, encode(At(number))))))


def prepared(header: Header) -> tuple[Part, ...]:
    """Return the annotators, after setting this process up for a run; raise ConfigError when it cannot take part."""
    try:
        os.chdir(header.base)
        Path(header.folder).stat()
    except OSError as error:
        raise ConfigError(
            f"{platform.node()} does not reach {error.filename} ({error.strerror}); inputs and the run's folder must "
            "lie under the same names on all machines"
        ) from None
    engine.use_threads(1)
    return parts(header.parts, opened(header.gazetteer))


def made_with() -> str:
    """Return the versions of what decides about a text: with others the results may differ."""
    found = [f"python {platform.python_version_tuple()[0]}.{platform.python_version_tuple()[1]}"]
    for name in _NUMERIC:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"no {name}")
    return ", ".join(found)


def perform(unit: Unit, header: Header, chosen: Sequence[Part], at: Callable[[int], None]) -> Outcome:
    """Do a piece of work and return what came of it."""
    try:
        if isinstance(unit, Cut):
            return reading.places(unit, header)
        if isinstance(unit, Read):
            return reading.read(unit, header, chosen, at)
        dataset = Path(header.dataset or header.folder)
        if isinstance(unit, Group):
            return doubles.group(unit, header, dataset, at)
        if isinstance(unit, Doubles):
            return doubles.doubles(unit, header)
        return weeks.write(unit, header, dataset, at)
    except TornError as torn:
        return Torn(piece=torn.piece, detail=torn.detail)


def send(out: IO[bytes], content: bytes) -> None:
    """Write one message."""
    left = memoryview(_LENGTH.pack(len(content)) + content)
    while left:
        left = left[out.write(left) :]


def receive(source: BinaryIO) -> bytes | None:
    """Return the next message, None when there will be none."""
    length = source.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    content = source.read(_LENGTH.unpack(length)[0])
    return content if len(content) == _LENGTH.unpack(length)[0] else None


def _answer(unit: Unit, header: Header, chosen: Sequence[Part], at: Callable[[int], None]) -> Ended | Failed:
    try:
        return Ended(perform(unit, header, chosen, at))
    except BrokenPipeError:
        raise
    except ConfigError as error:
        return Failed(str(error), stops=True)
    except OSError as error:  # a full disk, a folder that went away
        return Failed(f"{error.strerror or error}: {error.filename or header.folder}", stops=True)
    except Exception as error:  # noqa: BLE001 - what nobody foresaw in one piece is recorded, and the run goes on
        return Failed(f"{type(error).__name__}: {error}; please report it", stops=False)


if __name__ == "__main__":
    main()
