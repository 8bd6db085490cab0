"""Story terms: what a report is about, in terms that are the same in several languages.

A word that means one of the listed things ("gold", "oro", "золото") becomes that thing; a name of a country or its
people its code; a name is also kept by its consonants, so that Байлз and Biles meet; every other word is cut to its
beginning.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from anyascii import anyascii

from watchfloor.core.report import Report
from watchfloor.fuse.story_east import FIRST, SURNAMES, pieces
from watchfloor.fuse.tongues import folded, is_function_word, language

HEADLINE_WEIGHT = 2.0  # times that a headline's word counts
LEAD_CHARACTERS = 600  # how much of the body stands for the report (measured)
NAME_WEIGHT = 1.7  # times that a capitalised word counts (measured)
NUMBER_WEIGHT = 1.5
CONCEPT_WEIGHT = 1.5  # times that a word of the list counts (measured)
CONSONANTS_WEIGHT = 0.6  # of a name's consonants beside the name itself (measured)
BEGINNING = 6  # letters of a word that are kept: a rough stem for any language with endings (measured)

WORD, CONCEPT, COUNTRY, NAME = range(4)
"""The kinds of terms, told by their first character."""
KINDS = {"#": CONCEPT, "@": COUNTRY, "~": NAME}

_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile("^(?:وال|بال|فال|كال|لل|ال)")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("aeiouyhj'", ""),
        **dict.fromkeys("fp", "p"),
        **dict.fromkeys("vw", "b"),
        **dict.fromkeys("cqx", "k"),
    }
    | {"z": "s", "r": "l"}
)
"""Sounds that some script does not tell apart: Korean has one letter for p and f, Japanese one for l and r."""
_EAST = {"country": ("@", 1.0), "thing": ("#", CONCEPT_WEIGHT), "word": ("", 1.0), "number": ("", NUMBER_WEIGHT)}
_LEAST_CONSONANTS = 3
_LONGEST_GIVEN = 11  # letters of a Korean or Chinese given name
_LEAST_DEMONYM = 5  # letters of a word without a capital that may name a people
_LONGEST_LISTED = 14


class Terms(NamedTuple):
    """The terms of a report with how much each counts, and its language as far as it is known or told by its words.

    said: the word behind each term, as the report has it.
    """

    counts: dict[str, float]
    language: str | None
    said: dict[str, str]


def terms(report: Report) -> Terms:
    """Return what a report is about: headline and lead as terms."""
    counts: dict[str, float] = {}
    said: dict[str, str] = {}
    words: list[str] = []
    for text, weight in _texts(report):
        _count(text, weight, counts, words, said)
    return Terms(counts, report.language or language(words), said)


def kind(term: str) -> int:
    """Return which of the kinds a term is.

    >>> kind("#ceremony") == CONCEPT, kind("tokyo") == WORD
    (True, True)
    """
    return KINDS.get(term[0], WORD)


def anchor(word: str) -> str | None:
    """Return what a word names in any language: a thing, a country, a name's consonants; None for others."""
    read = _read(word)
    if read is None:
        return None
    term, consonants, _, _ = read
    return term if kind(term) != WORD else consonants


def _texts(report: Report) -> Iterator[tuple[str, float]]:
    if report.headline:
        yield report.headline, HEADLINE_WEIGHT
    lead, size = [], 0
    for part in report.passages:
        if part.kind == "body" and size < LEAD_CHARACTERS:
            lead.append(report.text[part.start : min(part.end, part.start + LEAD_CHARACTERS - size)])
            size += len(lead[-1])
    if lead:
        yield "\n".join(lead), 1.0


def _count(text: str, weight: float, counts: dict[str, float], words: list[str], said: dict[str, str]) -> None:
    earlier = before = first = ""
    for match in _WORD.finditer(text):
        word = match[0]
        lower = folded(word)
        words.append(lower)
        if before and (code := _listed("countries.tsv")[0].get(f"{before}_{lower}")) is not None:
            counts[f"@{code}"] = counts.get(f"@{code}", 0.0) + weight
            said.setdefault(f"@{code}", f"{first} {word}")
        if (before in SURNAMES or earlier in SURNAMES) and first[0].isupper():
            _count_name(text, match.start(), (earlier, before, lower), weight, counts)
        earlier, before, first = before, lower, word
        if word[-1] >= FIRST or word[0] >= FIRST:
            _count_east(word, weight, counts, said)
            continue
        read = _read(word)
        if read is None:
            continue
        term, consonants, factor, may_name = read
        said.setdefault(term, word)
        named = may_name and word[0].isupper() and match.start() > 0
        counts[term] = counts.get(term, 0.0) + weight * (NAME_WEIGHT if named else factor)
        if consonants is not None:
            counts[consonants] = counts.get(consonants, 0.0) + weight * CONSONANTS_WEIGHT


