"""Who wrote it, from the line that says so."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from watchfloor.clean import dates, markdown
from watchfloor.clean.addresses import ONLINE
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit
from watchfloor.clean.widgets import is_control

_MAX_LINE = 200  # letters
_MAX_WEIGHT = 22
_MAX_LOOSE_NAME = 3  # names in a line that has a date beside them and no word like "By"

_LOCAL = re.compile(r"[\w.+-]{1,64}", re.ASCII)  # read backwards from the sign, so that no letter is read twice
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_MOST_SIGNS = 5  # "@" in a line that are looked at
_HIDDEN_MAIL = re.compile(r"\[\s?email\s?(?:\xa0)?protected\s?\]", re.IGNORECASE)
_PREFIX = re.compile(
    r"^\W{0,3}(?:(?:story |text |words |report(?:ed|ing)? |written |edited |analysis |photos? )?by\b:?|"
    r"reporters?\b:?|von\b|par\b|por\b|di\b|автор\s?:|"
    r"text\s?:|autor(?:es)?\s?:|authors?\s?:|writers?\s?:|correspondent\b:?)\s*",
    re.IGNORECASE,
)
_ORDER_OF_KOREAN = re.compile(r"^\W{0,3}reporter\s", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*(?:기자|특파원|記者|记者)\s*$")
_HANGUL_NAME = re.compile(r"^[가-힣]{2,4}$")
_SPLIT = re.compile(r"\s*(?:,|;|/|\||·|•|&|\band\b|\bund\b|\bet\b|\by\b)\s*")
_TOKEN = re.compile(
    r"^(?:[^\W\d_a-z][\w'’.-]*|[^\W\d_]\.|(?:de|da|di|del|della|van|von|der|den|dos|al|el|bin|ben|ibn|la|le|du|ter|"
    r"ten|zu|af|av|y))$"
)
_DESK = re.compile(
    r"^(?:by |von |par |por )?(?P<outlet>[A-ZÀ-ÖØ-Þ][\w.'’&-]{1,30}(?:\s[\w.'’&-]{1,30}){0,4})\s"
    r"(?:newsroom|news ?desk|editorial (?:team|staff|board)|staff|redaktion|rédaction|redacción|redazione)$"
)
_ROLES = re.compile(
    r"\b(?:staff|writer|reporter|correspondent|editors?|editorial|newsroom|desk|bureau|agency|agencies|news|press|"
    r"times|post|herald|tribune|journal|gazette|daily|wire|service"
    r"|team|contributor|columnist|chief|senior|special|washington|reuters|afp|ap|yonhap|media|online|com|report|"
    r"analyst|director|published|updated|posted)\b",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"(?:(?:first )?(?:published|posted|updated|last updated|modified|created|date|input|release[d]?|issued|"
    r"veröffentlicht|aktualisiert|stand|publié(?: le)?|mis à jour(?: le)?"
    r"|publicado(?: el)?|actualizado(?: el)?|опубликовано|обновлено|입력|등록|수정|승인|송고|게재|发布时间|"
    r"更新)\s?(?:on|at)?\s?[:：]?)|"
    r"\b(?:KST|GMT|UTC|CET|CEST|EST|EDT|ET|BST|MSK|JST|PST|PDT|local time|Uhr|IST)\b"
    r"|\b(?:mon|tue|wed|thu|fri|satur|sun|tues|wednes|thurs)(?:day)?\b|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b[ap]\.?m\b\.?",
    re.IGNORECASE,
)


class Byline(Struct, frozen=True):
    """What a byline names; mail_domain is that of the writer's address. korean_order: "Reporter" before the name."""

    names: tuple[str, ...]
    mail_domain: str | None
    dated: bool
    korean_order: bool


class _Mail(Struct, frozen=True):
    """Where a mail address stands in a line, and its domain."""

    start: int
    end: int
    domain: str


