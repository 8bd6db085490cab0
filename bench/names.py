"""Names: are two names of one person or company?"""

import csv
from pathlib import Path

import board
from watchfloor.resolve.names import SAME, compare

ANCHORS = {"pairs_f1": "logic_v2 .790, Levenshtein at its best threshold .670 (held-out part)"}


def measure(data: Path, split: str) -> dict[str, float]:
    """Return F1 of the verdict on labelled pairs."""
    with (data / "base" / "names_nomenklatura" / f"{split}.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    hits = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for pair in pairs:
        said = compare(pair["name1"], pair["name2"]).score >= SAME
        hits[pair["is_match"] == "true", said] += 1
    both = hits[True, True]
    return {"pairs_f1": 2 * both / (2 * both + hits[True, False] + hits[False, True])}


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
