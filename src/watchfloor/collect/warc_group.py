"""What is recorded of one fetch: a group of WARC records, of which the last is what a capture rests on.

In this order: request and response of each redirect, a metadata record about the fetch, one with what the capture was
told (for this node only, never exported), request and response of the answer. So once the last record is on the disk,
everything is there that is needed to make the capture again. Every record but the last names one of the group in
WARC-Concurrent-To, and the last names none: so a group is told from what stands before it.
"""

import ipaddress
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from msgspec import Struct, json, structs
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from watchfloor import __version__
from watchfloor.collect.http_message import recorded_url, request_head, response_head
from watchfloor.core.capture import Capture
from watchfloor.core.evidence import Evidence
from watchfloor.core.exchange import Exchange, Fetch

TOLD = "application/vnd.watchfloor.capture+json"
"""Content type of the record with what a capture was told."""

_FIELDS = "application/warc-fields"
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_ABOUT = {"software": f"watchfloor/{__version__}", "format": "WARC File Format 1.1"}


class Packed(Struct, frozen=True, kw_only=True):
    """One record, packed as a gzip member of its own. id: without angle brackets."""

    id: str
    data: bytes


class _Verbatim(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers that warcio writes as they are, since it would rewrite what is not ASCII."""

    def __init__(self, head: bytes) -> None:
        super().__init__("verbatim", [])
        self._head = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """Keep the bytes."""
        self.headers_buff = self._head


def group_of(fetch: Fetch, capture: Capture | None, original: Evidence | None) -> list[Packed]:
    """Return the records of a fetch in their order; [] when nothing passed between the node and the source.

    capture: what was made of the answer. original: the record that holds the very payload already; it is referred to.
    """
    if not fetch.exchanges:
        return []
    *redirects, answer = fetch.exchanges
    last = _response(answer, original)
    made: list[Packed] = []
    for exchange in redirects:
        response = _response(exchange, None, last.id)
        made += [_request(exchange, response.id), response]
    made.append(_fields(answer, _of_fetch(fetch), last.id))
    if capture is not None:
        made.append(_told(answer, capture, last.id))
    return [*made, _request(answer, last.id), last]


def info_record(name: str, at: datetime, **fields: str) -> Packed:
    """Return the record that stands first in a file and says what made it."""
    return _packed("warcinfo", "", at, _warc_fields({**_ABOUT, **fields}), _FIELDS, {"WARC-Filename": name})


def resource_record(url: str, at: datetime, data: bytes, media_type: str) -> Packed:
    """Return a record of bytes that did not come over the web."""
    headers = {"WARC-Payload-Digest": _digest(data)}
    return _packed("resource", recorded_url(url), at, data, media_type, headers)


def told_of(block: bytes) -> Capture:
    """Return what a capture was told, without its bytes; raise msgspec's errors for what is none."""
    return json.decode(block, type=Capture)


def warc_date(at: datetime) -> str:
    """Return a time as WARC 1.1 writes it, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _request(exchange: Exchange, response: str) -> Packed:
    headers = {"WARC-Concurrent-To": f"<{response}>", **_ip(exchange)}
    return _packed("request", recorded_url(exchange.url), exchange.asked, b"", None, headers, request_head(exchange))


def _response(exchange: Exchange, original: Evidence | None, answer: str | None = None) -> Packed:
    """Pack a response; answer: the id of the last one of the group, None for that one itself."""
    headers = {"WARC-Payload-Digest": _digest(exchange.body), **_ip(exchange)}
    if answer is not None:
        headers["WARC-Concurrent-To"] = f"<{answer}>"
    if exchange.cut:
        headers["WARC-Truncated"] = "unspecified"
    kind, body = "response", exchange.body
    if original is not None:
        kind, body = "revisit", b""
        headers |= {
            "WARC-Profile": _REVISIT,
            "WARC-Refers-To": f"<{original.record}>",
            "WARC-Refers-To-Target-URI": recorded_url(original.url),
            "WARC-Refers-To-Date": warc_date(original.date),
        }
    return _packed(kind, recorded_url(exchange.url), exchange.asked, body, None, headers, response_head(exchange))


def _fields(exchange: Exchange, said: dict[str, str], response: str) -> Packed:
    headers = {"WARC-Concurrent-To": f"<{response}>"}
    return _packed("metadata", recorded_url(exchange.url), exchange.asked, _warc_fields(said), _FIELDS, headers)


def _told(exchange: Exchange, capture: Capture, response: str) -> Packed:
    headers = {"WARC-Concurrent-To": f"<{response}>"}
    said = json.encode(structs.replace(capture, data=b"", evidence=None), order="deterministic")
    return _packed("metadata", recorded_url(exchange.url), exchange.asked, said, TOLD, headers)


def _of_fetch(fetch: Fetch) -> dict[str, str]:
    last = fetch.exchanges[-1]
    said = {
        "outcome": fetch.outcome,
        "detail": fetch.detail,
        "address": fetch.address,
        "ip": last.ip or "",
        "fetchTimeMs": str(round(1000 * last.seconds)),
        "exchanges": str(len(fetch.exchanges)),
    }
    return said | ({"cut": "the body is not whole"} if last.cut else {})


def _warc_fields(said: dict[str, str]) -> bytes:
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in said.items() if value.strip())
    return "".join(lines).encode("utf-8", "replace")


def _ip(exchange: Exchange) -> dict[str, str]:
    try:
        return {"WARC-IP-Address": str(ipaddress.ip_address(exchange.ip or ""))}
    except ValueError:
        return {}


def _digest(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"


def _packed(
    kind: str, url: str, at: datetime, body: bytes, media_type: str | None, headers: dict[str, str], head: bytes = b""
) -> Packed:
    """Pack one record; its id is made of what it holds, so that the same is the same wherever it is written."""
    block = _digest(head + body)
    name = "\n".join((kind, url, warc_date(at), block, *(f"{key} {headers[key]}" for key in sorted(headers))))
    id = UUID(bytes=sha256(name.encode()).digest()[:16], version=5).urn
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=media_type or "",
        warc_headers_dict={
            "WARC-Type": kind,
            "WARC-Record-ID": f"<{id}>",
            "WARC-Date": warc_date(at),
            **headers,
            "WARC-Block-Digest": block,
        },
        http_headers=_Verbatim(head) if head else None,
    )
    writer.write_record(record)
    return Packed(id=id, data=out.getvalue())
