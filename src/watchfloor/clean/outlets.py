"""Who published a plain text, and whom it credits."""

import re
from collections.abc import Sequence

from msgspec import Struct

from watchfloor.clean.bylines import Byline
from watchfloor.clean.labels import Labels
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

# Mail services whose addresses say nothing about where a writer works.
_FREE_MAIL = frozenset(
    "gmail.com googlemail.com hotmail.com outlook.com live.com yahoo.com icloud.com me.com aol.com gmx.de "
    "gmx.net web.de mail.ru yandex.ru "
    "naver.com daum.net hanmail.net kakao.com qq.com 163.com 126.com proton.me protonmail.com laposte.net "
    "free.fr orange.fr ukr.net".split()
)


class Publisher(Struct, frozen=True):
    """The outlet's name or domain, and the evidence."""

    name: str
    how: str


def publisher(
    units: Sequence[Unit], labels: Labels, bylines: Sequence[Byline], appendix: str | None
) -> Publisher | None:
    """Return who published the text by its copyright line, its appendix's signature or the writer's mail address."""
    for unit, label in zip(units, labels, strict=True):
        if label and label.reason == "copyright notice":
            owner = _OWNER.search(unit.head)
            if owner and not _NOBODY.match(owner["name"].strip()):
                return Publisher(owner["name"].strip(), "copyright line")
    if appendix:
        return Publisher(appendix, "signature of the appended interview")
    for byline in bylines:
        if byline.mail_domain and byline.mail_domain not in _FREE_MAIL:
            return Publisher(byline.mail_domain, "domain of the writer's mail address")
    return None


def credited(units: Sequence[Unit], labels: Labels) -> tuple[tuple[str, int, int], ...]:
    """Return the outlets named in credit lines, each with the offsets of its line."""
    found = []
    for unit, label in zip(units, labels, strict=True):
        match = _CREDITED.match(unit.head) if label and label.kind == "credit" else None
        name = _TRAILING.sub("", match["name"]).strip() if match else ""
        if name:
            found.append((name, unit.start, unit.end))
    return tuple(found)
