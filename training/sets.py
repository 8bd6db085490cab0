"""Public annotated sets as passages of words with labels. Texts are cut into words by the product's own rules.

Every reader takes the folder of the gold data and yields Passage; what a set does not annotate stays empty, and the
network is not taught anything about it there.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import marked

from watchfloor.annotate.sentences import split
from watchfloor.annotate.words import words

LONGEST = 150  # words of a passage; longer paragraphs are cut at sentence ends (runtime windows are as long)
NEWS = "Location Person Organization NORP Date Misc Money Facility Product".split()
UNER = "PER LOC ORG OTH".split()
RE3D = (
    "Organisation Location Person Temporal Nationality Quantity Weapon Vehicle MilitaryPlatform DocumentReference Money"
).split()
RE3D_TRUST = 0.5  # of the annotators' confidence (as the set's own counts)
MENTIONS = "person place organisation object time".split()
"""Types of mentions, nominal ones and pronouns among them, that GUM marks and re3d too (as it calls them)."""
LONGEST_MENTION = 12  # words; what is longer holds a clause, and its parts are mentions of their own
UNIFIED = "person organisation place group facility date money quantity weapon platform law product event other".split()
"""The product's entity types; each set below says which of them it can tell."""

Span = tuple[int, int, str]


class Sentence(NamedTuple):
    """One tree of a treebank; heads count from 1 within the sentence, 0 is the root."""

    forms: list[str]
    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    relations: list[str]
    spaces: list[bool]
    paragraph: bool
    entities: list[Span]
    mentions: list[Span]


class Passage(NamedTuple):
    """Words and what one set says of them; None is "this set says nothing".

    trees: the sentences in order (their words are the passage's words). news, uner, re3d: spans of word numbers of that
    set's own scheme. mentions: GUM's, the outermost. unified: spans of the product's types, with the types that this
    set can tell in `told`.
    attribution: spans of source, cue, content.
    """

    forms: list[str]
    trees: list[Sentence] | None = None
    news: list[Span] | None = None
    uner: list[Span] | None = None
    re3d: list[Span] | None = None
    unified: list[Span] | None = None
    told: frozenset[str] = frozenset()
    attribution: list[Span] | None = None
    mentions: list[Span] | None = None
    places: list[tuple[int, int]] | None = None


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON-lines file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


# ---------------------------------------------------------------- trees


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the trees of a CoNLL-U file; `paragraph` is true where a paragraph or document begins."""
    rows: list[list[str]] = []
    begins, joined = False, 0
    glued: set[int] = set()
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            begins |= line.startswith("# newdoc") or (line.startswith("# newpar") and not line.startswith("# newpar_"))
        elif line:
            row = line.split("\t")
            if "-" in row[0]:
                first, last = map(int, row[0].split("-"))
                glued.update(range(first, last))
                joined = last
                rows_after = "SpaceAfter=No" in row[9]
                if rows_after:
                    glued.add(last)
            elif row[0].isdigit():
                number = int(row[0])
                if number > joined and "SpaceAfter=No" in row[9]:
                    glued.add(number)
                rows.append(row)
        elif rows:
            yield Sentence(
                [row[1] for row in rows],
                [row[2] for row in rows],
                [row[3] for row in rows],
                [row[4] for row in rows],
                [int(row[6]) for row in rows],
                [row[7] for row in rows],
                [number not in glued for number in range(1, len(rows) + 1)],
                begins,
                [],
                mentions([row[9] for row in rows]),
            )
            rows, begins, joined, glued = [], False, 0, set()


_MENTION_TYPES = {
    "person": "person",
    "place": "place",
    "organization": "organisation",
    "object": "object",
    "substance": "object",
    "plant": "object",
    "animal": "object",
    "time": "time",
}
_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\((\d+)-([^-()]+)(?:-[^()]*)?(\))?|(\d+)\)")


def mentions(notes: Sequence[str]) -> list[Span]:
    """Return the outermost mentions of MENTIONS' types from the last column of a sentence's rows.

    GUM's notation: "(4-person-…" opens entity 4 and "4)" closes it, both in one where a mention is one word.
    """
    opened: dict[str, list[tuple[int, str]]] = {}
    found: list[Span] = []
    for at, note in enumerate(notes):
        marks = _ENTITY.search(note)
        for mark in _BRACKET.finditer(marks[1]) if marks else ():
            number, kind, closed, ended = mark.groups()
            if ended:
                start, kind = opened[ended].pop()
                found.append((start, at + 1, kind))
            elif closed:
                found.append((at, at + 1, kind))
            else:
                opened.setdefault(number, []).append((at, kind))
    kept: list[Span] = []
    for start, end, kind in sorted(found, key=lambda span: (span[0], -span[1])):
        type_ = _MENTION_TYPES.get(kind)
        if type_ and end - start <= LONGEST_MENTION and (not kept or start >= kept[-1][1]):
            kept.append((start, end, type_))
    return kept


def paragraphs(trees: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Group trees by the paragraphs that the treebank marks."""
    group: list[Sentence] = []
    for tree in trees:
        if tree.paragraph and group:
            yield group
            group = []
        group.append(tree)
    if group:
        yield group


