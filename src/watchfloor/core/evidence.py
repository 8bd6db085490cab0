"""Where the bytes that a report rests on can be read again."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

EvidenceKind = Literal["response", "resource", "revisit"]
"""revisit: the source sent what it had sent before; the bytes lie in the record that it refers to."""


class Evidence(Struct, frozen=True, kw_only=True):
    """The record of a web archive (WARC, ISO 28500) that holds the bytes of a capture.

    capture: id of the capture. file: name in the node's evidence folder, or the path of an archive that was added.
    start: offset of the first record that belongs to it (request, redirects), at most `offset`.
    offset, length: the record's bytes in the file, packed as they are there. record: its name ("urn:uuid:...").
    digest: hexadecimal sha256 of the payload as recorded, before any content decoding.
    url, date: what was asked for and when, as recorded; aware, UTC.
    """

    capture: str
    file: str
    start: int
    offset: int
    length: int
    kind: EvidenceKind
    record: str
    digest: str
    url: str
    date: datetime
