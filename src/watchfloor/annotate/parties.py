"""Who can act: the mentions of a report as parties, pronouns and "the two leaders" included."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from msgspec import Struct, structs

from watchfloor.annotate import gazetteer
from watchfloor.annotate.actor_codes import Coded, code_of
from watchfloor.core.annotation import Attribution, Mention, Party
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span

KINDS: tuple[PassageKind, ...] = ("headline", "dek", "subhead", "body", "caption")

_TITLE_WORDS = 8  # a longer title is a clause taken for one, and its country somebody else's (assumed)
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|him|his|her|[Hh]is|[Hh]er)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e)\b")
_PAIR = re.compile(
    r"\b(?:the|both|their)\s(?:two\s)?(?P<kind>leaders|presidents|ministers|sides|countries|nations|governments|neighbou?rs"
    r"|allies)\b",
    re.I,
)
_JOINT = re.compile(
    r"\b(?P<first>[A-Z][\w.]{0,30}(?:\s[A-Z][\w.]{0,30})?)\s(?:and|&)\s(?P<second>[A-Z][\w.]{0,30}(?:\s[A-Z][\w.]{0,30})?)(?:['’]s?)?\s"
    r"(?:(?:foreign|defen[cs]e|prime|top)\s)?(?:presidents|leaders|ministers|officials|diplomats|delegations|negotiators)\b"
)
_HOLLOW = re.compile(
    r"(?:its|this|these|those|that|such|our|my|your|his|her|their|a statement|told|some|other)\b", re.I
)
_POSTS = (
    ("foreign minister", re.compile(r"\bforeign\s(?:minister|secretary)|\bsecretary\sof\sstate", re.I)),
    ("defence minister", re.compile(r"\bdefen[cs]e\s(?:minister|secretary)|\bminister\sof\sdefen[cs]e", re.I)),
    ("ambassador", re.compile(r"\bambassador\b", re.I)),
    ("prime minister", re.compile(r"\b(?:prime\sminister|premier|chancellor)\b", re.I)),
    ("spokesperson", re.compile(r"\bspokes(?:man|woman|person)\b", re.I)),
    (
        "head",
        re.compile(r"\b(?:president|chief|head|leader|secretary[-\s]general|chair(?:man|woman)?|director)\b", re.I),
    ),
)
_HOLDER = re.compile(
    r"\b[Tt]he\s(?P<state>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?:top\s)?"
    r"(?:ambassador|envoy|(?:foreign|defen[cs]e|prime)\sminister|foreign\ssecretary|president|chancellor|premier)\b"
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|at|to|from|for|with|by|on|against|over|about|into|near|during|after|regarding|alongside|toward|towards"
    r"|before|between|via|than|under|through|beside|behind|called|visit(?:s|ed|ing)?|left|leaving|leaves?|enter(?:s|ed|ing)?|reach(?:es|ed|ing)?)\s(?:the\s|a\s|an\s)?$",
    re.I,
)
_WEEKDAY = re.compile(r",?\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_AND = re.compile(r",?\s(?:and|as\swell\sas|&)\s(?:the\s)?", re.I)


class Actor(Struct, frozen=True):
    """Words that can act.

    start: where the words begin, the title included; name_start, end: the name itself. kind: "person",
    "organisation", "country", "group" or "place". obliquely: it stands after a preposition. owns: "'s" follows.
    """

    start: int
    name_start: int
    end: int
    kind: str
    parties: tuple[Party, ...]
    obliquely: bool
    owns: bool


ACTING = frozenset({"person", "organisation", "place", "group"})
"""Types of mentions that can do or say something: the "Danish" of "Danish President" cannot."""


def actors(report: Report, mentions: Sequence[Mention], said: Sequence[Attribution] = ()) -> list[Actor]:
    """Return everything in the report that can act, in text order; nothing inside another's words.

    said: the attributions, whose "I" and "we" are their speakers.
    """
    acting = tuple(one for one in mentions if one.type in ACTING)
    return list(_actors(report, acting, tuple(said)))


@lru_cache(maxsize=4)  # contacts, events, transfers and commitments ask the same of one report after another
def _actors(report: Report, mentions: tuple[Mention, ...], said: tuple[Attribution, ...]) -> tuple[Actor, ...]:
    day = report.published.value if report.published is not None else None
    countries = _countries(mentions)
    sectors = _sectors(mentions, countries, day)
    names = _introduced(mentions)
    named = [_actor(report, one, countries, sectors, names) for one in mentions if not _HOLLOW.match(one.name)]
    named += _holders(report, mentions)
    outer: list[Actor] = []
    for actor in sorted(named, key=lambda one: (one.name_start, -one.end)):
        if not outer or (actor.name_start >= outer[-1].end and not _abbreviates(report.text, outer[-1], actor)):
            outer.append(actor)
    joint = list(_joint(report))
    pairs = list(_pairs(report, outer))
    grouped = sorted([*joint, *pairs], key=lambda one: one.start)
    every = [one for one in outer if not _is_inside(grouped, one)]
    every = sorted([*every, *joint, *pairs], key=lambda one: (one.start, -one.end))
    pronouns = [*_pronouns(report, every), *_speakers(report, said, countries, sectors)]
    return tuple(sorted([*every, *pronouns], key=lambda one: one.start))


def _speakers(
    report: Report, said: Sequence[Attribution], countries: dict[str, str], sectors: dict[str, Coded]
) -> Iterator[Actor]:
    """Yield the first person of direct speech as whoever speaks."""
    for one in said:
        if one.speaker is None or one.kind == "indirect":
            continue
        who = sectors.get(_key(one.speaker))
        country = countries.get(_key(one.speaker)) or gazetteer.country_of(one.speaks_for or one.speaker)
        country = country or (who.country if who is not None else None)
        for span in one.content:
            for match in _FIRST_PERSON.finditer(report.text, span.start, span.end):
                here = Span(report=report.id, start=match.start(), end=match.end())
                sector = who.sector if who is not None else None
                party = Party(name=one.speaker, country=country, sector=sector, span=here)
                yield Actor(match.start(), match.start(), match.end(), "person", (party,), False, False)


def _holders(report: Report, mentions: Sequence[Mention]) -> Iterator[Actor]:
    """Yield "the Danish ambassador" as somebody of that state, where no mention stands for the words."""
    taken = sorted((one.span.start, one.span.end) for one in mentions if one.type == "person")
    for passage in report.parts(*KINDS):
        for match in _HOLDER.finditer(report.text, passage.start, passage.end):
            country = gazetteer.country_of(match["state"])
            at = bisect_right(taken, (match.end(), 0)) - 1
            if country is None or (at >= 0 and taken[at][1] > match.start()):
                continue
            if re.match(r",?\s[A-Z]", report.text[match.end() : match.end() + 3]) and not _WEEKDAY.match(
                report.text, match.end()
            ):
                continue  # a title before a name
            span = Span(report=report.id, start=match.start(), end=match.end())
            party = Party(name=match[0][4:], country=country, sector=code_of(match[0]).sector, span=span)
            before = report.text[max(0, match.start() - 24) : match.start()]
            obliquely = _PREPOSITION.search(before) is not None
            owns = report.text[match.end() : match.end() + 2] in {"'s", "’s"}
            yield Actor(match.start(), match.start(), match.end(), "person", (party,), obliquely, owns)


def _is_inside(grouped: Sequence[Actor], actor: Actor) -> bool:
    """Return whether the actor's name stands within one of the others, which are in text order."""
    at = bisect_right(grouped, actor.name_start, key=lambda one: one.start)
    return at > 0 and actor.name_start < grouped[at - 1].end


