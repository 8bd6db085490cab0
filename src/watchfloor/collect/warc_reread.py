"""Records read again: the one that a capture rests on, and those that belong to it."""

from gzip import compress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from watchfloor.collect.decompression import unpacked
from watchfloor.collect.limits import DEFAULT, Limits
from watchfloor.collect.warc import content_of
from watchfloor.collect.warc_group import TOLD
from watchfloor.collect.warc_originals import Find
from watchfloor.collect.warc_records import Damage, Record, records
from watchfloor.core.errors import SetAside
from watchfloor.core.evidence import Evidence

_MOST_AFTER = (
    8  # records looked at behind a page's own for more that belong to it; assumed: none met had more than three
)


class Reread(Struct, frozen=True, kw_only=True):
    """A record that is still what it was. payload: as recorded. data: decoded. about: it and what belongs to it."""

    record: Record
    payload: bytes
    data: bytes
    about: tuple[Record, ...]


def reread(path: Path, evidence: Evidence, find: Find, *, limits: Limits = DEFAULT) -> Reread:
    """Return the record that evidence names, its bytes hashed again.

    Raise SetAside "missing" when there is no such file, "changed" when the record is not there or holds other bytes,
    or why the bytes cannot be had. find: the original of a revisit.
    """
    try:
        record, about = _group(path, evidence, limits)
    except FileNotFoundError:
        raise SetAside("missing", f"the archive {evidence.file} is not there any more", str(path)) from None
    except OSError as error:
        raise SetAside("missing", f"the archive cannot be read: {error.strerror or error}", str(path)) from None
    content = content_of(record, limits, find)
    if sha256(content.payload).hexdigest() != evidence.digest:
        raise SetAside("changed", "the record holds other bytes than it did", str(path))
    data = unpacked(content.payload, content.coding, limits)
    return Reread(record=record, payload=content.payload, data=data, about=about)


def repacked(path: Path, record: Record) -> bytes:
    """Return a record as a gzip member of its own: copied as it stands where it is one, else packed."""
    if record.alone:
        with path.open("rb") as stream:
            stream.seek(record.offset)
            copied = stream.read(record.length)
        if copied.startswith(b"\x1f\x8b"):
            return copied
    return compress(record.head + b"\r\n\r\n" + (record.block or b"") + b"\r\n\r\n", mtime=0)


def _group(path: Path, evidence: Evidence, limits: Limits) -> tuple[Record, tuple[Record, ...]]:
    """Return the record, and it with all that belong to it in the order of the file."""
    record: Record | None = None
    read: list[Record] = []
    after = 0
    with path.open("rb") as stream:
        for found in records(stream, most=limits.file_bytes, start=evidence.start):
            if isinstance(found, Damage):
                if record is None:
                    raise SetAside("changed", f"damaged at byte {found.offset}: {found.detail}", str(path))
                break
            if record is not None:
                after += 1
                if after > _MOST_AFTER or not _belongs(found, record):
                    break
            elif found.offset > evidence.offset:
                break
            elif found.offset == evidence.offset and found.id == evidence.record:
                record = found
            read.append(found)
    if record is None:
        detail = f"no record {evidence.record} stands at byte {evidence.offset} any more"
        raise SetAside("changed", detail, str(path))
    ours = [one for one in read if one.alone or one is record or _belongs(one, record)]
    return record, tuple(one for one in ours if one.headers.get("content-type") != TOLD)


def _belongs(found: Record, record: Record) -> bool:
    named = {found.headers.get(name, "").strip("<> ") for name in ("warc-concurrent-to", "warc-refers-to")}
    mutual = record.headers.get("warc-concurrent-to", "").strip("<> ")
    if found.type not in ("request", "metadata"):
        return found is record
    return record.id in named or (bool(mutual) and mutual == found.id)
