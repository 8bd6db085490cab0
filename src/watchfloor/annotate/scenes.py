"""One sentence with everything found in it: where contacts and events are read."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from watchfloor.annotate import gazetteer
from watchfloor.annotate.parties import KINDS, Actor, actors, group_after, group_before
from watchfloor.annotate.sentences import split
from watchfloor.core.annotation import Annotation, Attribution, Mention, Party, Place, Time
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report

_DATED = frozenset({"minute", "hour", "day", "week", "month", "season", "year", "weekday"})
_CLAUSE = re.compile(
    r"[;:“”\"]|,\s(?:which|while|but|as|after|before)\s|,?\sand\s(?:that|then)\s|,\sand\s(?=(?:the\s)?[A-Z]|the\s)"
    r"|\s(?:that|while|after|as|but|whether|because|said|says|added|reported)\s"
    r"|\s(?:before|until|once)\s(?=(?:the\s)?[A-Z]|(?:he|she|it|they)\s)"
)
_WITH = re.compile(r"\b(?:with|between)\s(?:the\s|his\s|her\s)?(?:(?:[A-Z][\w.’'-]*|of|for)\s){0,8}$")
_TO = re.compile(r"\bto\s(?:the\s|his\s|her\s)?(?:[A-Z][\w.’'-]*\s){0,6}$")
_AT = re.compile(r"\b(?:in|at|to|visit(?:s|ed|ing)?)\s(?:the\s)?$")
_BLANK = re.compile(
    r"(?:['’]s?|\s*\([^()]*\))?[\s,]*"
    r"(?:(?:was|were|is|are|been|being|be|has|have|had|will|would|also|then|later|[a-z]+ly)\s)*[“\"]?"
)
_OFFICE = re.compile(  # what may stand between a country and the verb: "the Polish delegation visits"
    r"(?:['’]s?)?\s(?:[a-z-]{1,20}\s){0,2}(?:delegation|team|officials?|envoys?|president|leader|minister)\s(?:also\s)?"
)
_PERSONAL = frozenset({"person", "organisation", "group"})
_LONGEST_SENTENCE = 2_000  # characters; the longest sentences of news hold some 600 (assumed)
_SUBJECT_FAR = 160  # characters between a subject and its verb at most (assumed)


class Scene(Struct, frozen=True):
    """One sentence of a report: its text positions, actors, times and places, all in text order."""

    report: str
    text: str
    start: int
    end: int
    actors: Sequence[Actor]
    times: Sequence[Time]
    places: Sequence[Place]


def scenes(report: Report, found: Sequence[Annotation]) -> Iterator[Scene]:
    """Yield the sentences of a report; a passage that repeats an earlier one word for word is told once."""
    said = [one for one in found if isinstance(one, Attribution)]
    every = actors(report, [one for one in found if isinstance(one, Mention)], said)
    times = [one for one in found if isinstance(one, Time)]
    places = [one for one in found if isinstance(one, Place)]
    begins = (
        [one.start for one in every],
        [one.span.start for one in times],
        [one.span.start for one in places],
    )
    seen: set[str] = set()
    for passage in report.parts(*KINDS):
        words = report.text[passage.start : passage.end]
        if words in seen:
            continue
        seen.add(words)
        for start, end in _pieces(split(report.text, passage.start, passage.end)):
            cuts = [slice(bisect_left(begin, start), bisect_left(begin, end)) for begin in begins]
            yield Scene(report.id, report.text, start, end, every[cuts[0]], times[cuts[1]], places[cuts[2]])


def _pieces(sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences, overlong ones in pieces: they are lists or tables, and reading one is quadratic."""
    for start, end in sentences:
        for at in range(start, end, _LONGEST_SENTENCE):
            yield at, min(end, at + _LONGEST_SENTENCE)


