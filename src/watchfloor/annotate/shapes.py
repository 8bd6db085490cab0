"""What the letters of a word look like: the case that an uncased vocabulary cannot tell."""

SHAPES = (
    "padding",
    "digits",
    "capitals",
    "one capital",
    "initial capital",
    "lower case",
    "digits and letters",
    "mark",
    "mixed case",
    "other letters",
    "quotation mark",
    "number with marks",
)
"""Names of the classes, in the order of their numbers; the shipped weights depend on it."""

_QUOTES = frozenset("\"“”„‟«»‘’'`")


def shape(word: str) -> int:
    """Return the class of a word as its number in SHAPES.

    >>> [SHAPES[shape(word)] for word in ("NATO", "Seoul", "12,000", "“")]
    ['capitals', 'initial capital', 'number with marks', 'quotation mark']
    """
    first = word[0]
    if word.islower():
        return 6 if any(letter.isdigit() for letter in word) else 5
    if not first.isalnum():
        return 10 if first in _QUOTES else 7
    if word.isdigit():
        return 1
    if first.isdigit():
        return 11 if not any(letter.isalpha() for letter in word) else 6
    if word.isupper():
        return 2 if len(word) > 1 else 3
    if first.isupper():
        return 4 if word[1:].islower() or not word.isalnum() else 8
    return 8 if any(letter.isupper() for letter in word) else 9
