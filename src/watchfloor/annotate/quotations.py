"""Where a passage quotes: pairs of quotation marks found by a state machine that survives wrong and missing marks."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watchfloor.core.annotation import Annotation
from watchfloor.core.report import Report

_OPENERS = "“„«‟＂「『"
_CLOSERS = "”»」』"
_EITHER = '"'
_MARKS = frozenset(_OPENERS + _CLOSERS + _EITHER)
_DOUBLE = re.compile(rf"[{''.join(sorted(_MARKS))}]|``|''|’’|‘‘")
_SINGLE = re.compile("['‘’]")
_LEFT = frozenset("([{—–-/‘'’…")  # a mark after one of these, or after white space, may open
_RIGHT = frozenset(")]}—–-/.,;:!?’'‘…")  # a mark before one of these, or before white space, may close
_STOPS = frozenset(".,;:!?…")


class Quotation(NamedTuple):
    """A quoted stretch text[start:end] with its marks; opened, closed: whether the mark on that side is there."""

    start: int
    end: int
    opened: bool
    closed: bool


def find(text: str, start: int, end: int) -> list[Quotation]:
    """Return the quotations of one passage, in order, never overlapping; what stands in inner marks is not split off.

    A mark's surroundings decide its direction before its shape does, so that ”word” and "word” are quotations too. An
    opened quotation ends at the next opening mark that follows a full stop or comma, else at the passage's end. A
    closing mark without an opening one, behind a comma or full stop, makes a quotation from the passage's start if
    nothing was quoted before it. Single marks count only in a passage without double ones.

    >>> [tuple(one) for one in find('He said ”go,” then "stay"', 0, 25)]
    [(8, 13, True, True), (19, 25, True, True)]
    """
    double = _pair(text, start, end, list(_doubles(text, start, end)))
    return double or _pair(text, start, end, list(_singles(text, start, end)), need_close=True)


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Quotation]:
    """Yield the quotations of the body, passage by passage."""
    for passage in report.parts("body"):
        yield from find(report.text, passage.start, passage.end)


class _Mark(NamedTuple):
    start: int
    end: int
    opens: bool | None  # None: could be either


def _doubles(text: str, start: int, end: int) -> Iterator[_Mark]:
    """Yield the double marks of the passage; two single ones in a row (``, '') count as one."""
    for match in _DOUBLE.finditer(text, start, end):
        at, behind = match.span()
        first = text[at] in "`‘"
        yield _Mark(at, behind, (first and behind > at + 1) or _direction(text, start, end, at, behind))


def _direction(text: str, start: int, end: int, left: int, right: int) -> bool | None:
    """Tell whether the mark text[left:right] opens; None when neither its place nor its shape tells."""
    before = text[left - 1] if left > start else " "
    after = text[right] if right < end else " "
    may_open = (before.isspace() or before in _LEFT) and not after.isspace()
    may_close = (after.isspace() or after in _RIGHT or after in _MARKS) and not before.isspace()
    if may_open != may_close:
        return may_open
    if text[left] in _OPENERS:
        return True
    return False if text[left] in _CLOSERS else None


def _singles(text: str, start: int, end: int) -> Iterator[_Mark]:
    """Yield the single marks that stand at the edge of a word, apostrophes inside words left out."""
    for match in _SINGLE.finditer(text, start, end):
        at = match.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if (before.isspace() or before in "([—–") and (after.isalnum() or after in "[("):
            yield _Mark(at, at + 1, True)
        elif (not before.isspace() and not after.isalnum() and before in _STOPS) or (
            before.isalnum() and before != "s" and (after.isspace() or after in _STOPS)
        ):
            yield _Mark(at, at + 1, False)


def _pair(text: str, start: int, end: int, marks: Sequence[_Mark], need_close: bool = False) -> list[Quotation]:
    """Return the quotations the marks make; with need_close, those without a closing mark are dropped."""
    found: list[Quotation] = []
    begin: int | None = None
    depth = 0
    for mark in marks:
        opens = mark.opens if mark.opens is not None else begin is None
        if begin is None and opens:
            begin, depth = mark.start, 0
        elif begin is None:
            if not found and mark.start > start and text[mark.start - 1] in _STOPS and not need_close:
                found.append(Quotation(start, mark.end, False, True))
        elif not opens and depth:
            depth -= 1
        elif not opens:
            found.append(Quotation(begin, mark.end, True, True))
            begin = None
        elif _last_letter(text, begin, mark.start) in _STOPS:
            found.append(Quotation(begin, _trimmed(text, begin, mark.start), True, False))
            begin, depth = mark.start, 0
        else:
            depth += 1
    if begin is not None:
        found.append(Quotation(begin, _trimmed(text, begin, end), True, False))
    return [one for one in found if one.closed or not need_close]


def _last_letter(text: str, start: int, end: int) -> str:
    at = _trimmed(text, start, end)
    return text[at - 1] if at > start else " "


def _trimmed(text: str, start: int, end: int) -> int:
    """Return the end of text[start:end] without the white space at its end."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
