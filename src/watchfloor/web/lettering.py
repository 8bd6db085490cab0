"""Text set in SVG, which neither wraps nor shortens by itself: widths are estimated on the safe side."""

import unicodedata
from functools import cache

from markupsafe import Markup, escape

from watchfloor.web.inert import shown

# Widths in em, the widest of common sans-serif faces (Verdana, DejaVu Sans) rounded up; measured by hand.
_NARROW = frozenset("iljtfrI|!.,:;'’‘()[]- ")
_WIDE = frozenset("mwMW@%…—")


def width(text: str, size: float) -> float:
    """Return a width in pixels that the text does not exceed at this font size."""
    return sum(map(_em, text)) * size


@cache
def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.43
    if letter in _WIDE:
        return 1.02
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if unicodedata.combining(letter):
        return 0.0
    if letter.isupper():
        return 0.78
    return 0.65


def wrapped(text: str, room: float, size: float, most: int) -> tuple[str, ...]:
    """Return the text in at most `most` lines that each fit the room; what does not fit ends in "…"."""
    lines: list[str] = []
    line = ""
    words = [piece for word in shown(text, 400).split(" ") for piece in _pieces(word, room, size)]
    for at, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if width(longer, size) <= room:
            line = longer
            continue
        if len(lines) == most - 1:
            return (*lines, _fitted(longer, room, size))
        lines.append(line)
        line = word
        if at == len(words) - 1:
            break
    return (*lines, line) if line else tuple(lines)


def _pieces(word: str, room: float, size: float) -> list[str]:
    """Return a word in pieces that each fit the room."""
    if width(word, size) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if width(pieces[-1] + letter, size) > room and pieces[-1]:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _fitted(text: str, room: float, size: float) -> str:
    while text and width(text + "…", size) > room:
        text = text[:-1]
    if " " in text[-12:]:
        text = text[: text.rindex(" ")]
    return text.rstrip(" ,;:") + "…"


def label(x: float, y: float, text: str, css: str, anchor: str = "start") -> Markup:
    """Return one line of SVG text, escaped; css names its class."""
    return Markup('<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>').format(
        _n(x), _n(y), css, anchor, escape(text)
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def block(x: float, y: float, lines: tuple[str, ...], css: str, leading: float, anchor: str = "start") -> Markup:
    """Return lines of SVG text below each other, the first with its baseline at y."""
    return Markup("").join(label(x, y + at * leading, line, css, anchor) for at, line in enumerate(lines))
