"""Two wordings side by side: which words they share, and which are only in one of them."""

import re
from difflib import SequenceMatcher

from msgspec import Struct

from watchfloor.web.inert import inert

LONGEST = 90  # words compared; what comes after is shown unmarked (assumed: a long sentence has 60)
_PIECE = re.compile(r"\s+|[\w’'.,-]*\d[\w’'.,-]*|\w+(?:[’'-]\w+)*|[^\w\s]")


class Stretch(Struct, frozen=True, kw_only=True):
    """A stretch of text; kind: "same" in both, "other" only here, "number" a number that the other has not."""

    text: str
    kind: str


def against(text: str, base: str) -> tuple[Stretch, ...]:
    """Return the text in stretches, compared word by word with another wording; case and blanks do not count.

    >>> [(one.text, one.kind) for one in against("some 11,000 soldiers", "Some 12,000 soldiers")]
    [('some ', 'same'), ('11,000', 'number'), (' soldiers', 'same')]
    """
    words, rest = _words(inert(text))
    others, _ = _words(inert(base))
    at = [number for number, word in enumerate(words) if not word.isspace()]
    matcher = SequenceMatcher(
        None, [words[n].casefold() for n in at], [w.casefold() for w in others if not w.isspace()], autojunk=False
    )
    same: set[int] = set()
    for block in matcher.get_matching_blocks():
        same.update(at[block.a : block.a + block.size])
    kinds = [_kind(number, words, same) for number in range(len(words))]
    made: list[Stretch] = []
    for word, kind in zip(words, kinds, strict=True):
        if made and made[-1].kind == kind:
            made[-1] = Stretch(text=made[-1].text + word, kind=kind)
        else:
            made.append(Stretch(text=word, kind=kind))
    return (*made, Stretch(text=rest, kind="same")) if rest else tuple(made)


def _words(text: str) -> tuple[list[str], str]:
    found = list(_PIECE.finditer(text))
    if len(found) <= 2 * LONGEST:
        return [one[0] for one in found], ""
    return [one[0] for one in found[: 2 * LONGEST]], text[found[2 * LONGEST].start() :]


def _kind(number: int, words: list[str], same: set[int]) -> str:
    word = words[number]
    if word.isspace():  # blanks go with their neighbours, so that what differs is marked in one piece
        both = (number - 1, number + 1)
        return (
            "other" if all(0 <= n < len(words) and n not in same and not _is_number(words[n]) for n in both) else "same"
        )
    if number in same:
        return "same"
    return "number" if _is_number(word) else "other"


def _is_number(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
