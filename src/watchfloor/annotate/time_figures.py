"""Spoken years, days and decades written in figures, so that one set of shapes reads both."""

import re

from watchfloor.annotate import days, numbers

_TENS = {"twent": 2, "thirt": 3, "fort": 4, "fift": 5, "sixt": 6, "sevent": 7, "eight": 8, "ninet": 9}
_ORDINAL_DAY = re.compile(rf"\b{numbers.ORDINALS}(?=(?:\s(?:day\s)?of)?\s(?:{'|'.join(days.MONTHS)})\b|$)", re.I)
_AFTER_MONTH = re.compile(rf"(?<=\s){numbers.ORDINALS}$", re.I)
_MONTH_WORD = re.compile(rf"\b(?:{'|'.join(days.MONTHS)})\b", re.I)
_EARLY_YEAR = re.compile(rf"(?<=\b)({'|'.join(days.MONTHS)})\.?,?\s(?:of\s)?(\d{{3}})$", re.I)
_DECADE = re.compile(rf"\bthe\s((?:early|mid|late)[\s-])?({'|'.join(_TENS)})ies\b", re.I)
_ERA = re.compile(r"\b(?:A\.?D\.?\s?(?=[1-9])|(?<=\d)\s?(?:A\.?D\.?|C\.?E\.?)(?!\w))", re.I)


def in_figures(words: str) -> str:
    """Return the words with spoken years, days and decades in figures, without hesitations and eras.

    >>> in_figures("the ninth of May nineteen eighty"), in_figures("the late eighties"), in_figures("AD 655")
    ('the 9th of May 1980', 'the late 1980s', '655')
    """
    plain = re.sub(r"\b(?:uh|um|er)\b,?\s?|\[|\]", "", words)
    plain = re.sub(r"\b((?:this|last|next)\s(?:week|month|year))s\b", r"\1", plain, flags=re.I)
    plain = re.sub(rf"\b{numbers.YEARS}\b", lambda found: str(numbers.year(found[0]) or found[0]), plain, flags=re.I)
    plain = _ERA.sub("", plain)
    plain = _EARLY_YEAR.sub(r"\1 0\2", plain)
    plain = _DECADE.sub(lambda found: f"the {found[1] or ''}19{_TENS[found[2].casefold()]}0s", plain)
    plain = re.sub(r"\bday\sof\s", "of ", plain) if _MONTH_WORD.search(plain) else plain
    if _MONTH_WORD.search(plain) or re.match(r"(?:on\s)?the\s\S+$", plain, re.I):
        plain = _ORDINAL_DAY.sub(_figure, plain)
        plain = _AFTER_MONTH.sub(_figure, plain)
    return re.sub(r"\b([Tt]he\s\d{1,2}(?:st|nd|rd|th)|\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]+)\sof\s(?=\d)", r"\1 ", plain)


def _figure(found: re.Match[str]) -> str:
    place = numbers.ordinal(found[0]) or 0
    return found[0] if not 1 <= place <= 31 else f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th') }"
