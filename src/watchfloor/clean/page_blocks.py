"""The blocks of a page as its markup parts them, and the part of it that holds the running text."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree, html
from msgspec import Struct

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_BREAKS = _BLOCKS | {"br"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset(
    "script style noscript template svg math iframe object select option button textarea input head title nav".split()
)
_MIN_PROSE = 12  # words of a block that counts as running text
_MIN_WIDE = 24  # letters of such a block in Chinese, Japanese or Korean
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HOLDS = 0.8  # share of the running text that the part must hold; assumed


class Block(Struct, frozen=True):
    """One stretch of text between two breaks, white space collapsed; element: the innermost block it stands in.

    linked: its letters are all in links.
    """

    text: str
    element: html.HtmlElement
    linked: bool

    @property
    def heading(self) -> bool:
        """Whether it is marked as a heading."""
        return self.element.tag in _HEADINGS


def blocks(root: html.HtmlElement) -> tuple[Block, ...]:
    """Return the blocks of a page in order; scripts, menus and controls are left out.

    root: of a tree without comments, as `page_tree.tree` makes it.
    """
    found: list[Block] = []
    gathered = _Gathered()
    inside = [root]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag, opens = element.tag, event == "start"
        if tag in _SKIPPED and element is not root:
            if opens:
                walker.skip_subtree()
                continue
        elif tag in _BREAKS:
            found.extend(gathered.cut(inside[-1]))
            inside.append(element) if opens else inside.pop()
        elif tag == "a":
            gathered.links += 1 if opens else -1
        text = element.text if opens else element.tail
        if text and (opens or element is not root):
            gathered.take(text)
    found.extend(gathered.cut(root))
    return tuple(found)


def running(found: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of the innermost element that holds nearly all of the running text."""
    prose = [block for block in found if not block.linked and _is_prose(block.text)]
    if not prose:
        return ()
    weights: dict[html.HtmlElement, int] = {}
    depths: dict[html.HtmlElement, int] = {}
    for block in prose:
        chain = [block.element, *block.element.iterancestors()]
        for height, element in enumerate(chain):
            weights[element] = weights.get(element, 0) + len(block.text)
            depths[element] = len(chain) - height
    enough = _HOLDS * sum(len(block.text) for block in prose)
    inside = max((one for one in weights if weights[one] >= enough), key=lambda one: depths[one])
    return tuple(block for block in found if block.element is inside or inside in block.element.iterancestors())


def _is_prose(text: str) -> bool:
    if len(text.split(maxsplit=_MIN_PROSE)) >= _MIN_PROSE:
        return True
    return not text.isascii() and len(_WIDE.findall(text)) >= _MIN_WIDE


class _Gathered:
    """The pieces of text since the last break, and whether they stand in links."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.links = 0
        self.linked = self.free = False  # letters in links, outside of them

    def take(self, text: str) -> None:
        self.pieces.append(text)
        if self.links:
            self.linked = self.linked or any(map(str.isalnum, text))
        elif not self.free:
            self.free = any(map(str.isalnum, text))

    def cut(self, element: html.HtmlElement) -> Iterator[Block]:
        if self.pieces:
            if text := " ".join("".join(self.pieces).split()):
                yield Block(text, element, self.linked and not self.free)
            self.pieces.clear()
            self.linked = self.free = False
