"""Shingles: the unquoted words of many reports at once, as hashes of short runs of words.

Hashing is done in numpy over whole batches: each character gives a random number, a word is a polynomial of them, a
shingle a combination of its words. The hashes are the same on every machine and in every run, so they may be stored.
"""

import zlib
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchfloor.core.report import Report
from watchfloor.fuse.quotations import MARKS, quotations

SHINGLE_WORDS = 2  # words per shingle: pairs keep heavily rewritten wire copies apart from independent texts (measured)
SAMPLE_WORDS = (
    3  # words per hash of the sample: few other texts hold the same three (measured: a sixth of those for two)
)
SAMPLE_ONE_IN = 4  # every run of SAMPLE_WORDS whose hash is 0 modulo this, a power of two, is in the sample
SAMPLE_FROM = 64  # texts with fewer words are sampled whole
BATCH_CHARACTERS = 1 << 16  # characters from which a batch is hashed: what it needs fits the caches (measured)

_PLANE = 0x10000  # characters beyond the basic plane count as one letter
_LETTER, _ALONE, _MARK, _QUICK = 1, 2, 4, 8
_DROPPED = 20  # lowest bits of a hash that are thrown away
_SHIFT = 2  # bits that are nought in every hash of a sample of one in four
_RAW = -15  # of zlib: without header and checksum
_HEAD = 5  # bytes of a fingerprint before the hashes
_LINE_END, _COLON, _ARROW = ord("\n"), ord(":"), ord(">")
_READ = frozenset({"body", "subhead"})

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
ShortHashes = NDArray[np.uint32]


class Shingled(NamedTuple):
    """The shingles of one report in text order.

    starts, ends: code points of the unquoted words in Report.text. hashes: one for each word but the last, of it and
    the words after it. sample: hashes of some longer runs of words, by which other reports are found that may share
    text; the same run may stand in it twice.
    """

    starts: Ints
    ends: Ints
    hashes: ShortHashes
    sample: ShortHashes


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


def fingerprint(text: Shingled) -> bytes:
    """Return the sample of a report for an index that outlives the program.

    The steps between its sorted hashes, of which one in four bytes is nearly always nought: their count and by how many
    bits they are shifted, their lower three bytes, and their upper ones packed.
    """
    steps = np.diff(np.sort(text.sample), prepend=np.uint32(0))
    steps = steps[steps != 0]
    shift = 0 if int(np.bitwise_or.reduce(steps)) & (SAMPLE_ONE_IN - 1) else _SHIFT
    parts = (steps >> np.uint32(shift)).astype("<u4").view(np.uint8).reshape(-1, 4)
    head = len(steps).to_bytes(4, "little") + bytes([shift])
    lower: bytes = parts[:, :3].tobytes()
    return head + lower + zlib.compress(parts[:, 3].tobytes(), 1, _RAW)


def sample_of(fingerprint: bytes) -> ShortHashes:
    """Return the sample that a fingerprint was made of, sorted, each once."""
    count, shift = int.from_bytes(fingerprint[:4], "little"), fingerprint[4]
    steps = np.empty((count, 4), dtype=np.uint8)
    steps[:, :3] = np.frombuffer(fingerprint, dtype=np.uint8, count=3 * count, offset=_HEAD).reshape(-1, 3)
    steps[:, 3] = np.frombuffer(zlib.decompress(fingerprint[_HEAD + 3 * count :], _RAW), dtype=np.uint8)
    return np.cumsum(steps.view("<u4")[:, 0], dtype=np.uint32) << np.uint32(shift)


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
    texts = ["", *(report.text for report in reports), ""]
    offsets = np.cumsum([1, *(len(text) + 1 for text in texts[1:-1])])  # a line end stands before and after each
    codes = _codes("\n".join(texts))
    kind = tables.kind.take(codes)
    starts, ends = _words(kind)
    kept = _unquoted(reports, offsets, codes, kind, starts)
    starts, ends = starts[kept], ends[kept]
    hashes = _word_hashes(codes, starts, ends, tables)
    bounds = np.searchsorted(starts, offsets)
    pairs, threes = _runs_of(hashes, SHINGLE_WORDS), _runs_of(hashes, SAMPLE_WORDS)
    sample = _sampled(threes, bounds)
    edges = np.searchsorted(sample, bounds).tolist()
    threes = threes[sample]
    sizes = np.diff(bounds)
    base = np.repeat(offsets[:-1], sizes)
    starts, ends = starts - base, ends - base
    found = []
    at = bounds.tolist()
    for number in range(len(reports)):
        low, high = at[number], at[number + 1]
        last = max(low, high - SHINGLE_WORDS + 1)
        some = threes[edges[number] : edges[number + 1]]
        found.append(Shingled(starts[low:high], ends[low:high], pairs[low:last], some))
    return found


