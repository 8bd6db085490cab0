"""Types of given pairs, CAMEO roots from raw text, and events and contacts of the founding reports."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import actors
import board
import founding
from watchfloor.annotate.cameo import triples
from watchfloor.annotate.event_model import judged_text
from watchfloor.core.annotation import Event, Party, Place
from watchfloor.core.encounter import Encounter
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span
from watchfloor.flow.parts import parts
from watchfloor.flow.picture import fused
from watchfloor.flow.pipeline import annotated

HOME = Reader(name="bench", partner=None, clearance="RED")
ANCHORS = {
    "plv_macro_f1": "zero-shot NLI with RoBERTa-large .802 dev, .832 heldout; TF-IDF SVM .713",
    "petr2_root_f1": "UniversalPetrarch .838, PETRARCH-2 .960, both with the dictionaries of the gold",
    "seeds_type_actor_f1": "two fair readers about .90",
    "seeds_contacts_f1": "two fair readers about .96; of each row the first telling in the body",
    "seeds_contacts_any_telling_f1": "the same, any telling of a row may be the gold's",
}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return macro-F1 of types, F1 of CAMEO roots, and F1 of the founding reports' events and contacts."""
    score = board.scorer(data / "events" / "score.py")
    found = {"plv_macro_f1": _plv(score, data, split), "petr2_root_f1": _petr2(score, data, split)}
    return found | actors.measure(data, split) | _founding(score, data)


def _plv(score: ModuleType, data: Path, split: str) -> float:
    """Return macro-F1 over the 15 types of PLV, both sides given."""
    gold = list(board.lines(data / "events" / "plv" / f"{split}.jsonl"))
    said = [
        {"id": r["id"], "label": judged_text(r["text"], _extent(r["actor_span"]), _extent(r["recipient_span"])).best}
        for r in gold
    ]
    return float(score.labels(gold, said, lambda one: one["event_type"])["macro_F1"])


def _extent(span: Sequence[int] | None) -> tuple[int, int] | None:
    return (span[0], span[1]) if span else None


def _petr2(score: ModuleType, data: Path, split: str) -> float:
    """Return F1 of the CAMEO roots of each sentence, read from its raw text alone."""
    gold = list(board.lines(data / "events" / "petr2_gsr" / f"{split}.jsonl"))
    chosen = parts()
    said = []
    for record in gold:
        found = annotated(_plain(record["text"]), chosen)
        events = [one for one in found if isinstance(one, Event)]
        places = [one for one in found if isinstance(one, Place)]
        pairs = [(a.country or "UNK", b.country or "UNK", code) for a, b, code in triples(events, places)]
        said.append({"id": record["id"], "events": pairs})
    return float(
        score.sets(
            gold,
            said,
            lambda r: [one["cameo"][:2] for one in r["gold"]],
            lambda r: [code[:2] for _, _, code in r["events"]],
        )["F1"]
    )


def _plain(text: str) -> Report:
    """Return a text as a report of one passage."""
    return Report(
        id=content_id("rep", text),
        capture=content_id("cap", text),
        address="bench",
        url=None,
        outlet=None,
        outlet_how=None,
        headline=None,
        published=None,
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=datetime(2015, 6, 9, tzinfo=UTC),
        generated_by="bench",
    )


def _founding(score: ModuleType, data: Path) -> dict[str, float]:
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
