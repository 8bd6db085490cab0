"""Statements: who said what. Founding reports (acceptance) and PolNeAR."""

from pathlib import Path

import board
import founding
from watchfloor.core.annotation import Attribution
from watchfloor.flow.parts import parts
from watchfloor.flow.records import annotated_record

ANCHORS = {
    "seeds_f1": "15-line regular expression .691",
    "seeds_speaker": "15-line regular expression .32",
    "content_at_half": "human .794, Gender Gap Tracker .489, textacy .232",
    "triple_at_half": "human .684, Gender Gap Tracker .331, textacy .14",
}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the scores on the founding reports and on PolNeAR."""
    score = board.scorer(data / "statements" / "score.py")
    predicted = [
        {
            "doc": name,
            "content_start": a.content[0].start,
            "content_end": a.content[-1].end,
            "content": report.text[a.content[0].start : a.content[-1].end],
            "speaker": a.speaker,
            "act": {"silent": "other"}.get(a.act, a.act),
            "kind": a.kind,
            "reported_via": a.reported_via,
            "date": a.date.value if a.date else None,
            "machine_generated": a.machine_generated,
        }
        for name, report, found in founding.read(board.seeds(data))
        for a in found
        if isinstance(a, Attribution) and a.content and a.act not in ("silent", "decline-to-comment")
    ]
    seeds = score.seeds(predicted, str(data / "statements" / "seeds"))
    gold = list(board.lines(_polnear(data, split)))
    chosen = parts()
    ours = [annotated_record({"id": one["id"], "text": one["text"]}, chosen) for one in gold]
    polnear = score.attr(gold, ours)
    return {
        "seeds_f1": seeds["f1"],
        "seeds_speaker": seeds["speaker accuracy"],
        "seeds_act": seeds["act accuracy"],
        "content_at_half": polnear["content@0.5"][2],
        "triple_at_half": polnear["triple@0.5"][2],
    }


def _polnear(data: Path, split: str) -> Path:
    folder = data / "statements" / "polnear"
    return next(path for path in sorted(folder.glob(f"{split}.jsonl*")))


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
