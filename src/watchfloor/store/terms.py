"""A text as the terms that the full-text index holds; index and query are cut by the same knife, in Python.

A word is folded: case and diacritics go, so that "deploiement" finds "déploiement". Hangul, Han and Kana are written
without spaces or with particles attached, so a run of them is cut into overlapping pairs, and its last character stands
once more alone: any part of the run is then a phrase of pairs, and a single character is the beginning of a pair.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_CJK = (
    "\u1100-\u11ff\u3005\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uffdc"
    "\U00020000-\U0003fffd"
)
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670"  # written over letters: Latin, Cyrillic, Hebrew, Arabic
_NOT_IN_TERMS = {code: None for code in range(0x80) if not chr(code).isalnum()}  # "⑴" is folded to "1", not to "(1)"

LONGEST = 200
"""Code points of a term that count; what is longer (assumed: no word, but bytes written as letters) is cut there."""

_PIECE = re.compile(rf"(?P<run>[{_CJK}]+)|[^\W_{_CJK}](?:[^\W_{_CJK}]|[{_MARKS}])*")


class Piece(Struct, frozen=True):
    """A word or a run of Hangul, Han and Kana; start, end: code points in the text, half-open."""

    folded: str
    is_run: bool
    start: int
    end: int


class Term(Struct, frozen=True):
    """One entry of the index and where it stands; start, end: code points in the text, half-open."""

    term: str
    start: int
    end: int


def pieces(text: str) -> Iterator[Piece]:
    """Yield the words and runs of the text, in order."""
    for match in _PIECE.finditer(text):
        is_run = match["run"] is not None
        folded = _folded_run(match[0]) if is_run else _folded(match[0])
        if folded:
            yield Piece(folded, is_run, match.start(), match.end())


def terms(text: str) -> Iterator[Term]:
    """Yield the entries of the index for the text, in order.

    >>> [term.term for term in terms("Déploiement: 북한군은")]
    ['deploiement', '북한', '한군', '군은', '은']
    """
    for piece in pieces(text):
        if not piece.is_run:
            yield Term(piece.folded, piece.start, piece.end)
            continue
        exact = len(piece.folded) == piece.end - piece.start  # else only the whole run can be pointed at
        for at, pair in enumerate(cut(piece.folded)):
            start = piece.start + at if exact else piece.start
            yield Term(pair, start, start + len(pair) if exact else piece.end)


def cut(run: str) -> list[str]:
    """Return the overlapping pairs of a run, then its last character.

    >>> cut("북한군")
    ['북한', '한군', '군']
    """
    return [run[at : at + 2] for at in range(len(run))]


def stream(text: str) -> str:
    """Return the `terms` of the text with spaces between, as the index takes it."""
    found: list[str] = []
    for match in _PIECE.finditer(text):
        if match["run"] is not None:
            found += cut(_folded_run(match[0]))
        elif folded := _folded(match[0]):
            found.append(folded)
    return " ".join(found)


def _folded_run(run: str) -> str:
    return unicodedata.normalize("NFKC", run).translate(_NOT_IN_TERMS)


@lru_cache(maxsize=65_536)  # a few megabytes; a day's reporting has about so many word forms (assumed)
def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()[:LONGEST]
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.casefold()).translate(_NOT_IN_TERMS)[:LONGEST]
