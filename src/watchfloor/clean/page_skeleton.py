"""A small tree of what a page says of itself, cut out of its markup without parsing the rest."""

import re
from collections.abc import Iterator, Sequence

from lxml import html

from watchfloor.clean.page_tree import MOST_LETTERS, tree

_SKELETON = re.compile(r"<(title|meta|link|script|h1|TITLE|META|LINK|SCRIPT|H1)\b([^<>]{0,2000})>")
_TELLING = {
    "link": ("canonical",),
    "script": ("ld+json",),
    "meta": (
        *("title", "site_name", "application-name", "og:url", "author", "byl", "creator", "contributor", "label1"),
        *("data1", "pub", "date", "time", "issued", "created"),
    ),
}
"""What the elements have in them that are asked for here: half of a page's are about pictures and screens."""
_CLOSE = {"title": "</title", "script": "</script", "h1": "</h1"}
_MOST_PIECES = 400  # elements of a skeleton
_MOST_SKELETON = MOST_LETTERS // 2  # letters of it, with the last piece
_MOST_LETTERS = {"title": 1_000, "script": 300_000, "h1": 3_000}  # of one element's content


def skeleton(markup: str) -> html.HtmlElement:
    """Return a small tree of a page's title, data, canonical link and level-one headings."""
    return tree(f"<html><body>{''.join(_pieces(markup))}</body></html>")


def _pieces(markup: str) -> Iterator[str]:
    """Yield the markup of the elements that tell facts; one that is not closed in time is passed over.

    What has escaped quotation marks stands in a script's text and is no element.
    """
    taken = letters = 0
    for found in _SKELETON.finditer(markup):
        name, piece = found[1].lower(), found[0]
        if '\\"' in piece or (name in _TELLING and not _tells(piece.lower(), _TELLING[name])):
            continue
        taken += 1
        if taken > _MOST_PIECES or letters > _MOST_SKELETON:
            return
        if name in _CLOSE:
            close = _CLOSE[name].upper() if found[1].isupper() else _CLOSE[name]
            end = markup.find(close, found.end(), found.end() + _MOST_LETTERS[name])
            if end < 0:
                continue
            piece = f"{markup[found.start() : end]}{close}>"
        letters += len(piece)
        yield piece


def _tells(piece: str, signs: Sequence[str]) -> bool:
    return any(sign in piece for sign in signs)
