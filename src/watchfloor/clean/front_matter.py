"""The judge of the "key: value" block at the head of a text: between fences as in Markdown, or bare as in an export."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit

_FENCE = re.compile(r"^-{3,}$")
_MAX_LINES = 60
_LEAST_BARE = 2  # fields that a block without fences must have: one alone may be the first line of a report
_BARE = re.compile(
    r"^(?:title|headline|date|published|outlet|publisher|author|authors|byline|by|url|link|language|source)\s?:\s?\S",
    re.I,
)
_SYNONYMS = {"headline": "title", "publisher": "outlet", "byline": "author", "by": "author", "link": "url"}
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]{2,30})\s?:\s?(?P<value>.*)$")


def front_matter(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the lines between two fences at the very start, or two and more bare fields there."""
    for index in range(_length(units)):
        yield index, Label("boilerplate", "front matter")


def fields(units: Sequence[Unit]) -> dict[str, str]:
    """Return the front matter's fields, keys in lower case, quotation marks taken off; {} without front matter."""
    found = {}
    for unit in units[: _length(units)]:
        match = _FIELD.match(unit.head)
        if match and match["value"].strip(" \"'"):
            key = match["key"].lower()
            found[_SYNONYMS.get(key, key)] = match["value"].strip(" \"'")
    return found


def _length(units: Sequence[Unit]) -> int:
    if not units or not _FENCE.match(units[0].head):
        return _bare(units)
    if units[0].start != 0:
        return 0
    for index, unit in enumerate(units[1:_MAX_LINES], start=1):
        if _FENCE.match(unit.head):
            return index + 1
    return 0


def _bare(units: Sequence[Unit]) -> int:
    """Return how many fields stand at the head without a fence, 0 when they are too few to be a block."""
    count = 0
    for unit in units[:_MAX_LINES]:
        if not _BARE.match(unit.head):
            break
        count += 1
    return count if count >= _LEAST_BARE else 0
