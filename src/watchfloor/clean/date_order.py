"""Which of two numbers in a date is the day: 03/04/2024 is April in London and March in New York."""

import re
from typing import Literal

from msgspec import structs

from watchfloor.clean import addresses
from watchfloor.clean.dates import Found

Order = Literal["day first", "month first"]

_MONTH_FIRST_LOCALES = frozenset({"en-us", "es-us", "en-ph", "fil-ph", "en-pr"})
_DAY_FIRST_LANGUAGES = frozenset(
    "de fr es it pt nl ru uk pl tr sv da nb nn no fi cs sk hu ro bg el he ar fa hi id ms vi th sr hr sl et lv lt is ca "
    "gl eu sw".split()
)
_MONTH_FIRST_ENDINGS = frozenset({"us", "gov", "mil", "edu"})
_DAY_FIRST_ENDINGS = frozenset(
    "uk ie au nz in pk bd lk za ng ke gh sg my de at ch fr be nl es pt it gr pl cz sk hu ro bg ru ua by kz tr il eg sa "
    "ae qa iq ir br ar cl co mx pe ve ec uy se no dk fi is ee lv lt hr rs si id vn th eu".split()
)
_LOCALE = re.compile(r"^([a-z]{2,3})(?:[-_]([a-z]{2}))?", re.IGNORECASE)


def of_outlet(tag: str | None, url: str | None) -> Order | None:
    """Return the order in which an outlet writes day and month, by its language tag and its country; None if unknown.

    "en" alone says nothing; "en-GB" and .uk say day first, "en-US" and .us month first.
    """
    match = _LOCALE.match((tag or "").strip())
    language, country = (match[1].lower(), (match[2] or "").lower()) if match else ("", "")
    ending = (addresses.host(url) or "").rpartition(".")[2]
    if ending in _DAY_FIRST_ENDINGS:
        return "day first"
    if ending in _MONTH_FIRST_ENDINGS or f"{language}-{country}" in _MONTH_FIRST_LOCALES:
        return "month first"
    if country or language in _DAY_FIRST_LANGUAGES:
        return "day first"
    return None


def settled(found: Found, order: Order | None) -> Found:
    """Return a date with its day and month in the given order; without one it stays open."""
    if found.other is None or order is None:
        return found
    if order == "day first":
        return structs.replace(found, other=None)
    return structs.replace(found, month=found.other.month, day=found.other.day, other=None)