def _codes(text: str) -> Ints:
    """Return the code points; those beyond the basic plane all as its last one."""
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) == 2 * len(text):
        return np.frombuffer(raw, dtype="<u2").astype(np.int64)
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.asarray(np.minimum(wide, _PLANE - 1), dtype=np.int64)


def _words(kind: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Return where words start and end; the first and the last character must be no letters."""
    letter = (kind & _LETTER).astype(bool)
    if not (kind & _ALONE).any():
        turns = np.flatnonzero(letter[1:] != letter[:-1]) + 1
        return turns[::2], turns[1::2]
    alone = (kind & _ALONE).astype(bool)
    joined = letter[1:] & letter[:-1] & ~(alone[1:] | alone[:-1])
    begins, stops = letter.copy(), letter.copy()
    begins[1:] &= ~joined
    stops[:-1] &= ~joined
    return np.flatnonzero(begins), np.flatnonzero(stops) + 1


def _word_hashes(codes: Ints, starts: Ints, ends: Ints, tables: _Tables) -> Hashes:
    power, inverse = tables.power, tables.inverse
    if len(codes) > len(power):
        power, inverse = _powers(len(codes))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    terms = tables.number.take(codes)
    terms *= power[: len(codes)]
    np.cumsum(terms, out=sums[1:])
    return (sums.take(ends) - sums.take(starts)) * inverse.take(starts)


def _runs_of(hashes: Hashes, words: int) -> ShortHashes:
    """Return for each place the hash of so many words from there on, as far as there are so many."""
    size = max(0, len(hashes) - words + 1)
    combined = hashes[:size].copy()
    for ahead in range(1, words):
        combined *= np.uint64(0xD6E8FEB86659FD93)
        combined += hashes[ahead : size + ahead]
    return (_mixed(combined) >> np.uint64(_DROPPED)).astype(np.uint32)


def _sampled(runs: ShortHashes, bounds: Ints) -> Ints:
    """Return the places of the runs in the sample; bounds: at which word each report begins, and the end."""
    last = np.maximum(bounds[:-1], bounds[1:] - SAMPLE_WORDS + 1)
    turns = np.zeros(len(runs) + SAMPLE_WORDS, dtype=np.int8)
    some = runs & np.uint32(SAMPLE_ONE_IN - 1) == 0
    for low, high in np.column_stack([bounds[:-1], bounds[1:]])[np.diff(bounds) < SAMPLE_FROM].tolist():
        some[low:high] = True
    some &= runs != 0  # a fingerprint cannot hold it
    np.add.at(turns, bounds[:-1], 1)
    np.add.at(turns, last, -1)
    return np.flatnonzero(some & (np.cumsum(turns[: len(runs)]) > 0))


def _unquoted(
    reports: Sequence[Report], offsets: Ints, codes: Ints, kind: NDArray[np.uint8], starts: Ints
) -> NDArray[np.bool_]:
    """Return which words belong to a body and to no quotation."""
    lines = _quoted_lines(offsets, codes)
    places = np.flatnonzero(kind >= _MARK)
    kinds = kind.take(places)
    quick = np.flatnonzero(kinds == _QUICK)
    inner = kind.take(places[quick] - 1) & kind.take(places[quick] + 1) & _LETTER
    places = np.delete(places, quick[inner.astype(bool)])
    bounds = np.searchsorted(places, offsets).tolist()
    bases = offsets.tolist()
    opened: list[int] = []
    closed: list[int] = []
    for number, report in enumerate(reports):
        base = bases[number]
        marks = (places[bounds[number] : bounds[number + 1]] - base).tolist()
        for start, end in quotations(report.text, marks, lines=lines[number] > 0):
            opened.append(start + base)
            closed.append(end + base)
        at = base
        for part in report.passages:  # what is no body is left out like a quotation
            if part.kind in _READ:
                opened.append(at)
                closed.append(base + part.start)
                at = base + part.end
        opened.append(at)
        closed.append(base + len(report.text) + 1)
    size = len(starts) + 1
    turns = np.bincount(np.searchsorted(starts, opened), minlength=size)
    turns -= np.bincount(np.searchsorted(starts, closed), minlength=size)
    return np.asarray(np.cumsum(turns[:-1]) == 0)


def _quoted_lines(offsets: Ints, codes: Ints) -> list[int]:
    """Return for each report how many of its lines may be quoted without marks: after a colon, or behind ">"."""
    ends = np.flatnonzero(codes == _LINE_END)
    some = (codes.take(ends - 1, mode="clip") == _COLON) | (codes.take(ends + 1, mode="clip") == _ARROW)
    counted: list[int] = np.diff(np.searchsorted(ends[some], offsets - 1)).tolist()
    return counted
