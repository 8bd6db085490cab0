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
WORDS = (
    rf"(?:an?(?![-\s](?:{_SMALL})\b)|(?:{_SMALL}))"
    rf"(?:(?:-|\s(?:and\s)?)(?:{_SMALL}|hundred|thousand|million|billion)){{0,9}}"
)
"""A number in words, as a pattern: "twelve thousand", "a hundred and five"; "a" alone is up to the caller."""

_ORDINALS = {
    name: place
    for place, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        1,
    )
} | {f"{name[:-1]}ieth": size for name, size in _TENS.items()}
ORDINALS = rf"(?:(?:{'|'.join(_TENS)})[-\s](?:{'|'.join(list(_ORDINALS)[:9])})|{'|'.join(_ORDINALS)})"
"""A place in an order in words, as a pattern: "fifth", "twenty-first"."""

YEARS = (
    rf"(?:(?:(?:{'|'.join(list(_ONES)[10:])}|twenty)[-\s](?:hundred|oh[-\s](?:{'|'.join(list(_ONES)[1:10])})"
    rf"|(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(list(_ONES)[1:10])}))?|{'|'.join(list(_ONES)[10:])}))"
    rf"|two\sthousand(?:\s(?:and\s)?(?:{'|'.join([*_TENS, *list(_ONES)[1:]])}))?)"
)
"""A year as it is spoken, as a pattern: "nineteen eighty-four", "twenty oh five", "two thousand eleven"."""

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


def ordinal(words: str) -> int | None:
    """Return the place that the words or figures stand for, None when they are no ordinal.

    >>> ordinal("fifth"), ordinal("twenty-first"), ordinal("22nd")
    (5, 21, 22)
    """
    parts = re.split(r"[\s-]+", words.strip().casefold())
    figures = re.fullmatch(r"([0-9]{1,9})(?:st|nd|rd|th)", parts[0])
    if figures and len(parts) == 1:
        return int(figures[1])
    tens = _TENS.get(parts[0], 0) if len(parts) == 2 else 0
    last = _ORDINALS.get(parts[-1])
    return tens + last if last is not None and (tens or len(parts) == 1) else None


def year(words: str) -> int | None:
    """Return the year that is spoken in two halves, None when the words are no such year.

    >>> year("nineteen eighty-four"), year("twenty oh five"), year("two thousand eleven"), year("sixteen hundred")
    (1984, 2005, 2011, 1600)
    """
    if re.fullmatch(YEARS, words.strip().casefold()) is None:
        return None
    first, *rest = re.split(r"[\s-]+", words.strip().casefold())
    if rest[0] in {"hundred", "thousand"}:
        return _worded([first, *rest])
    century = _ONES.get(first) or _TENS.get(first, 0)
    return 100 * century + sum(_ONES.get(part) or _TENS.get(part, 0) for part in rest)


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
