"""Events, and the contact log of each report alone, on the founding reports."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import board
import founding
from watchfloor.core.annotation import Annotation, Contact, Event, Party
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow.picture import fused

HOME = Reader(name="bench", partner=None, clearance="RED")
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
            "type": row.contact_type,
            "parties": _parties(row.parties),
            "status": row.status,
            "date": {"start": row.date.value} if row.date else None,
            "evidence": {"start": telling.start, "end": telling.end},
        }
        for name, report, found in read
        for row in fused([report], {report.id: found}, HOME).encounters
        for telling in [_fullest(report, row.tellings, found)]
    ]
    scored = score.seeds(list(board.lines(folder / "gold.jsonl")), events, False)
    met = score.seeds(list(board.lines(folder / "contacts.jsonl")), contacts, False, True)
    return {"seeds_type_actor_f1": scored["type+actor"]["F1"], "seeds_contacts_f1": met["type+actor"]["F1"]}


def _fullest(report: Report, tellings: Sequence[Span], found: Sequence[Annotation]) -> Span:
    """Return the telling that says most of when and where, those in the body first, then the earliest."""
    body = [(p.start, p.end) for p in report.parts("body")]
    told = {one.span: one for one in found if isinstance(one, Contact)}

    def worth(telling: Span) -> tuple[bool, int]:
        one = told.get(telling)
        says = 0 if one is None else 2 * (one.date is not None) + (one.place is not None)
        return any(start <= telling.start < end for start, end in body), says

    return max(tellings, key=worth)


def _parties(parties: tuple[Party, ...]) -> list[dict[str, Any]]:
    return [{"name": party.name, "country": party.country} for party in parties]


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