def _abbreviates(text: str, before: Actor, actor: Actor) -> bool:
    """Return whether the actor is the other's short form in brackets: "the party (PPP)"."""
    return text[before.end : actor.name_start].strip() == "(" and text[actor.end : actor.end + 1] == ")"


def _joint(report: Report) -> Iterator[Actor]:
    """Yield "the Polish and Czech presidents" as one actor with two countries."""
    for passage in report.parts(*KINDS):
        for match in _JOINT.finditer(report.text, passage.start, passage.end):
            codes = [gazetteer.country_of(match[name]) for name in ("first", "second")]
            span = Span(report=report.id, start=match.start(), end=match.end())
            parties = tuple(
                Party(name=gazetteer.country_name(code) or code, country=code, span=span) for code in codes if code
            )
            if len(parties) == len(set(codes)) == 2:
                yield Actor(match.start(), match.start(), match.end(), "group", parties, False, False)


def _actor(
    report: Report, mention: Mention, countries: dict[str, str], sectors: dict[str, Coded], names: dict[str, str]
) -> Actor:
    text, span = report.text, mention.span
    start = span.start
    if mention.title and text[:start].rstrip().endswith(mention.title):
        start = len(text[: start - 1].rstrip()) - len(mention.title)
    kind, party = _party(mention, countries, sectors, names)
    return Actor(
        start=max(start, 0),
        name_start=span.start,
        end=span.end,
        kind=kind,
        parties=(party,),
        obliquely=_PREPOSITION.search(text[max(0, start - 24) : start]) is not None,
        owns=text[span.end : span.end + 2] in {"'s", "’s", "s'", "s’"} or text[span.end : span.end + 1] in {"'", "’"},
    )


