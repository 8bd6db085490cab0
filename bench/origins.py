"""Independent origins: cases in which reports, outlets and origins must all be counted exactly."""

from pathlib import Path

import board
from watchfloor.flow.cases import counted
from watchfloor.flow.parts import parts

ANCHORS = {"exact": "counting outlets, or groups of near duplicates: 9 of 20"}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the share of cases in which N, M, kmin, kmax, the edges and the circular flag are all right."""
    cases = [c for c in board.lines(data / "stories" / "independence_cases" / "cases.jsonl") if c["split"] == split]
    chosen = parts()
    exact = 0
    for case in cases:
        got, wanted = counted(case, chosen), case["expected"]
        same = all(got[key] == wanted[key] for key in ("N", "M", "kmin", "kmax", "circular"))
        exact += same and sorted(got["edges"]) == sorted(wanted["edges"])
    return {"exact": exact / len(cases), "cases": float(len(cases))}


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
