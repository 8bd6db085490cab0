"""The founding claims given in the gold data: reports, origins, parties and stances, ours beside the gold.

Strict: a gold claim is exact when every position in its favour that the gold gives in the reports at hand lies in one
claim of ours (half of the shorter wording, same report), and that claim has as many reports, as many origins at most
and not more at least, the same states in favour and the same against. Gold positions without an origin of their own
(a reporter's aside in a report that names its source) are not looked for. Of a silence, reports and outlets count and
the states that keep it; nobody is an origin of it.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import board
from watchfloor.annotate.gazetteer import country_of
from watchfloor.clean.reports import clean
from watchfloor.collect.files import collect
from watchfloor.core.capture import Capture
from watchfloor.core.claim import Claim, Position
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.copying import earliest_first
from watchfloor.flow.parts import parts
from watchfloor.flow.picture import fused
from watchfloor.flow.pipeline import annotated

ANCHORS = {
    "exact": "nobody else counts origins; wanted all eight",
    "pieces": "claims of ours that hold a gold claim, 1 each",
}
SILENT = frozenset({"silent", "declines to comment"})
FOR = frozenset({"asserts", "confirms", "repeats", "justifies", "revises"})
AGAINST = frozenset({"denies", "doubts"})

Row = Mapping[str, tuple[Any, Any]]


def measure(data: Path, split: str) -> dict[str, float]:
    """Return how many of the founding claims are exact, and by kind of figure how many."""
    rows = compared(data)
    kinds = ("pieces", "reports", "origins", "in favour", "against")
    return {
        "exact": float(sum(all(ours == gold for ours, gold in row.values()) for row in rows.values())),
        **{kind.replace(" ", "_"): float(sum(row[kind][0] == row[kind][1] for row in rows.values())) for kind in kinds},
        "claims": float(len(rows)),
    }


def compared(data: Path) -> dict[str, Row]:
    """Return by gold claim, for each kind of figure, ours beside the gold's."""
    gold = json.loads((data / "statements" / "seeds" / "claims.json").read_text(encoding="utf-8"))["claims"]
    picture, names = _picture(data)
    return {one["id"]: _row(one, picture, names) for one in gold}


def _picture(data: Path) -> tuple[Picture, dict[str, str]]:
    chosen, reports, names, found = parts(), [], {}, {}
    for path in board.seeds(data):
        (capture,) = collect([str(path)], now=datetime(2024, 11, 30, tzinfo=UTC))
        if not isinstance(capture, Capture):
            raise capture
        report = clean(capture)
        reports.append(report)
        names[path.name] = report.id
        found[report.id] = tuple(annotated(report, chosen))
    reports.sort(key=earliest_first)
    return fused(reports, found, Reader(name="bench", partner=None, clearance="RED")), names


def _row(gold: Mapping[str, Any], picture: Picture, names: Mapping[str, str]) -> Row:
    raw = {name: _offsets(picture, names[name]) for name in names}
    wanted = [p for p in gold["positions"] if p["doc"] in names]
    favour = [p for p in wanted if p["stance"] == "supports" and p["origin"]]
    holding = [[c for c in picture.claims if _held(p, c, picture, names, raw)] for p in favour]
    ours = max(picture.claims, key=lambda c: sum(c in held for held in holding))
    pieces = len({(c.id if (c := next((x for x in held if x is ours), held[0])) else "") for held in holding if held})
    pieces += sum(not held for held in holding)
    silence = gold.get("claim_type") == "silence"
    stances = SILENT if silence else FOR
    mine = [p for p in ours.positions if p.stance in stances]
    reports = {p.span.report for p in mine}
    against = [p for p in ours.positions if p.stance in AGAINST] + [
        p for c in picture.claims if c.id in ours.rivals for p in c.positions if p.stance in FOR
    ]
    called = {
        p["speaker"]: country_of(p["party"]) or p["party"] for p in gold["positions"] if p["speaker"] and p["party"]
    }
    states = {country_of(p["party"]) or p["party"] for p in favour if p["party"]}
    opposing = {country_of(p["party"]) or p["party"] for p in wanted if p["stance"] == "opposes"}
    origins = len({p["origin"] for p in favour})
    found = len({picture.outlets.get(r) or r for r in reports}) if silence else ours.origins_max
    kept = _states(mine, picture, called)
    taken = sorted({f"{p.party or 'the report'} {p.stance}" for p in ours.positions})
    return {
        "pieces": (pieces, 1),
        "reports": (len(reports), len({p["doc"] for p in favour})),
        "origins": (found if silence or ours.origins_min <= origins else f"{ours.origins_min}..{found}", origins),
        "in favour": (sorted(kept & states) if silence else sorted(kept), sorted(states)),
        "against": ([] if silence else sorted(_states(against, picture, called)), sorted(opposing)),
        "stances": (taken, taken),
    }


def _states(positions: Sequence[Position], picture: Picture, called: Mapping[str, str]) -> set[str]:
    """Return the states, or bodies of many states, that the parties of the positions stand for.

    called: by name of a speaker whose state no report at hand gives, the state that the gold gives.
    """
    by_name = {name: e for e in picture.entities for name in (*e.names, e.name)}
    found = set()
    for one in positions:
        for name in (one.party or "").split(" and ") if one.party else ():
            entity = by_name.get(name)
            body = by_name.get(one.speaks_for or "") or by_name.get(f"the {one.speaks_for}")
            code = (entity and entity.country) or (body and body.country) or country_of(one.speaks_for or name)
            found.add(code or called.get(name, name))
    return found


def _offsets(picture: Picture, report: str) -> str:
    return next(r.text for r in picture.reports if r.id == report)


def _held(
    gold: Mapping[str, Any], claim: Claim, picture: Picture, names: Mapping[str, str], texts: Mapping[str, str]
) -> bool:
    """Return whether a position of the claim lies on the gold's words: found by them, for cleaning moves offsets."""
    report, text = names[gold["doc"]], texts[gold["doc"]]
    start = text.find(gold["text"])
    if start < 0:
        return False
    end = start + len(gold["text"])
    for one in claim.positions:
        both = min(end, one.span.end) - max(start, one.span.start)
        if one.span.report == report and 2 * both >= min(end - start, one.span.end - one.span.start):
            return True
    return False


if __name__ == "__main__":
    if "--json" not in sys.argv:
        at = sys.argv.index("--data") + 1 if "--data" in sys.argv else 0
        for name, row in compared(Path(sys.argv[at]) if at else board.ROOT.parent / "shared" / "bench").items():
            exact = all(ours == gold for ours, gold in row.values())
            print(f"{name} {'exact' if exact else 'not exact'}")
            for kind, (ours, gold) in row.items():
                print(f"  {kind:<10} {ours}" + ("" if kind == "stances" else f"   gold {gold}"))
    board.run(measure, ANCHORS, __doc__)