def bylines(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge lines that name the writer, and lines that hold nothing but the date of publication."""
    for index, unit in enumerate(units):
        if is_date_line(unit):
            yield index, Label("dateline", "date of publication or update")
        elif parse(unit):
            yield index, Label("byline", "names who wrote it")


def parse(unit: Unit) -> Byline | None:
    """Return what a line names as a byline: it must have names, and "By", an address or a date; else None."""
    if unit.end - unit.start > _MAX_LINE or unit.weight > _MAX_WEIGHT:
        return None
    line = markdown.words(unit.head)
    mail, hidden = _mail(line), _HIDDEN_MAIL.search(line)
    dated = any(True for _ in dates.full(line))
    rest = _DATE_WORDS.sub(" ", _without_dates(line)) if dated else line
    rest = _HIDDEN_MAIL.sub(" ", _without_mails(rest))
    prefix = _PREFIX.match(rest)
    rest = rest[prefix.end() :] if prefix else rest
    suffix = _SUFFIX.search(rest)
    names = tuple(_names(rest[: suffix.start()] if suffix else rest))
    if not (prefix or mail or hidden or dated or suffix) or not names:
        return _bare_mail(line, mail)
    if not (prefix or suffix) and len(names) > _MAX_LOOSE_NAME:
        return None
    korean = bool(_ORDER_OF_KOREAN.match(line)) and bool(mail or hidden)
    return Byline(names, mail.domain if mail else None, dated, korean)


def is_date_line(unit: Unit) -> bool:
    """Whether a line holds a full date and else only words like "Published", a time zone, a desk or a control."""
    if unit.end - unit.start > _MAX_LINE or unit.weight > _MAX_WEIGHT:
        return False
    line = markdown.words(unit.head)
    if not any(True for _ in dates.full(line)):
        return False
    rest = _DATE_WORDS.sub(" ", _without_dates(line))
    parts = [part.strip(" .:-–—|()[]=") for part in _SPLIT.split(rest)]
    return all(not re.search(r"[^\W\d_]{2}", part) or _DESK.match(part) or _is_link(part) for part in parts)


def desk(unit: Unit) -> str | None:
    """Return the outlet whose newsroom signs a line ("Norddal Courier newsroom"), None when none does."""
    for part in _SPLIT.split(markdown.words(unit.head[:_MAX_LINE])):
        match = _DESK.match(part.strip(" .:-–—|()[]="))
        if match:
            return match["outlet"]
    return None


def _is_link(part: str) -> bool:
    return is_control(part) or bool(ONLINE.search(part))


def labelled(units: Sequence[Unit], labels: Labels) -> list[Byline]:
    """Return what the lines say that are labelled as bylines, in their order."""
    signed = (unit for unit, label in zip(units, labels, strict=True) if label and label.kind == "byline")
    return [byline for unit in signed if (byline := parse(unit))]


def authors(found: Sequence[Byline]) -> tuple[str, ...]:
    """Return the names of all bylines, each once; a name in capitals is set in the usual case."""
    names = [usual_case(name) for byline in found for name in byline.names]
    return tuple(dict.fromkeys(names))


def _bare_mail(line: str, mail: _Mail | None) -> Byline | None:
    """A line that is nothing but an address still says for which outlet the writer works."""
    if mail and not re.search(r"\w", line[: mail.start] + line[mail.end :]):
        return Byline((), mail.domain, False, False)
    return None


def _mail(line: str) -> _Mail | None:
    """The first mail address in a line, with the bracket on either side."""
    at = -1
    for _ in range(_MOST_SIGNS):
        at = line.find("@", at + 1)
        if at < 0:
            return None
        local, domain = _LOCAL.match(line[max(0, at - 64) : at][::-1]), _DOMAIN.match(line, at + 1)
        if local and domain:
            start, end = at - local.end(), domain.end()
            return _Mail(
                start - (line[start - 1 : start] in {"[", "(", "<"}),
                end + (line[end : end + 1] in {"]", ")", ">"}),
                domain[0].lower(),
            )
    return None


def _without_mails(line: str) -> str:
    for _ in range(_MOST_SIGNS):
        mail = _mail(line)
        if mail is None:
            break
        line = line[: mail.start] + " " + line[mail.end :]
    return line


def _without_dates(line: str) -> str:
    for found in reversed(tuple(dates.full(line))):
        line = line[: found.start] + " " + line[found.end :]
    return line


def _names(rest: str) -> Iterator[str]:
    """Yield names of people; yields nothing at all when a part is neither a name nor a role."""
    names = []
    for part in _SPLIT.split(rest.strip(" \t\xa0()[]<>|-–—:·•,.=")):
        part = part.strip(" .:-–—|()[]=")
        if not part or _ROLES.search(part):
            continue
        place = re.match(r"(.{3,60}?)\s(?:in|from|at)\s[A-Z]", part)
        name = place[1] if place else part
        if not is_name(name):
            return
        names.append(name)
    yield from names


def is_name(name: str) -> bool:
    """Return whether the words can be a person's full name.

    >>> is_name("Anna van Oosten"), is_name("Storm floods coast"), is_name("Min")
    (True, False, False)
    """
    if _HANGUL_NAME.match(name):
        return True
    tokens = name.split()
    return 2 <= len(tokens) <= 5 and all(map(_TOKEN.match, tokens)) and not any(map(str.isdigit, name))


def usual_case(name: str) -> str:
    """Return a name in capitals in the usual case.

    >>> usual_case("ANNA VAN OOSTEN"), usual_case("AJ Lee")
    ('Anna Van Oosten', 'AJ Lee')
    """
    if not name.isupper() or len(name) < 4:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
