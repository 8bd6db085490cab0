"""Dates and numbers in the form of the reader's language. English forms are made elsewhere and rewritten here."""

import re
from collections.abc import Mapping
from datetime import datetime

from watchfloor.watch.days import short

_MONTHS = "January February March April May June July August September October November December".split()
_GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_GERMAN_SHORT = "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_GERMAN: Mapping[str, str] = {
    **dict(zip(_MONTHS, _GERMAN_MONTHS, strict=True)),
    **{month[:3]: form for month, form in zip(_MONTHS, _GERMAN_SHORT, strict=True)},
    "May": "Mai",
    "Monday": "Montag",
    "Tuesday": "Dienstag",
    "Wednesday": "Mittwoch",
    "Thursday": "Donnerstag",
    "Friday": "Freitag",
    "Saturday": "Samstag",
    "Sunday": "Sonntag",
    **{day[:3]: f"{form}." for day, form in zip(_DAYS, "Mo Di Mi Do Fr Sa So".split(), strict=True)},
    "Week of": "Woche vom",
    "spring": "Frühling",
    "summer": "Sommer",
    "autumn": "Herbst",
    "winter": "Winter",
    "date not given": "Datum nicht genannt",
    "a month not given": "Monat nicht genannt",
    "month not given": "Monat nicht genannt",
    "year not given": "Jahr nicht genannt",
    "week of": "Woche vom",
    "or later": "oder später",
    "or earlier": "oder früher",
    "outlet not known": "Medium unbekannt",
}
_WORDS = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _GERMAN), key=len, reverse=True)) + r")\b")
_MONTH = "|".join([*_MONTHS, *(month[:3] for month in _MONTHS)])
_DAY = re.compile(rf"\b(\d{{1,2}})(?:(?:st|nd|rd|th)\b|(?=(?:–\d{{1,2}})? (?:{_MONTH})\b))")
_THE_DAY = re.compile(r"^the (?=\d)")
_DECADE = re.compile(r"^the (\d{4})s$")
_A_DAY = re.compile(r"^a (?=[A-Z][a-z]+day\b)")


def dated(text: str, language: str) -> str:
    """Return a date in words, as `watch.days` puts it, in the form of a language.

    >>> dated("21 Oct 2024 (Monday), 19:05", "de"), dated("18–30 Oct 2024", "de"), dated("21 Oct 2024", "en")
    ('21. Okt. 2024 (Montag), 19:05', '18.–30. Okt. 2024', '21 Oct 2024')
    >>> dated("Fri 20 Nov 2026 – Mon 30 Nov 2026", "de")
    'Fr. 20. Nov. 2026 – Mo. 30. Nov. 2026'
    """
    if language != "de":
        return text
    if decade := _DECADE.match(text):
        return f"{decade[1]}er Jahre"
    text = _DAY.sub(r"\1.", _A_DAY.sub("ein ", _THE_DAY.sub("der ", text)))
    return _WORDS.sub(lambda match: _GERMAN[match[0]], text)


def number(value: float, language: str) -> str:
    """Return a number with its thousands set apart.

    >>> number(12000, "en"), number(12000, "de"), number(1234.5, "de")
    ('12,000', '12.000', '1.234,5')
    """
    text = f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if language == "de" else text


def moment(value: datetime, language: str) -> str:
    """Return a moment in UTC.

    >>> moment(datetime(2024, 10, 21, 18, 0), "de")
    '21. Okt. 2024, 18:00 UTC'
    """
    return f"{dated(short(value.date()), language)}, {value:%H:%M} UTC"
