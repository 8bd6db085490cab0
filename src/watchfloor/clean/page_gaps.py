"""What an extractor left out of a report that goes on: paragraphs in the same kind of place as those that it found."""

from collections.abc import Sequence

from lxml import html

from watchfloor.clean.page_blocks import Block
from watchfloor.clean.units import lines

_MIN_WORDS = 12  # of a paragraph that ends as a sentence does
_START = 60  # letters by which a paragraph is found again
_MIN_LETTERS = 3_000  # missing, that are worth mending: of 261 pages four had as many in such places
_MIN_SHARE = 0.3  # of the running text's paragraphs, by letters, that is missing
_MIN_ALIKE = 0.5  # of what is missing, that stands in places like those found; measured: .56 and more, or none
_LEVELS = 3  # elements that tell a place: the paragraph's own and two around it

Place = tuple[tuple[object, str], ...]


def mended(found: Sequence[str], inside: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of the whole report, () when nothing of it seems to be missing.

    found: the lines that the extractor gave; inside: the blocks of the running text that are no links. Other reports
    below this one stand in other places, so they stay out.
    """
    whole = "\n".join(found)
    paragraphs = [block for block in inside if _is_paragraph(block.text)]
    there = {id(block) for block in paragraphs if block.text[:_START] in whole}
    missing = [block for block in paragraphs if id(block) not in there]
    letters = _letters(missing)
    if not there or letters < max(_MIN_LETTERS, _MIN_SHARE * _letters(paragraphs)):
        return ()
    places = {place(block.element) for block in paragraphs if id(block) in there}
    alike = [block for block in missing if place(block.element) in places]
    if _letters(alike) < _MIN_ALIKE * letters:
        return ()
    return tuple(block for block in inside if block.text[:_START] in whole or place(block.element) in places)


def place(element: html.HtmlElement) -> Place:
    """Return what kind of place an element is: tag and first class of itself and of the two around it."""
    chain = [element, *(found for _, found in zip(range(_LEVELS - 1), element.iterancestors(), strict=False))]
    return tuple((one.tag, (one.get("class") or "").split(" ", 1)[0]) for one in chain)


def _is_paragraph(text: str) -> bool:
    if len(text.split(maxsplit=_MIN_WORDS)) < _MIN_WORDS:
        return False
    (unit,) = lines(text)
    return unit.closed


def _letters(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)
