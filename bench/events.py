"""Events, and the contact log of each report alone, on the founding reports."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import actors
import board
import founding
from watchfloor.core.annotation import Event, Party
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
        for telling in [_in_body(report, row.tellings)]
    ]
    scored = score.seeds(list(board.lines(folder / "gold.jsonl")), events, False)
    met = score.seeds(list(board.lines(folder / "contacts.jsonl")), contacts, False, True)
    return {
        "seeds_type_actor_f1": scored["type+actor"]["F1"],
        "seeds_contacts_f1": met["type+actor"]["F1"],
        **actors.measure(data, split),
    }


def _in_body(report: Report, tellings: Sequence[Span]) -> Span:
    """Return the first telling that stands in the body, else the first."""
    body = [(p.start, p.end) for p in report.parts("body")]
    inside = [t for t in tellings if any(start <= t.start < end for start, end in body)]
    return (inside or list(tellings))[0]


def _parties(parties: tuple[Party, ...]) -> list[dict[str, Any]]:
    return [{"name": party.name, "country": party.country} for party in parties]


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
