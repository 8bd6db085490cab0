"""One place, what is said to be there, and how far that is confirmed."""

from datetime import date
from typing import Literal

from msgspec import Struct

from watchfloor.core.span import Span

Standing = Literal["confirmed", "one party", "planned", "named"]
Extent = Literal["point", "county", "region", "country", "wide", "unknown"]
"""How exactly a place is known: a town, a county, a region, a whole country, a part of the world."""

STANDINGS: tuple[Standing, ...] = ("confirmed", "one party", "planned", "named")
"""The most solid first: another side says so too; one side does; it is planned or expected; a place is only named."""


class Held(Struct, frozen=True, kw_only=True):
    """One thing that is said to be, or to have been, at a place.

    kind: what it is. about: id of the claim or contact, None for an event. parties: who says so, or takes part.
    when: the day in words; first, last: the days it may have been on. against: parties that deny it.
    """

    kind: Literal["claim", "contact", "event"]
    text: str
    standing: Standing
    parties: tuple[str, ...]
    against: tuple[str, ...]
    when: str
    first: date | None
    last: date | None
    citations: tuple[Span, ...]
    about: str | None = None


class Whereabout(Struct, frozen=True, kw_only=True):
    """One place and what is put there.

    id: "geonames-<number>" or the name and country. standing: that of the most solid thing; "named" when nothing is put
    there. mentions: where reports name it, earliest report first. reports: how many do.
    """

    id: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    extent: Extent
    standing: Standing
    held: tuple[Held, ...]
    mentions: tuple[Span, ...]
    reports: int
