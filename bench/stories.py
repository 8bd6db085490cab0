"""Stories: reports about one happening, in one language and across languages."""

from pathlib import Path
from typing import Any

import board
from watchfloor.core.report import Report
from watchfloor.flow.records import in_order, to_group
from watchfloor.fuse.copies import copies
from watchfloor.fuse.likeness import Weights
from watchfloor.fuse.stories import Stream
from watchfloor.fuse.story_decisions import Decisions

SETS = ("og2021_titles", "uci_titles", "allsides2021", "ecbplus")
ANCHORS = {
    "og2021_b3_f1": "Event Registry .594, prototype .682 (held-out part)",
    "og2021_lang_b3_f1": "Event Registry .718",
    "uci_b3_f1": "TF-IDF agglomerative .684, worldmonitor .630",
    "allsides2021_b3_f1": "TF-IDF + SVD + HDBSCAN .820",
    "ecbplus_b3_f1": "TF-IDF agglomerative .861",
}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return B-cubed F1 of each set; of og2021 also with each language by itself."""
    found: dict[str, float] = {}
    for name in SETS:
        records = [r for r in board.lines(data / "stories" / name / "docs.jsonl") if r["split"] == split]
        found |= scored(records, name, None, board.scorer(data / "stories" / "metrics.py"))
    return found


def scored(records: list[dict[str, Any]], name: str, network: Weights | None, metrics: Any = None) -> dict[str, float]:
    """Return the figures of one set, with other weights than the shipped ones when some are given."""
    metrics = metrics or board.scorer(board.ROOT.parent / "shared" / "bench" / "stories" / "metrics.py")
    told = told_apart([to_group(record, number) for number, record in enumerate(records)], network)
    short = name.removesuffix("_titles")
    gold = [record["story"] for record in records]
    figures = {f"{short}_b3_f1": metrics.bcubed(told, gold)[2]}
    if name == "og2021_titles":
        by_language = [[f"{one} {r['lang']}" for one, r in zip(side, records, strict=True)] for side in (told, gold)]
        figures["og2021_lang_b3_f1"] = metrics.bcubed(*by_language)[2]
    return figures


def told_apart(reports: list[Report], network: Weights | None) -> list[str]:
    """Return the id of each report's story."""
    order = in_order(reports)
    stream = Stream(Decisions(), copies(order), network)
    for report in order:
        stream.add(report)
    story_of = {member: story.id for story in stream.done() for member in story.reports}
    return [story_of[report.id] for report in reports]


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
