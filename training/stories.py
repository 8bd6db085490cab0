"""Train the weights of fuse/likeness.py on hand-made stories: how surely a report belongs to a live story.

    python training/stories.py [--data ../shared/bench] [--folds]

The stream is run over each set with its gold stories; at each report the candidates are examples, the gold story's
right. Sometimes a story is opened twice, so that the network sees stories that are split. Then the stream is run as
it runs in life, with the network trained so far, and the candidates that it meets there, with all its mistakes, become
examples too (dataset aggregation: Ross, Gordon and Bagnell, 2011); a story is right when most of its reports are of
the gold story. Each set weighs the same. The shipped network is the mean of several that differ by their beginning.
With --folds nothing is written: one half of each set's stories trains, the other is scored, both ways round.
Deterministic.
"""

import argparse
import hashlib
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "src")]

import board  # noqa: E402
from stories import SETS, scored  # noqa: E402
from watchfloor.core.copy import Copy  # noqa: E402
from watchfloor.core.report import Report  # noqa: E402
from watchfloor.flow.records import in_order, to_group  # noqa: E402
from watchfloor.fuse.copies import copies  # noqa: E402
from watchfloor.fuse.likeness import Floats, Weights, features  # noqa: E402
from watchfloor.fuse.live import Frequencies, Live, LiveStory, Vector  # noqa: E402
from watchfloor.fuse.stories import Stream, moment  # noqa: E402
from watchfloor.fuse.story_decisions import Decisions  # noqa: E402
from watchfloor.fuse.story_terms import terms  # noqa: E402

HIDDEN = 16
EPOCHS = 15
BATCH = 512
HELD_AGAINST = 8  # stories that each report is an example with: more than it will be held against (measured)
OPENED_AGAIN = 0.1  # share of reports that open another part of their story
ROUNDS = 3  # times that the stream is run in life (best of 0 to 3 by folds)
NETWORKS = 6  # networks of which the mean is taken: one by itself falls out better or worse by a hundredth
INTO = ROOT / "src" / "watchfloor" / "fuse" / "data" / "stories.json"

Record = dict[str, Any]


def examples(records: list[Record]) -> tuple[Floats, Floats]:
    """Return rows of features and whether each is right, of one set."""
    dice = random.Random(0)
    live, frequencies = Live(), Frequencies()
    parts: dict[str, list[int]] = defaultdict(list)
    rows, right = [], []
    for record in records:
        report = to_group(record)
        vector = frequencies.vector(terms(report), moment(report))
        mine = parts[record["story"]]
        for story in live.candidates(
            ((term, weight) for term, weight, _ in vector.parts), vector.day, HELD_AGAINST, 0.0
        ):
            rows.append(features(vector, story, vector.day))
            right.append(float(story.id in mine))
        again = [number for number in mine if number in live.stories]
        if again and dice.random() > OPENED_AGAIN:
            story = live.stories[dice.choice(again)]
        else:
            story = live.open()
            mine.append(story.id)
        live.take(story, vector)
        if vector.day is not None:
            for dead in live.dead(vector.day):
                live.drop(dead)
    return np.asarray(rows), np.asarray(right)


class Watched(Stream):
    """A stream that notes what each report was held against, and whether it was right."""

    def __init__(self, copied: Sequence[Copy], network: Weights, gold: dict[str, str]) -> None:
        super().__init__(Decisions(), copied, network)
        self._gold = gold
        self._mostly: dict[int, tuple[int, str]] = {}
        self.rows: list[list[float]] = []
        self.right: list[float] = []

    def _closest(self, report: Report, vector: Vector) -> tuple[LiveStory, float] | None:
        parts = ((term, weight) for term, weight, _ in vector.parts)
        for story in self._live.candidates(parts, vector.day, HELD_AGAINST, 0.0):
            self.rows.append(features(vector, story, vector.day))
            self.right.append(float(self._most(story.id) == self._gold[report.id]))
        return super()._closest(report, vector)

    def _most(self, number: int) -> str:
        """Return the gold story of which most reports of a story are."""
        reports = self._kept[number].reports
        held, most = self._mostly.get(number, (0, ""))
        if held != len(reports):
            most = Counter(self._gold[one.joined.report] for one in reports).most_common(1)[0][0]
            self._mostly[number] = len(reports), most
        return most


def lived(records: list[Record], network: Weights) -> tuple[Floats, Floats]:
    """Return rows of features and whether each is right, of one set, as the stream meets them with a network."""
    reports = [to_group(record, number) for number, record in enumerate(records)]
    gold = {report.id: record["story"] for report, record in zip(reports, records, strict=True)}
    order = in_order(reports)
    stream = Watched(copies(order), network, gold)
    for report in order:
        stream.add(report)
    return np.asarray(stream.rows), np.asarray(stream.right)


