"""Events as CAMEO triples: who, to whom, which code; for those who count by CAMEO, one line a pair of sides.

CAMEO codes what is reported, in present and future alike, and needs two sides. So an event that is denied or only
possible is left out, and one that somebody only alleges where the accusation itself is coded; where no recipient is
told, the country in which it happens stands for it.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from watchfloor.core.annotation import Event, Party, Place

_MOST = 6  # parties of one event that are paired (assumed)
_PLACED = frozenset({"CONSULT", "PROTEST", "MOBILIZE", "ASSAULT", "RETREAT", "COERCE", "AGREE"})

Triple = tuple[Party, Party, str]


def triples(events: Sequence[Event], places: Sequence[Place] = ()) -> Iterator[Triple]:
    """Yield actor, recipient and CAMEO code of each event that CAMEO codes; of sides that meet, both ways."""
    accused = {event.span for event in events if event.event_type == "ACCUSE"}
    for event in events:
        unsure = event.status in {"denied", "hypothetical"} or (event.status == "alleged" and event.span in accused)
        if event.cameo is None or unsure:
            continue
        pairs = [(one, other) for one in event.actor[:_MOST] for other in event.recipient[:_MOST]]
        if not event.recipient:
            pairs = list(permutations(event.actor[:_MOST], 2)) or [
                (one, other) for one in event.actor[:_MOST] for other in _where(event, places)
            ]
        for one, other in pairs:
            yield one, other, event.cameo


def _where(event: Event, places: Sequence[Place]) -> Iterator[Party]:
    """Yield the first country named in the sentence that is not the actors' own."""
    if event.event_type not in _PLACED:
        return
    own = {party.country for party in event.actor}
    for place in places:
        inside = event.span.start <= place.span.start < event.span.end
        if inside and place.country is not None and place.country not in own:
            yield Party(name=place.name, country=place.country, span=place.span)
            return
