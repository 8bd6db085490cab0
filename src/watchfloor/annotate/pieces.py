"""Word pieces of BERT's uncased vocabulary (Devlin et al. 2019; Wu et al. 2016): the network's alphabet.

Forty lines in place of a library that brings a model hub's client into an offline product (docs/decisions/0008);
compared with that library word by word over the gold data.
"""

import unicodedata
from collections.abc import Mapping

UNKNOWN = "[UNK]"
_LONGEST = 100  # letters of a word; what is longer is unknown, as in the original
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
"""Blocks whose characters are words by themselves, as in the original."""


def vocabulary(text: str) -> dict[str, int]:
    """Return the numbers of the pieces of a vocabulary file, one piece a line."""
    return {piece: number for number, piece in enumerate(text.rstrip("\n").split("\n"))}


def pieces(word: str, known: Mapping[str, int]) -> list[int]:
    """Return the numbers of a word's pieces, [] when nothing of it is left (control characters).

    >>> known = {"[UNK]": 0, "sou": 1, "##l": 2, "-": 3}
    >>> pieces("Soul-sou", known), pieces("Sœur", known)
    ([1, 2, 3, 1], [0])
    """
    return [number for part in _parts(word) for number in _longest_first(part, known)]


def _parts(word: str) -> list[str]:
    """Return what white space, marks and ideographs leave together, in lower case, without accents."""
    found: list[str] = []
    held: list[str] = []

    def close() -> None:
        if held:
            found.append("".join(held))
            held.clear()

    cleaned = "".join(letter for letter in word if letter in "\t\n\r" or not _is_control(letter))
    plain = "".join(x for x in unicodedata.normalize("NFD", cleaned) if unicodedata.category(x) != "Mn")
    for letter in plain.lower():
        if letter.isspace():
            close()
        elif _stands_alone(letter):
            close()
            found.append(letter)
        else:
            held.append(letter)
    close()
    return found


def _is_control(letter: str) -> bool:
    return letter in "\0\ufffd" or unicodedata.category(letter) in {"Cc", "Cf", "Co"}


def _stands_alone(letter: str) -> bool:
    code = ord(letter)
    if code < 128:
        return not letter.isalnum()
    return unicodedata.category(letter).startswith("P") or any(low <= code <= high for low, high in _IDEOGRAPHS)


def _longest_first(part: str, known: Mapping[str, int]) -> list[int]:
    """Cut a part greedily into the longest pieces known; one unknown piece when it cannot be."""
    if len(part) > _LONGEST:
        return [known[UNKNOWN]]
    found: list[int] = []
    start = 0
    while start < len(part):
        end = len(part)
        prefix = "##" if start else ""
        while end > start and prefix + part[start:end] not in known:
            end -= 1
        if end == start:
            return [known[UNKNOWN]]
        found.append(known[prefix + part[start:end]])
        start = end
    return found
