"""One statement as the network tags it, by its places in the report's text."""

from typing import NamedTuple

Place = tuple[int, int]
"""A stretch of the report's text: code points, half-open."""


class Tagged(NamedTuple):
    """One statement by its spans in the report's text."""

    source: Place | None
    cue: Place
    contents: tuple[Place, ...]
    sources: tuple[Place, ...] = ()  # every source tagged in the paragraph
    according: bool = False  # its cue is "according to"
