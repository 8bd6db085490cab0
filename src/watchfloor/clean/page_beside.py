"""The blocks beside a page's headline and below its last paragraph: where writers and dates are printed."""

import re
from collections.abc import Sequence

from msgspec import Struct

from watchfloor.clean.page_blocks import Block, running
from watchfloor.clean.page_data import shared_words

_LONG = 30  # words of a paragraph of the report
_WIDE_LONG = 60  # letters of one in Chinese, Japanese or Korean
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_STANDFIRSTS = 1  # long blocks between headline and byline
_AFTER = 25  # blocks below the headline that are looked at; a report's head seldom has ten
_BEFORE = 6
_END = 8  # blocks below the last paragraph
_SAME = 0.8  # share of words of a block that is the headline; assumed


class Beside(Struct, frozen=True):
    """The short blocks around the headline, nearest to it first; blocks: all of the page."""

    after: tuple[Block, ...]
    before: tuple[Block, ...]
    blocks: Sequence[Block]

    @property
    def head(self) -> tuple[Block, ...]:
        """Those around the headline."""
        return self.after + self.before

    def below(self) -> tuple[Block, ...]:
        """Return the blocks after the last long paragraph of the report."""
        inside = {id(block) for block in running(self.blocks)}
        last = max(
            (at for at, block in enumerate(self.blocks) if id(block) in inside and long(block)),
            default=len(self.blocks),
        )
        return tuple(self.blocks[last + 1 : last + 1 + _END])


def beside(blocks: Sequence[Block], headline: str | None) -> Beside:
    """Return the short blocks after and before the headline."""
    place = _headline(blocks, headline)
    start = place + 1 if place is not None else max(0, _first_long(blocks) - _BEFORE)
    after: list[Block] = []
    passed = 0
    for block in blocks[start : start + _AFTER]:
        if long(block):
            passed += 1
            if passed > _STANDFIRSTS:
                break
        else:
            after.append(block)
    first = place or 0
    before = [block for block in blocks[max(0, first - _BEFORE) : first] if not long(block)]
    return Beside(tuple(after), tuple(reversed(before)), blocks)


def long(block: Block) -> bool:
    """Return whether a block is a paragraph of running text."""
    if block.linked:
        return False
    return len(block.text.split(maxsplit=_LONG)) >= _LONG or len(_WIDE.findall(block.text[:400])) >= _WIDE_LONG


def _headline(blocks: Sequence[Block], headline: str | None) -> int | None:
    """The place of the block that is the headline: a heading of the first level, else any heading, else a line."""
    if not headline:
        return None
    most, least = 2 * len(headline) + 20, len(headline) / 2
    same = [
        index
        for index, block in enumerate(blocks)
        if least < len(block.text) < most and shared_words(block.text, headline) >= _SAME
    ]
    marked = [index for index in same if blocks[index].element.tag == "h1"]
    headed = [index for index in same if blocks[index].heading]
    return next((found[0] for found in (marked, headed, same) if found), None)


def _first_long(blocks: Sequence[Block]) -> int:
    return next((index for index, block in enumerate(blocks) if long(block)), 0)
