"""Events and contacts on the founding reports."""

from pathlib import Path
from typing import Any

import board
import founding
from watchfloor.core.annotation import Contact, Event, Party

ANCHORS = {
    "seeds_type_actor_f1": "two fair readers about .90",
    "seeds_contacts_f1": "two fair readers about .96",
}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return F1 of core events by type and actor, and of contacts by type and both sides."""
    score = board.scorer(data / "events" / "score.py")
    folder = data / "events" / "seeds"
    read = founding.read(board.seeds(data))
    events = [
        {
            "doc": name,
            "event_type": a.event_type,
            "actor": _parties(a.actor),
            "recipient": _parties(a.recipient),
            "status": a.status,
            "date": a.date.value if a.date else None,
            "evidence": {"start": a.span.start, "end": a.span.end},
        }
        for name, _, found in read
        for a in found
        if isinstance(a, Event)
    ]
    contacts = [
        {
            "doc": name,
            "type": a.contact_type,
            "parties": _parties(a.parties),
            "status": a.status,
            "date": {"start": a.date.value} if a.date else None,
            "evidence": {"start": a.span.start, "end": a.span.end},
        }
        for name, _, found in read
        for a in found
        if isinstance(a, Contact)
    ]
    scored = score.seeds(list(board.lines(folder / "gold.jsonl")), events, False)
    met = score.seeds(list(board.lines(folder / "contacts.jsonl")), contacts, False, True)
    return {"seeds_type_actor_f1": scored["type+actor"]["F1"], "seeds_contacts_f1": met["type+actor"]["F1"]}


def _parties(parties: tuple[Party, ...]) -> list[dict[str, Any]]:
    return [{"name": party.name, "country": party.country} for party in parties]


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
