"""Events, and the contact log of each report alone, on the founding reports."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import board
import founding
from watchfloor.core.annotation import Event, Party
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow.picture import fused

HOME = Reader(name="bench", partner=None, clearance="RED")
ANCHORS = {
    "seeds_type_actor_f1": "two fair readers about .90",
    "seeds_contacts_f1": "two fair readers about .96; of each row the first telling in the body",
    "seeds_contacts_any_telling_f1": "the same, any telling of a row may be the gold's",
}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return F1 of core events by type and actor, and of contacts by type and both sides.

    A row of the contact log has several tellings, the gold one: scored once with the first telling in the body, once
    with any.
    """
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
    rows = [
        (name, report, row)
        for name, report, found in read
        for row in fused([report], {report.id: found}, HOME).encounters
    ]
    gold = list(board.lines(folder / "contacts.jsonl"))
    first = [_contact(name, row, _in_body(report, row.tellings)) for name, report, row in rows]
    nearest = [_contact(name, row, _near(name, row.tellings, gold)) for name, _, row in rows]
    scored = score.seeds(list(board.lines(folder / "gold.jsonl")), events, False)
    return {
        "seeds_type_actor_f1": scored["type+actor"]["F1"],
        "seeds_contacts_f1": score.seeds(gold, first, False, True)["type+actor"]["F1"],
        "seeds_contacts_any_telling_f1": score.seeds(gold, nearest, False, True)["type+actor"]["F1"],
    }


def _contact(name: str, row: Encounter, telling: Span) -> dict[str, Any]:
    """Return a row of the contact log as the scorer reads it, with one telling as its evidence."""
    return {
        "doc": name,
        "type": row.contact_type,
        "parties": _parties(row.parties),
        "status": row.status,
        "date": {"start": row.date.value} if row.date else None,
        "evidence": {"start": telling.start, "end": telling.end},
    }


def _near(name: str, tellings: Sequence[Span], gold: Sequence[dict[str, Any]]) -> Span:
    """Return a telling that stands where the gold has a contact, else the first: a row rests on all its tellings."""
    places = [(one["evidence"]["start"], one["evidence"]["end"]) for one in gold if one["doc"] == name]
    return next((t for t in tellings if any(t.start < end and start < t.end for start, end in places)), tellings[0])


def _in_body(report: Report, tellings: Sequence[Span]) -> Span:
    """Return the first telling that stands in the body, else the first."""
    body = [(p.start, p.end) for p in report.parts("body")]
    inside = [t for t in tellings if any(start <= t.start < end for start, end in body)]
    return (inside or list(tellings))[0]


def _parties(parties: tuple[Party, ...]) -> list[dict[str, Any]]:
    return [{"name": party.name, "country": party.country} for party in parties]


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
