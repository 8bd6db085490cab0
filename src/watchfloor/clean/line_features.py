"""What can be measured of each line of a text without knowing its language: the input of the line model.

Lengths, letters, signs and neighbours only, and no list of words: a line of Finnish is measured like one of English.
"""

import itertools
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchfloor.clean.units import Unit

Matrix = NDArray[np.float64]
Marks = Sequence[tuple[bool | None, bool | None, bool | None]]
"""Of each line whether it is linked, an item of a list or table, a heading; None where nobody knows."""

_FULL_WORDS = 12  # words of a closed line that counts as a full sentence; the shortest first paragraph of units.py
_FAR = 30  # lines; further off is as good as nowhere
_LONG_WORD = 4  # letters of a word that says what a text is about
_MOST_CODE = 0xFFFF
_UNKNOWN = -1.0
_OWN_COLUMNS, _AROUND_COLUMNS = 21, 22
_BESIDE = [1, 2, 13]  # words, closed, capitalised: what is told of the lines before and after
_REACHES = np.array([[1], [3], [8], [20]])  # lines up and down
_MANY = 500  # lines; more are as many


class Feature(NamedTuple):
    """A measure of a line; low, high: what a person is told when a small, or a large, value spoke against it."""

    name: str
    low: str
    high: str


FEATURES: tuple[Feature, ...] = (
    Feature("letters", "it is short", "it is long"),
    Feature("words", "it has few words", "it has many words"),
    Feature("closed", "no full stop at its end", "it ends like a sentence"),
    Feature("ends", "no sentence ends in it", "many sentence marks"),
    Feature("capitals", "hardly a capital letter", "many capital letters"),
    Feature("digits", "no figures", "many figures"),
    Feature("signs", "few signs", "many signs"),
    Feature("word_length", "short words", "long words"),
    Feature("commas", "no comma", "many commas"),
    Feature("opens_small", "it opens with a capital or a sign", "it opens with a small letter"),
    Feature("opens_digit", "it opens with no figure", "it opens with a figure"),
    Feature("opens_sign", "it opens with a letter", "it opens with a sign"),
    Feature("quotes", "nobody is quoted", "quotation marks"),
    Feature("capitalised", "few words with a capital", "most words with a capital"),
    Feature("bars", "no bar or bullet", "bars or bullets"),
    Feature("slashes", "no address", "signs of an address or handle"),
    Feature("colon", "no colon at its end", "a colon at its end"),
    Feature("asks", "it is no question", "it asks or calls out"),
    Feature("numbers", "no numbers", "several numbers"),
    Feature("marks", "no mark of ownership", "a mark of ownership (©, ®, ™)"),
    Feature("full", "it is no full sentence", "it is a full sentence"),
    Feature("times", "it stands only once", "it stands more than once"),
    Feature("shared", "its words stand nowhere else in the text", "its words stand elsewhere in the text"),
    Feature("before_words", "a short line before it", "a long line before it"),
    Feature("before_closed", "no sentence before it", "a sentence before it"),
    Feature("before_capitalised", "small letters in the line before it", "capitals in the line before it"),
    Feature("after_words", "a short line after it", "a long line after it"),
    Feature("after_closed", "no sentence after it", "a sentence after it"),
    Feature("after_capitalised", "small letters in the line after it", "capitals in the line after it"),
    Feature("near_1", "no full sentence beside it", "full sentences beside it"),
    Feature("near_3", "few full sentences around it", "full sentences around it"),
    Feature("near_8", "few full sentences in its part of the text", "full sentences in its part of the text"),
    Feature("near_20", "few full sentences in its half of the page", "full sentences in its half of the page"),
    Feature("sentence_before", "right after a full sentence", "far below the last full sentence"),
    Feature("sentence_after", "right before a full sentence", "far above the next full sentence"),
    Feature("told_before", "near the beginning of the running text", "most of the running text is before it"),
    Feature("told_after", "near the end of the running text", "most of the running text is after it"),
    Feature("place", "at the top of the text", "at the bottom of the text"),
    Feature("from_top", "among the first lines", "far below the first lines"),
    Feature("from_bottom", "among the last lines", "far above the last lines"),
    Feature("lines", "the text has few lines", "the text has many lines"),
    Feature("full_share", "the text has few full sentences", "the text is mostly full sentences"),
    Feature("usual_length", "shorter than the text's sentences", "longer than the text's sentences"),
    Feature("linked", "it is no link", "all of it is a link"),
    Feature("item", "it stands in no list", "it stands in a list or table"),
    Feature("heading", "it is no heading", "it is marked as a heading"),
)
"""The columns of `features`, in order. The last three only markup tells: -1 where there is none."""

