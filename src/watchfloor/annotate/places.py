"""Where: places named in the text, and which place of that name is meant."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log10

from watchfloor.annotate import gazetteer
from watchfloor.annotate.gazetteer import Entry
from watchfloor.core.annotation import Annotation, Mention, Place
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span

VERSION = "annotate.places@1"
KINDS: tuple[PassageKind, ...] = ("headline", "dek", "dateline", "body", "subhead", "caption")

_LONGEST = 4  # words of a place name looked up together
_NAMED_HERE = 1.5  # powers of ten of people that a country named in the report is worth to its cities (assumed)
_SIZE = {"country": 9.5, "region": 6.5}  # what stands for the power of ten of a country's or region's people (assumed)
_SMALLEST = 1_000  # people added to every city, so that one without a count has a size
_SAID = 100.0  # more than any size: the words themselves name the country
_IN = re.compile(r",\s((?:[A-Z][\w.]*\s?){1,3})")
_SURE = 500_000  # people from which a city's name may open a sentence without a mention beside it (assumed)
_WORD = re.compile(r"[^\W\d_](?:[\w’'.]*\w)?")
_INITIALS = re.compile(r"(?:\w\.)+\w")
_GLUE = re.compile(r"[ \u00a0-]|, |\. ")
_COMMON = frozenset(
    "reading nice mobile bath split most march same man born central federal victoria union progress independence "
    "police battle university college north south east west new the of to date orange hope enterprise sale wien young "
    "bay china's march may august deal best north-west early van male la los san as is or god army border".split()
)
"""Words that are also cities but in news hardly ever mean them."""


def annotate(report: Report, found: Sequence[Annotation] = ()) -> Iterator[Place]:
    """Yield every place the gazetteer knows, in text order, with its likeliest reading.

    found: the mentions. Names inside a person's or a body's name are no places; a mentioned place that the gazetteer
    does not know is yielded without coordinates.
    """
    mentions = [one for one in found if isinstance(one, Mention)]
    named = sorted((one.span.start, one.span.end) for one in mentions if one.type in {"person", "organisation"})
    meant = {(one.span.start, one.span.end) for one in mentions if one.type == "place"}
    known = {span for span in meant if _is_one_name(report.text[span[0] : span[1]])}
    spans = _outside([*_scanned(report), *known], named, known)
    near = _countries_of(report, spans)
    for start, end in spans:
        name = report.text[start:end]
        if (start, end) not in known and not _certain(report.text, start, name):
            continue
        yield _place(report, (start, end), _choose(name, report.text[end : end + 40], near))


def _is_one_name(words: str) -> bool:
    """Return whether the words are one place: not "Russia-Ukraine", two countries put together."""
    return gazetteer.find(words) is not None or len(gazetteer.countries_in(words)) < 2


def _place(report: Report, span: tuple[int, int], entry: Entry | None) -> Place:
    return Place(
        span=Span(report=report.id, start=span[0], end=span[1]),
        name=entry.name if entry else " ".join(report.text[span[0] : span[1]].split()),
        country=entry.country if entry else None,
        latitude=entry.latitude if entry else None,
        longitude=entry.longitude if entry else None,
        geonames_id=entry.geonames_id if entry else None,
        generated_by=VERSION,
    )


def _scanned(report: Report) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of capitalised words that are a place of the gazetteer."""
    text = report.text
    for passage in report.parts(*KINDS):
        words = list(_WORD.finditer(text, passage.start, passage.end))
        at = 0
        while at < len(words):
            size = _size(text, words, at)
            if size:
                end = words[at + size - 1].end()
                end -= 2 if text[end - 2 : end] in {"'s", "’s"} else 0
                end += (
                    text[end : end + 1] == "."
                    and re.fullmatch(r"(?:\w\.)+\w", text[words[at].start() : end]) is not None
                )
                yield words[at].start(), end
            at += size or 1


def _size(text: str, words: Sequence[re.Match[str]], at: int) -> int:
    """Return how many words from `at` on make the longest known place name; 0 for none."""
    if not words[at][0][0].isupper():
        return 0
    last = at
    while last + 1 < len(words) and last - at + 1 < _LONGEST:
        if _GLUE.fullmatch(text, words[last].end(), words[last + 1].start()) is None:
            break
        last += 1
    for stop in range(last, at - 1, -1):
        name = text[words[at].start() : words[stop].end()]
        if (stop > at or words[at][0].casefold() not in _COMMON) and ", " not in name and gazetteer.candidates(name):
            return stop - at + 1
    return 0


def _outside(
    spans: Sequence[tuple[int, int]], named: Sequence[tuple[int, int]], meant: set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the spans that overlap neither a person's or body's name nor each other, the longest first."""
    kept: list[tuple[int, int]] = []
    at = 0
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        while at < len(named) and named[at][1] <= span[0]:
            at += 1
        inside = any(start < span[1] and span[0] < end for start, end in named[at : at + 3])
        if (not inside or span in meant) and (not kept or span[0] >= kept[-1][1]):
            kept.append(span)
    return kept


def _certain(text: str, start: int, name: str) -> bool:
    """Return whether the name may be held for a place without a mention: not a mere capital at a sentence's head."""
    before = text[max(0, start - 3) : start].rstrip()
    opens = not before or before[-1] in '.!?\n“"' or text[:start].endswith("\n")
    entries = gazetteer.candidates(name)
    return not opens or any(entry.kind != "city" or entry.people >= _SURE for entry in entries)


def _countries_of(report: Report, spans: Sequence[tuple[int, int]]) -> Counter[str]:
    """Count the countries that the report names, by name or by a place that lies in one country only."""
    near: Counter[str] = Counter()
    for passage in report.parts(*KINDS):
        for _, _, code in gazetteer.countries_in(report.text[passage.start : passage.end]):
            near[code] += 1
    for start, end in spans:
        homes = {entry.country for entry in gazetteer.candidates(report.text[start:end])}
        home = next(iter(homes)) if len(homes) == 1 else None
        if home is not None:
            near[home] += 1
    return near


def _choose(name: str, after: str, near: Counter[str]) -> Entry | None:
    """Return the reading that the words after it name ("Paris, Texas"), else the best by people and context."""
    entries = gazetteer.candidates(name)
    if not entries:
        return None
    said = _IN.match(after)
    home = _home(said[1].strip()) if said else None
    total = sum(near.values()) or 1

    def weight(entry: Entry) -> float:
        if home is not None and entry.country == home.country and entry.kind == "city":
            return _SAID
        share = near[entry.country or ""] / total
        size = _SIZE.get(entry.kind) or log10(entry.people + _SMALLEST)
        return size + (_NAMED_HERE * (0.5 + share) if share else 0.0)

    best = max(entries, key=weight)
    elsewhere = home is not None and home.kind == "region" and best.country != home.country
    return None if elsewhere else best  # "Paris, Texas": better no point than Paris, France


def _home(words: str) -> Entry | None:
    """Return the longest place name at the beginning of the words."""
    parts = words.split()
    for size in range(len(parts), 0, -1):
        entry = gazetteer.find(" ".join(parts[:size]))
        if entry is not None:
            return entry
    return None
