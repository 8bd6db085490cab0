"""Numbers written in words or figures."""

import re

_ONES = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    name: 10 * value for value, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "m": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
}
_SMALL = "|".join([*_ONES, *_TENS])
WORDS = rf"(?:a|an|(?:{_SMALL}))(?:(?:-|\s(?:and\s)?)(?:{_SMALL}|hundred|thousand|million|billion)){{0,9}}"
"""A number in words, as a pattern: "twelve thousand", "a hundred and five"; "a" alone is up to the caller."""

FIGURES = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
"""A number in figures, as a pattern: "12,000", "1.5"."""


def value(words: str) -> int | None:
    """Return the whole number that the words or figures stand for, None when they are no number.

    >>> value("12,000"), value("1.5 million"), value("twenty-five thousand"), value("a hundred and five")
    (12000, 1500000, 25000, 105)
    """
    parts = re.split(r"[\s-]+", words.strip().casefold())
    if not parts or not parts[0]:
        return None
    if parts[0][0].isdigit():
        return _figures(parts)
    return _worded(parts)


def _figures(parts: list[str]) -> int | None:
    plain = parts[0].replace(",", "")
    scale = 1
    for part in parts[1:]:
        if part not in SCALES:
            return None
        scale *= SCALES[part]
    whole, _, rest = plain.partition(".")
    if not (whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit()))):
        return None
    return int(whole) * scale + (int(rest) * scale // 10 ** len(rest) if rest else 0)


def _worded(parts: list[str]) -> int | None:
    total, group, seen = 0, 0, False
    for part in parts:
        if part in {"a", "an"} and not seen:
            group += 1
        elif part in _ONES or part in _TENS:
            group += _ONES.get(part, 0) or _TENS.get(part, 0)
        elif part == "hundred":
            group = max(group, 1) * 100
        elif part in SCALES:
            total, group = total + max(group, 1) * SCALES[part], 0
        elif part != "and":
            return None
        seen = True
    return total + group
