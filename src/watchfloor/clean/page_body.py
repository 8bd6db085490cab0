"""The body of a page, by trafilatura, as lines that know what they are."""

import logging
from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree, html
from msgspec import Struct

from watchfloor.clean import page_gaps
from watchfloor.clean.page_blocks import Block, running
from watchfloor.core.errors import SetAside

# trafilatura and its fallbacks warn of every page they give up on: here the SetAside says so.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_MIN_WORDS = 12  # fewer words are no report but a menu that was left over; assumed
_MELTED = 600  # letters of a line long enough to be several paragraphs in one; assumed
_MELTED_SHARE = 0.7  # of all letters found, that stand in that line; assumed
_MIN_MELTED = 3  # paragraphs of the page in one line
_MOST_COMPARED = 30  # paragraphs, so that a hostile page costs no more
_MIN_WIDE = 30  # letters, for Chinese, Japanese and Korean, which have no spaces


class Line(Struct, frozen=True):
    """One paragraph, heading or list item of a body, white space collapsed.

    linked, item: whether all of it is a link, or stands in a list or table; None where the page has no such block.
    """

    text: str
    heading: bool
    linked: bool | None = None
    item: bool | None = None


class Body(Struct, frozen=True):
    """The lines of a body; method: how they were found."""

    lines: tuple[Line, ...]
    method: str


def body(
    root: html.HtmlElement, blocks: Sequence[Block], inside: Sequence[Block] | None = None, *, fast: bool = False
) -> Body:
    """Return the body; raises SetAside "no-body" when there is none.

    blocks: the page as its markup parts it; inside: those of its running text, looked for when None. When trafilatura
    melts them into one another, the blocks of the running text are the body; when it stops where the report goes on,
    the blocks in places like those it found are put back; when it finds nothing, its simple baseline is asked. `method`
    says so. fast: do without the other extractors that trafilatura asks where its own result looks poor.
    """
    import trafilatura  # heavy: half a second
    from trafilatura.settings import Document

    document = trafilatura.bare_extraction(deepcopy(root), fast=fast, include_comments=False, include_tables=True)
    lines = tuple(_lines(document.body)) if isinstance(document, Document) else ()
    if _enough(lines):
        unlinked = [block for block in (running(blocks) if inside is None else inside) if not block.linked]
        own = tuple(Line(block.text, block.heading) for block in unlinked)
        if _melted(lines, own):
            return Body(own, BLOCKS)
        if longer := page_gaps.mended([line.text for line in lines], unlinked):
            return Body(_marked([Line(block.text, block.heading) for block in longer], blocks), MENDED)
        return Body(_marked(lines, blocks), "trafilatura")
    element, _, _ = trafilatura.baseline(deepcopy(root))
    lines = tuple(_lines(element))
    if _enough(lines):
        return Body(lines, "baseline")
    found = " ".join(line.text for line in lines)[:200]
    raise SetAside("no-body", f"found no report in the page, at most: {found!r}; is it a list, a menu or a login?")


BLOCKS = "blocks"
MENDED = "mended"

_ITEMS = frozenset("li dd dt td th".split())


def _marked(lines: Sequence[Line], blocks: Sequence[Block]) -> tuple[Line, ...]:
    """Return the lines with what the page's blocks of the same words tell of them."""
    known = {block.text: block for block in blocks}
    return tuple(
        Line(line.text, line.heading, block.linked, block.element.tag in _ITEMS)
        if (block := known.get(line.text.removeprefix("- ")))
        else line
        for line in lines
    )


def _melted(lines: tuple[Line, ...], own: tuple[Line, ...]) -> bool:
    """Whether most of what was found is one line that holds several paragraphs of the page."""
    longest = max((line.text for line in lines), key=len)
    if len(longest) < max(_MELTED, _MELTED_SHARE * sum(len(line.text) for line in lines)):
        return False
    paragraphs = [line.text for line in own if len(line.text.split()) >= _MIN_WORDS][:_MOST_COMPARED]
    return sum(text in longest for text in paragraphs) >= _MIN_MELTED


def _enough(lines: tuple[Line, ...]) -> bool:
    text = " ".join(line.text for line in lines)
    if len(text.split(maxsplit=_MIN_WORDS)) >= _MIN_WORDS:
        return True
    return sum("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text) >= _MIN_WIDE


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
