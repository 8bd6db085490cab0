"""One person, body, post or place over all its names, and how entities hang together."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.span import Span

SurfaceKind = Literal["name", "part", "romanisation", "other-language", "nickname", "acronym", "slip", "description"]
Tense = Literal["present", "former", "then", "acting", "designate"]


class Surface(Struct, frozen=True, kw_only=True):
    """One form in which reports call an entity.

    kind: what the form is beside the entity's name; a "slip" has a wrong letter. reason: the rule that says so.
    uses: how often it is met. reports: ids of the reports with it, sorted.
    translated: every report with it says, or seems, to be made by machine translation.
    """

    text: str
    kind: SurfaceKind
    uses: int
    reports: tuple[str, ...]
    reason: str
    translated: bool = False


class Role(Struct, frozen=True, kw_only=True):
    """A post that a person holds, held or is to hold, as one report words it.

    title: the words for the post, without its state and body. body: name of the body it is in, None if not said.
    country: ISO 3166-1 alpha-3 of the state it serves. host: of the state where it is held (an ambassador to it).
    tense: "then" is held at the time that is told of, "former" no longer. since, until: as far as the words say.
    span: the words that say so.
    """

    title: str
    body: str | None
    country: str | None
    host: str | None
    tense: Tense
    since: PartialDate | None
    until: PartialDate | None
    span: Span
    generated_by: str


class Relation(Struct, frozen=True, kw_only=True):
    """A person belongs to or speaks for a body or a state; a body belongs to a state.

    subject: id of the entity. object: id of the entity it belongs to, None when no report names it by itself.
    name, country: the object as worded, and its state. role: the title in it. evidence: where reports say so.
    """

    kind: Literal["member-of", "speaks-for", "part-of"]
    subject: str
    object: str | None
    name: str
    country: str | None
    role: str | None
    evidence: tuple[Span, ...]
    reason: str


class Entity(Struct, frozen=True, kw_only=True):
    """One person, body or place, put together when read (FollowTheMoney schema names).

    id: content id of schema and names. name: the fullest, most used name. names: every form met, most used first.
    titles: titles and roles it was met with. country: ISO 3166-1 alpha-3, None if unknown.
    mentions: every span that stands for it. reasons: one line per merge, why two names are held to be one.
    score: of the least sure merge in it, 1 when all is so named. named: False when only descriptions are known.
    surfaces: the names again, each with what it is. roles: the posts of a person, in text order.
    """

    id: str
    schema: Literal["Person", "PublicBody", "Organization", "Thing"]
    name: str
    names: tuple[str, ...]
    titles: tuple[str, ...] = ()
    country: str | None = None
    mentions: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    score: float = 1.0
    named: bool = True
    surfaces: tuple[Surface, ...] = ()
    roles: tuple[Role, ...] = ()


class Link(Struct, frozen=True, kw_only=True):
    """A name in one report stands for an entity.

    score: 0 to 1, how alike; reason: the rule that joined them, in words.
    """

    report: str
    name: str
    entity: str
    score: float
    reason: str


class Doubt(Struct, frozen=True, kw_only=True):
    """Two entities that may be one, which the machine leaves to a person: how likely, and the rule that says so."""

    left: Entity
    right: Entity
    score: float
    reason: str


class Identity(Struct, frozen=True, kw_only=True):
    """A record of a file that a user supplied stands for an entity: a link to Wikidata.

    name: the entity's name when it was linked, by which it is found again. qid: "Q" and digits. label: its name there.
    score, reason: how alike, and the rule. file: name of the file. by, at: who linked it and when (ISO 8601, UTC).
    """

    name: str
    schema: Literal["Person", "PublicBody", "Organization", "Thing"]
    country: str | None
    qid: str
    label: str
    score: float
    reason: str
    file: str
    by: str
    at: str
