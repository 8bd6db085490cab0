"""Which words of a report name a place: the mentions, and names of the gazetteer that no mention covers."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watchfloor.annotate import gazetteer
from watchfloor.annotate.lexicon import listed
from watchfloor.annotate.place_choice import lies_in
from watchfloor.annotate.place_words import Look, Spans, state
from watchfloor.core.annotation import Mention
from watchfloor.core.report import PassageKind, Report

KINDS: tuple[PassageKind, ...] = ("headline", "dek", "dateline", "body", "subhead", "caption")

_LONGEST = 5  # words of a place name looked up together
_SURE = 500_000  # people from which a city's name may open a sentence without a mention beside it (assumed)
_TOLD = 100_000  # people from which a city is known by its name alone (assumed)
_WIDE = frozenset({"country", "region", "feature"})
_WORD = re.compile(r"[^\W\d_](?:[\w’'.]*\w)?")
_INITIALS = re.compile(r"(?:.*\s)?(?:\w\.)+\w")
_GLUE = re.compile(r"[ \u00a0-]|, |\. ")
_KINDS_OF_AREA = frozenset(
    "region oblast province prefecture governorate state city county parish township district area border front".split()
)
_AREAS = frozenset("County Parish Province Region Oblast Prefecture Governorate Township".split())
_COUNTIES = re.compile(r"(?:,? (?:and )?[A-Z]\w+){0,12} (?:counties|parishes)\b")
_HOME = re.compile(r",\s([A-Z]\w+(?:\s[A-Z]\w+)?)")
_JOINED = re.compile(r"(.+)-(?:based|controlled|backed|led|born|held|run|wide|bound)")
_DATELINE = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))([A-Z][A-Z.'’ -]{2,30}?)"
    r"(?:,\s[A-Z][\w. ]{1,15}?)?(?:\s\([^)]{2,25}\))?\s?(?:—|--|–|-\s)"
)
_ILLNESS = re.compile(r"(?:[A-Z][\w’']*[ -]){1,2}(?:virus|fever|disease|flu|syndrome)\b")  # named after a place
_LEADS = frozenset("Fort Lake Mount Port San Santa St Saint New North South East West Los Las El Rio Cape".split())
_ENDS = frozenset("City Springs Beach Falls Hills Island Islands Valley Creek Heights Lake River Bay Park".split())
_INNER = frozenset("of the and de la le du del di da al el on upon sur am an der".split())  # in lower case in a name
_SMALL = _INNER | _KINDS_OF_AREA
_PART = re.compile(r"[A-Z][^,]*?(?=(?:\s[a-z][\w-]*)*(?:,|$))")
"""A name within a mention, without what stands small before and behind it: "southern England", "Idlib province"."""
_STREET = re.compile(
    r"(?:Road|Rd\.?|Street|St\.|Avenue|Ave\.?|Drive|Lane|Highway|Route|Interstate|Boulevard)(?: \d+)?$|\d"
)
_FIRMLY = re.compile(r"\b(?:in|near|outside)\s$")
_CAPITAL_NEXT = re.compile(r"[ \u00a0-](?=[A-Z])(?!I\b)(\w+)")
_CAPITAL_BEFORE = re.compile(r"(?:^|[\s“\"(])([A-Z][\w’'.]*) $")
_SIDES = frozenset(
    "North South East West Northern Southern Eastern Western Central Northeast Northwest Southeast Southwest "
    "Downtown Upper Lower Greater Mid In Near From At The Of Outside Around And Across".split()
)
_PUBLIC = frozenset(
    "Police Fire County University College High School Schools Sheriff's City Council Department Hospital Airport "
    "Court Government Parliament Assembly Senate Legislature Commission Board Authority District State Ministry "
    "Museum".split()
)
_ITS = frozenset(
    "Police Fire County University High School Sheriff City Council Mayor Department Hospital Airport Township Parish "
    "Street Road Avenue Park River Center Centre Senate House Gov Sen Rep State Times News Post Tribune Herald".split()
)
_COMMON = frozenset(
    "reading nice mobile bath split most march same man born central federal victoria union progress independence "
    "police battle university college north south east west new the of to date orange hope enterprise sale wien young "
    "bay china's march may august deal best north-west early van male la los san as is or god army border gulf "
    "northeast highlands pacific atlantic java".split()
)
"""Words that are also places but in news hardly ever mean them."""


class Words(NamedTuple):
    """What of a report is a name of what: spans in order, half-open."""

    named: list[tuple[int, int]]  # of a person or a body
    bodies: set[tuple[int, int]]  # of a body
    meant: set[tuple[int, int]]  # of a place
    surnames: frozenset[str]  # last words of persons' names


class Found(NamedTuple):
    """Spans that name a place, and those that do so only when they lie near one of these."""

    certain: list[tuple[int, int]]
    possible: list[tuple[int, int]]


def spans(report: Report, mentions: Sequence[Mention], look: Look) -> Found:
    """Return the spans that name or may name a place, each in text order and apart from each other."""
    text = report.text
    words = _words(report, mentions, look)
    words.meant.update(_datelines(report, look))
    scanned = list(_scanned(report, look))
    safe = {text[start:end] for start, end in scanned if _placed(text, start, end, words, look)}
    certain = {one for one in scanned if one in words.meant or _certain(text, *one, words, safe, look)}
    found = _apart(_with_first(text, scanned, certain | words.meant, words), text, words)
    taken = {at for start, end in found for at in range(start, end)}
    free = [one for one in scanned if one[0] not in taken and one[1] - 1 not in taken]
    left = _with_first(text, free, {one for one in free if _possible(text, *one, words)}, words)
    return Found(sorted({*found, *_states(text, found)}), _apart(left, text, words))


def _with_first(text: str, scanned: Spans, sure: set[tuple[int, int]], words: Words) -> list[tuple[int, int]]:
    """Return the spans that are sure, and those at a sentence's head whose name is sure elsewhere."""
    names = {text[start:end] for start, end in sure}
    return [
        *sure,
        *(
            (start, end)
            for start, end in scanned
            if text[start:end] in names and not _beside(text, start, end, text[start:end] in words.surnames)
        ),
    ]