def subject(scene: Scene, at: int, *, personal: bool = False) -> list[Actor]:
    """Return who does what the word at `at` says, as far as word order tells; empty when nobody is near.

    The actor right before the word, else the first one that stands free (no preposition, no "'s") in its clause, else
    in the clause before. personal: countries and places do not count.
    """
    for one in reversed(scene.actors):
        if one.end <= at:
            if one.kind == "country" and _OFFICE.fullmatch(scene.text, one.end, at):
                return [one]
            break
    indexes = [
        i
        for i, one in enumerate(scene.actors)
        if one.end <= at and at - one.end <= _SUBJECT_FAR and (not personal or one.kind in _PERSONAL)
    ]
    if not indexes:
        return []
    last = scene.actors[indexes[-1]]
    doing = re.match(r"\w+ing\b", scene.text[at : at + 30])  # "with the minister travelling"
    if (doing or not last.obliquely) and _BLANK.fullmatch(scene.text, last.end, at):
        return group_before(scene.text, scene.actors, indexes[-1])
    limits = [match.end() for match in _CLAUSE.finditer(scene.text, scene.start, at)]
    for limit in (*reversed(limits), scene.start):
        for i in indexes:
            group = [one for one in group_before(scene.text, scene.actors, i) if one.start >= limit - 1]
            opens = bool(group) and limit > scene.start and group[0].start <= limit  # "before the minister called"
            if group and (opens or not group[0].obliquely) and not scene.actors[i].owns:
                return group_after(scene.text, scene.actors, i) if group[0] is scene.actors[i] else group
    return []


def owner(scene: Scene, at: int) -> list[Actor]:
    """Return whose the thing at `at` is: "the minister's visit", "his visit"."""
    for one in reversed(scene.actors):
        if one.end <= at:
            gap = scene.text[one.end : at]
            return [one] if one.owns and re.fullmatch(r"['’]?s?\s(?:[\w-]+\s){0,2}", gap) else []
    return []


def target(scene: Scene, at: int, near: int = 45) -> list[Actor]:
    """Return whom or what the words right after `at` name, with what "and" joins to it."""
    for i, one in enumerate(scene.actors):
        if one.start >= at - 1:
            gap = scene.text[at : one.start]
            if one.start - at > near or _CLAUSE.search(gap):
                return []
            return group_after(scene.text, scene.actors, i)
    return []


def partner(scene: Scene, at: int, near: int = 120, *, to: bool = False) -> list[Actor]:
    """Return who stands after "with" or "between" behind `at`; with `to`, after "to"."""
    for i, one in enumerate(scene.actors):
        if one.start < at:
            continue
        if one.start - at > near:
            return []
        if (_TO if to else _WITH).search(scene.text[max(at - 1, one.start - 60) : one.start]):
            return group_after(scene.text, scene.actors, i)
    return []


def agent(scene: Scene, at: int, near: int = 80) -> list[Actor]:
    """Return who stands after "by" behind `at`: the one who does it in a passive."""
    for i, one in enumerate(scene.actors):
        if at <= one.start <= at + near and re.search(r"\bby\s(?:the\s)?$", scene.text[at : one.start]):
            return group_after(scene.text, scene.actors, i)
    return []


def parties_of(group: Sequence[Actor], role: str | None = None) -> list[Party]:
    """Return the parties of the actors, each with its role, none twice."""
    found: dict[str, Party] = {}
    for one in group:
        for party in one.parties:
            found.setdefault(
                party.name,
                Party(name=party.name, country=party.country, sector=party.sector, role=role, span=party.span),
            )
    return list(found.values())


def date_near(scene: Scene, start: int, end: int) -> PartialDate | None:
    """Return the date nearest to the words, one after them rather than one before."""
    best: tuple[int, PartialDate] | None = None
    for one in scene.times:
        only_latest = one.date.low is None and one.date.high is not None
        if one.date.precision not in _DATED or only_latest or (one.date.value or "T").startswith("T"):
            continue
        after = one.span.start >= end
        distance = one.span.start - end if after else 2 * (start - one.span.end)
        crossed = _CLAUSE.search(scene.text, min(end, one.span.end), max(start, one.span.start)) is not None
        distance += 200 if crossed else 0
        if best is None or distance < best[0]:
            best = (distance, one.date)
    return best[1] if best else None


def host_near(scene: Scene, at: int, near: int = 60) -> list[Party]:
    """Return the country of the first place that "to" leads up to behind `at`, also inside other names."""
    for one in scene.places:
        if at <= one.span.start <= at + near and _TO.search(scene.text[at - 1 : one.span.start]):
            name = gazetteer.country_name(one.country or "") or one.name
            return [Party(name=name, country=one.country, span=one.span)]
    return []


def place_near(scene: Scene, at: int, near: int = 60) -> str | None:
    """Return the first place after `at` that "in" or "at" leads up to, in the same clause."""
    for one in scene.places:
        if not at <= one.span.start <= at + near or _CLAUSE.search(scene.text, at, one.span.start):
            continue
        owns = scene.text[one.span.end : one.span.end + 2] in {"'s", "’s"}
        if not owns and _AT.search(scene.text[max(at - 10, one.span.start - 12) : one.span.start]):
            return one.name
    return None
