"""A report from a mail message: its subject is the headline, its text part the text."""

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

import msgspec
from msgspec import Struct

from watchfloor.clean import addresses, mail_furniture, outlets, pages, plain, published, residue
from watchfloor.clean.decoding import decode, whole
from watchfloor.clean.draft import Draft
from watchfloor.clean.page_tree import declared_charset
from watchfloor.core.errors import SetAside
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Flag

PART = "clean.mail@2"

_MIN_PLAIN = 40  # words of a text part that is more than "please view this in a browser"; assumed
_MAX_HEADER = 2000  # letters of a header line looked at
_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr)\s?:)+\s*", re.IGNORECASE)


_WEAK = frozenset({None, outlets.BY_NAME, outlets.BY_HOST, pages.BY_HOST})  # evidence that the sender's name replaces


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
    name, how = _sender(message) if made.outlet_how in _WEAK else (made.outlet, made.outlet_how)
    return msgspec.structs.replace(
        made,
        published=found,
        outlet=name or made.outlet,
        outlet_how=how or made.outlet_how,
        flags=(*made.flags, *_attachments(message)),
    )


def _from_parts(message: Message, parts: tuple[_Part, ...], collected: date) -> Draft:
    subject = _PREFIX.sub("", _header(message, "subject"))
    texts = [part for part in parts if part.kind == "text/plain"]
    markup = [part for part in parts if part.kind == "text/html"]
    if markup and not (texts and len(texts[0].data.split()) >= _MIN_PLAIN):
        page = markup[0]
        markup_text = decode(page.data, page.charset or declared_charset(page.data))
        made = pages.draft(markup_text, collected, None, (*residue.PAGE, mail_furniture.footers))
        headline = made.headline or subject or None
        return msgspec.structs.replace(made, headline=headline, generated_by=f"{PART}+{made.generated_by}")
    if not texts:
        kinds = ", ".join(sorted({part.kind for part in parts})) or "nothing"
        raise SetAside("no-body", f"found no text in the mail, only {kinds[:200]}")
    text = decode(texts[0].data, texts[0].charset)
    if not subject:
        return plain.draft(text, collected, (*mail_furniture.TEXT, *residue.TEXT), PART)
    judges = (mail_furniture.subject, *mail_furniture.TEXT, *residue.TEXT)
    return plain.draft(f"{subject}\n\n{text}", collected, judges, PART)


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


def _sender(message: Message) -> tuple[str, str] | tuple[None, None]:
    """Return the outlet that sent the mail, and the evidence; a forwarded mail says nothing of it.

    The sender's name counts when it says the same as the domain: else it may be that of a person.
    """
    if _PREFIX.match(_header(message, "subject")):
        return None, None
    name, address = parseaddr(_header(message, "from"))
    domain = address.rpartition("@")[2].lower()
    if "." not in domain or domain in outlets.FREE_MAIL:
        return None, None
    if addresses.agree(name, domain):
        return name, "sender of the mail"
    return domain, "domain of the mail's sender"


def _sent(message: Message, collected: date) -> PartialDate | None:
    """The Date line, day and minute as printed there."""
    try:
        sent = parsedate_to_datetime(_header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return published.read(sent.strftime("%Y-%m-%dT%H:%M"), "the mail's Date line", collected)
