"""Captures made again from the node's own archives: what was written and not acknowledged before a crash."""

from collections.abc import Collection, Generator
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from watchfloor.collect.decompression import unpacked
from watchfloor.collect.limits import DEFAULT, Limits
from watchfloor.collect.warc import content_of, date_of
from watchfloor.collect.warc_group import TOLD, told_of
from watchfloor.collect.warc_originals import Find
from watchfloor.collect.warc_records import Damage, Record, records
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.evidence import Evidence


class _Passed(Struct, frozen=True, kw_only=True):
    """A record that was passed. about: the id of the one that it belongs to."""

    offset: int
    id: str
    about: str


def written(
    path: Path, start: int, known: Collection[int], find: Find, *, limits: Limits = DEFAULT
) -> Generator[Capture | SetAside, None, int]:
    """Yield the captures of an archive of the node's own, from an offset on, and return where its last record ends.

    known: offsets of records whose captures are kept, which are passed over. find: the original of a revisit.
    It stops where it meets damage: what follows could be a page that holds what looks like records.
    """
    end = start
    told: tuple[str, Capture] | None = None
    passed: list[_Passed] = []
    with path.open("rb") as stream:
        for record in records(stream, most=limits.file_bytes, start=start):
            if isinstance(record, Damage):
                break
            end = record.offset + record.length
            about = record.headers.get("warc-concurrent-to", "").strip("<> ")
            if about:
                passed.append(_Passed(offset=record.offset, id=record.id, about=about))
                told = _told(record, about) or told
                continue
            if told is not None and told[0] == record.id and record.offset not in known:
                yield _again(told[1], path.name, _start(passed, record), record, find, limits)
            told, passed = None, []
    return end


def _told(record: Record, about: str) -> tuple[str, Capture] | None:
    if record.headers.get("content-type") != TOLD or record.block is None:
        return None
    try:
        return about, told_of(record.block)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _start(passed: list[_Passed], record: Record) -> int:
    """Where the group of a record begins: what a torn group left before it does not belong to it."""
    start, group = record.offset, {record.id}
    for one in reversed(passed):
        if one.about not in group:
            break
        start = one.offset
        group.add(one.id)
    return start


def _again(told: Capture, file: str, start: int, record: Record, find: Find, limits: Limits) -> Capture | SetAside:
    try:
        content = content_of(record, limits, find)
        data = unpacked(content.payload, content.coding, limits)
        date = date_of(record)
    except SetAside as aside:
        return SetAside(aside.reason, aside.detail, told.locator)
    if sha256(data).hexdigest() != told.sha256:
        return SetAside("damaged", f"the record at byte {record.offset} of {file} holds other bytes", told.locator)
    evidence = Evidence(
        capture=told.id,
        file=file,
        start=start,
        offset=record.offset,
        length=record.length,
        kind="revisit" if record.type == "revisit" else "response",
        record=record.id,
        digest=sha256(content.payload).hexdigest(),
        url=record.url,
        date=date,
    )
    return structs.replace(told, data=data, evidence=evidence)
