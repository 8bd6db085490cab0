"""The blocks of a page as its markup parts them, and the part of it that holds the running text."""

from collections.abc import Iterator, Sequence

from lxml import html
from msgspec import Struct

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset(
    "script style noscript template svg math iframe object select option button textarea input head title nav".split()
)
_MIN_PROSE = 12  # words of a block that counts as running text
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
    """Return the blocks of a page in order; scripts, menus and controls are left out."""
    return tuple(_blocks(root))


def running(found: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of the innermost element that holds nearly all of the running text."""
    prose = [block for block in found if len(block.text.split()) >= _MIN_PROSE and not block.linked]
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


class _Gathered:
    """The pieces of text since the last break, and whether they stand in links."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.pieces: list[str] = []
        self.inside = [root]
        self.links = 0
        self.lettered = {True: False, False: False}  # in links, outside of them

    def take(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            inside = self.links > 0
            self.lettered[inside] = self.lettered[inside] or any(map(str.isalnum, text))

    def cut(self) -> Iterator[Block]:
        text = " ".join("".join(self.pieces).split())
        if text:
            yield Block(text, self.inside[-1], self.lettered[True] and not self.lettered[False])
        self.pieces.clear()
        self.lettered = {True: False, False: False}


def _blocks(root: html.HtmlElement) -> Iterator[Block]:
    gathered = _Gathered(root)
    for event, element in _walk(root):
        breaks = event != "skip" and (element.tag in _BLOCKS or element.tag == "br")
        if breaks:
            yield from gathered.cut()
        if event == "start":
            gathered.links += element.tag == "a"
            if breaks:
                gathered.inside.append(element)
            gathered.take(element.text)
            continue
        if event == "end":
            gathered.links -= element.tag == "a"
            if breaks:
                gathered.inside.pop()
        gathered.take(element.tail if element is not root else None)
    yield from gathered.cut()


def _walk(root: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield "start" and "end" of each element, "skip" for one that holds no text of the page."""
    stack = [(root, iter(root))]
    yield "start", root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        elif not isinstance(child.tag, str) or child.tag in _SKIPPED:
            yield "skip", child
        else:
            stack.append((child, iter(child)))
            yield "start", child
