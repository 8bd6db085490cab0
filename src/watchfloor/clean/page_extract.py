"""What trafilatura finds in a page, as lines: its fast way first, and all of it where the fast way looks wrong."""

import logging
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from lxml import etree, html
from msgspec import Struct

from watchfloor.clean.page_blocks import Block
from watchfloor.clean.units import lines

# trafilatura and its fallbacks warn of every page they give up on: here the SetAside says so.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_LEAST = 250  # letters; of less trafilatura itself looks for the text elsewhere in the page
_MIN_SHARE = 0.3  # of the running text's paragraphs, by letters, that a result must hold; measured: .2 or .36
_MOST_TIMES = 4.0  # as much text as those paragraphs, that a result may hold; measured: 3.3 or 9.3
_START = 60  # letters by which a paragraph is found again
_MIN_WEIGHT = 12  # of a paragraph that ends as a sentence does

_DROPPED = (
    "head aside embed fencedframe footer iframe menu object style svg applet audio canvas map picture video area "
    "blink button datalist dialog frame frameset input label legend marquee nav noindex noscript optgroup option "
    "output param progress select source track textarea time use"
).split()
"""Elements that trafilatura throws away with all that is in them, whatever it is."""
_STRIPPED = (
    "abbr acronym address bdi bdo big cite data dfn font hgroup img ins mark meta nobr ruby small tbody template tfoot "
    "thead wbr"
).split()
"""Elements whose text it keeps without them."""


class Line(Struct, frozen=True):
    """One paragraph, heading or list item of a body, white space collapsed.

    linked, item: whether all of it is a link, or stands in a list or table; None where the page has no such block.
    """

    text: str
    heading: bool
    linked: bool | None = None
    item: bool | None = None


def fast(root: html.HtmlElement) -> tuple[Line, ...]:
    """Return what trafilatura finds without asking other extractors, twice as fast; () when it finds nothing.

    It is handed a smaller copy of the page, without what it would throw away first anyway.
    """
    return _found(_smaller(root), fast=True)


def compared(root: html.HtmlElement) -> tuple[Line, ...]:
    """Return what trafilatura finds when it compares its own result with those of other extractors."""
    return _found(root, fast=False)


def baseline(root: html.HtmlElement) -> tuple[Line, ...]:
    """Return what trafilatura's simple baseline finds: any paragraphs there are."""
    import trafilatura

    element, _, _ = trafilatura.baseline(deepcopy(root))
    return tuple(_lines(element))


def doubtful(found: Sequence[Line], unlinked: Sequence[Block]) -> bool:
    """Return whether a result looks wrong beside the running text of its page.

    It is little, or holds hardly any of the running text's paragraphs, or is far more than they are. unlinked: the
    blocks of the running text that are no links.
    """
    whole = "\n".join(line.text for line in found)
    paragraphs = [block.text for block in unlinked if _is_paragraph(block.text)]
    letters = sum(map(len, paragraphs))
    there = sum(len(text) for text in paragraphs if text[:_START] in whole)
    return len(whole) < _LEAST or there < _MIN_SHARE * letters or len(whole) > _MOST_TIMES * letters


def _is_paragraph(text: str) -> bool:
    if len(text) < _MIN_WEIGHT * 2:
        return False
    (unit,) = lines(text)
    return unit.closed and unit.weight >= _MIN_WEIGHT


def _smaller(root: html.HtmlElement) -> html.HtmlElement:
    """A copy without what holds no text of a report; article data stay, trafilatura reads them."""
    copy = deepcopy(root)
    etree.strip_elements(copy, *_DROPPED, with_tail=False)
    for script in list(copy.iter("script")):
        if script.get("type") != "application/ld+json":
            script.drop_tree()
    etree.strip_tags(copy, *_STRIPPED)
    return copy


def _found(root: html.HtmlElement, fast: bool) -> tuple[Line, ...]:
    import trafilatura  # heavy: half a second

    document: Any = trafilatura.bare_extraction(root, options=_options(fast))
    return tuple(_lines(document.body)) if document is not None else ()


@cache
def _options(fast: bool) -> Any:
    """What is asked of trafilatura; "txt", because for "python" it writes a text too that nobody reads."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="txt", fast=fast, comments=False, tables=True)


def _lines(element: etree._Element) -> Iterator[Line]:
    """Yield the blocks of trafilatura's simple tree in order."""
    for text in _pieces(element.text):
        yield Line(text, False)
    for block in element:
        if block.tag in {"list", "table", "div", "body", "main"} and len(block):
            yield from (Line(text, False) for child in block for text in _words(child))
        else:
            yield from (Line(text, block.tag == "head") for text in _words(block))
        for text in _pieces(block.tail):
            yield Line(text, False)


def _words(element: etree._Element) -> Iterator[str]:
    """Yield the text of one block; a line break in it starts a new line, table cells are parted by a bar."""
    for cell in element.iter("cell"):
        if cell.getprevious() is not None:
            cell.text = " | " + (cell.text or "")
    for line_break in element.iter("lb"):
        line_break.tail = "\n" + (line_break.tail or "")
    yield from _pieces("".join(str(piece) for piece in element.itertext()))


def _pieces(text: str | None) -> Iterator[str]:
    for piece in (text or "").split("\n"):
        words = " ".join(piece.split())
        if words:
            yield words
