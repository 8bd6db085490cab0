"""The judge of the "key: value" block at the head of a Markdown file."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit

_FENCE = re.compile(r"^-{3,}$")
_MAX_LINES = 60
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]{2,30})\s?:\s?(?P<value>.*)$")


def front_matter(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the lines between two fences at the very start."""
    for index in range(_length(units)):
        yield index, Label("boilerplate", "front matter")


def fields(units: Sequence[Unit]) -> dict[str, str]:
    """Return the front matter's fields, keys in lower case, quotation marks taken off; {} without front matter."""
    found = {}
    for unit in units[1 : max(1, _length(units) - 1)]:
        match = _FIELD.match(unit.head)
        if match and match["value"].strip(" \"'"):
            found[match["key"].lower()] = match["value"].strip(" \"'")
    return found


def _length(units: Sequence[Unit]) -> int:
    if not units or units[0].start != 0 or not _FENCE.match(units[0].head):
        return 0
    for index, unit in enumerate(units[1:_MAX_LINES], start=1):
        if _FENCE.match(unit.head):
            return index + 1
    return 0
