"""Copies: groups of copied texts among independent articles that share quotations and events."""

import time
from collections import defaultdict
from math import comb
from pathlib import Path

import board
from watchfloor.flow.records import grouped

ANCHORS = {
    "wirecopy_hard_ari": "rensa .913 as shipped, .964 with our preparation; datasketch .868 (held-out part)",
    "docs_per_s": "rensa 2,812, datasketch 587 on the same texts",
}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the adjusted Rand index of the copy groups, and texts per second on one core, everything included."""
    docs = [d for d in board.lines(data / "stories" / "wirecopy_hard" / "docs.jsonl.gz") if d["split"] == split]
    docs = [d for d in docs if d["copy_group"]]
    began = time.process_time()
    edges = {one["id"]: one["copy_of"] for one in grouped(docs)}
    seconds = time.process_time() - began
    root = {d["id"]: _root(d["id"], edges) for d in docs}
    gold = {d["id"]: d["copy_group"] for d in docs}
    return {
        "wirecopy_hard_ari": _ari([root[d["id"]] for d in docs], [gold[d["id"]] for d in docs]),
        "docs_per_s": len(docs) / seconds,
    }


def _root(name: str, edges: dict[str, str | None]) -> str:
    while (parent := edges[name]) is not None:
        name = parent
    return name


def _ari(predicted: list[str], gold: list[str]) -> float:
    """Return the adjusted Rand index (Hubert and Arabie, 1985)."""
    cells: dict[tuple[str, str], int] = defaultdict(int)
    rows: dict[str, int] = defaultdict(int)
    columns: dict[str, int] = defaultdict(int)
    for p, g in zip(predicted, gold, strict=True):
        cells[p, g] += 1
        rows[p] += 1
        columns[g] += 1
    both = sum(comb(n, 2) for n in cells.values())
    left, right = sum(comb(n, 2) for n in rows.values()), sum(comb(n, 2) for n in columns.values())
    expected = left * right / comb(len(gold), 2)
    return (both - expected) / ((left + right) / 2 - expected)


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
