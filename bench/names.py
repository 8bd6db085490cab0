"""Names: are two names of one person or company, and are the names of the founding reports put together rightly?"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import board
from watchfloor.resolve.names import SAME, compare, fold

ANCHORS = {
    "pairs_f1": "logic_v2 .790, Levenshtein at its best threshold .670 (held-out part)",
    "checks_f1": "the checks that OpenSanctions wrote by hand; dev holds some of them",
    "un_recall": "UN-listed names against the same with typos, other order, missing words",
    "un_false": "share of the pairs of other UN-listed names with a word in common that are held to be one",
}

Pairs = Sequence[tuple[str, str, bool]]


def measure(data: Path, split: str) -> dict[str, float]:
    """Return F1 of the verdict on labelled pairs, and recall and false alarms on listed names."""
    folder = data / "base" / "names_nomenklatura"
    with (folder / f"{split}.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(pair["name1"], pair["name2"], pair["is_match"] == "true") for pair in csv.DictReader(file)]
    plain, changed = (_listed(folder / f"positives_un_{kind}.csv") for kind in ("untreated", "treated"))
    others = list(_sharing(plain))
    return {
        "pairs_f1": f1(pairs),
        "checks_f1": f1(list(_checks(folder / "entity_checks.yml"))),
        "un_recall": sum(map(_same, plain, changed)) / len(plain),
        "un_false": sum(_same(left, right) for left, right in others) / len(others),
    }


def f1(pairs: Pairs) -> float:
    """Return F1 of the verdict "one name"."""
    counted: dict[tuple[bool, bool], int] = defaultdict(int)
    for left, right, match in pairs:
        counted[match, _same(left, right)] += 1
    both = counted[True, True]
    return 2 * both / (2 * both + counted[True, False] + counted[False, True]) if both else 0.0


def _same(left: str, right: str) -> bool:
    return compare(left, right).score >= SAME


def _listed(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["full_name"] for row in csv.DictReader(file)]


def _sharing(listed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of different names that share a word, the hardest of all pairs of different names."""
    by_word: Mapping[str, set[int]] = defaultdict(set)
    for place, name in enumerate(listed):
        for word in fold(name).split():
            by_word[word].add(place)
    found = {pair for places in by_word.values() for pair in combinations(sorted(places), 2)}
    yield from ((listed[a], listed[b]) for a, b in sorted(found) if fold(listed[a]) != fold(listed[b]))


def _checks(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield the pairs of a file of checks, as far as they are about names alone; its shape is fixed, so lines do."""
    match: bool | None = None
    names: list[str] = []
    fields = 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), "  - match: end"]:
        plain = line.strip()
        if plain.startswith("- match:"):
            if match is not None and len(names) == 2 and not fields:
                yield names[0], names[1], match
            match = None if plain.endswith("end") else plain.endswith("true")
            names, fields = [], 0
        elif plain.startswith("name:"):
            names.append(plain.removeprefix("name:").strip().strip("\"'"))
        elif ":" in plain and not plain.startswith(("#", "schema:", "query:", "candidate:", "checks:", "label:")):
            fields += 1


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
