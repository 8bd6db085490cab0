"""What each report calls whom: the matter from which entities are put together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct, field

from watchfloor.core.annotation import Annotation, Attribution, Contact, Event, Mention, Party
from watchfloor.core.entity import Role
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.resolve import bodies, names, states
from watchfloor.resolve.cast import surname, surname_keys
from watchfloor.resolve.casting import titles_of
from watchfloor.resolve.layout import Layout, lay_out
from watchfloor.resolve.posts import posts
from watchfloor.resolve.roles import is_description

_STATED = 100  # a state in the words for a body outweighs so many guesses at its name alone


class Naming(Struct, eq=False):
    """One person or body as one report names it.

    name: its fullest name there. spellings: every form met, with how often. countries: ISO codes met, with how often.
    introduced: the report says who it is. beside: names of those it is in contact with, with the kind of contact.
    office: the report speaks of its office or government. near: states whose capital stands in one sentence with it.
    roles: its posts. translated: a machine translated the report.
    """

    report: str
    type: Literal["person", "organisation"]
    name: str
    spellings: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    spans: set[Span] = field(default_factory=set)
    introduced: bool = True
    beside: set[tuple[str, str]] = field(default_factory=set)
    office: bool = False
    roles: list[Role] = field(default_factory=list)
    translated: bool = False

    @property
    def country(self) -> str | None:
        """Return the state it belongs to as the report says most often, first in the alphabet among equals."""
        if self.type == "organisation":
            stated = bodies.parse(self.name).country or states.state(self.name)
            if stated:
                return stated
        return min(self.countries, key=lambda code: (-self.countries[code], code), default=None)


def of(report: Report, annotations: Sequence[Annotation]) -> list[Naming]:
    """Return whom a report names, from annotations resolved within it, sorted by name."""
    found: dict[str, Naming] = {}
    longest: dict[int, int] = {}
    for one in annotations:
        if isinstance(one, Mention) and one.type == "organisation":
            longest[one.span.start] = max(one.span.end, longest.get(one.span.start, 0))
    for one in annotations:
        if isinstance(one, Mention) and not (one.type == "organisation" and one.span.end < longest[one.span.start]):
            _mention(found, report, one)
    for one in annotations:
        if isinstance(one, Attribution) and not one.machine_generated:
            _speaker(found, report, one)
        elif isinstance(one, Contact):
            _parties(found, report, one.parties, one.contact_type)
        elif isinstance(one, Event):
            _parties(found, report, (*one.actor, *one.recipient), None)
    _misread(found)
    layout = lay_out(report)
    _posts(found, report, annotations, layout)
    _surroundings(found.values(), report, layout)
    translated = any(flag.name in _TRANSLATED for flag in report.flags)
    for naming in found.values():
        naming.translated = translated
    return [found[key] for key in sorted(found)]


def _mention(found: dict[str, Naming], report: Report, one: Mention) -> None:
    """Add a mention of a person or body to what it stands for; an open description is left out."""
    if one.type not in ("person", "organisation") or not one.name[:1].isalnum():
        return
    if one.name.endswith(("'s", "’s")) and states.state(one.name):  # "Russia's": whose, and nobody by itself
        return
    described = is_description(one.name) if one.type == "person" else not bodies.is_name(bodies.bare(one.name))
    name = one.refers_to or (None if described else one.name)
    if not name:
        return
    alone = one.refers_to is None and one.type == "person" and " " not in one.name
    known = _at(found, report, name, one.type, introduced=not alone)
    known.spans.add(one.span)
    if one.type == "person" and not described:
        known.spellings[one.name] += 1
    if one.type == "organisation":
        known.spellings[bodies.spelled(one.name)] += 1
    if one.type == "organisation":
        stated = bodies.parse(one.name).country
        if stated or one.country:
            known.countries[stated or one.country or ""] += _STATED if stated else 1
    elif not described:
        titles = titles_of(report.text, one)
        known.titles.update(titles)
        if one.country and (titles or not one.title):
            known.countries[one.country] += 1


def _misread(found: dict[str, Naming]) -> None:
    """Give a body of one word that is the surname of one person of the report, and nothing else, to that person."""
    people: dict[str, list[Naming]] = {}
    for one in found.values():
        if one.type == "person" and " " in one.name:
            people.setdefault(surname_keys(surname(one.name))[-1], []).append(one)
    for key, one in list(found.items()):
        if one.type != "organisation" or not one.name.isalpha() or one.name.isupper() or bodies.parse(one.name).kind:
            continue
        bearers = people.get(surname_keys(one.name)[-1], [])
        if len(bearers) == 1 and not states.state(one.name):
            bearer = bearers[0]
            bearer.spellings.update(one.spellings)
            bearer.spans |= one.spans
            bearer.beside |= {pair for pair in one.beside if pair[1] != bearer.name}
            del found[key]


def _speaker(found: dict[str, Naming], report: Report, one: Attribution) -> None:
    """Add the words for a speaker; joint speakers are taken apart when each is known."""
    if not one.speaker or one.speaker_type not in ("person", "organisation"):
        return
    parts = one.speaker.split(" and ")
    if len(parts) > 1 and names.fold(one.speaker) not in found:
        joint = all(names.fold(part) in found or states.state(part) for part in parts)
        if joint or one.speaker_type == "person":
            for part in parts if joint else ():
                known = _at(found, report, part, "organisation", introduced=True)
                if not any(_within(span, one.source) for span in known.spans):  # else its own words are known
                    known.spans.update(one.source)
            return
    kind: Literal["person", "organisation"] = "person" if one.speaker_type == "person" else "organisation"
    known = _at(found, report, one.speaker, kind, introduced=one.introduced)
    known.spellings[one.speaker] += 1
    known.introduced = known.introduced and one.introduced
    known.spans.update(one.source)


def _within(span: Span, spans: Iterable[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in spans)


def _parties(found: dict[str, Naming], report: Report, parties: Sequence[Party], contact: str | None) -> None:
    """Note the states of parties and with whom they are in contact."""
    for party in parties:
        known = found.get(names.fold(party.name))
        if known is None:
            continue
        if party.country and known.type == "person" and party.country != "IGO":
            known.countries[party.country] += 1
        if contact:
            known.beside.update((contact, other.name) for other in parties if other.name != party.name)


def _at(
    found: dict[str, Naming], report: Report, name: str, kind: Literal["person", "organisation"], *, introduced: bool
) -> Naming:
    """Return the naming under a name, made when new."""
    key = names.fold(name) or name
    if key not in found:
        found[key] = Naming(report=report.id, type=kind, name=name, introduced=introduced)
        found[key].spellings[name] += 0
    return found[key]


def retyped(namings: Sequence[Naming]) -> list[Naming]:
    """Return the namings, each name as what it mostly is: a reader of one sentence takes a leader for a body at times.

    A state and its seat of power are bodies whatever is counted.
    """
    mentions: dict[str, Counter[str]] = {}
    for one in namings:
        mentions.setdefault(_plain(one.name), Counter())[one.type] += len(one.spans) + 1
    for one in namings:
        met = mentions[_plain(one.name)]
        if states.state(one.name) or states.seat(one.name):
            one.type = "organisation"
        elif len(met) > 1 and met["person"] != met["organisation"]:
            one.type = "person" if met["person"] > met["organisation"] else "organisation"
    return list(namings)


def _plain(name: str) -> str:
    korean = names.korean(name)
    return "korean " + " ".join(korean) if korean else names.fold(name)


def _posts(found: dict[str, Naming], report: Report, annotations: Sequence[Annotation], layout: Layout) -> None:
    """Note the posts of people."""
    for mention, role in posts(report, annotations, layout):
        known = found.get(names.fold(mention.refers_to or mention.name))
        if known is not None and known.type == "person":
            known.roles.append(role)


_TRANSLATED = frozenset(("machine-translated", "translated"))


def _surroundings(found: Iterable[Naming], report: Report, layout: Layout) -> None:
    """Note capitals in the sentences of bodies and the offices of people."""
    text = report.text.replace("’", "'")
    capitals = [(span, code) for span in layout.sentences if (code := _one_capital(text[span[0] : span[1]]))]
    by_start = dict(capitals)
    for one in found:
        if one.type == "organisation":
            for span in sorted(one.spans) if bodies.parse(one.name).kind not in _PRIVATE else ():
                if code := by_start.get(layout.sentence(span.start)):
                    one.near[code] += 1
        else:
            one.office = any(f"{name}'s {thing}" in text for name in one.spellings for thing in _OFFICES)


_PRIVATE = frozenset(("party", "media", "company", "bank", "institute", "university"))
"""Kinds of bodies that a capital beside them says nothing about."""

_OFFICES = ("office", "government", "administration", "cabinet")


def _one_capital(sentence: str) -> str | None:
    """Return the state whose capital alone stands in a sentence, None for none or several."""
    found = states.capitals(sentence)
    return next(iter(found)) if len(found) == 1 else None
