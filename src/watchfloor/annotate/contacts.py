"""Who was in contact with whom: calls, meetings, summons, visits and what is planned of them.

Each telling is a contact of its own; which tellings are one contact is decided later, in fuse. A sent envoy is told as
a delegation of one.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, structs

from watchfloor.annotate import gazetteer, modality, scenes
from watchfloor.annotate.parties import Actor
from watchfloor.annotate.scenes import Scene
from watchfloor.core.annotation import Annotation, Contact, ContactType, Party
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span

VERSION = "annotate.contacts@2"

_DATE = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d|(?:[A-Z][a-z]{2,8}\.?\s\d))"
_TOPIC = re.compile(
    r"\b(?:to\s(?:discuss|share|protest|talk\sabout|review|explain)|about|regarding|concerning|over|on)\s"
    rf"(?!(?:the\s)?(?:phone|telephone|occasion|sidelines|side|line|{_DATE}))(?P<topic>[^.;,“”\"]{{4,120}})"
)
_IN_PERSON = re.compile(r"\b(?:sidelines?|in\sperson|met|meeting|summit|face\sto\sface|reporters|journalists)\b", re.I)
_TELEPHONE = re.compile(r"\b\w+\s(?:on\sthe|by|over\sthe)\s(?:tele)?phone\swith\b")
_PAST: frozenset[str] = frozenset({"actual", "alleged"})

Read = Callable[[Scene, "re.Match[str]"], list[Party]]


class Shape(Struct, frozen=True):
    """One way of telling a contact: its words and how its parties are read around them."""

    contact_type: ContactType
    words: re.Pattern[str]
    read: Read


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Contact]:
    """Yield every telling of a contact, in text order; a passage told twice word for word is told once.

    found: mentions, times, places and attributions.
    """
    told = [contact for scene in scenes.scenes(report, found) for contact in _told(scene)]
    for contact in told:
        yield contact if contact.date else _dated(contact, told)


def _told(scene: Scene) -> Iterator[Contact]:
    """Yield the contacts of one sentence; of two shapes at the same words only the first."""
    matches = [(match, shape) for shape in SHAPES for match in shape.words.finditer(scene.text, scene.start, scene.end)]
    done: list[tuple[str, frozenset[tuple[str, str | None]]]] = []
    end = scene.start
    for match, shape in sorted(matches, key=lambda pair: pair[0].start()):
        parties = shape.read(scene, match)
        names = frozenset((party.name, party.role) for party in parties)
        again = any(kind == shape.contact_type and names <= before for kind, before in done)
        if match.start() < end or again or not _suffices(shape.contact_type, parties):
            continue
        end = match.end()
        done.append((shape.contact_type, names))
        yield _contact(scene, match, shape.contact_type, parties)


def _suffices(contact_type: ContactType, parties: Sequence[Party]) -> bool:
    """Return whether the parties make a contact: two, or one body where the other side is not said."""
    if contact_type == "press_briefing":
        return len(parties) == 1
    if contact_type == "delegation":
        return len(parties) > 0
    if contact_type == "meeting" and len(parties) == 1:
        return parties[0].country == gazetteer.MANY_STATES
    return len(parties) > 1


def _contact(scene: Scene, match: re.Match[str], contact_type: ContactType, parties: Sequence[Party]) -> Contact:
    topic = _TOPIC.search(scene.text, match.end(), scene.end)
    host = next((party for party in parties if party.role == "host" and party.span), None)
    place = None if contact_type == "call" else scenes.place_near(scene, match.end() - 1)
    if place is None and host is not None and host.span is not None:
        place = scene.text[host.span.start : host.span.end]
    return Contact(
        span=Span(report=scene.report, start=scene.start, end=scene.end),
        contact_type=contact_type,
        parties=tuple(parties),
        date=scenes.date_near(scene, match.start(), match.end()),
        place=place,
        status=modality.status(scene.text, (scene.start, scene.end), (match.start(), match.end())),
        topic=" ".join(topic["topic"].split()) if topic else None,
        generated_by=VERSION,
    )


def _dated(contact: Contact, told: Sequence[Contact]) -> Contact:
    """Return the contact with the date that the report gives it elsewhere, where it gives just one."""
    sides = _sides(contact)
    dates: dict[str, PartialDate] = {}
    for other in told:
        same = other.contact_type == contact.contact_type and sides == _sides(other)
        if same and other.date is not None and {contact.status, other.status} <= _PAST:
            dates.setdefault(str((other.date.value, other.date.low)), other.date)
    if len(dates) != 1:
        return contact
    date = next(iter(dates.values()))
    return structs.replace(contact, date=structs.replace(date, how=f"{date.how}; told elsewhere in the report"))


def _sides(contact: Contact) -> frozenset[str]:
    return frozenset(party.country or party.name for party in contact.parties)


def _both(left: Sequence[Actor], right: Sequence[Actor], roles: tuple[str | None, str | None]) -> list[Party]:
    """Return the parties of both sides, none twice; none when the second side is the first again."""
    first, second = scenes.parties_of(left, roles[0]), scenes.parties_of(right, roles[1])
    names = {party.name for party in first}
    new = [party for party in second if party.name not in names]
    return first + new if new or not second else []


def _with(scene: Scene, match: re.Match[str]) -> list[Party]:
    """A held talks with B; talks between A and B; A and B held talks"""
    right = scenes.partner(scene, match.end())
    if re.search(r"\bbetween\s$", scene.text[match.end() - 1 : right[0].start] if right else "") and len(right) > 1:
        return _both([], right, (None, None)) or scenes.parties_of(right)
    left = scenes.owner(scene, match.start()) or scenes.subject(scene, match.start())
    return _both(left, right, (None, None))


def _speaks_with(scene: Scene, match: re.Match[str]) -> list[Party]:
    """A spoke with B, both persons, and not where they stood face to face"""
    if _IN_PERSON.search(scene.text, scene.start, scene.end):
        return []
    right = [one for one in scenes.target(scene, match.end(), near=25) if one.kind == "person"]
    left = [one for one in scenes.subject(scene, match.start(), personal=True) if one.kind == "person"]
    return _both(left, right, (None, None)) if left and right else []


def _again_with(scene: Scene, match: re.Match[str]) -> list[Party]:
    """A spoke by telephone with B and afterwards with C: the call of A and C"""
    before = _TELEPHONE.search(scene.text, scene.start, match.start())
    if before is None:
        return []
    right = scenes.target(scene, match.end())
    left = scenes.subject(scene, before.start())
    return _both(left[:1], right, (None, None)) if right else []


def _does(roles: tuple[str, str], *, personal: bool = False, to: bool = False) -> Read:
    """A summons B; passive: B is summoned by A. to: B stands after "to"."""

    def read(scene: Scene, match: re.Match[str]) -> list[Party]:
        before = scene.text[max(scene.start, match.start() - 24) : match.start()]
        if re.search(r"\b(?:was|were|been|being|be|is|are)\s(?:\w+ly\s)?$|[“\"]$", before) and match[
            0
        ].strip().endswith("ed"):
            patient = scenes.subject(scene, match.start())
            doer = scenes.agent(scene, match.end()) or scenes.partner(scene, match.end(), to=True)
            return _both(doer, patient, roles) if doer else []
        left = scenes.subject(scene, match.start(), personal=personal)
        right = scenes.partner(scene, match.end(), to=True) if to else scenes.target(scene, match.end())
        return _both(left, right, roles) if right else []

    return read


def _travels(scene: Scene, match: re.Match[str]) -> list[Party]:
    """A visits B; A's visit to B; A travelled to B"""
    left = scenes.owner(scene, match.start()) or scenes.subject(scene, match.start(), personal=True)
    right = scenes.target(scene, match.end(), near=25)
    hosts = [one for one in right if one.kind in {"country", "place", "person", "organisation"}]
    return _both(left, hosts[:1], ("visitor", "host")) if hosts else []


