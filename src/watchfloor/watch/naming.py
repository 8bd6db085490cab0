"""One name for one entity, as long as the name is not shared."""

from collections.abc import Mapping, Sequence

from watchfloor.core.entity import Entity
from watchfloor.watch.wording import LONGEST_NAME, LONGEST_READ, shorten


def fullest(entities: Sequence[Entity]) -> dict[str, str]:
    """Return for every name met, in lower case, the name of its entity; names of several entities are left out."""
    owners: dict[str, set[str]] = {}
    for entity in entities:
        for name in (entity.name, *entity.names):
            owners.setdefault(name.casefold(), set()).add(entity.name)
    return {name: next(iter(found)) for name, found in owners.items() if len(found) == 1}


def called(name: str, names: Mapping[str, str]) -> str:
    """Return the name to print for a name met in a report."""
    name = name[:LONGEST_READ]
    return shorten(names.get(name.casefold(), name), LONGEST_NAME)
