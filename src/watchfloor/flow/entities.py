"""What people do about entities: review what is uncertain, judge, and link to identifiers of their own."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from watchfloor.core.entity import Doubt, Entity, Identity, Surface
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement, Verdict
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow import identifiers
from watchfloor.resolve import across
from watchfloor.resolve.identities import Match, matches
from watchfloor.resolve.judged import place, placed
from watchfloor.resolve.names import fold
from watchfloor.store.store import Store


def uncertain(store: Store, reader: Reader, picture: Picture) -> tuple[Doubt, ...]:
    """Return the pairs that the machine leaves to a person, likeliest first; what was judged is not among them."""
    return across.doubts(picture.reports, picture.annotations, store.judgements(reader))


class Verdicts(Struct, frozen=True, kw_only=True):
    """What a judgement was made of: the judgement, and the two entities it was about, as they were before."""

    judgement: Judgement
    left: Entity
    right: Entity


def judge(
    store: Store, picture: Picture, left: str, right: str, verdict: Verdict, *, by: str, at: datetime, note: str | None
) -> Verdicts:
    """Keep what a person decided about two names or entities; raise ConfigError when one of them is not clear.

    Each side is kept as a name in one report, so that it holds whatever is added later and whatever ids become.
    """
    sides = []
    for given in (left, right):
        one, surface, report = named(picture.entities, given)
        sides.append((one, placed(surface.text, report)))
    (one, first), (other, second) = sides
    if first == second:
        raise ConfigError(
            f"{left!r} and {right!r} are one name of one entity; to take two people of one name apart, name a report "
            f"for each: {placed(one.name, 'REPORT')}"
        )
    made = Judgement(
        id=content_id("jdg", first, second, verdict, by, at.isoformat()),
        left=first,
        right=second,
        verdict=verdict,
        by=by,
        at=at,
        reason=note,
    )
    store.keep_judgement(made)
    return Verdicts(judgement=made, left=one, right=other)


def named(entities: Sequence[Entity], given: str) -> tuple[Entity, Surface, str]:
    """Return the entity that an id, the beginning of one, a name or NAME @REPORT names, with the form and a report.

    Raise ConfigError that lists the choices when it is not one.
    """
    name, report = place(given.strip())
    fitting = [
        one
        for one in entities
        if given and (one.id == given or (given.startswith("ent_") and one.id.startswith(given)))
    ]
    if fitting:
        found = [(one, _own(one), _own(one).reports) for one in fitting]
    else:
        found = [
            (one, surface, where)
            for one in entities
            for surface in one.surfaces
            if fold(surface.text) == fold(name)
            and (where := tuple(id for id in surface.reports if report is None or id.startswith(report)))
        ]
    held = {one.id for one, _, _ in found}
    if len(held) != 1:
        raise ConfigError(_choices(given, [one for one, _, _ in found]))
    one, surface, where = found[0]
    return one, surface, where[0]


def _own(one: Entity) -> Surface:
    """Return the form that is the entity's name."""
    return next((surface for surface in one.surfaces if surface.text == one.name), one.surfaces[0])


def _choices(given: str, fitting: Sequence[Entity]) -> str:
    if not fitting:
        return f"no entity has the id or the name {given!r}; list them with: watchfloor entities"
    listed = ", ".join(f"{one.id} {one.name} ({one.country or 'no state'})" for one in dict.fromkeys(fitting))
    return f"{given!r} names {len(set(fitting))} entities, expected one; give an id: {listed}"


class Linked(Struct, frozen=True, kw_only=True):
    """What a file of identifiers gave.

    kept: links, now in the store. open: by entity, records of which none is clear; nothing is kept of them.
    records: how many the file holds. bad: lines that could not be read, with the reason.
    """

    kept: tuple[Identity, ...]
    open: tuple[Match, ...]
    records: int
    bad: tuple[str, ...]


def link(store: Store, picture: Picture, file: Path, *, by: str, at: datetime) -> Linked:
    """Link the entities to the records of a file, in place of what it gave before; raise ConfigError if it is none."""
    records, bad = identifiers.read(file)
    found = matches(picture.entities, records)
    by_id = {one.id: one for one in picture.entities}
    kept = tuple(
        Identity(
            name=one.name,
            schema=by_id[one.entity].schema,
            country=by_id[one.entity].country,
            qid=one.record.qid,
            label=one.record.name,
            score=one.score,
            reason=one.reason,
            file=file.name,
            by=by,
            at=at.isoformat(),
        )
        for one in found
        if one.clear
    )
    store.keep_identities(kept, file.name)
    return Linked(kept=kept, open=tuple(one for one in found if not one.clear), records=len(records), bad=bad)
