"""Entities and links made from clusters."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from watchfloor.core.entity import Entity, Link, Role, Surface
from watchfloor.core.identity import content_id
from watchfloor.resolve import bodies, names, states, surfaces
from watchfloor.resolve.clusters import Cluster
from watchfloor.resolve.roles import is_description

_PUBLIC = frozenset("ministry agency office embassy parliament military government court police".split())


def entity(cluster: Cluster) -> Entity:
    """Return the entity of a cluster: its fullest name, every name by use, and why they are one."""
    uses = cluster.uses
    uses.update(naming.name for naming in cluster.namings if naming.name not in uses)
    every = tuple(sorted(uses, key=lambda name: (-uses[name], name)))
    schema = _schema(cluster)
    country = _country(cluster)
    open_in = sorted(cluster.reports()) if _unresolved(cluster) else []
    reasons = [
        *_spelled(cluster),
        *cluster.reasons,
        *(f"{cluster.name}: unresolved, the report never says who this is" for _ in open_in),
    ]
    return Entity(
        id=content_id("ent", schema, country, *sorted(every), *open_in),
        schema=schema,
        name=cluster.name,
        names=every,
        titles=tuple(cluster.titles),
        country=country,
        mentions=tuple(sorted({span for naming in cluster.namings for span in naming.spans})),
        reasons=tuple(dict.fromkeys(reasons)),
        score=min((score for score, _ in cluster.scores.values()), default=1.0),
        named=_named(cluster),
        surfaces=_surfaces(cluster, every),
        roles=_roles(cluster),
    )


def _named(cluster: Cluster) -> bool:
    """Return whether some report names it; "a reporter" and "the opposition" are words for nobody in particular."""
    if cluster.person:
        return any(_is_name(naming.name) for naming in cluster.namings)
    return bool(cluster.country) or any(bodies.is_name(naming.name) for naming in cluster.namings)


def _is_name(words: str) -> bool:
    """Return whether words name a person: no description, the last word not in small letters ("OPEC delegates")."""
    plain = words.removesuffix("'s").removesuffix("’s")
    return not is_description(plain) and not plain.split()[-1][0].islower()


def _roles(cluster: Cluster) -> tuple[Role, ...]:
    """Return the posts in text order, each once: the same words for the same time in one report say one thing."""
    found: dict[object, Role] = {}
    every = sorted((role for naming in cluster.namings for role in naming.roles), key=lambda role: role.span)
    for one in every:
        key = (one.span.report, one.title.casefold(), one.body, one.country, one.tense, one.since, one.until)
        found.setdefault(key, one)
    return tuple(found.values())


def _surfaces(cluster: Cluster, every: Sequence[str]) -> tuple[Surface, ...]:
    """Return every form with what it is beside the name, how often and where it is met."""
    uses: Counter[str] = Counter()
    reports: dict[str, set[str]] = {}
    read: dict[str, bool] = {}
    for naming in cluster.namings:
        for text in {naming.name, *naming.spellings}:
            uses[text] += naming.spellings[text]
            reports.setdefault(text, set()).add(naming.report)
            read[text] = read.get(text, True) and naming.translated
    found = []
    for text in every:
        kind, reason = surfaces.told(cluster.name, text, person=cluster.person)
        where = tuple(sorted(reports.get(text, ())))
        made = Surface(
            text=text, kind=kind, uses=uses[text], reports=where, reason=reason, translated=read.get(text, False)
        )
        found.append(made)
    return tuple(found)


def _spelled(cluster: Cluster) -> list[str]:
    """Return why forms within one report that are no part of the full name are held to be it."""
    found = set()
    for naming in cluster.namings if cluster.person else ():
        parts = set(names.fold(naming.name).split())
        for spelling in naming.spellings:
            if not set(names.fold(spelling).split()) <= parts:
                _, reason = surfaces.told(naming.name, spelling, person=True)
                found.add(f"{naming.name} / {spelling}: {reason}, in one report")
    return sorted(found)


def links(made: Sequence[tuple[Entity, Cluster]]) -> tuple[Link, ...]:
    """Return a link for every name of every report; a form that two entities share in one report leads to neither."""
    found: dict[tuple[str, str], dict[str, Link]] = {}
    for one, cluster in made:
        for naming in cluster.namings:
            score, reason = cluster.scores.get((naming.report, names.fold(naming.name)), (1.0, "so named"))
            for name in sorted({naming.name, *naming.spellings}):
                link = Link(report=naming.report, name=name, entity=one.id, score=score, reason=reason)
                found.setdefault((naming.report, name), {})[one.id] = link
    clear = [link for links in found.values() for link in links.values() if len(links) == 1]
    return tuple(sorted(clear, key=lambda link: (link.report, link.name, link.entity)))


def _unresolved(cluster: Cluster) -> bool:
    """Return whether nobody says who it is: one word of a name, never introduced."""
    return cluster.bare and not any(naming.introduced for naming in cluster.namings)


def _schema(cluster: Cluster) -> Literal["Person", "PublicBody", "Organization", "Thing"]:
    """Return the FollowTheMoney schema."""
    if cluster.person:
        return "Person"
    kinds = {bodies.parse(naming.name).kind for naming in cluster.namings}
    state = any(states.state(naming.name) or states.seat(naming.name) for naming in cluster.namings)
    return "PublicBody" if state or kinds & _PUBLIC or bodies.international(cluster.name) else "Organization"


def _country(cluster: Cluster) -> str | None:
    """Return the state, or "IGO" for a body of many states; what a capital shows counts where nothing is said."""
    if not cluster.person and bodies.international(cluster.name):
        return "IGO"
    near = [key[2] for key in [cluster.key] if key[0] == "organisation" and len(key) > 2 and key[2]]
    return cluster.country or (near[0] if near else None)
