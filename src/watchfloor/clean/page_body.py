"""The body of a page, by trafilatura, as lines that know what they are."""

import logging
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree, html
from msgspec import Struct

from watchfloor.core.errors import SetAside

# trafilatura and its fallbacks warn of every page they give up on: here the SetAside says so.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_MIN_WORDS = 12  # fewer words are no report but a menu that was left over; assumed
_MIN_WIDE = 30  # letters, for Chinese, Japanese and Korean, which have no spaces


class Line(Struct, frozen=True):
    """One paragraph, heading or list item of a body, white space collapsed."""

    text: str
    heading: bool


class Body(Struct, frozen=True):
    """The lines of a body; method: how they were found."""

    lines: tuple[Line, ...]
    method: str


def body(root: html.HtmlElement) -> Body:
    """Return the body; raises SetAside "no-body" when there is none.

    When trafilatura's own search finds nothing its simple baseline is asked, and `method` says so.
    """
    import trafilatura  # heavy: half a second
    from trafilatura.settings import Document

    document = trafilatura.bare_extraction(deepcopy(root), include_comments=False, include_tables=True)
    lines = tuple(_lines(document.body)) if isinstance(document, Document) else ()
    if _enough(lines):
        return Body(lines, "trafilatura")
    element, _, _ = trafilatura.baseline(deepcopy(root))
    lines = tuple(_lines(element))
    if _enough(lines):
        return Body(lines, "baseline")
    found = " ".join(line.text for line in lines)[:200]
    raise SetAside("no-body", f"found no report in the page, at most: {found!r}; is it a list, a menu or a login?")


def _enough(lines: tuple[Line, ...]) -> bool:
    text = " ".join(line.text for line in lines)
    wide = sum("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text)
    return len(text.split()) >= _MIN_WORDS or wide >= _MIN_WIDE


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
