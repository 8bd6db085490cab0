"""Quotations: the stretches of a text that repeat somebody's words, by their marks.

Independent reports of one speech share its quotations; only the words around them tell who copied whom.
"""

import re
from collections.abc import Iterable, Iterator

LONGEST = 6000  # characters of the longest quotation believed; beyond it a mark is taken for a slip (assumed: one page)
MARKS = "\"“”«»„「」『』‘’'`"
"""The characters at which a quotation can begin or end."""

_LOOKED_AHEAD = 1000  # characters of further paragraphs in which a quotation may still be closed (assumed)
_CLOSES = {"“": "”", "«": "»", "„": "“”", "»": "«", "「": "」", "『": "』"}
_SINGLE = frozenset("'‘’`")
_FOUND = re.compile(f"[{MARKS}]")
_ENDS_SPEECH = ",.?!…"
_INTRODUCES = re.compile(
    r"\b(?:statement|letter|note|message|memo|e-?mail|post|tweet|text|transcript|speech|quote|wrote|writes|reads?|said"
    r"|says|posted|tweeted|continued|added|declared|in full|as follows|the following)\b[^.?!:\n]{0,60}:\s*$",
    re.IGNORECASE,
)


def quotations(text: str, marks: Iterable[int] | None = None, *, lines: bool = True) -> list[tuple[int, int]]:
    """Return the quotations as (start, end), marks included, in order and apart from each other.

    marks: where the characters of MARKS stand, when that is known; apostrophes inside words may be left out. lines:
    whether a line may end with ":" or begin with ">", when that is known.
    Curly, straight, angled, low, corner, typewriter (``...'') and single marks. A quotation goes on into the next
    paragraph when that opens with its mark again. A paragraph that a line ending in "the letter reads:" brings in, and
    lines that begin with ">", are quotations without marks. A mark that nothing closes ends with its paragraph.

    >>> quotations('He said: “We go.\\n“Now,” and went.')
    [(9, 23)]
    """
    places = [match.start() for match in _FOUND.finditer(text)] if marks is None else list(marks)
    found = list(_marked(text, places))
    if lines and (":\n" in text or "\n>" in text or text.startswith(">")):
        return _apart([*found, *_blocks(text)])
    return found


def _marked(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    start, opened, skip, line = -1, "", -1, -1  # line: where the paragraph ends that an open quotation has come to
    for nth, at in enumerate(places):
        if at < skip:
            continue
        mark = text[at]
        if mark in _SINGLE and text[at + 1 : at + 2] == mark and mark != "‘":
            mark, skip = mark * 2, at + 2
        if start >= 0 and line < at:
            line, goes_on = _paragraph(text, opened, line, at, places, nth)
            if not goes_on:
                if opened not in _SINGLE and line - start <= LONGEST:  # a single mark may be an apostrophe
                    yield start, line
                start = -1
        if start < 0:
            if _opens(text, mark, at):
                start, opened, line = at, mark, _line_end(text, at)
        elif _closes(text, opened, mark, at):
            if at + len(mark) - start <= LONGEST:
                yield start, at + len(mark)
            start = -1
    if start >= 0 and opened not in _SINGLE:
        line, _ = _paragraph(text, opened, line, len(text), places, len(places))
        if line - start <= LONGEST:
            yield start, line


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return found if found >= 0 else len(text)


def _paragraph(text: str, opened: str, line: int, at: int, places: list[int], nth: int) -> tuple[int, bool]:
    """Return where the paragraph ends up to which an open quotation goes on, and whether that is past a place.

    line: end of the paragraph known to belong to it. nth: the first mark of places that is not before the place.
    """
    while line < at:
        if not text[line : line + 200].lstrip().startswith(opened) and not _closed_later(
            text, opened, line, places, nth
        ):
            return line, False
        line = _line_end(text, line + 1)
    return line, True


def _closed_later(text: str, opened: str, line: int, places: list[int], nth: int) -> bool:
    """Return whether the first mark of the paragraphs that follow closes: the opening one was not repeated."""
    if opened in _SINGLE or opened == '"':
        return False
    for number in range(nth, len(places)):
        at = places[number]
        if at - line > _LOOKED_AHEAD:
            return False
        if text[at] not in "'’":
            return _closes(text, opened, text[at], at)
        if opened == "``" and text.startswith("''", at):
            return True
    return False


def _opens(text: str, mark: str, at: int) -> bool:
    if mark in ("``", "“", "«", "„", "「", "『"):
        return True
    if mark not in ('"', "»", "‘", "'"):
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isalnum() and before not in {*_ENDS_SPEECH} and bool(after) and not after.isspace()


def _closes(text: str, opened: str, mark: str, at: int) -> bool:
    if opened in _SINGLE:
        return mark in ("'", "’") and text[at - 1] in _ENDS_SPEECH and not text[at + 1 : at + 2].isalnum()
    if opened == "``":
        return mark in ("''", '"')
    if opened == '"':
        opens_paragraph = text[at + 1 : at + 2].isalnum() and text[max(0, at - 100) : at].rstrip(" \t").endswith("\n")
        return mark == '"' and not opens_paragraph
    return mark in _CLOSES[opened]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that are quoted without marks."""
    introduced, start = False, 0
    while start < len(text):
        end = _line_end(text, start)
        if introduced or text.startswith(">", start):
            if text[start:end].strip():
                yield start, end
                introduced = False
        elif text.startswith(":", end - 1):
            introduced = _INTRODUCES.search(text, max(start, end - 100), end) is not None
        start = end + 1


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
