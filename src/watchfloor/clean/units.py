"""The lines or paragraphs of a text: what the judges of residue look at."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

_CLOSED = re.compile(r"[.!?…。！？؟।:;][\"'”’»」』)\]]{0,3}$|[.!?…。！？][”\"»]\s?[)\]]?$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_PER_WORD = 2  # letters of Chinese, Japanese or Korean that weigh as much as one English word; assumed
_HEAD = 400  # letters looked at from either end of a line, so that one endless line costs no more than a short one
_WRAP_MOST = 100  # a text whose lines all end before this column may be hard-wrapped; mail and wires use 65 to 80
_WRAP_LEAST = 45
_PROSE = 8  # weight of a sentence
_LONG = 25  # weight of a line that is prose even without a full stop


class Unit(Struct, frozen=True):
    """One line, or one paragraph of hard-wrapped lines, without the white space around it.

    start, end: code points in the text. head, tail: its first and last 400 letters.
    weight: words, with CJK letters counted by halves. closed: it ends as a sentence does.
    """

    start: int
    end: int
    head: str
    tail: str
    weight: int
    closed: bool

    @property
    def prose(self) -> bool:
        """Whether it reads like a sentence or more."""
        return self.weight >= (_PROSE if self.closed else _LONG)


def units(text: str) -> tuple[Unit, ...]:
    """Return the units of a text in order; together they hold every letter that is not white space."""
    ranges = tuple(_lines(text))
    width = _wrapped_at(text, ranges)
    if width is not None:
        ranges = tuple(_joined(text, ranges, width))
    return tuple(_unit(text, start, end) for start, end in ranges)


def lines(text: str) -> tuple[Unit, ...]:
    """Return one unit per line, for a text whose lines are known to be paragraphs."""
    return tuple(_unit(text, start, end) for start, end in _lines(text))


def letters(units: Sequence[Unit], chosen: Iterable[int]) -> int:
    """Return how many code points the chosen units have together. chosen: their places."""
    return sum(units[index].end - units[index].start for index in chosen)


def dominant_script(text: str) -> str | None:
    """Return the script of most letters ("LATIN", "HANGUL", "CYRILLIC"), None without letters.

    >>> dominant_script("서울 and 부산에서는")
    'HANGUL'
    """
    head = text[:_HEAD]
    if head.isascii():
        return "LATIN" if any(map(str.isalpha, head)) else None
    counts: dict[str, int] = {}
    for letter in head:
        if letter.isalpha():
            script = unicodedata.name(letter, "").split(" ", 1)[0]
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else None


def _unit(text: str, start: int, end: int) -> Unit:
    body = text[start:end]
    tail = body[-_HEAD:]
    wide = 0 if body.isascii() else len(_WIDE.findall(body))
    weight = len(body.split()) + wide // _WIDE_PER_WORD
    return Unit(start, end, body[:_HEAD], tail, weight, bool(_CLOSED.search(tail[-8:])))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        inner = line.strip()
        if inner:
            begin = start + len(line) - len(line.lstrip())
            yield begin, begin + len(inner)
        start += len(line)


def _wrapped_at(text: str, ranges: tuple[tuple[int, int], ...]) -> int | None:
    """Return the column where the text is hard-wrapped, None where a line is a paragraph."""
    lengths = [end - start for start, end in ranges]
    if len(lengths) < 6 or not _WRAP_LEAST <= max(lengths) <= _WRAP_MOST:
        return None
    width = max(lengths)
    follows = [
        length > 0.75 * width and text.count("\n", end, following[0]) == 1
        for (length, (_, end)), following in zip(zip(lengths, ranges, strict=True), ranges[1:], strict=False)
    ]
    open_ends = sum(not _CLOSED.search(text[max(0, end - 8) : end]) for _, end in ranges)
    return width if sum(follows) >= 0.4 * len(ranges) and open_ends >= 0.4 * len(ranges) else None


def _joined(text: str, ranges: tuple[tuple[int, int], ...], width: int) -> Iterator[tuple[int, int]]:
    """Join a line to the next when it is full and no blank line parts them."""
    start, end = ranges[0]
    last = start
    for begin, stop in ranges[1:]:
        full = end - last > 0.75 * width
        if full and text.count("\n", end, begin) == 1:
            last, end = begin, stop
            continue
        yield start, end
        start, end, last = begin, stop, begin
    yield start, end