def treebank(data: Path, name: str, split_name: str) -> list[list[Sentence]]:
    """Return the paragraphs of EWT (with the entities of UNER, which lie on the same sentences) or GUM."""
    trees = list(sentences(data / "base" / name / f"{split_name}.conllu.gz"))
    if name == "ewt":
        trees = list(_with_uner(trees, data, split_name))
    return list(paragraphs(trees))


def _with_uner(trees: list[Sentence], data: Path, split_name: str) -> Iterator[Sentence]:
    named = {
        tuple(record["text"][start:end] for start, end in record["tokens"]): record
        for record in records(data / "base" / "uner_ewt" / f"{split_name}.jsonl.gz")
    }
    for tree in trees:
        record = named.get(tuple(tree.forms))
        if record is None:
            yield tree
            continue
        yield tree._replace(entities=over(record["ents"], [(start, end) for start, end in record["tokens"]]))


def tree_passages(groups: list[list[Sentence]], uner: bool, chance: random.Random) -> Iterator[Passage]:
    """Cut paragraphs into passages of a random length, so that sentences are seen with and without neighbours."""
    for group in groups:
        held: list[Sentence] = []
        room = chance.choice((20, 60, LONGEST, LONGEST))
        for tree in group:
            if held and sum(len(one.forms) for one in held) + len(tree.forms) > room:
                yield _joined(held, uner)
                held = []
            held.append(tree)
        if held:
            yield _joined(held, uner)


def _joined(trees: list[Sentence], uner: bool) -> Passage:
    spans: list[Span] = []
    mentions: list[Span] = []
    at = 0
    for tree in trees:
        spans += [(start + at, end + at, label) for start, end, label in tree.entities]
        mentions += [(start + at, end + at, label) for start, end, label in tree.mentions]
        at += len(tree.forms)
    forms = [form for tree in trees for form in tree.forms]
    if not uner:
        return Passage(forms, trees, mentions=mentions)
    types = {"PER": "person", "LOC": "place", "ORG": "organisation"}
    unified = [(start, end, types[label]) for start, end, label in spans if label in types]
    return Passage(forms, trees, uner=spans, unified=unified, told=frozenset(types.values()))


# ---------------------------------------------------------------- spans over raw text


def over(spans: Iterable[Iterable[Any]], places: list[tuple[int, int]]) -> list[Span]:
    """Turn spans of characters into spans of word numbers; the longer of two that overlap stays."""
    found: list[Span] = []
    taken: set[int] = set()
    starts = {start: number for number, (start, _) in enumerate(places)}
    for start, end, label, *_ in sorted(spans, key=lambda span: (-(span[1] - span[0]), span[0])):  # type: ignore[index]
        first = starts.get(start)
        if first is None:
            first = next((n for n, (low, high) in enumerate(places) if low < end and high > start), None)
        if first is None:
            continue
        last = first
        while last < len(places) and places[last][0] < end:
            last += 1
        if last == first or taken.intersection(range(first, last)):
            continue
        taken.update(range(first, last))
        found.append((first, last, label))
    return sorted(found)


