"""The records of a web archive (WARC 1.0 and 1.1), packed record by record, packed as one, or not packed.

One reader for every use, since it must say exactly where each record lies, go on after damage, and never be made to
hold more than its limits: bench/warc.py sets it beside warcio and FastWARC.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from msgspec import Struct

from watchfloor.collect.gzip_members import GZIP, Broken, Member, Source, begins_with

MOST_HEAD = 65_536  # bytes of a record's own header; assumed: none met was over 2 kB
MOST_SKIPPED = 4_000_000_000  # bytes of one record that are passed over without holding them; assumed: a long film
_MOST_SOUGHT = 10_000  # places that look like a member that are tried after damage; chance gives one in 16 MB
_PROBE = 1_024  # bytes of such a place that are unpacked
_PEEK = 65_536  # bytes looked at to tell how a damaged file is packed
_DIGESTS = frozenset({"sha1", "sha256", "sha512", "md5"})
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


class Record(Struct, frozen=True, kw_only=True):
    """One record as it stands in its file.

    offset, length: its bytes in the file, packed or not as they are there. alone: nothing else lies in them, so that
    they can be copied; False in a file that is packed as one. headers: names in lower case, of one that comes twice
    the first. block: what follows them; None when it is longer than what may be held. head: the header as it stands
    there, without the empty line after it; empty when FastWARC read it.
    """

    offset: int
    length: int
    alone: bool
    headers: Mapping[str, str]
    block: bytes | None
    head: bytes = b""

    @property
    def type(self) -> str:
        """Return what kind of record it is, lower case: "response", "request", "revisit", "metadata", ..."""
        return self.headers.get("warc-type", "").lower()

    @property
    def id(self) -> str:
        """Return its name, without the angle brackets; empty when it has none."""
        return self.headers.get("warc-record-id", "").strip("<> ")

    @property
    def url(self) -> str:
        """Return what it is a record of; some writers put angle brackets around it."""
        return self.headers.get("warc-target-uri", "").strip("<> ")


class Damage(Struct, frozen=True, kw_only=True):
    """A place in a file where no record can be read. sought: the file goes on, and what follows was looked for."""

    offset: int
    detail: str
    sought: bool = False


def records(stream: BinaryIO, *, most: int, start: int = 0) -> Iterator[Record | Damage]:
    """Yield the records from an offset on in the order of the file, and each place where none can be read.

    most: bytes of a block that are held. After damage it goes on with what next looks like a record; whoever must not
    trust a page to hold something that looks like one stops there.
    """
    source = Source(stream, start)
    packed = _is_packed(source.peek(_PEEK))
    while source.peek(1):
        member = Member(source, packed=packed)
        try:
            yield from _in_member(source, member, packed, most)
        except Broken as broken:
            offset = member.position
            found = _seek_next(source, offset, packed)
            yield Damage(offset=offset, detail=str(broken), sought=found)
            if not found:
                return


def record_at(stream: BinaryIO, offset: int, id: str, *, most: int) -> Record | None:
    """Return the record of that name that begins at the offset, or lies in the member there; None when it does not."""
    for found in records(stream, most=most, start=offset):
        if isinstance(found, Damage) or found.offset != offset:
            return None
        if found.id == id:
            return found
    return None


def digest_holds(label: str, data: bytes) -> bool | None:
    """Return whether data has the digest that a record names; None when it is of a kind that is not known here.

    >>> digest_holds("sha1:2JMJ7L5RSW3YVB4VLAMBRSOUOY2UWNQC", b"x"), digest_holds("odd:1", b"x")
    (False, None)
    """
    name, _, value = label.strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in _DIGESTS or not value:
        return None
    made = hashlib.new(name, data, usedforsecurity=False).digest()
    if len(value) == 2 * len(made):
        return value.lower() == made.hex()
    try:
        return base64.b32decode(value.upper() + "=" * (-len(value) % 8)) == made
    except binascii.Error:
        return None


def length_of(headers: Mapping[str, str]) -> int:
    """Return how long a record's block is; raise Broken when that is not said or beyond reason."""
    said = headers.get("content-length", "")
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise Broken(f"expected the length of a record, found {said[:24]!r}")
    if int(said) > MOST_SKIPPED:
        raise Broken(f"a record of {said} bytes, at most {MOST_SKIPPED} are passed over")
    return int(said)


def check(headers: Mapping[str, str], block: bytes) -> None:
    """Raise Broken when the block does not have the digest that the record's header names."""
    label = headers.get("warc-block-digest")
    if label and digest_holds(label, block) is False:
        raise Broken(f"its bytes do not have the digest {label[:80]} that its header names")


def _is_packed(start: bytes) -> bool:
    """Whether a file is packed, also when its first bytes are damaged."""
    if start.startswith((GZIP, b"WARC/")):
        return start.startswith(GZIP)
    member, record = start.find(GZIP), start.find(b"\nWARC/")
    return member >= 0 and not 0 <= record < member


def _in_member(source: Source, member: Member, packed: bool, most: int) -> Iterator[Record]:
    """Yield the records of a member, its checksum seen before its last one is given away."""
    alone = True
    while member.peek(1):
        offset = member.position
        head = _head(member)
        headers = _headers(head)
        block = _block(member, headers, most)
        _end(member)
        alone = alone and not (packed and member.peek(1))
        length = (source.offset if packed else member.position) - offset
        yield Record(offset=offset, length=length, alone=alone, headers=headers, block=block, head=head)


def _head(member: Member) -> bytes:
    """Use and return the record's own header, without the empty line after it."""
    size = 1024
    while True:
        held = member.peek(size)
        if not held.startswith(b"WARC/"[: len(held)]):
            raise Broken(f"expected a record, found {held[:24]!r}")
        if end := _END_OF_HEAD.search(held):
            return member.take(end.end())[: end.start()]
        if len(held) < size:
            raise Broken("the file ends in the middle of a record's header")
        if size >= MOST_HEAD:
            raise Broken(f"a record's header of more than {MOST_HEAD} bytes")
        size *= 4


def _headers(head: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").split("\n")[1:]:
        if line[:1] in (" ", "\t") and name:
            found[name] += " " + line.strip()
            continue
        name, _, value = line.partition(":")
        name = name.strip().lower()
        found.setdefault(name, value.strip())
    return found


def _block(member: Member, headers: Mapping[str, str], most: int) -> bytes | None:
    length = length_of(headers)
    block = member.take(length) if length <= most else None
    if (member.skip(length) if block is None else len(block)) < length:
        raise Broken("shorter than its header says")
    if block is not None:
        check(headers, block)
    return block


def _end(member: Member) -> None:
    """Use the empty lines after a record."""
    while (after := member.peek(2)) and after[:1] in b"\r\n":
        member.take(2 if after == b"\r\n" else 1)


def _seek_next(source: Source, offset: int, packed: bool) -> bool:
    """Go to what next looks like a record; False when nothing does."""
    source.seek(offset + 1)
    if not packed:
        found = source.find(b"\nWARC/")
        if found:
            source.seek(source.offset + 1)
        return found
    for _ in range(_MOST_SOUGHT):
        if not source.find(GZIP):
            return False
        if begins_with(source.peek(_PROBE), b"WARC/"):
            return True
        source.drop(1)
    return False
