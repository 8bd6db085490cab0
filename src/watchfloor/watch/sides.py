"""On whose side a party stands: its state, or the body of many states that it speaks for."""

from collections.abc import Callable, Mapping

from watchfloor.core.picture import Picture
from watchfloor.watch.naming import called, fullest

MANY_STATES = "IGO"  # the code of a body of many states, as in PLOVER
_ORDER = ("speaks-for", "member-of", "part-of")

CountryName = Callable[[str], str | None]
"""Gives the name of a country for its ISO 3166-1 alpha-3 code, None for a code it does not know."""


def sides(picture: Picture, country_name: CountryName) -> dict[str, str]:
    """Return for every name met, in lower case, the side it stands on; a name of several entities has none.

    A person or body of a state stands for the state. One of a body of many states stands for that body, itself where no
    report says which. Who belongs to nobody stands for itself.
    """
    bodies: dict[str, str] = {}
    for kind in _ORDER:
        for relation in picture.relations:
            if relation.kind == kind:
                bodies.setdefault(relation.subject, relation.name)
    owners: dict[str, set[str]] = {}
    for entity in picture.entities:
        side = _side(entity.country, bodies.get(entity.id), entity.name, country_name)
        for name in (entity.name, *entity.names):
            owners.setdefault(name.casefold(), set()).add(side)
    return {name: next(iter(found)) for name, found in owners.items() if len(found) == 1}


def _side(country: str | None, body: str | None, name: str, country_name: CountryName) -> str:
    if country is not None and country != MANY_STATES and (known := country_name(country)):
        return known
    return body if body is not None and country == MANY_STATES else name


def side_of(name: str, known: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return the side of a party by its name, the name itself when no side of it is known."""
    return known.get(name.casefold(), called(name, names))


def by_name(picture: Picture, country_name: CountryName) -> Callable[[str], str]:
    """Return what tells the side of a party by a name of it."""
    known, names = sides(picture, country_name), fullest(picture.entities)
    return lambda name: side_of(name, known, names)
