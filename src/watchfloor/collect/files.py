"""Captures from files, folders, patterns, archives and standard input."""

import glob
import stat
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from watchfloor.collect import archives, media_type, warc
from watchfloor.collect.captured import Told, capture
from watchfloor.collect.limits import DEFAULT, Limits
from watchfloor.collect.names import locator_of, passed_over, printable
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.marking import Marking

STANDARD_INPUT = "-"
_PEEK_BYTES = 1024  # looked at to tell a web archive from other packed files


def collect(
    arguments: Sequence[str | Path],
    *,
    now: datetime,
    feed: str = "files",
    outlet: str | None = None,
    marking: Marking | None = None,
    published: str | None = None,
    limits: Limits = DEFAULT,
    own: Collection[Path] = (),
) -> Iterator[Capture | SetAside]:
    """Yield a capture for each report found, and a SetAside for each thing that is none: nothing is passed in silence.

    Folders are read in the order of their names, with their folders; patterns ("*.html") as the shell would; "-" is
    standard input. A file that is reached twice is yielded once. A SetAside is yielded, not raised, so that the
    iteration goes on. own: resolved paths that belong to the node itself, its database and web archives: they are no
    reporting, and only naming one of them directly gives a SetAside.
    """
    told = Told(now=now, feed=feed, outlet=outlet, published=published, marking=marking)
    seen: set[Path | str] = set()
    for argument in arguments:
        for found in _files(argument, own):
            if isinstance(found, SetAside):
                yield found
                continue
            known = found if found == STANDARD_INPUT else Path(found).resolve()
            if known not in seen:
                seen.add(known)
                if isinstance(found, Path) and is_web_archive(found):
                    yield from warc.captures(found, told, limits=limits, others=_web_archives(arguments, own))
                else:
                    yield from _items(found, told, limits)


def files(arguments: Sequence[str | Path], own: Collection[Path] = ()) -> Iterator[Path | SetAside]:
    """Yield the files that the arguments stand for, as `collect` reads them, each once; standard input is none."""
    seen: set[Path] = set()
    for argument in arguments:
        for found in _files(argument, own):
            if isinstance(found, str):
                yield SetAside("unsupported-type", "standard input cannot be read in pieces; name files", found)
            elif isinstance(found, SetAside):
                yield found
            elif (known := found.resolve()) not in seen:
                seen.add(known)
                yield found


def is_web_archive(path: Path) -> bool:
    """Whether a file is to be read record by record: it may be far larger than what is held of one file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as stream:
            return media_type.is_web_archive(stream.read(_PEEK_BYTES))
    except OSError:
        return False


def _web_archives(arguments: Sequence[str | Path], own: Collection[Path]) -> Iterator[Path]:
    """Yield all web archives that the arguments stand for."""
    for argument in arguments:
        for found in _files(argument, own):
            if isinstance(found, Path) and is_web_archive(found):
                yield found


def _items(found: Path | str, told: Told, limits: Limits) -> Iterator[Capture | SetAside]:
    """Read one file or standard input; an archive gives many items."""
    data = _standard_input(limits) if isinstance(found, str) else _read(found, limits)
    if isinstance(data, SetAside):
        yield data
        return
    locator = found if isinstance(found, str) else locator_of(found)
    if media_type.sniff(data, locator) == media_type.ZIP:
        yield from archives.collect(data, locator, told, limits)
    elif media_type.is_web_archive(data[:_PEEK_BYTES]):
        yield from warc.captures_in(lambda: BytesIO(data), locator, told, limits=limits)
    else:
        yield capture(data, locator, told)


def _files(argument: str | Path, own: Collection[Path]) -> Iterator[Path | str | SetAside]:
    """Yield the files that one argument stands for."""
    if argument == STANDARD_INPUT:
        yield STANDARD_INPUT
        return
    try:
        exists = Path(argument).exists()
    except (OSError, ValueError) as error:  # a name too long, a NUL in it, a folder that may not be entered
        yield SetAside("unreadable", f"cannot be looked at: {_short(error)}", printable(str(argument)))
        return
    if exists and _is_own(Path(argument), own):
        detail = "it belongs to this node: its database, web archives or settings; nothing in it is to be collected"
        yield SetAside("own-file", detail, locator_of(Path(argument)))
    elif exists:
        yield from _below(Path(argument), own)
    elif matches := sorted(glob.glob(str(argument), recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute pattern
        for match in matches:
            if not _is_own(Path(match), own):
                yield from _below(Path(match), own)
    else:
        yield SetAside("not-found", "no file, folder or match of that name", printable(str(argument)))


def _is_own(path: Path, own: Collection[Path]) -> bool:
    """Return whether a path belongs to the node itself, or lies in what does."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: Python before 3.13 on a link to itself
        return False
    return real in own or any(above in own for above in real.parents)


def _below(top: Path, own: Collection[Path]) -> Iterator[Path | SetAside]:
    """Yield the files in a folder and its folders in the order of their names, but the node's own; a file itself."""
    stack: list[tuple[Path, frozenset[Path]]] = [(top, frozenset())]
    while stack:
        path, above = stack.pop()
        try:
            real = path.resolve(strict=True)
            folder = real.is_dir()
            entries = sorted(path.iterdir(), key=lambda entry: entry.name, reverse=True) if folder else []
        except (OSError, RuntimeError) as error:  # RuntimeError: Python before 3.13 on a link to itself
            yield SetAside("unreadable", f"cannot be opened: {_short(error)}", locator_of(path))
            continue
        why = passed_over(path.name) if path != top else None
        if real in own:
            continue
        if why:
            yield SetAside(*why, locator_of(path))
        elif real in above:
            yield SetAside("directory-loop", f"a link back to {locator_of(real)}, which holds it", locator_of(path))
        elif folder:
            stack.extend((entry, above | {real}) for entry in entries)
        else:
            yield path


def _read(path: Path, limits: Limits) -> bytes | SetAside:
    """Return the bytes of a regular file; never wait on a pipe, never read past the limit."""
    locator = locator_of(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return SetAside("unsupported-type", "found a pipe, socket or device; expected a regular file", locator)
        if status.st_size > limits.file_bytes:
            return _too_large(f"{status.st_size} bytes", limits, locator)
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except OSError as error:
        return SetAside("unreadable", f"cannot be read: {_short(error)}", locator)
    return data if len(data) <= limits.file_bytes else _too_large("more", limits, locator)


def _standard_input(limits: Limits) -> bytes | SetAside:
    data = sys.stdin.buffer.read(limits.file_bytes + 1)
    return data if len(data) <= limits.file_bytes else _too_large("more", limits, STANDARD_INPUT)


def _too_large(found: str, limits: Limits, locator: str) -> SetAside:
    return SetAside("too-large", f"{found}, at most {limits.file_bytes} bytes of one item are read; split it", locator)


def _short(error: Exception) -> str:
    """What went wrong without the path, which stands in the locator."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