def _party(
    mention: Mention, countries: dict[str, str], sectors: dict[str, Coded], names: dict[str, str]
) -> tuple[str, Party]:
    """Return what kind of actor the mention is, and the party it names."""
    who = sectors[_key(mention.name)]
    if mention.type == "place":
        code = gazetteer.country_of(mention.name)
        if code is not None:
            shown = gazetteer.country_name(code) or mention.name
            return "country", Party(name=shown, country=code, sector=who.sector, span=mention.span)
    name = re.sub(r"^(?:the|a|an)\s(?=[A-Z])", "", mention.name, flags=re.I)
    country = mention.country or countries.get(_key(mention.name)) or gazetteer.country_of(mention.name) or who.country
    return mention.type, Party(
        name=names.get(mention.name) or name, country=country, sector=who.sector, span=mention.span
    )


def _sectors(mentions: Sequence[Mention], countries: dict[str, str], day: str | None) -> dict[str, Coded]:
    """Return who each mention is by its key: the words with a title that say most, for a bare name the full one's."""
    found: dict[str, Coded] = {}
    for one in mentions:
        title = f"{one.title} " if one.title and len(one.title.split()) <= _TITLE_WORDS else ""
        code = one.country or countries.get(_key(one.name))
        coded = code_of(title + one.name, (gazetteer.country_name(code) if code else None) or "", day)
        held = found.get(_key(one.name))
        if held is None or (held.sector is None and coded.sector is not None):
            found[_key(one.name)] = coded
    full = {key.split()[-1]: coded for key, coded in found.items() if " " in key and coded.sector is not None}
    people = {_key(one.name) for one in mentions if one.type == "person"}
    for key, coded in found.items():
        if coded.sector is None and key in people and key in full:
            found[key] = full[key]
    return found


def _introduced(mentions: Sequence[Mention]) -> dict[str, str]:
    """Return the name of whom a description stands for, where one named person alone has that post.

    "the chief of the North Atlantic Treaty Organization" is whoever the report calls "NATO Secretary General".
    """
    people = [one for one in mentions if one.type == "person"]
    holders: dict[tuple[str, str], set[str]] = {}
    for one in people:
        if one.title and len(one.title.split()) <= _TITLE_WORDS and (post := _post(one.title)) is not None:
            holders.setdefault(post, set()).add(one.name)
    found = {}
    for one in people:
        if one.title is None and re.match(r"(?:the|The)\s", one.name) and (post := _post(one.name)) is not None:
            names = holders.get(post, set())
            if len({_key(name) for name in names}) == 1:
                found[one.name] = next(iter(names))
    return found


def _post(words: str) -> tuple[str, str] | None:
    """Return the post that a title or description names: what it is, and of which country or body."""
    heads = [name for name, pattern in _POSTS if pattern.search(words)]
    if not heads:
        return None
    for start, end, code in gazetteer.countries_in(words):
        body = gazetteer.body_name(words[start:end]) if code == gazetteer.MANY_STATES else code
        return (heads[0], body) if body else None
    return None


@lru_cache(maxsize=8192)  # a report's mentions are looked up several times each
def _key(name: str) -> str:
    return re.sub(r"[\s\-‐‑]+", " ", name).casefold()


def _countries(mentions: Sequence[Mention]) -> dict[str, str]:
    """Return the country of each person by every form of the name in the report.

    A bare surname has the country of the one full name that it is the first or last word of.
    """
    found: dict[str, str] = {}
    people = [one for one in mentions if one.type == "person"]
    for one in people:
        if one.title and len(one.title.split()) > _TITLE_WORDS:
            continue
        if one.country and one.name[:1].isupper():
            found.setdefault(_key(one.name), one.country)
    full = {_key(one.name) for one in people if " " in one.name}
    for end in (0, -1):
        ordered = sorted(full, key=lambda name: name.split()[end])
        for surname, names in groupby(ordered, key=lambda name: name.split()[end]):
            codes = {found[name] for name in names if name in found}
            if len(codes) == 1:
                found.setdefault(surname, codes.pop())
    return found