def _count_name(text: str, start: int, words: tuple[str, str, str], weight: float, counts: dict[str, float]) -> None:
    """Count a surname and the one or two short given names after it as one name: Kim Jong-un, Xi Jinping."""
    if not (text[start].isupper() or text[start - 1] == "-"):
        return
    earlier, before, last = words
    for surname, given in ((before, last), (earlier, before + last)):
        if surname not in SURNAMES or len(given) > _LONGEST_GIVEN:
            continue
        if len(consonants := _consonants(SURNAMES[surname] + given)) >= _LEAST_CONSONANTS:
            counts[f"~{consonants}"] = counts.get(f"~{consonants}", 0.0) + weight * CONSONANTS_WEIGHT


def _count_east(word: str, weight: float, counts: dict[str, float], said: dict[str, str]) -> None:
    for piece in pieces(word):
        mark, factor = _EAST[piece.kind]
        term = mark + (piece.text.casefold()[:BEGINNING] if piece.kind in ("word", "number") else piece.text)
        counts[term] = counts.get(term, 0.0) + weight * factor
        said.setdefault(term, piece.said or piece.text)
        if piece.latin is not None and len(consonants := _consonants(piece.latin)) >= _LEAST_CONSONANTS:
            counts[f"~{consonants}"] = counts.get(f"~{consonants}", 0.0) + weight * CONSONANTS_WEIGHT


@lru_cache(maxsize=1 << 17)
def _read(word: str) -> tuple[str, str | None, float, bool] | None:
    """Return a word's term, its consonants, its factor, whether it may be a name; None when it tells nothing."""
    lower = folded(word)
    if len(lower) < 2 or is_function_word(lower):
        return None
    latin = lower.isascii()
    bare = lower if latin else (_ARTICLE.sub("", lower) if len(lower) > 4 else lower)
    concept = _look("concepts.tsv", bare) or (_look("concepts.tsv", lower) if bare != lower else None)
    if concept:
        return f"#{concept}", None, CONCEPT_WEIGHT, False
    country = _look("countries.tsv", bare)
    if country and not (latin and word.islower() and len(bare) < _LEAST_DEMONYM):
        return f"@{country}", None, 1.0, False  # no name's weight: half of all headlines name a country
    if bare[0].isdigit():
        return bare[:BEGINNING], None, NUMBER_WEIGHT, False
    consonants = _consonants(bare) if not latin or word[0].isupper() else ""
    return bare[:BEGINNING], f"~{consonants}" if len(consonants) >= _LEAST_CONSONANTS else None, 1.0, True


def _consonants(word: str) -> str:
    """Return what is left of a name in any script when vowels and spelling habits are taken away.

    >>> _consonants("байлз"), _consonants("biles")
    ('bls', 'bls')
    """
    latin = word if word.isascii() else anyascii(word).lower()
    plain = _DOUBLED.sub(r"\1", latin.replace("ph", "f").replace("ch", "k").replace("ck", "k"))
    return plain.translate(_SOUNDS)


def _look(file: str, word: str) -> str | None:
    whole, beginnings = _listed(file)
    if word in whole:
        return whole[word]
    for size in range(min(len(word), _LONGEST_LISTED), 2, -1):
        if (found := beginnings.get(word[:size])) is not None:
            return found
    return None


@cache
def _listed(file: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what whole words and beginnings of words mean, from a list."""
    whole: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    text = (resources.files("watchfloor.fuse") / "data" / file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            meaning, _, listed = line.partition("\t")
            for form in listed.split():
                if form.startswith("="):
                    whole.setdefault(form[1:], meaning)
                elif "_" in form:
                    whole.setdefault(form, meaning)
                else:
                    beginnings.setdefault(form, meaning)
    return whole, beginnings