def _arrives(scene: Scene, match: re.Match[str]) -> list[Party]:
    """A arrives in B; "1,500 of them have arrived in B" says nothing of whoever was named before"""
    if re.search(
        r"\b(?:of\s(?:them|those|these)|they|who|which|\d)\b[^.;]{0,30}$", scene.text[scene.start : match.start()]
    ):
        return []
    return _travels(scene, match)


def _sends(scene: Scene, match: re.Match[str]) -> list[Party]:
    """A sends a delegation to B; a delegation of A"""
    inside = next((one.end for one in scene.actors if one.start < match.end() < one.end), match.end())
    of = gazetteer.countries_in(scene.text[match.end() : inside]) if scene.text.startswith(" of ", match.end()) else []
    if of:  # "a delegation of the Polish government"
        span = Span(report=scene.report, start=match.end() + of[0][0], end=match.end() + of[0][1])
        name = gazetteer.country_name(of[0][2]) or scene.text[span.start : span.end]
        sender = [Party(name=name, country=of[0][2], role="sender", span=span)]
    else:
        sender = scenes.parties_of(scenes.subject(scene, match.start()), "sender")
    host = [structs.replace(one, role="host") for one in scenes.host_near(scene, match.end())]
    if not host:
        host = scenes.parties_of(scenes.partner(scene, match.end(), 50, to=True), "host")
    return sender + [one for one in host if one.name not in {party.name for party in sender}]


