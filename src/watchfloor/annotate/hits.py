"""What is found of a statement on the way: its word of saying with the speaker, then its content."""

from typing import Literal, NamedTuple

from watchfloor.annotate import cues
from watchfloor.annotate.sources import Source

Mode = Literal["subject", "inverted", "shared", "participle", "according", "quoted", "passive", "noun"]


AFTER_SPEAKER = frozenset(
    "in on at during after who of as to while when from with about via through before by for following whose and then "
    "this last late early monday tuesday wednesday thursday friday saturday sunday yesterday earlier".split()
)
"""Words that may follow a speaker named behind the word of saying."""


class Hit(NamedTuple):
    """A word of saying at token `at`, with auxiliaries and adverbs begin to end (half-open), and its speaker."""

    at: int
    begin: int
    end: int
    entry: cues.Entry
    mode: Mode
    source: Source | None
    negated: bool = False
    via: tuple[int, int] | None = None

    @property
    def opens_with_thought(self) -> bool:
        """Whether it is a state of mind whose clause opens the sentence: "X believes Y, the ministry said"."""
        return "w" in self.entry.frames and self.clause <= 1

    @property
    def clause(self) -> int:
        """The token where its own clause begins: at its subject, else at its verb."""
        own = self.source is not None and self.mode in ("subject", "quoted")
        return min(self.begin, self.source.begin) if own and self.source is not None else self.begin


class Statement(NamedTuple):
    """A statement in token indexes: `content` half-open pieces; channel, via: the words that name how it came.

    awaits: the sentence ends in a colon, and its content is the next passage.
    """

    hit: Hit
    content: tuple[tuple[int, int], ...]
    channel: tuple[int, int] | None
    via: tuple[int, int] | None
    awaits: bool = False
