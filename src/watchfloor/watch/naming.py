"""One name for one entity, as long as the name is not shared."""

import re
from collections.abc import Mapping, Sequence

from watchfloor.core.entity import Entity
from watchfloor.watch.wording import LONGEST_NAME, LONGEST_READ, shorten

_OFFICE = re.compile(
    r"(?!the\b)[A-Z][\w-]*(?:\s[A-Z][\w-]*)*\s(?:(?:[Vv]ice|[Dd]eputy|[Ff]oreign|[Pp]rime|[Dd]efen[cs]e)\s)*"
    r"(?:[Mm]inister|[Pp]resident|[Aa]mbassador|[Cc]ounterpart|[Ee]nvoy|[Dd]elegation|[Oo]fficials?|[Ss]pokes\w+)"
)
"""An office for whoever holds it: "the Russian Foreign Minister"; also by "Foreign Minister" alone nobody is named."""


_ARTICLE = re.compile(r"^(?:The|An?|Two|Three|Several|Some)(?=\s[a-z])")
"""What begins a description with a capital only because it began a sentence: "The operator"."""


def fullest(entities: Sequence[Entity]) -> dict[str, str]:
    """Return for every name met, in lower case, the name of its entity; names of several entities are left out."""
    owners: dict[str, set[str]] = {}
    for entity in entities:
        for name in (entity.name, *entity.names):
            owners.setdefault(name.casefold(), set()).add(entity.name)
    return {name: next(iter(found)) for name, found in owners.items() if len(found) == 1}


def called(name: str, names: Mapping[str, str]) -> str:
    """Return the name to print for a name met in a report.

    >>> called("Iranian Foreign Minister", {}), called("Ana Ruiz", {})
    ('the Iranian Foreign Minister', 'Ana Ruiz')
    """
    name = name[:LONGEST_READ]
    found = _ARTICLE.sub(lambda match: match[0].lower(), names.get(name.casefold(), name))
    return shorten(f"the {found}" if _OFFICE.fullmatch(found) else found, LONGEST_NAME)
