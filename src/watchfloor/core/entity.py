"""One person, body, post or place over all its names."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.span import Span


class Entity(Struct, frozen=True, kw_only=True):
    """One person, body or place, put together when read (FollowTheMoney schema names).

    id: content id of schema and names. name: the fullest, most used name. names: every form met, most used first.
    titles: titles and roles it was met with. country: ISO 3166-1 alpha-3, None if unknown.
    mentions: every span that stands for it. reasons: one line per merge, why two names are held to be one.
    """

    id: str
    schema: Literal["Person", "PublicBody", "Organization", "Thing"]
    name: str
    names: tuple[str, ...]
    titles: tuple[str, ...] = ()
    country: str | None = None
    mentions: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()


class Link(Struct, frozen=True, kw_only=True):
    """A name in one report stands for an entity.

    score: 0 to 1, how alike; reason: the rule that joined them, in words.
    """

    report: str
    name: str
    entity: str
    score: float
    reason: str