def _pairs(report: Report, every: Sequence[Actor]) -> Iterator[Actor]:
    """Yield "the two leaders", "both countries" with the last two people spoken of, the last two countries joined."""
    at = 0
    recent: list[tuple[str, Party]] = []
    joined: list[Party] = []
    for passage in report.parts(*KINDS):
        for match in _PAIR.finditer(report.text, passage.start, passage.end):
            while at < len(every) and every[at].end <= match.start():
                recent = _remember(recent, every[at])
                joined = _joined(report.text, every, at) or joined
                at += 1
            people = match["kind"].casefold() in {"leaders", "presidents", "ministers"}
            last = _two([one for kind, one in recent if (kind == "person") == people])
            pair = last if people else joined or last
            if pair:
                span = Span(report=report.id, start=match.start(), end=match.end())
                parties = tuple(structs.replace(one, span=span) for one in pair)
                yield Actor(match.start(), match.start(), match.end(), "group", parties, False, False)


def _joined(text: str, every: Sequence[Actor], at: int) -> list[Party]:
    """Return two countries that "and" or a hyphen joins, the second at that index."""
    if at == 0 or every[at].kind != "country" or every[at - 1].kind != "country":
        return []
    if not re.fullmatch(r"\s(?:and|with)\s|[-–]", text[every[at - 1].end : every[at].start]):
        return []
    return [every[at - 1].parties[0], every[at].parties[0]]


def _remember(recent: list[tuple[str, Party]], actor: Actor) -> list[tuple[str, Party]]:
    """Return the people and countries spoken of last, each with its kind, the latest first."""
    if actor.kind not in {"person", "country"} or len(actor.parties) != 1 or actor.parties[0].name[:1].islower():
        return recent
    party = actor.parties[0]
    return [(actor.kind, party), *(other for other in recent if other[1].name != party.name)][:8]


def _two(parties: Sequence[Party]) -> list[Party]:
    """Return the last two parties of different countries, the earlier first; none when there are not two."""
    first = next(iter(parties), None)
    if first is None:
        return []
    second = next((one for one in parties[1:] if one.country != first.country and one.country is not None), None)
    return [second, first] if second else []


def _pronouns(report: Report, every: Sequence[Actor]) -> Iterator[Actor]:
    """Yield he and she as the person that last was a subject, him as the last one that was not."""
    people = [one for one in every if one.kind == "person" and len(one.parties) == 1]
    subject: Actor | None = None
    other: Actor | None = None
    at = 0
    for passage in report.parts(*KINDS):
        for match in _PRONOUN.finditer(report.text, passage.start, passage.end):
            while at < len(people) and people[at].end <= match.start():
                one = people[at]
                opens = subject is None or _between(report.text, subject.end, one.start)
                if opens and not one.obliquely and not one.owns:
                    subject = one
                elif subject is None or one.parties != subject.parties:
                    other = one
                at += 1
            meant = other if match[0] == "him" and other is not None else subject
            if meant is not None:
                owns = match[0].casefold() in {"his", "her"}
                yield Actor(match.start(), match.start(), match.end(), "person", meant.parties, match[0] == "him", owns)


def _between(text: str, low: int, high: int) -> bool:
    """Return whether a sentence or paragraph ends between the two."""
    return re.search(r"[.!?]['\"”’)]*\s|\n", text[low:high]) is not None


def group_before(text: str, every: Sequence[Actor], at: int) -> list[Actor]:
    """Return the actor at that index with those joined to it on its left ("A, B and C")."""
    found = [every[at]]
    joined = False
    while at > 0:
        gap = text[every[at - 1].end : found[0].start]
        joined = joined or _AND.fullmatch(gap) is not None
        if not _AND.fullmatch(gap) and not (joined and gap == ", "):
            break
        at -= 1
        found.insert(0, every[at])
    return found


def group_after(text: str, every: Sequence[Actor], at: int) -> list[Actor]:
    """Return the actor at that index with those joined to it on its right."""
    found = [every[at]]
    while at + 1 < len(every) and _AND.fullmatch(text[found[-1].end : every[at + 1].start]):
        at += 1
        found.append(every[at])
    return found
