"""Cost: the CPU time of statements, contacts, events and resolving beside the rest of the annotator's, on running news.

One process, each report read anew by the network; a share is a part's CPU seconds over those of everything before it:
network, mentions, times, places and quantities. The issue asks for all_share of at most .40, better .20.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import board
from watchfloor.annotate import reading
from watchfloor.core.annotation import Annotation
from watchfloor.flow.parts import parts
from watchfloor.flow.records import plain_report
from watchfloor.resolve import within

ANCHORS = {"all_share": "wanted .40, better .20; a share is of the annotator's time without these parts"}
_ADDED = ("attributions", "contacts", "events", "resolve")


def measure(data: Path, split: str) -> dict[str, float]:
    """Return seconds of CPU of the network and what each part adds to the annotator's time."""
    spent: defaultdict[str, float] = defaultdict(float)
    for text in _texts(data, split):
        _time(text, spent)
    annotator = sum(seconds for name, seconds in spent.items() if name not in _ADDED)
    return {
        "network_s": spent["network"],
        "annotator_s": annotator,
        **{f"{name}_share": spent[name] / annotator for name in _ADDED},
        "all_share": sum(spent[name] for name in _ADDED) / annotator,
    }


def _time(text: str, spent: defaultdict[str, float]) -> None:
    """Annotate and resolve one text, and add each part's seconds."""
    report = plain_report(text)
    reading.forget()
    start = process_time()
    for passage in report.parts("body"):
        list(reading.read(text, passage.start, passage.end))
    spent["network"] += process_time() - start
    found: list[Annotation] = []
    for part in parts():
        start = process_time()
        found += list(part.annotate(report, found))
        spent[part.name] += process_time() - start
    start = process_time()
    within.resolve(report, found)
    spent["resolve"] += process_time() - start


def _texts(data: Path, split: str) -> Iterator[str]:
    folder = data / "statements" / "polnear"
    for one in board.lines(next(path for path in sorted(folder.glob(f"{split}.jsonl*")))):
        yield one["text"]


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
