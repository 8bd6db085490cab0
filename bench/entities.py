"""Names: exact spans and types, from raw text, in the scheme of each set."""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import board
from watchfloor.annotate.reading import read
from watchfloor.annotate.verdict import Scheme
from watchfloor.core.annotation import Mention
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import plain_report

ANCHORS = {
    "uner_ewt_f1": "XLM-R large .860 (published, heldout), floor .78",
    "worldwide_f1": "floor .79, target .86",
    "re3d_f1": "another split: CRF .630, spaCy CNN .604, RoBERTa .756; floor .60",
    "mentions_f1": "the product's own mentions against Worldwide's persons, organisations, places, groups",
}
UNER = frozenset(("PER", "LOC", "ORG"))
TRUSTED = 0.5  # re3d's own measure of the annotators' confidence
OURS = {"Person": "person", "Organization": "organisation", "Location": "place", "NORP": "group"}
"""Worldwide's names of the product's types."""

Found = set[tuple[int, int, str]]


def measure(data: Path, split: str) -> dict[str, float]:
    """Return micro F1 over all spans of each set."""
    base = data / "base"
    uner = list(board.lines(base / "uner_ewt" / f"{split}.jsonl.gz"))
    worldwide = list(board.lines(base / "worldwide" / f"{split}.jsonl.gz"))
    gold_uner = [{(s, e, label) for s, e, label in one["ents"] if label in UNER} for one in uner]
    mine_uner = [{span for span in tagged(one["text"], "uner") if span[2] in UNER} for one in uner]
    re3d = list(_re3d(base / "re3d", split))
    regions = _regions(worldwide)
    return {
        "uner_ewt_f1": f1(gold_uner, mine_uner),
        "worldwide_f1": f1([_spans(one) for one in worldwide], [tagged(one["text"], "news") for one in worldwide]),
        "re3d_f1": f1([_trusted(one) for one in re3d], [tagged(one["text"], "re3d") for one in re3d]),
        "worldwide_worst_region_f1": min(regions.values()),
        "worldwide_best_region_f1": max(regions.values()),
        "mentions_f1": _mentions(worldwide),
    }


def tagged(text: str, scheme: Scheme) -> Found:
    """Return the spans of a scheme, in characters of the text."""
    found: Found = set()
    for offset, reading in read(text, 0, len(text), (scheme,)):
        for span in reading.spans[scheme]:
            first, last = reading.words[span.start], reading.words[span.end - 1]
            found.add((first.start + offset, last.end + offset, span.label))
    return found


def f1(gold: Iterable[Found], ours: Iterable[Found]) -> float:
    """Return micro F1 of exact spans and labels."""
    right = wanted = given = 0
    for theirs, mine in zip(gold, ours, strict=True):
        right += len(theirs & mine)
        wanted += len(theirs)
        given += len(mine)
    return 2 * right / (wanted + given) if wanted + given else 0.0


def _spans(record: dict[str, Any]) -> Found:
    return {(start, end, label) for start, end, label in record["ents"]}


def _trusted(record: dict[str, Any]) -> Found:
    """Outermost of the trusted spans: the set nests, ours do not."""
    spans = sorted((one for one in record["ents"] if one[3] >= TRUSTED), key=lambda one: (one[0], -one[1]))
    found: Found = set()
    reached = 0
    for start, end, label, _ in spans:
        if start >= reached:
            found.add((start, end, label))
            reached = end
    return found


def _regions(records: list[dict[str, Any]]) -> dict[str, float]:
    """Return F1 by region, so that no part of the world is read much worse than another."""
    by: dict[str, list[dict[str, Any]]] = {}
    for one in records:
        by.setdefault(one["region"], []).append(one)
    return {
        region: f1([_spans(one) for one in held], [tagged(one["text"], "news") for one in held])
        for region, held in by.items()
    }


def _re3d(folder: Path, split: str) -> Iterator[dict[str, Any]]:
    """Yield the documents; there is no dev part, so it is the fifth of the train part that training leaves out."""
    for path in sorted(folder.glob("heldout.jsonl*" if split == "heldout" else "train.jsonl*")):
        for record in board.lines(path):
            if split == "heldout" or zlib.crc32(record["text"].encode()) % 5 == 0:
                yield record


def _mentions(records: list[dict[str, Any]]) -> float:
    """Score what the product makes of the names: its mentions, titles and rules included."""
    chosen = parts()
    gold, ours = [], []
    for one in records:
        report = plain_report(one["text"])
        found = annotated(report, chosen)
        gold.append({(start, end, OURS[label]) for start, end, label in one["ents"] if label in OURS})
        ours.append(
            {
                (a.span.start, a.span.end, "group" if a.type == "nationality" else str(a.type))
                for a in found
                if isinstance(a, Mention) and a.name[:1].isupper() and a.type in (*OURS.values(), "nationality")
            }
        )
    return f1(gold, ours)


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