MARKS = 3

(_OTHER, _SMALL, _CAPITAL, _LETTER, _WIDE, _DIGIT, _SPACE, _END, _QUOTE, _CLOSER, _COMMA, _COLON, _DASH, _BAR, _SLASH,
 _OWN, _ASK) = range(17)  # fmt: skip
_KINDS = 17
_TAIL = np.isin(np.arange(_KINDS), (_OTHER, _QUOTE, _CLOSER))
"""Whether a kind of sign may stand after the full stop."""
_SPECIAL = {
    **dict.fromkeys(".…。｡؟।۔", _END),
    **dict.fromkeys("!?！？", _ASK),
    **dict.fromkeys('"“”„«»‟「」『』‹›', _QUOTE),
    **dict.fromkeys("'’‘‚", _OTHER),
    **dict.fromkeys(")]）］】", _CLOSER),
    **dict.fromkeys(",;、，،；", _COMMA),
    **dict.fromkeys(":：", _COLON),
    **dict.fromkeys("-–—‐‑", _DASH),
    **dict.fromkeys("|•·▪●◦■□►▶※*>→¦", _BAR),
    **dict.fromkeys("/@#_\\=&%+~", _SLASH),
    **dict.fromkeys("©®™", _OWN),
}


def features(units: Sequence[Unit], marks: Marks | None = None) -> Matrix:
    """Return one row of FEATURES per unit, in order; of a long one its first and last 400 letters are looked at.

    marks: what the markup tells of each unit, as the last three features; None for a text without markup.
    """
    if not units:
        return np.zeros((0, len(FEATURES)))
    lines = [seen(unit) for unit in units]
    own = _own(lines)
    found = np.empty((len(lines), len(FEATURES)))
    found[:, :_OWN_COLUMNS] = own.T
    found[:, _OWN_COLUMNS:-MARKS] = _around(own, lines).T
    found[:, -MARKS:] = _UNKNOWN if marks is None else [[*map(_number, mark)] for mark in marks]
    return found


def _number(mark: bool | None) -> float:
    return _UNKNOWN if mark is None else float(mark)


def seen(unit: Unit) -> str:
    """Return the letters of a unit that are looked at: all of a short one, the ends of a long one."""
    hidden = unit.end - unit.start - len(unit.head)
    return unit.head + unit.tail[-hidden:] if hidden else unit.head


