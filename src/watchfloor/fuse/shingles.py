"""Shingles: the unquoted words of many reports at once, as hashes of short runs of words.

Hashing is done in numpy over whole batches: each character gives a random number, a word is a polynomial of them, a
shingle a combination of its words. The hashes are the same on every machine and in every run, so they may be stored.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchfloor.core.report import Report
from watchfloor.fuse.quotations import MARKS, quotations

SHINGLE_WORDS = 2  # words per shingle: pairs keep heavily rewritten wire copies apart from independent texts (measured)
BITS = 44  # of a shingle's hash
BATCH_CHARACTERS = 1 << 16  # characters from which a batch is hashed: what it needs fits the caches (measured)

_PLANE = 0x10000  # characters beyond the basic plane count as one letter
_LETTER, _ALONE, _MARK, _QUICK = 1, 2, 4, 8

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
ShortHashes = NDArray[np.uint32]


class Shingled(NamedTuple):
    """The shingles of one report in text order.

    starts, ends: code points of the unquoted words in Report.text. hashes: one for each word but the last, of it and
    the words after it; below 2**BITS.
    """

    starts: Ints
    ends: Ints
    hashes: Hashes


def shingled(reports: Sequence[Report]) -> list[Shingled]:
    """Return the shingles of each report's body, quotations left out, in the order given."""
    found: list[Shingled] = []
    first = size = 0
    for number, report in enumerate(reports):
        size += len(report.text)
        if size >= BATCH_CHARACTERS or number == len(reports) - 1:
            found += _batch(reports[first : number + 1])
            first, size = number + 1, 0
    return found


class _Tables(NamedTuple):
    kind: NDArray[np.uint8]
    number: Hashes
    power: Hashes
    inverse: Hashes


@cache
def _tables() -> _Tables:
    kind = np.zeros(_PLANE, dtype=np.uint8)
    folded = np.zeros(_PLANE, dtype=np.uint64)
    for code in range(_PLANE):
        character = chr(code)
        lower = character.casefold()
        folded[code] = ord(lower) if len(lower) == 1 else code
        if character.isalnum():
            kind[code] = _LETTER | _ALONE if _stands_alone(code) else _LETTER
    kind[_PLANE - 1] = _LETTER
    for character in MARKS:
        kind[ord(character)] = _QUICK if character in "'’" else _MARK
    return _Tables(kind, _mixed(folded + np.uint64(1)), *_powers(4 * BATCH_CHARACTERS))


def _stands_alone(code: int) -> bool:
    """Return whether a character is a word of its own: scripts that set no spaces are cut into characters."""
    return 0x3040 <= code < 0x3130 or 0x3400 <= code < 0xA000 or 0x0E00 <= code < 0x0F00 or 0xF900 <= code < 0xFB00


_BASE = 0x9E3779B97F4A7C15  # odd, so that it can be divided by modulo 2**64


def _powers(count: int) -> tuple[Hashes, Hashes]:
    base = np.full(count, _BASE, dtype=np.uint64)
    back = np.full(count, pow(_BASE, -1, 1 << 64), dtype=np.uint64)
    base[0] = back[0] = 1
    return np.cumprod(base, dtype=np.uint64), np.cumprod(back, dtype=np.uint64)


def _mixed(numbers: Hashes) -> Hashes:
    """Return the numbers scrambled, each to another one (splitmix64; Steele, Lea and Flood, 2014)."""
    mixed = numbers * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _batch(reports: Sequence[Report]) -> list[Shingled]:
    tables = _tables()
    texts = [report.text for report in reports]
    offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])
    raw = ("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass")
    codes = np.minimum(np.frombuffer(raw, dtype=np.uint32), _PLANE - 1)
    kind = tables.kind[codes]
    starts, ends = _words(kind)
    hashes = _word_hashes(codes, starts, ends, tables)
    kept = _unquoted(reports, texts, offsets, kind, starts)
    starts, ends, hashes = starts[kept], ends[kept], hashes[kept]
    pairs = _pairs(hashes)
    bounds = np.searchsorted(starts, offsets)
    found = []
    for number in range(len(texts)):
        low, high = int(bounds[number]), int(bounds[number + 1])
        base = offsets[number]
        last = max(low, high - SHINGLE_WORDS + 1)
        found.append(Shingled(starts[low:high] - base, ends[low:high] - base, pairs[low:last]))
    return found


def _words(kind: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    letter = (kind & _LETTER).astype(bool)
    alone = kind >= (_LETTER | _ALONE)
    alone &= letter
    joined = letter[1:] & letter[:-1]
    if alone.any():
        joined &= ~(alone[1:] | alone[:-1])
    begins = letter.copy()
    begins[1:] &= ~joined
    stops = letter.copy()
    stops[:-1] &= ~joined
    return np.flatnonzero(begins), np.flatnonzero(stops) + 1


def _word_hashes(codes: NDArray[np.uint32], starts: Ints, ends: Ints, tables: _Tables) -> Hashes:
    power, inverse = tables.power, tables.inverse
    if len(codes) > len(power):
        power, inverse = _powers(len(codes))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(tables.number[codes] * power[: len(codes)], out=sums[1:])
    return (sums[ends] - sums[starts]) * inverse[starts]


def _pairs(hashes: Hashes) -> Hashes:
    """Return for each place the hash of SHINGLE_WORDS words from there on, as far as there are so many."""
    size = max(0, len(hashes) - SHINGLE_WORDS + 1)
    combined = hashes[:size].copy()
    for ahead in range(1, SHINGLE_WORDS):
        combined = combined * np.uint64(0xD6E8FEB86659FD93) + hashes[ahead : size + ahead]
    return _mixed(combined) >> np.uint64(64 - BITS)


def _unquoted(
    reports: Sequence[Report], texts: Sequence[str], offsets: Ints, kind: NDArray[np.uint8], starts: Ints
) -> NDArray[np.bool_]:
    """Return which words belong to a body and to no quotation."""
    places = np.flatnonzero(kind >= _MARK)
    inner = (kind[np.maximum(places - 1, 0)] & _LETTER) & (kind[np.minimum(places + 1, len(kind) - 1)] & _LETTER)
    places = places[~((kind[places] == _QUICK) & inner.astype(bool))]
    bounds = np.searchsorted(places, offsets).tolist()
    opened: list[int] = []
    closed: list[int] = []
    for number, report in enumerate(reports):
        base = int(offsets[number])
        marks = (places[bounds[number] : bounds[number + 1]] - base).tolist()
        if marks and marks[-1] == len(texts[number]):
            marks.pop()  # the end of line that parts the reports of a batch
        for start, end in quotations(texts[number], marks):
            opened.append(start + base)
            closed.append(end + base)
        at = 0
        for part in report.passages:  # what is no body is left out like a quotation
            if part.kind in ("body", "subhead"):
                if part.start > at:
                    opened.append(at + base)
                    closed.append(part.start + base)
                at = part.end
        opened.append(at + base)
        closed.append(base + len(texts[number]) + 1)
    edges = np.zeros(len(kind) + 1, dtype=np.int32)
    np.add.at(edges, np.asarray(opened, dtype=np.int64), 1)
    np.add.at(edges, np.asarray(closed, dtype=np.int64), -1)
    return np.asarray(np.cumsum(edges[:-1])[starts] == 0)