def pieces_of(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the words of each paragraph; paragraphs over LONGEST words are cut at sentence ends, else anywhere."""
    for paragraph in re.finditer(r"[^\n]+", text):
        held: list[tuple[int, int]] = []
        for start, end in split(text, paragraph.start(), paragraph.end()):
            inner = [(word.start, word.end) for word in words(text, start, end)]
            if held and len(held) + len(inner) > LONGEST:
                yield held
                held = []
            held += inner
            while len(held) > LONGEST:
                yield held[:LONGEST]
                held = held[LONGEST:]
        if held:
            yield held


def _within(spans: Iterable[Iterable[Any]], places: list[tuple[int, int]]) -> list[Span]:
    low, high = places[0][0], places[-1][1]
    return over([span for span in map(list, spans) if span[0] < high and span[1] > low], places)


def _forms(text: str, places: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in places]


_NEWS_TYPES = {
    "Location": "place",
    "Person": "person",
    "Organization": "organisation",
    "NORP": "group",
    "Date": "date",
    "Money": "money",
    "Facility": "facility",
    "Product": "product",
    "Misc": "other",
}
_RE3D_TYPES = {
    "Organisation": "organisation",
    "Location": "place",
    "Person": "person",
    "Temporal": "date",
    "Nationality": "group",
    "Quantity": "quantity",
    "Weapon": "weapon",
    "MilitaryPlatform": "platform",
    "Vehicle": "platform",
    "DocumentReference": "law",
    "Money": "money",
}
_MASC_TYPES = {"PER": "person", "LOC": "place", "ORG": "organisation", "DATE": "date"}
_CROSSNER_TYPES = {
    **dict.fromkeys(("person", "politician", "researcher", "scientist", "musicalartist", "writer"), "person"),
    **dict.fromkeys(("organisation", "politicalparty", "university", "band"), "organisation"),
    **dict.fromkeys(("country", "location"), "place"),
    **dict.fromkeys(("event", "election", "conference"), "event"),
}
_TWEET_TYPES = {
    "PER": "person",
    "LOC": "place",
    "ORG": "organisation",
    "person": "person",
    "location": "place",
    "corporation": "organisation",
    "group": "organisation",
}


def _typed(spans: list[Span], types: dict[str, str]) -> list[Span]:
    return [(start, end, types[label]) for start, end, label in spans if label in types]


def worldwide(data: Path, split_name: str) -> Iterator[Passage]:
    """Worldwide newswire: no licence stated; never in a model built from open data only."""
    told = frozenset(_NEWS_TYPES.values()) - {"other", "product"}
    for record in records(data / "base" / "worldwide" / f"{split_name}.jsonl.gz"):
        for places in pieces_of(record["text"]):
            spans = _within(record["ents"], places)
            yield Passage(
                _forms(record["text"], places), news=spans, unified=_typed(spans, _NEWS_TYPES), told=told, places=places
            )


def re3d_records(data: Path, split_name: str) -> Iterator[dict[str, Any]]:
    """Yield the documents of re3d; it has no dev part, so a fifth of its train part (by checksum) is ours."""
    held = (data / "base" / "re3d").glob("heldout.jsonl*" if split_name == "heldout" else "train.jsonl*")
    for path in held:
        for record in records(path):
            if split_name == "heldout" or (zlib.crc32(record["text"].encode()) % 5 == 0) == (split_name == "dev"):
                yield record


def re3d(data: Path, split_name: str) -> Iterator[Passage]:
    """re3d: defence and security reporting; only what the annotators trust at .5 or more."""
    told = frozenset(_RE3D_TYPES.values()) - {"organisation", "person", "place"}  # its nominal mentions are no names
    for record in re3d_records(data, split_name):
        sure = [span for span in record["ents"] if span[3] >= RE3D_TRUST and span[2] in RE3D]
        for places in pieces_of(record["text"]):
            spans = _within(sure, places)
            unified = [span for span in _typed(spans, _RE3D_TYPES) if span[2] in told]
            yield Passage(_forms(record["text"], places), re3d=spans, unified=unified, told=told, places=places)


def masc(data: Path) -> Iterator[Passage]:
    """MASC: persons, places, organisations, dates."""
    for record in records(data / "base" / "masc" / "train.jsonl.gz"):
        text = re.sub(r"(?<=\S)\n(?=\S)", " ", record["text"])  # its lines are broken at a width
        for places in pieces_of(text):
            spans = _typed(_within(record["ents"], places), _MASC_TYPES)
            yield Passage(_forms(text, places), unified=spans, told=frozenset(_MASC_TYPES.values()))


def crossner(data: Path) -> Iterator[Passage]:
    """CrossNER, all five domains: persons, organisations, places, events."""
    for path in sorted((data / "base" / "crossner").glob("*.jsonl.gz")):
        yield from _cut(path, _CROSSNER_TYPES)


def tweets(data: Path) -> Iterator[Passage]:
    """Broad Twitter Corpus and WNUT-17: persons, places, organisations in careless writing."""
    for name in ("btc", "wnut17"):
        yield from _cut(data / "base" / name / "train.jsonl.gz", _TWEET_TYPES)


def _cut(path: Path, types: dict[str, str]) -> Iterator[Passage]:
    """Yield the records of a set that comes cut into words."""
    told = frozenset(types.values())
    for record in records(path):
        places = [(start, end) for start, end in record["tokens"]][:LONGEST]
        spans = _typed(_within(record["ents"], places), types)
        yield Passage(_forms(record["text"], places), unified=spans, told=told, places=places)


# ---------------------------------------------------------------- attributions


def polnear(data: Path, split_name: str) -> Iterator[Passage]:
    """PolNeAR: no licence stated; never in a model built from open data only."""
    for path in sorted((data / "statements" / "polnear").glob(f"{split_name}.jsonl*")):
        for record in records(path):
            for places in pieces_of(record["text"]):
                spans = [
                    (start, end, role)
                    for one in record["attributions"]
                    for role in ("source", "cue", "content")
                    for start, end in one[role]
                ]
                yield Passage(_forms(record["text"], places), attribution=_within(spans, places), places=places)


def ours(folder: Path) -> Iterator[Passage]:
    """The paragraphs written and annotated for this project."""
    for path in sorted(folder.glob("*.txt")):
        for one in marked.read_file(path):
            spans = {
                (start, end, role)
                for roles in one.spans.values()
                for role, places_ in roles.items()
                for start, end in places_
            }
            for places in pieces_of(one.text):
                yield Passage(_forms(one.text, places), attribution=_within(sorted(spans), places), places=places)