def _speaks(scene: Scene, match: re.Match[str]) -> list[Party]:
    """A said in a press briefing"""
    return scenes.parties_of(scenes.subject(scene, match.start()), "speaker")[:1]


_A = r"(?:(?:a|an|the|their|his|her|its|another)\s)?(?:[\w-]+\s){0,3}?"
_HELD = (
    r"(?:held|holds?|holding|had|having|began|begins?|start(?:s|ed)?|launch(?:es|ed)?|resum(?:e|es|ed)|conduct(?:s|ed)?"
    r"|mov(?:e|es|ed)\s(?:forward|ahead)\swith|continu(?:e|es|ed)|host(?:s|ed)?)"
)
_PHONE = r"(?:phone|telephone|video)"
_NAMED = r"(?=(?:the\s)?[A-Z]|(?:the|his|her|its)\s)"


def _shape(contact_type: ContactType, words: str, read: Read) -> Shape:
    return Shape(contact_type, re.compile(words), read)


SHAPES = (
    _shape("call", rf"\b(?:{_HELD}|in|during)\s{_A}{_PHONE}\s(?:calls?|talks|conversations?|conferences?)\b", _with),
    _shape("call", rf"\b{_PHONE}\s(?:calls?|talks|conversations?)\s(?=with|between)", _with),
    _shape(
        "call",
        r"\b(?:spoke|speaks?|speaking|spoken|talks?|talked|discuss(?:es|ed)?)\b"
        r"(?=[^.;:]{0,90}?\b(?:on|over|by)\s(?:the\s)?(?:phone|telephone)\b)",
        _with,
    ),
    _shape("call", rf"\b(?:tele)?phoned\s{_NAMED}", _does(("caller", "called"))),
    _shape("call", r"\b\w+\s(?=with\s[^.;:,]{3,90}?\sby\s(?:tele)?phone\b)", _with),
    _shape("call", r"\b(?:afterwards|later|then)\swith\s", _again_with),
    _shape("call", r"\b(?:spoke|speaks|speaking)\swith\s", _speaks_with),
    _shape("meeting", r"\b(?:met|meets?|meeting)\s(?=(?:[\w-]+\s){0,2}with\s)", _with),
    _shape("meeting", rf"\b(?:met|meets?)\s{_NAMED}", _does(("party", "party"))),
    _shape(
        "meeting",
        rf"\b{_HELD}\s{_A}(?:meetings?|talks|summits?|consultations?|discussions|negotiations)\b",
        _with,
    ),
    _shape("meeting", r"\b(?:meetings?|talks|summits?|consultations|negotiations)\s(?=with\s|between\s)", _with),
    _shape("meeting", r"\b(?:shak(?:es?|ing)|shook)\shands\b", _with),
    _shape("summons", r"\bsummon(?:s|ed|ing)?\b", _does(("summoner", "summoned"))),
    _shape("summons", rf"\bcall(?:s|ed|ing)\sin\s{_NAMED}", _does(("summoner", "summoned"))),
    _shape("visit", rf"\bvisit(?:s|ed|ing)?\s{_NAMED}", _travels),
    _shape("visit", r"\b(?:an?\s(?:[\w-]+\s){0,2})?(?:visits?|trips?)\sto\b", _travels),
    _shape("visit", r"\b(?:travel(?:s|l?ed|l?ing)?|flew|flies|fly|went)\sto\b", _travels),
    _shape("visit", r"\b(?:be|is|was)\sin\b(?=[^.;]{3,40}\sfor\s(?:a|an)\s[\w\s-]{0,25}visit\b)", _travels),
    _shape("visit", rf"\barriv(?:es|ed|ing)\s(?:in|at)\s{_NAMED}", _arrives),
    _shape("briefing", rf"\bbrief(?:s|ed|ing)?\s{_NAMED}", _does(("briefer", "briefed"))),
    _shape("press_briefing", r"\b(?:press|news)\s(?:briefing|conference)s?\b", _speaks),
    _shape(
        "delegation",
        rf"\b(?:send|sends|sent|sending|dispatch(?:es|ed|ing)?)\s{_A}(?:delegations?|envoys?)\b",
        _sends,
    ),
    _shape("invitation", r"\binvit(?:es?|ed|ing)\b", _does(("inviter", "invited"))),
    _shape("letter", rf"\b(?:sends?|sent|wr(?:ites?|ote))\s{_A}letters?\b", _does(("sender", "addressee"), to=True)),
)