def _datelines(report: Report, look: Look) -> Iterator[tuple[int, int]]:
    """Yield the places with which a passage or a sentence in capitals begins: "OSLO, Norway (AP) —"."""
    for passage in report.parts(*KINDS):
        for match in _DATELINE.finditer(report.text, passage.start, passage.end):
            if look(match[1].title()):
                yield match.span(1)


def _named_places(text: str, start: int, end: int, look: Look) -> Iterator[tuple[int, int]]:
    """Yield the names in a mention of a place: both of "Alvin, Texas", the "Idlib" of "Idlib province"; no street."""
    parts = [(start + match.start(), start + match.end()) for match in _PART.finditer(text[start:end])]
    for low, high in parts:
        name = text[low:high]
        known = bool(look(name))
        if not _is_one_name(name, look) or (len(parts) > 1 and not known):
            continue
        if known or not _STREET.search(name):
            yield low, high


def _words(report: Report, mentions: Sequence[Mention], look: Look) -> Words:
    text = report.text
    named: list[tuple[int, int]] = []
    bodies: set[tuple[int, int]] = set()
    meant: set[tuple[int, int]] = set()
    surnames: set[str] = set()
    for one in mentions:
        span = one.span.start, one.span.end
        name = text[slice(*span)]
        if one.type == "place" and (joined := _JOINED.fullmatch(name)) is not None:
            span = span[0], span[0] + len(joined[1])
            name = joined[1]
        if one.type == "place":
            meant.update(_named_places(text, *span, look))
        elif one.type == "person" and _is_area(name, look):
            if _is_one_name(name, look):
                meant.add(span)
        elif one.type in {"person", "organisation"} and not _is_description(name):
            named.append(span)
            if one.type == "organisation":
                bodies.add(span)
            elif one.name.strip():
                surnames.add(one.name.split()[-1])
    return Words(sorted(named), bodies, meant, frozenset(surnames))


def _is_area(name: str, look: Look) -> bool:
    """Return whether the words, held for a person, are a place's name of several words: "Tamil Nadu", "Fort Hood"."""
    words = name.split()
    if len(words) < 2:
        return False
    known = [one for one in look(name) if not one.alias]
    shaped = words[0].rstrip(".") in _LEADS or words[-1] in _ENDS
    return any(one.kind in {"region", "county", "country"} or shaped for one in known)


def _is_description(words: str) -> bool:
    """Return whether the words describe somebody without being a name: "the mayor of Oslo", "an Oslo spokesman"."""
    first, _, rest = words.partition(" ")
    small = first[:1].islower() and (first not in {"the", "a", "an"} or rest[:1].islower())
    return small or first in {"a", "an", "A", "An"} or words.rpartition(" ")[2][:1].islower()


def _is_one_name(words: str, look: Look) -> bool:
    """Return whether the words are one place: not "Russia-Ukraine" or "Oslo-London", two places put together."""
    if look(words):
        return True
    parts = re.split("[-–—/]", words)
    return len(gazetteer.countries_in(words)) < 2 and not (len(parts) > 1 and all(look(part) for part in parts))


