"""The body of a page, by trafilatura, as lines that know what they are."""

from collections.abc import Sequence

from lxml import html
from msgspec import Struct

from watchfloor.clean import page_extract, page_gaps
from watchfloor.clean.page_blocks import Block, running
from watchfloor.clean.page_extract import Line
from watchfloor.core.errors import SetAside

_MIN_WORDS = 12  # fewer words are no report but a menu that was left over; assumed
_MELTED = 600  # letters of a line long enough to be several paragraphs in one; assumed
_MELTED_SHARE = 0.7  # of all letters found, that stand in that line; assumed
_MIN_MELTED = 3  # paragraphs of the page in one line
_MOST_COMPARED = 30  # paragraphs, so that a hostile page costs no more
_MIN_WIDE = 30  # letters, for Chinese, Japanese and Korean, which have no spaces


class Body(Struct, frozen=True):
    """The lines of a body; method: how they were found."""

    lines: tuple[Line, ...]
    method: str


def body(
    root: html.HtmlElement, blocks: Sequence[Block], inside: Sequence[Block] | None = None, *, fast: bool = False
) -> Body:
    """Return the body; raises SetAside "no-body" when there is none.

    blocks: the page as its markup parts it; inside: those of its running text, looked for when None. trafilatura's fast
    way is believed where it agrees with the running text; else it may ask other extractors. When it melts paragraphs
    into one another, the blocks of the running text are the body; when it stops where the report goes on, the blocks in
    places like those it found are put back; when it finds nothing, its simple baseline is asked. `method` says so.
    fast: never ask other extractors.
    """
    unlinked = [block for block in (running(blocks) if inside is None else inside) if not block.linked]
    lines, method = page_extract.fast(root), TRAFILATURA
    if not fast and page_extract.doubtful(lines, unlinked):
        lines, method = page_extract.compared(root), COMPARED
    if _enough(lines):
        own = tuple(Line(block.text, block.heading) for block in unlinked)
        if _melted(lines, own):
            return Body(own, BLOCKS)
        if longer := page_gaps.mended([line.text for line in lines], unlinked):
            return Body(_marked([Line(block.text, block.heading) for block in longer], blocks), MENDED)
        return Body(_marked(lines, blocks), method)
    lines = page_extract.baseline(root)
    if _enough(lines):
        return Body(lines, "baseline")
    found = " ".join(line.text for line in lines)[:200]
    raise SetAside("no-body", f"found no report in the page, at most: {found!r}; is it a list, a menu or a login?")


TRAFILATURA = "trafilatura"
COMPARED = "compared"
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