def learnt(sets: list[list[Record]]) -> Weights:
    """Return the network after all rounds over the sets."""
    met = [examples(records) for records in sets]
    network = averaged(met)
    for _ in range(ROUNDS):
        more = [lived(records, network) for records in sets]
        met = [
            (np.concatenate([rows, new]), np.concatenate([right, are]))
            for (rows, right), (new, are) in zip(met, more, strict=True)
        ]
        network = averaged(met)
    return network


def averaged(sets: list[tuple[Floats, Floats]]) -> Weights:
    """Return several networks as one whose value is the mean of theirs."""
    networks = [trained(sets, seed) for seed in range(NETWORKS)]
    return Weights(
        networks[0].mean,
        networks[0].deviation,
        np.concatenate([one.hidden for one in networks], axis=1),
        np.concatenate([one.hidden_bias for one in networks]),
        np.concatenate([one.out for one in networks]) / NETWORKS,
        sum(one.bias for one in networks) / NETWORKS,
    )


def trained(sets: list[tuple[Floats, Floats]], seed: int = 0) -> Weights:
    """Return the network after Adam (Kingma and Ba, 2015) over the sets."""
    rows = np.concatenate([rows for rows, _ in sets])
    right = np.concatenate([right for _, right in sets])
    heavy = np.concatenate([np.full(len(right), len(rows) / len(sets) / len(right)) for _, right in sets])
    mean, deviation = rows.mean(0), rows.std(0) + 1e-6
    scaled = (rows - mean) / deviation
    dice = np.random.default_rng(seed)
    wide = scaled.shape[1]
    weights = [
        dice.normal(0, wide**-0.5, (wide, HIDDEN)),
        np.zeros(HIDDEN),
        dice.normal(0, HIDDEN**-0.5, HIDDEN),
        np.zeros(1),
    ]
    first = [np.zeros_like(one) for one in weights]
    second = [np.zeros_like(one) for one in weights]
    step = 0
    for epoch in range(EPOCHS):
        order = dice.permutation(len(scaled))
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            given = scaled[some]
            hidden = np.tanh(given @ weights[0] + weights[1])
            guess = 1 / (1 + np.exp(-(hidden @ weights[2] + weights[3][0])))
            slope = heavy[some] * (guess - right[some]) / len(some)
            back = np.outer(slope, weights[2]) * (1 - hidden * hidden)
            slopes = [
                given.T @ back + 1e-4 * weights[0],
                back.sum(0),
                hidden.T @ slope + 1e-4 * weights[2],
                np.array([slope.sum()]),
            ]
            step += 1
            rate = 0.01 * (1 - epoch / EPOCHS) + 1e-4
            for at, down in enumerate(slopes):
                first[at] = 0.9 * first[at] + 0.1 * down
                second[at] = 0.999 * second[at] + 0.001 * down**2
                moved = first[at] / (1 - 0.9**step) / (np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
                weights[at] = weights[at] - rate * moved
    return Weights(mean, deviation, weights[0], weights[1], weights[2], float(weights[3][0]))


def half(record: Record) -> int:
    """Return in which half a record's story lies."""
    return hashlib.sha256(record["story"].encode()).digest()[0] % 2


def fold(data: dict[str, list[Record]]) -> None:
    """Print what one half of the stories scores when the other half trained."""
    for tested in (0, 1):
        network = learnt([[r for r in records if half(r) != tested] for records in data.values()])
        for name, records in data.items():
            print(name, scored([r for r in records if half(r) == tested], name, network))


def main() -> None:
    """Train, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "bench")
    arguments.add_argument("--folds", action="store_true")
    given = arguments.parse_args()
    if not given.data.is_dir():
        sys.exit(f"the gold data is not in {given.data}; name its folder with --data")
    data = {}
    for name in SETS:
        records = [r for r in board.lines(given.data / "stories" / name / "docs.jsonl") if r["split"] == "dev"]
        data[name] = sorted(records, key=lambda one: one["date"] or "")
    if given.folds:
        fold(data)
        return
    network = learnt(list(data.values()))
    written = {name: np.round(value, 4).tolist() for name, value in zip(Weights._fields, network[:5], strict=False)}
    text = json.dumps({**written, "bias": round(network.bias, 4)}) + "\n"
    INTO.write_text(text, encoding="utf-8")
    print(f"{INTO.name}: {len(text)} bytes, SHA256 = {hashlib.sha256(text.encode()).hexdigest()!r}")


if __name__ == "__main__":
    main()
