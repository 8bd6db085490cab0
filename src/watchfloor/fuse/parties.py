"""Who a name in a report stands for, and for whom that party stands."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from watchfloor.core.entity import Entity, Link

_PRESIDENCY = re.compile(
    r"\bpresidency$|\bpresidential\s(?:office|administration|palace)$|\bpresident['’]s\soffice$", re.I
)
_SEATS = {"RUS": "Kremlin", "USA": "White House", "FRA": "Élysée"}
"""The house by whose name news calls the office of a state's president."""
_JOINT = " and "  # what stands between the names of those who say something together


class Parties:
    """Looks up the party behind a name, by report, because two reports may use one name for two people."""

    def __init__(self, entities: Sequence[Entity], links: Sequence[Link]) -> None:
        self._entities: Mapping[str, Entity] = {entity.id: entity for entity in entities}
        self._shared = Counter(entity.name for entity in entities if entity.schema != "Person")  # two states' armies
        self._of: Mapping[tuple[str, str], str] = {(link.report, link.name.casefold()): link.entity for link in links}

    def entity(self, report: str, name: str | None) -> Entity | None:
        """Return the entity that the name stands for in this report, None when it was not resolved."""
        if name is None:
            return None
        return self._entities.get(self._of.get((report, name.casefold()), ""))

    def name(self, report: str, name: str) -> str:
        """Return the name the party goes by over all reports, or the name itself when it was not resolved."""
        entity = self.entity(report, name)
        if entity is None and _JOINT in name:
            return _JOINT.join(self.name(report, one) for one in name.split(_JOINT))
        if entity is None:
            return name
        return f"{entity.name} ({entity.country})" if entity.country and self._shared[entity.name] > 1 else entity.name

    def apart(self, name: str) -> tuple[str, ...]:
        """Return the names of those who say something together, or the one name."""
        return tuple(name.split(_JOINT))

    def key(self, report: str, name: str) -> str:
        """Return what is the same for two names of one party: the entity's id, else the folded name."""
        entity = self.entity(report, name)
        return entity.id if entity else name.casefold()

    def country(self, report: str, name: str | None) -> str | None:
        """Return the ISO code of the state, or "IGO", that the party belongs to, as far as the reports say."""
        entity = self.entity(report, name)
        return entity.country if entity else None

    def state(self, report: str, speaker: str | None, speaks_for: str | None) -> str | None:
        """Return the state in whose name somebody speaks: the speaker's, else that of the body it speaks for."""
        for name in (speaker, speaks_for, f"the {speaks_for}" if speaks_for else None):
            if code := self.country(report, name):
                return code
        return None

    def seat(self, report: str, body: str | None) -> str | None:
        """Return the name that news gives a body: "the Russian presidency" is the Kremlin; else the body as it is."""
        if body is None or not _PRESIDENCY.search(body):
            return body
        return _SEATS.get(self.state(report, None, body) or "", body)