def _own(cut: Sequence[str]) -> Matrix:
    """The first 21 features, one a row: what a line is by itself."""
    lengths = np.fromiter(map(len, cut), np.int64, len(cut))
    codes = np.frombuffer("".join(cut).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds()[np.minimum(codes, _MOST_CODE)]
    ends = np.cumsum(lengths)
    starts = ends - lengths
    row = np.repeat(np.arange(len(cut)), lengths)
    counts = np.bincount(row * _KINDS + kinds, minlength=len(cut) * _KINDS).reshape(len(cut), _KINDS).astype(float)

    in_word = (kinds >= _SMALL) & (kinds <= _DIGIT)
    opens = in_word.copy()
    opens[1:] &= ~in_word[:-1] | (row[1:] != row[:-1])
    numbers = opens & (kinds == _DIGIT)
    word_count = _per_line(row, opens, len(cut))
    some = np.maximum(word_count, 1)
    first, last = kinds[starts], kinds[ends - 1]
    second_last = kinds[np.maximum(ends - 2, starts)]
    third_last = kinds[np.maximum(ends - 3, starts)]
    in_tail = _TAIL[last]
    asks = (last == _ASK) | (in_tail & (second_last == _ASK))
    stops = (last == _END) | (in_tail & ((second_last == _END) | (_TAIL[second_last] & (third_last == _END))))
    closed = asks | stops
    weight = word_count + counts[:, _WIDE] / 2
    in_words = counts[:, _SMALL : _DIGIT + 1].sum(axis=1)
    found = np.empty((_OWN_COLUMNS, len(cut)))
    for column, values in enumerate(
        (
            lengths,
            weight,
            closed,
            counts[:, _END] + counts[:, _ASK],
            counts[:, _CAPITAL] / np.maximum(counts[:, _SMALL : _WIDE + 1].sum(axis=1), 1),
            counts[:, _DIGIT] / lengths,
            (lengths - in_words - counts[:, _SPACE]) / lengths,
            in_words / some,
            counts[:, _COMMA] / some,
            first == _SMALL,
            first == _DIGIT,
            (first == _OTHER) | (first >= _COMMA),
            counts[:, _QUOTE],
            _per_line(row, opens & (kinds == _CAPITAL), len(cut)) / some,
            counts[:, _BAR],
            counts[:, _SLASH],
            last == _COLON,
            asks,
            _per_line(row, numbers, len(cut)) / some,
            counts[:, _OWN],
            closed & (weight >= _FULL_WORDS),
        )
    ):
        found[column] = values
    return found


def _around(own: Matrix, lines: Sequence[str]) -> Matrix:
    """The other features, one a row: where a line stands, and what stands beside it."""
    count = own.shape[1]
    at = np.arange(count)
    words, full = own[1], own[20]
    told = np.zeros(count + 1)
    np.cumsum(full, out=told[1:])
    total = max(told[-1], 1.0)
    usual = float(np.sort(words[full > 0])[int(told[-1]) // 2]) if told[-1] else float(_FULL_WORDS)
    low, high = np.maximum(at - _REACHES, 0), np.minimum(at + _REACHES + 1, count)
    found = np.zeros((_AROUND_COLUMNS, count))
    found[0] = _times(lines)
    found[1] = _shared(lines, full)
    found[2:5, 1:] = own[_BESIDE, :-1]
    found[5:8, :-1] = own[_BESIDE, 1:]
    found[8:12] = (told[high] - told[low]) / (high - low)
    found[12] = _since(full, at)
    found[13] = _since(full[::-1], at)[::-1]
    found[14] = told[:-1] / total
    found[15] = 1 - told[1:] / total
    found[16] = at / count
    found[17] = np.minimum(at, _FAR)
    found[18] = found[17][::-1]
    found[19] = min(count, _MANY)
    found[20] = told[-1] / count
    found[21] = np.minimum(words / usual, 5.0)
    return found


def _times(lines: Sequence[str]) -> Matrix:
    found = Counter(lines)
    return np.array([float(min(found[line], 5)) for line in lines])


def _shared(lines: Sequence[str], full: Matrix) -> Matrix:
    """Share of a line's longer words that stand in a full sentence too: 0 without such words, 1 for a sentence."""
    running = set("\n".join(itertools.compress(lines, full)).lower().split())
    return np.array(
        [1.0 if is_full else _of(line, running) for line, is_full in zip(lines, full.tolist(), strict=True)]
    )


def _of(line: str, running: set[str]) -> float:
    long = {word for word in line.lower().split() if len(word) >= _LONG_WORD}
    return len(long & running) / len(long) if long else 0.0


def _since(full: Matrix, at: NDArray[np.int64]) -> Matrix:
    """How many lines ago the last full sentence stood, at most 30."""
    last = np.full(len(full), -_FAR)
    np.maximum.accumulate(np.where(full[:-1] > 0, at[:-1], -_FAR), out=last[1:])
    since: Matrix = np.minimum(at - last, _FAR)
    return since


def _per_line(row: NDArray[np.int64], marked: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    return np.bincount(row[marked], minlength=count)


@cache
def _kinds() -> NDArray[np.uint8]:
    """The kind of every character of the basic plane; what lies beyond counts as a sign."""
    table = np.full(_MOST_CODE + 1, _OTHER, np.uint8)
    by_category = {"Ll": _SMALL, "Lu": _CAPITAL, "Lt": _CAPITAL, "Lo": _LETTER, "Lm": _LETTER, "Nd": _DIGIT}
    for code in range(_MOST_CODE):
        category = unicodedata.category(chr(code))
        if category in by_category:
            table[code] = by_category[category]
        elif category[0] == "M":
            table[code] = _LETTER
        elif category[0] in "ZC":
            table[code] = _SPACE
    for first, beyond in ((0x3040, 0x3100), (0x3400, 0xA000), (0xF900, 0xFB00)):
        table[first:beyond] = _WIDE
    for letter, kind in _SPECIAL.items():
        table[ord(letter)] = kind
    return table
