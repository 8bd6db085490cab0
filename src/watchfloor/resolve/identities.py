"""Entities and the records of a file that a user supplies: which record is about whom, and what stays open."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from watchfloor.core.entity import Entity, Identity
from watchfloor.resolve import bodies, names, states
from watchfloor.resolve.cast import surname, surname_keys
from watchfloor.resolve.romanisation import sound

_CLEAR = 0.05  # by how much the best record must be better than the next
_SAME_STATE = 0.03  # added when both say one state
_PUBLIC = frozenset(("PublicBody", "Organization"))


class Record(Struct, frozen=True, kw_only=True):
    """One line of a file of identifiers. country: ISO 3166-1 alpha-3; schema: FollowTheMoney, None if not said."""

    qid: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    schema: str | None = None


class Match(Struct, frozen=True, kw_only=True):
    """A record that is, or may be, about an entity; clear: nothing else comes near."""

    entity: str
    name: str
    record: Record
    score: float
    reason: str
    clear: bool


def matches(entities: Sequence[Entity], records: Iterable[Record]) -> tuple[Match, ...]:
    """Return the matches of named entities with records, by entity name; of an entity without a clear one, all.

    A full name is needed: a bare surname leads to nobody. States and countries that contradict rule a record out.
    A record that is the clear match of two entities is clear for neither.
    """
    by_block: dict[str, list[Record]] = {}
    for record in records:
        for block in {block for name in (record.name, *record.aliases) for block in _blocks(name)}:
            by_block.setdefault(block, []).append(record)
    found: list[Match] = []
    for one in entities:
        if one.named and (one.schema != "Person" or any(" " in name for name in one.names)):
            near = {
                record.qid: record
                for name in _full(one)
                for block in _blocks(name)
                for record in by_block.get(block, ())
            }
            found.extend(_weighed(one, [near[qid] for qid in sorted(near)]))
    taken: dict[str, int] = {}
    for match in found:
        if match.clear:
            taken[match.record.qid] = taken.get(match.record.qid, 0) + 1
    settled = [_unclear(match) if match.clear and taken[match.record.qid] > 1 else match for match in found]
    return tuple(sorted(settled, key=lambda match: (match.name, match.entity, -match.score, match.record.qid)))


def attached(entities: Sequence[Entity], identities: Iterable[Identity]) -> dict[str, tuple[Identity, ...]]:
    """Return the kept links by id of the entity that bears the name now; what two bear leads nowhere."""
    bearers: dict[tuple[str, str], list[Entity]] = {}
    for one in entities:
        for name in {names.fold(name) for name in one.names}:
            bearers.setdefault((one.schema, name), []).append(one)
    found: dict[str, list[Identity]] = {}
    for link in identities:
        fitting = [
            one
            for one in bearers.get((link.schema, names.fold(link.name)), ())
            if not (one.country and link.country) or one.country == link.country
        ]
        if len(fitting) == 1:
            found.setdefault(fitting[0].id, []).append(link)
    return {
        id: tuple(sorted(links, key=lambda link: (-link.score, link.qid, link.file))) for id, links in found.items()
    }


def _weighed(one: Entity, near: Sequence[Record]) -> list[Match]:
    """Return the records that may be about an entity, the best first, the first one clear if nothing comes near."""
    found = []
    for record in near:
        if not _may_be(one, record):
            continue
        score, reason = max(
            (
                (compared.score, f"{mine} / {theirs}: {compared.reason}")
                for mine in _full(one)
                for theirs in (record.name, *record.aliases)
                for compared in [names.compare(mine, theirs)]
            ),
            key=lambda pair: (pair[0], pair[1]),
        )
        if score < names.SAME:
            continue
        if record.country and one.country == record.country:
            score, reason = (
                min(1.0, score + _SAME_STATE),
                f"{reason}; both of {states.name_of(record.country) or record.country}",
            )
        found.append(
            Match(entity=one.id, name=one.name, record=record, score=round(score, 4), reason=reason, clear=False)
        )
    found.sort(key=lambda match: (-match.score, match.record.qid))
    if found and found[0].score >= names.SURE and (len(found) == 1 or found[0].score - found[1].score >= _CLEAR):
        return [structs.replace(found[0], clear=True)]
    return found


def _unclear(match: Match) -> Match:
    return structs.replace(match, clear=False, reason=f"{match.reason}; the record fits two entities")


def _may_be(one: Entity, record: Record) -> bool:
    """Return whether nothing that both say contradicts."""
    if record.country and one.country and record.country != one.country != "IGO":  # NATO's chief has a nationality
        return False
    if record.schema is None:
        return True
    return record.schema == one.schema or {record.schema, one.schema} <= _PUBLIC


def _full(one: Entity) -> list[str]:
    """Return the names by which an entity is compared: full names of a person, names of a body."""
    if one.schema == "Person":
        return [
            surface.text
            for surface in one.surfaces
            if " " in surface.text and surface.kind not in ("slip", "description")
        ]
    return [name for name in one.names if bodies.is_name(bodies.bare(name))]


def _blocks(name: str) -> set[str]:
    """Return the keys under which a name is looked up: the sounds of its surname, first and last word, its acronym."""
    words = names.fold(name).split()
    if not words:
        return set()
    found = {sound(words[0]), sound(words[-1]), *surname_keys(surname(name))}
    if korean := names.korean(name):
        found.add(" ".join(korean))
    return found
