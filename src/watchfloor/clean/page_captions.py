"""Captions and standfirsts that a page's markup tells, and captions that a page prints twice."""

import re
from collections import deque
from collections.abc import Iterator, Sequence

from lxml import html
from msgspec import Struct

from watchfloor.clean import captions
from watchfloor.clean.page_blocks import Block
from watchfloor.clean.units import Unit, lines
from watchfloor.core.report import Flag

_MIN_LETTERS = 30  # of a caption known only by its picture's alternative text, or by being printed twice
_NEAR = 2  # blocks between the two printings of a caption, picture and all
_HEAD = 400  # letters compared, as many as a unit's head has
_CAPTION = re.compile(
    r"caption|cutline|bildunterschrift|bildtext|pie-?de-?foto|didascalia|(?:^|[\s_-])(?:cap|legende?)\d?(?:$|[\s_-])"
)
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:chap[oô]|standfirst|dek|sous-?titre|sottotitolo|bajada|entradilla)(?:$|[\s_-])"
)


class Told(Struct, frozen=True):
    """What the markup tells of lines, by their first 400 letters.

    printed: how often the page prints a caption that it prints more than once.
    """

    captions: frozenset[str]
    standfirsts: frozenset[str]
    printed: dict[str, int]


def told(root: html.HtmlElement, blocks: Sequence[Block], inside: Sequence[Block]) -> Told:
    """Return the captions and standfirsts of a page; inside: the blocks of its running text.

    A caption is what a figure's caption says, what its element's class calls one, what repeats a picture's
    alternative text or ends with a photo credit, or a long line printed twice in a row.
    """
    alternatives = {text for image in root.iter("img") if len(text := _cut(image.get("alt"))) >= _MIN_LETTERS}
    beside = _printed_beside(inside)
    marked: set[str] = set()
    standfirsts: set[str] = set()
    for block in blocks:
        text, named = _cut(block.text), _classes(block.element)
        if _is_marked(block.element, named) or (text in alternatives and not block.linked):
            marked.add(text)
        elif _STANDFIRST.search(named):
            standfirsts.add(text)
    marked.update(text for text in beside if _credited(text))
    printed = {text: times for text, times in beside.items() if text in marked}
    return Told(frozenset(marked), frozenset(standfirsts - marked), printed)


def _printed_beside(blocks: Sequence[Block]) -> dict[str, int]:
    """Return the long lines printed again at most two blocks further on, and how often each is printed so."""
    times: dict[str, int] = {}
    recent: deque[str] = deque(maxlen=_NEAR)
    for block in blocks:
        text = _cut(block.text)
        if len(text) >= _MIN_LETTERS and not block.linked and text in recent:
            times[text] = times.get(text, 1) + 1
        recent.append(text)
    return times


def doubled(known: Told, found: Sequence[Unit]) -> Iterator[Flag]:
    """Yield a flag for each further printing of a caption that the body found in the page does not hold any more."""
    kept: dict[str, list[Unit]] = {}
    for unit in found:
        kept.setdefault(unit.head, []).append(unit)
    for text, times in known.printed.items():
        if len(kept.get(text, ())) > 1:  # both stand in the text: seen there
            continue
        place = next(iter(kept.get(text, ())), None)
        yield Flag(
            name="duplicate-caption",
            certainty="certain",
            detail=f"the page prints a caption {times} times: {text[:80]!r}",
            start=place.start if place else None,
            end=place.end if place else None,
        )


def _is_marked(element: html.HtmlElement, named: str) -> bool:
    parent = element.getparent()
    inside = element.tag == "figcaption" or (parent is not None and parent.tag == "figcaption")
    return inside or bool(_CAPTION.search(named))


def _credited(text: str) -> bool:
    return len(text) >= _MIN_LETTERS and any(captions.credit(unit) for unit in lines(text))


def _classes(element: html.HtmlElement) -> str:
    return (element.get("class") or "").lower()[:200]


def _cut(text: str | None) -> str:
    return " ".join((text or "").split())[:_HEAD]
