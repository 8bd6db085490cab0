"""Words and marks of a passage, with their places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?:[^\W\d_]\.){2,}                                   # U.N.
    |   \d+(?:[.,:]\d+)*[^\W_]*                              # 12,000, 28th
    |   ['’]s\b                                              # the possessive is a token of its own
    |   [^\W_]+(?:[-‐‑&][^\W_]+|['’](?!s\b)[^\W_]+)*         # step-by-step, O'Brien
    |   \S""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word or a mark: `text` is report.text[start:end]."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The token in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def word(self) -> bool:
        """Whether it holds a letter or a digit."""
        return self.text[0].isalnum()


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of text[start:end] with offsets into text.

    >>> [token.text for token in tokens("The U.N.'s 12,000 men.", 0, 22)]
    ['The', 'U.N.', "'s", '12,000', 'men', '.']
    """
    for match in _TOKEN.finditer(text, start, end):
        yield Token(match[0], match.start(), match.end())
