"""Who published a plain text, and whom it credits."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from watchfloor.clean import addresses, bylines, mastheads, notices, published
from watchfloor.clean.bylines import Byline
from watchfloor.clean.labels import Labels
from watchfloor.clean.syndication import Credit
from watchfloor.clean.units import Unit

_OWNER = re.compile(
    r"(?:copyright|©|\(c\)|저작권자)(?:[\s©:：]|\(c\)|copyright|\d{4}(?:\s?[-–]\s?\d{2,4})?|by\b|"
    r"[,.])*(?P<name>[^\W\d_][^.|;,\n]{1,60}?)"
    r"\s*(?:[.|;,)]|$|\ball rights|\balle rechte|\btous droits|\btodos los|무단|及|禁|\d{4})",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"^\W{0,3}(?:(?:sources?|quelle|fuente|fonte|bron|출처|источник|来源|出典|via)\s?[:：]\s?|.{0,80}?\b(?:appeared|"
    r"published|posted|reprinted|republished)\s"
    r"(?:\w+\s){0,2}?(?:in|on|by|at|from|with permission (?:of|from))\s)(?P<name>[^\n]{2,80})$",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"\s*(?:,?\s(?:on|in)\s(?:\w+\s)?\d.*|\bon\s\w+\s\d.*|[.。].*)$")
_NOBODY = re.compile(r"^(?:all rights|rights|reserved|the author|author|me|us|notice)\b", re.IGNORECASE)

_POSSESSIVE = re.compile(r"['’]s?$")
_SIGNING = frozenset({"byline", "dateline", "boilerplate", "dek", "headline"})
_MAX_MASTHEAD = 22  # weight

FREE_MAIL = frozenset(
    "gmail.com googlemail.com hotmail.com outlook.com live.com yahoo.com icloud.com me.com aol.com gmx.de "
    "gmx.net web.de mail.ru yandex.ru "
    "naver.com daum.net hanmail.net kakao.com qq.com 163.com 126.com proton.me protonmail.com laposte.net "
    "free.fr orange.fr ukr.net".split()
)
"""Mail services whose addresses say nothing about where a writer works."""


BY_NAME = "name that agrees with the host of its address"
BY_HOST = "host of its address"


class Publisher(Struct, frozen=True):
    """The outlet's name or domain, and the evidence."""

    name: str
    how: str


def publisher(
    units: Sequence[Unit], labels: Labels, written: Sequence[Byline], appendix: str | None, address: str | None
) -> Publisher | None:
    """Return who published the text, None when nothing in it says so.

    By its copyright line, its appendix's signature, the writer's mail address, or the address it gives itself.
    """
    for unit, label in zip(units, labels, strict=True):
        if label and label.reason == "copyright notice":
            owner = _OWNER.search(unit.head)
            if owner and not _NOBODY.match(owner["name"].strip()):
                return Publisher(owner["name"].strip(), "copyright line")
    if appendix:
        return Publisher(_POSSESSIVE.sub("", appendix), "signature of the appended interview")
    for byline in written:
        if byline.mail_domain and byline.mail_domain not in FREE_MAIL:
            return Publisher(byline.mail_domain, "domain of the writer's mail address")
    if (masthead := _beside_date(units, labels)) is not None:
        return Publisher(masthead, "line with the outlet and the day")
    domain = addresses.host(address)
    if domain is None:
        return None
    name = next(_named(units, labels, domain), None)
    if name:
        return Publisher(name, BY_NAME)
    return Publisher(domain, BY_HOST)


def _beside_date(units: Sequence[Unit], labels: Labels) -> str | None:
    """Return the outlet that signs with the day in a line at the head."""
    for unit, label in zip(units[: mastheads.HEAD], labels, strict=False):
        if label is None:
            return None  # the body has begun
        if label.kind in _SIGNING and (name := mastheads.outlet(unit)):
            return name
    return None


def _named(units: Sequence[Unit], labels: Labels, domain: str) -> Iterator[str]:
    """Yield what stands in the furniture and is the host in words: a masthead, or a newsroom's signature."""
    for unit, label in zip(units, labels, strict=True):
        if label is None or label.kind not in _SIGNING or unit.weight > _MAX_MASTHEAD:
            continue
        for name in (bylines.desk(unit), unit.head):
            if name and addresses.agree(name, domain):
                yield name


def credits(units: Sequence[Unit], labels: Labels) -> tuple[Credit, ...]:
    """Return the outlets credited in lines of their own, each with the offsets of its line."""
    found = []
    for unit, label in zip(units, labels, strict=True):
        if label is None or label.kind != "credit":
            continue
        if label.reason == notices.SIGNED:
            name = notices.signature(unit)
            if name:
                found.append(Credit(name, unit.start, unit.end, by_line=False))
            continue
        match = _CREDITED.match(unit.head)
        name = _TRAILING.sub("", match["name"]).strip() if match else ""
        if name:
            found.append(Credit(name, unit.start, unit.end, by_line=True))
    return tuple(found)


def agency(units: Sequence[Unit], labels: Labels) -> tuple[Credit, ...]:
    """Return the agency of the date line, if it names one."""
    found = published.agency_of(units, labels)
    return (Credit(*found, by_line=False),) if found else ()
