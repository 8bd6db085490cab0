"""Who belongs to what and who speaks for whom, with the words that say so."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from watchfloor.core.annotation import Annotation, Attribution
from watchfloor.core.entity import Entity, Link, Relation
from watchfloor.core.span import Span
from watchfloor.resolve import bodies, names, roles, states

_FOR_A_STATE = frozenset("ambassador envoy spokesperson".split())
_SPEAKING = "spokesperson"
_SHOWN = 3  # places kept of a body's name that says its state


def relations(
    entities: Sequence[Entity], links: Sequence[Link], annotations: Mapping[str, Sequence[Annotation]]
) -> tuple[Relation, ...]:
    """Return the relations that posts, statements and the names of bodies say, each once with all its evidence."""
    index = _Index(entities, links)
    found: dict[tuple[object, ...], list[Relation]] = {}
    for one in _told(entities, annotations, index):
        key = (one.kind, one.subject, one.object or names.fold(one.name), one.role and one.role.casefold())
        found.setdefault(key, []).append(one)
    merged = []
    for same in found.values():
        spans = tuple(sorted({span for one in same for span in one.evidence}))
        first = min(same, key=lambda one: (one.evidence[0], one.reason))
        merged.append(structs.replace(first, evidence=spans))
    return tuple(sorted(merged, key=lambda one: (one.subject, one.kind, one.name, one.role or "")))


class _Index:
    """Entities by the names that a report, or every report, gives them."""

    def __init__(self, entities: Sequence[Entity], links: Sequence[Link]) -> None:
        self._by_id = {one.id: one for one in entities}
        self._here = {(link.report, names.fold(link.name)): link.entity for link in links}
        self._anywhere: dict[str, set[str]] = {}
        for one in entities:
            for name in one.names:
                self._anywhere.setdefault(names.fold(name), set()).add(one.id)
            if code := states.state(one.name):
                self._anywhere.setdefault(f"state {code}", set()).add(one.id)

    def find(self, report: str, name: str) -> str | None:
        """Return the id of the entity that a name stands for in a report, else of the only one that bears it."""
        plain = names.fold(bodies.bare(name)) or names.fold(name)
        if here := self._here.get((report, plain)) or self._here.get((report, names.fold(name))):
            return here
        code = states.state(name)
        bearers = self._anywhere.get(f"state {code}" if code else plain, set())
        return next(iter(bearers)) if len(bearers) == 1 else None


def _told(
    entities: Sequence[Entity], annotations: Mapping[str, Sequence[Annotation]], index: _Index
) -> Iterator[Relation]:
    for one in entities:
        yield from _of_posts(one, index)
        if one.schema != "Person" and one.country and one.country != "IGO" and one.named:
            yield from _of_state(one, index)
    people = {one.id for one in entities if one.schema == "Person"}
    for report, found in annotations.items():
        for said in found:
            if isinstance(said, Attribution) and said.speaker and said.speaks_for and not said.machine_generated:
                subject = index.find(report, said.speaker)
                if subject in people and said.source and subject is not None:
                    object_ = index.find(report, said.speaks_for)
                    yield Relation(
                        kind="speaks-for",
                        subject=subject,
                        object=object_ if object_ != subject else None,
                        name=said.speaks_for,
                        country=states.state(said.speaks_for) or bodies.parse(said.speaks_for).country,
                        role=None,
                        evidence=said.source,
                        reason="speaks for it in a statement",
                    )


def _of_posts(one: Entity, index: _Index) -> Iterator[Relation]:
    """Yield what the posts of a person say: a post in a body belongs to it, a spokesperson or envoy speaks for it."""
    for role in one.roles:
        name = role.body or states.name_of(role.country)
        if name is None:
            continue
        heads = roles.parse(role.title).heads
        speaks = _SPEAKING in heads or (role.body is None and heads & _FOR_A_STATE)
        target = index.find(role.span.report, name)
        yield Relation(
            kind="speaks-for" if speaks else "member-of",
            subject=one.id,
            object=target if target != one.id else None,
            name=name,
            country=role.country,
            role=role.title,
            evidence=(role.span,),
            reason=f"the title says so ({role.tense})",
        )


def _of_state(one: Entity, index: _Index) -> Iterator[Relation]:
    """Yield that a body belongs to its state."""
    name = states.name_of(one.country)
    if name is None or states.state(one.name) or not one.mentions:
        return
    target = index.find("", name)
    yield Relation(
        kind="part-of",
        subject=one.id,
        object=target if target != one.id else None,
        name=name,
        country=one.country,
        role=None,
        evidence=_first_of_each(one.mentions),
        reason="the words for it, or the capital beside it, name the state",
    )


def _first_of_each(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the first place of each report, at most a few."""
    first = {span.report: span for span in reversed(spans)}
    return tuple(sorted(first.values()))[:_SHOWN]
