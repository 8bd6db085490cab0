"""What is in a ZIP archive, without writing anything to disk and without trusting what it says of itself."""

import lzma
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from watchfloor.collect import media_type, warc
from watchfloor.collect.captured import Told, capture
from watchfloor.collect.limits import Limits
from watchfloor.collect.names import passed_over, printable
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside

# Everything the standard library raises on archives that were damaged by accident or on purpose.
_DAMAGE = (BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, ValueError, OSError)
_PEEK_BYTES = 1024  # looked at to tell a web archive from other packed members
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENTRIES_PER_MEMBER = 10  # directory entries in the raw bytes per allowed member before the directory is not even read


class Budget:
    """The unpacked bytes that may still be read of one file on disk, over all archives nested in it."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.archive_bytes


def collect(
    data: bytes, locator: str, told: Told, limits: Limits, budget: Budget | None = None, depth: int = 1
) -> Iterator[Capture | SetAside]:
    """Yield each member as a capture, or why it cannot be one; locators are "archive.zip!member/name"."""
    budget = budget or Budget(limits)
    if depth > limits.archive_depth:
        yield SetAside(
            "archive-limit", f"an archive nested deeper than {limits.archive_depth}; unpack it first", locator
        )
        return
    if data.count(_DIRECTORY_ENTRY) > _ENTRIES_PER_MEMBER * limits.archive_members:
        yield SetAside("archive-limit", f"its directory names far over {limits.archive_members} members", locator)
        return
    try:
        archive = ZipFile(BytesIO(data))
    except _DAMAGE as damage:
        yield SetAside("broken-archive", f"not readable as ZIP: {damage}", locator)
        return
    with archive:
        yield from _members(archive, locator, told, limits, budget, depth)


def _members(
    archive: ZipFile, locator: str, told: Told, limits: Limits, budget: Budget, depth: int
) -> Iterator[Capture | SetAside]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if not members:
        yield SetAside("empty", "the archive has no members", locator)
    for member in members[: limits.archive_members]:
        inner = f"{locator}!{printable(member.filename)}"
        found = _read(archive, member, inner, limits, budget)
        if isinstance(found, SetAside):
            yield found
        elif media_type.sniff(found, inner) == media_type.ZIP:
            yield from collect(found, inner, told, limits, budget, depth + 1)
        elif media_type.is_web_archive(found[:_PEEK_BYTES]):  # a WACZ holds its records so
            yield from warc.captures_in(partial(BytesIO, found), inner, told, limits=limits)
        else:
            yield capture(found, inner, told)
    left = len(members) - limits.archive_members
    if left > 0:
        yield SetAside(
            "archive-limit", f"{left} members after the first {limits.archive_members} were not read; split it", locator
        )


def _read(archive: ZipFile, member: ZipInfo, locator: str, limits: Limits, budget: Budget) -> bytes | SetAside:
    refusal = _refusal(member, locator, limits, budget)
    if refusal:
        return refusal
    most = min(limits.file_bytes, budget.left)
    try:
        with archive.open(member) as stream:
            data = stream.read(most + 1)
    except (*_DAMAGE, RuntimeError) as damage:
        return SetAside("broken-archive", f"this member cannot be unpacked: {damage}", locator)
    budget.left -= len(data)
    if len(data) > most:
        return SetAside("archive-limit", f"unpacks to more than the {most} bytes that may still be read", locator)
    return data


def _refusal(member: ZipInfo, locator: str, limits: Limits, budget: Budget) -> SetAside | None:
    """Say why a member is not even opened: what the archive says of it is enough."""
    why = next(filter(None, map(passed_over, PurePosixPath(member.filename).parts)), None)
    if why:
        return SetAside(*why, locator)
    if member.flag_bits & 0x1:
        return SetAside("encrypted", "this member is locked by a password; unpack it first", locator)
    if member.file_size > limits.file_bytes:
        return SetAside(
            "too-large", f"{member.file_size} bytes unpacked, at most {limits.file_bytes} are read", locator
        )
    ratio = member.file_size / max(1, member.compress_size)
    if member.file_size > limits.ratio_from_bytes and ratio > limits.archive_ratio:
        return SetAside("archive-limit", f"unpacks to {ratio:.0f} times its size, like a bomb", locator)
    if budget.left <= 0 or member.file_size > budget.left:
        return SetAside("archive-limit", f"the {limits.archive_bytes} bytes for one archive are used up", locator)
    return None
