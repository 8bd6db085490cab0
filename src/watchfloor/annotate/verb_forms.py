"""Dictionary forms of words from a known list, from how they are written: a network guesses, a list does not."""

import re
from collections.abc import Iterable
from functools import lru_cache

_IRREGULAR = {
    "sent": "send",
    "gave": "give",
    "given": "give",
    "sold": "sell",
    "lent": "lend",
    "paid": "pay",
    "got": "get",
    "gotten": "get",
    "bought": "buy",
    "sought": "seek",
    "broke": "break",
    "broken": "break",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "left": "leave",
    "tore": "tear",
    "torn": "tear",
    "quit": "quit",
    "swore": "swear",
    "sworn": "swear",
    "said": "say",
    "sought-after": "seek",
    "forbade": "forbid",
    "forbidden": "forbid",
    "bound": "bind",
    "put": "put",
    "hit": "hit",
    "wo": "will",
}


def word_at(text: str, start: int) -> str:
    """Return the word that begins there, in lower case."""
    match = re.compile(r"[\w’'-]+").match(text, start, start + 40)
    return match[0].lower() if match else ""


@lru_cache(maxsize=16_384)
def bases_of(word: str) -> tuple[str, ...]:
    """Return every dictionary form that a written word may have, the likeliest first.

    >>> bases_of("exported")[:2], "supply" in bases_of("supplies"), "ship" in bases_of("shipping")
    (('export', 'exporte'), True, True)
    """
    found = [_IRREGULAR[word]] if word in _IRREGULAR else []
    for end, cut in (("ies", "y"), ("ied", "y"), ("ying", "ie")):
        if word.endswith(end):
            found.append(word[: -len(end)] + cut)
    for end in ("es", "ed", "ing", "s", "d"):
        if word.endswith(end) and len(word) > len(end) + 1:
            stem = word[: -len(end)]
            if end in {"ed", "ing"} and re.search(r"([bdglmnprt])\1$", stem):
                found.append(stem[:-1])
            found += [stem, f"{stem}e"] if end in {"ed", "ing"} else [stem]
    return tuple(dict.fromkeys([*found, word]))


def base_in(word: str, known: Iterable[str]) -> str | None:
    """Return the form of the word that is in the list, None when none is."""
    held = known if isinstance(known, frozenset) else frozenset(known)
    return next((one for one in bases_of(word) if one in held), None)
