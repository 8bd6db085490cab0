"""A report from a mail message: its subject is the headline, its text part the text."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

import msgspec
from msgspec import Struct

from watchfloor.clean import pages, plain, published, residue
from watchfloor.clean.decoding import decode, whole
from watchfloor.clean.draft import Draft
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.page_tree import declared_charset
from watchfloor.clean.units import Unit
from watchfloor.core.errors import SetAside
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Flag

PART = "clean.mail@1"

_MIN_PLAIN = 40  # words of a text part that is more than "please view this in a browser"; assumed
_FORWARDED = re.compile(
    r"^\W*(?:from|to|cc|sent|date|subject|reply-to|von|an|gesendet|betreff|de|à|objet|보낸\s?사람|받는\s?사람|제목)\s?:\s?\S",
    re.IGNORECASE,
)
_MIN_FORWARDED = 2  # such lines in a row
_MAX_HEADER = 2000  # letters of a header line looked at
_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr)\s?:)+\s*", re.IGNORECASE)


class _Part(Struct, frozen=True):
    kind: str
    data: bytes
    charset: str | None


def draft(data: bytes, collected: date) -> Draft:
    """Return what a message says; raises SetAside. Attachments are not read: they stay in the capture."""
    try:
        message = message_from_bytes(data)
        parts = tuple(_parts(message))
    except RecursionError:
        raise SetAside("broken-mail", "found parts nested deeper than any mail program makes them") from None
    made = _from_parts(message, parts, collected)
    found = made.published or _sent(message, collected)
    return msgspec.structs.replace(made, published=found, flags=(*made.flags, *_attachments(message)))


def headers(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the header lines of a forwarded message."""
    run: list[int] = []
    for index, unit in enumerate(units):
        if _FORWARDED.match(unit.head) and not unit.prose:
            run.append(index)
            if len(run) == _MIN_FORWARDED:
                yield from ((place, Label("boilerplate", "header of a forwarded mail")) for place in run)
            elif len(run) > _MIN_FORWARDED:
                yield index, Label("boilerplate", "header of a forwarded mail")
        else:
            run = []


def _subject_line(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    if units:
        yield 0, Label("headline", "subject of the mail")


def _from_parts(message: Message, parts: tuple[_Part, ...], collected: date) -> Draft:
    subject = _PREFIX.sub("", _header(message, "subject"))
    texts = [part for part in parts if part.kind == "text/plain"]
    markup = [part for part in parts if part.kind == "text/html"]
    if markup and not (texts and len(texts[0].data.split()) >= _MIN_PLAIN):
        page = markup[0]
        made = pages.draft(decode(page.data, page.charset or declared_charset(page.data)), collected, None)
        headline = made.headline or subject or None
        return msgspec.structs.replace(made, headline=headline, generated_by=f"{PART}+{made.generated_by}")
    if not texts:
        kinds = ", ".join(sorted({part.kind for part in parts})) or "nothing"
        raise SetAside("no-body", f"found no text in the mail, only {kinds[:200]}")
    text = decode(texts[0].data, texts[0].charset)
    if not subject:
        return plain.draft(text, collected, (headers, *residue.TEXT), PART)
    return plain.draft(f"{subject}\n\n{text}", collected, (_subject_line, headers, *residue.TEXT), PART)


def _parts(message: Message) -> Iterator[_Part]:
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        payload = part.get_payload(decode=True)
        charset = part.get_param("charset")
        if isinstance(payload, bytes) and payload.strip():
            yield _Part(part.get_content_type(), payload, charset if isinstance(charset, str) else None)


def _attachments(message: Message) -> Iterator[Flag]:
    count = sum(part.get_content_disposition() == "attachment" for part in message.walk())
    if count:
        yield Flag(name="truncated", certainty="certain", detail=f"{count} attachments of the mail are not read")


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        text = str(make_header(decode_header(str(value)[:_MAX_HEADER])))
    except (HeaderParseError, LookupError, ValueError):
        text = str(value)[:_MAX_HEADER]
    return " ".join(whole(text).split())


def _sent(message: Message, collected: date) -> PartialDate | None:
    value = _header(message, "date")
    try:
        day = parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return published.read(day.isoformat(), "the mail's Date line", collected)
