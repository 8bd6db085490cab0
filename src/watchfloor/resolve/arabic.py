"""Arabic and Persian names: articles, "son of", "servant of" and vowels as each newspaper writes them."""

import re
from collections.abc import Iterator

_ARTICLES = frozenset("al el ul il as ash ar an at az ad adh ed es er ez et esh ech en".split())
_SERVANT = frozenset("abd abdul abdel abdal abdol abdu abdoul abdool abdur abdus abdes abder".split())
_FATHER = {"abou": "abu", "abo": "abu", "bu": "abu", "abi": "abu", "aboo": "abu"}
_GLUED_SERVANT = re.compile(r"abd(?:[ueoa]l?|oul|ool)?(?:(?<=l)|([rsnztd])(?=\1))(?=[a-z]{3})")
_FAITH = re.compile(r"([a-z]{3,}?)[aeu](?:l?d|d)d(?:in|ine|een|een)")
_FAITH_WORD = frozenset("din deen dine eddin eddine uddin aldin addin eldin eldine deddine".split())
_SOUNDS = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"kh|gh|q|ck|g", "k"),
        (r"dh|th|z|s+h?", "s"),
        (r"ch|tch|dj|j", "j"),
        (r"ph|p|v|f", "b"),
        (r"[wyh']", ""),
        (r"d", "t"),
        (r"[aeiou]", ""),
        (r"(.)\1+", r"\1"),
    )
)


def plain(words: list[str]) -> list[str]:
    """Return folded words with the article as "al", "servant of the X" as one word, and "X of the faith" as one.

    >>> plain("abdel rahman".split()) == plain("abd al rahman".split()) == plain(["abdurrahman"])
    True
    >>> plain("ash shara".split()), plain("saif al din".split()) == plain(["saifuddin"])
    (['al', 'shara'], True)
    """
    return list(_faith(list(_servants(list(_articles(words))))))


def consonants(word: str) -> str:
    """Return the consonants of a word as coarsely as a script without vowels and p tells them.

    >>> consonants("fernando") == consonants("frnndw"), consonants("perez") == consonants("byryz")
    (True, True)
    """
    for pattern, into in _SOUNDS:
        word = pattern.sub(into, word)
    return word


def _articles(words: list[str]) -> Iterator[str]:
    """Yield the words with every article as "al"; "as" and its like count before a word that begins so."""
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if after and word in _ARTICLES and _assimilated(word, after):
            yield "al"
        else:
            yield _FATHER.get(word, word) if after else word


def _assimilated(article: str, word: str) -> bool:
    """Return whether a word has the article before it in this form: al-Asad, as-Sadr, ash-Shara."""
    if article in {"al", "el", "ul"}:
        return True
    if article in {"ash", "esh", "ech"}:
        return word[:2] in {"sh", "ch"}
    return article[-1] == word[0] and word[0] in "srntzd"


def _servants(words: list[str]) -> Iterator[str]:
    """Yield the words with "abd al X", "abdel X" and "abdulX" as one word."""
    place = 0
    while place < len(words):
        word = words[place]
        rest = words[place + 1 :]
        if word in _SERVANT and rest[:1] == ["al"] and len(rest) > 1:
            yield "abd" + rest[1]
            place += 3
        elif word in _SERVANT and rest and len(rest[0]) > 2:
            yield "abd" + rest[0]
            place += 2
        else:
            yield "abd" + word[glued.end() :] if (glued := _GLUED_SERVANT.match(word)) and len(word) > 7 else word
            place += 1


def _faith(words: list[str]) -> Iterator[str]:
    """Yield the words with "X al din", "X eddine" and "Xuddin" as one word."""
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1 : place + 3]
        article = after[:1] == ["al"]
        if len(word) > 2 and after and after[-1 if article else 0] in _FAITH_WORD:
            yield word + "din"
            place += 3 if article and len(after) > 1 else 2
        else:
            glued = _FAITH.fullmatch(word)
            yield glued[1] + "din" if glued else word
            place += 1