def _scanned(report: Report, look: Look) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of words, capitalised at both ends, that are a place of the gazetteer."""
    text = report.text
    for passage in report.parts(*KINDS):
        words = list(_WORD.finditer(text, passage.start, passage.end))
        at = 0
        while at < len(words):
            if not words[at][0][0].isupper():
                at += 1
                continue
            if _ILLNESS.match(text, words[at].start()):
                at += 2
                continue
            size = _size(text, words, at, look)
            if size:
                end = words[at + size - 1].end()
                end -= 2 if text[end - 2 : end] in {"'s", "’s"} else 0
                stop = text[end : end + 1] == "." and _INITIALS.fullmatch(text, words[at].start(), end) is not None
                yield words[at].start(), end + stop
            at += size or 1


def _size(text: str, words: Sequence[re.Match[str]], at: int, look: Look) -> int:
    """Return how many words from the capital at `at` on make the longest known place name; 0 for none."""
    last = at
    while last + 1 < len(words) and last - at + 1 < _LONGEST:
        following = words[last + 1]
        if _GLUE.fullmatch(text, words[last].end(), following.start()) is None:
            break
        if not following[0][0].isupper() and following[0] not in _SMALL:
            break
        last += 1
    for stop in range(last, at - 1, -1):
        name = text[words[at].start() : words[stop].end()]
        if (stop > at or words[at][0].casefold() not in _COMMON) and _is_name(name, words[stop][0], look):
            return stop - at + 1
    return 0


def _is_name(name: str, last: str, look: Look) -> bool:
    """Return whether the gazetteer knows the name; with "City" or "region" at its end it must know it with these."""
    if ", " in name and not name.endswith(", D.C"):
        return False
    if last.lower() in _KINDS_OF_AREA and last not in _AREAS and " " in name and not gazetteer.is_listed(name):
        return False
    found = look(name)
    return bool(found) and (not name.startswith("The ") or any(one.name.startswith("The ") for one in found))


def _apart(spans: Sequence[tuple[int, int]], text: str, words: Words) -> list[tuple[int, int]]:
    """Return the spans that overlap no person's or body's name and not each other, the longest first.

    A place may stand at an end of a public body's name: "Oslo Police Department", "University of Oslo".
    """
    kept: list[tuple[int, int]] = []
    at = 0
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        while at < len(words.named) and words.named[at][1] <= span[0]:
            at += 1
        around = [one for one in words.named[at : at + 3] if one[0] < span[1] and span[0] < one[1]]
        free = all(one in words.bodies and _at_end(span, one, text) for one in around)
        if (free or span in words.meant) and (not kept or span[0] >= kept[-1][1]):
            kept.append(span)
    return kept


def _at_end(span: tuple[int, int], body: tuple[int, int], text: str) -> bool:
    if span == body or not body[0] <= span[0] or not span[1] <= body[1]:
        return False
    if text[body[0] : span[0]] in {"", "the ", "The "}:
        return not _PUBLIC.isdisjoint(text[span[1] : body[1]].split())
    return span[1] == body[1] and text[body[0] : span[0]].endswith((" of ", " in "))


def _certain(text: str, start: int, end: int, words: Words, safe: set[str], look: Look) -> bool:
    """Return whether the name may be held for a place without a mention."""
    name = text[start:end]
    if name in safe:
        return True
    known = gazetteer.candidates(name) or [one for one in look(name) if one.kind in _WIDE and not one.alias]
    if any(one.kind in _WIDE for one in known):
        return name not in words.surnames and "$" not in text[max(0, start - 1) : start] + text[end : end + 1]
    return _possible(text, start, end, words) and (
        any(one.people >= _TOLD for one in known) or any(one.seat for one in known)
    )


def _possible(text: str, start: int, end: int, words: Words) -> bool:
    """Return whether nothing around the name shows that it is a part of something else, or a mere first word."""
    return not _beside(text, start, end, text[start:end] in words.surnames) and not _opens(text, start)


def _placed(text: str, start: int, end: int, words: Words, look: Look) -> bool:
    """Return whether the words around a name that few know show a place: "in Cottonport", "Paris, Texas"."""
    name = text[start:end]
    if state(text, end) is not None or (" " in name and name.split()[-1] in _AREAS):
        return True
    if (home := _HOME.match(text, end)) is not None:
        holders = [one for one in look(home[1]) if one.kind in {"country", "region"}]
        if any(lies_in(one, holders) for one in look(name)):
            return True
    if _COUNTIES.match(text, end) and any(one.kind == "county" for one in look(name)):
        return True
    if _beside(text, start, end, name in words.surnames):
        return False
    return _FIRMLY.search(text, max(0, start - 12), start) is not None


def _beside(text: str, start: int, end: int, surname: bool) -> bool:
    """Return whether a capital beside the name makes it a part of something else: "Jack London", "Austin Powers"."""
    if surname or "$" in text[max(0, start - 1) : start] + text[end : end + 1]:
        return True
    if text.startswith("St", start) and text[end : end + 2] in {"'s", "’s"}:
        return True  # "St. Patrick's Day"
    after = _CAPITAL_NEXT.match(text, end)
    before = _CAPITAL_BEFORE.search(text, max(0, start - 25), start)
    if after is not None and after[1] not in _ITS:
        return True
    if before is None or before[1] in _SIDES:
        return False
    return not (_opens(text, before.start(1)) and before[1].lower() in listed("function_words"))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip()
    return not before or before[-1] in '.!?\n“"' or text[:start].endswith("\n")


def _states(text: str, found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the short forms of states that follow a place: the "Tex." of "Paris, Tex."."""
    starts = {start for start, _ in found}
    for _, end in found:
        short = state(text, end)
        if short is not None and short[0] not in starts:
            yield short[0], short[1]
