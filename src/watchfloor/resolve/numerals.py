"""Numbers in names: digits, number words and Roman numerals are one thing; digits for letters are letters."""

import re

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL = {word: number for number, word in enumerate((_UNITS + " seventeen eighteen nineteen").split())}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_TENS["fourty"] = 40  # a common misspelling
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_ALONE = frozenset("i v x".split())  # letters more often than numbers
_LIKE = str.maketrans("013457", "oieast")  # digits that stand for letters in disguised words
_DISGUISED = re.compile(r"(?=\w*[a-z])[a-z]*(?:[a-z][01345]|[01345][a-z])[a-z01345]*")


def plain(words: list[str]) -> list[str]:
    """Return folded words with number words and ordinals as digits and Roman numerals after the first word too.

    >>> plain("brigade forty four".split()), plain("asian fund iii".split()), plain("3rd corps".split())
    (['brigade', '44'], ['asian', 'fund', '3'], ['3', 'corps'])
    """
    found: list[str] = []
    for place, word in enumerate(words):
        value = _value(word, place)
        if value is None:
            found.append(word)
        elif found and value < 10 and place and words[place - 1] in _TENS and found[-1].isdigit():
            found[-1] = str(int(found[-1]) + value)
        else:
            found.append(str(value))
    return found


def letters(word: str) -> str:
    """Return a word in which digits stand for letters with the letters: a disguise, or a slip of a reader of scans.

    >>> letters("sech1n"), letters("mig29"), letters("b52")
    ('sechin', 'mig29', 'b52')
    """
    if len(word) < 4 or not _DISGUISED.fullmatch(word) or sum(map(str.isdigit, word)) > len(word) // 3:
        return word
    return word if word[-1].isdigit() and word[:-1].isalpha() else word.translate(_LIKE)


def _value(word: str, place: int) -> int | None:
    """Return the number that a word names, None for any other word."""
    if word.isdigit():
        return int(word) if len(word) < 10 else None
    if word in _SMALL or word in _TENS:
        return _SMALL.get(word, _TENS.get(word))
    if ordinal := _ORDINAL.fullmatch(word):
        return int(ordinal[1])
    if word in _ORDINALS:
        return _ORDINALS[word]
    roman = _ROMAN.fullmatch(word) if place and word not in _ROMAN_ALONE else None
    return _roman(roman[1], roman[2]) if roman else None


def _roman(tens: str, rest: str) -> int:
    """Return the value of a Roman numeral below forty."""
    return 10 * len(tens) + {"ix": 9, "iv": 4}.get(rest, 5 * rest.count("v") + rest.count("i"))
