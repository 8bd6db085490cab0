"""A small model of our own: which lines of an extracted text are not the report, by what can be measured of them.

Boosted trees over `line_features`, trained by training/lines.py and shipped as numbers (docs/line-model.md). It only
ever labels lines; it never changes the text, and it is not believed where it would leave nothing of a report.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.line_features import FEATURES, Marks, Matrix, features
from watchfloor.clean.units import Unit, letters
from watchfloor.core.errors import ConfigError

Extracted = Literal["trafilatura", "resiliparse", "whole"]
"""What made the text of a page; "whole" is a page's whole text with all of its furniture."""

UNLIKE = "unlike running text"
"""With what every reason of the model begins."""

DIGESTS = {
    "lines.json": "c5c043e9a63f7137200c08f6ee5e0a786292b1623e56fb81032984b1806a544a",
}
"""sha256 of the shipped file, written here by training/pin.py."""

_FULL = next(column for column, feature in enumerate(FEATURES) if feature.name == "full")
_REASONS = 2  # measures named in a reason
_JUDGED = frozenset({"subhead"})  # kinds that the model may still take away, beside body: any heading is one


class Trees(Struct, frozen=True):
    """Boosted trees, node by node over all trees; a leaf leads to itself.

    roots: the first node of each tree. depth: steps after which every line has arrived. values: what a node adds, in
    log-odds of being the report; within a tree what its leaves add on average. floor: a line less likely is taken away;
    sentence_floor: the same for full sentences. most: share of the open letters beyond which the trees are not
    believed: a list of winners is no furniture. usual: the mean of each feature over lines of reports, for reasons.
    """

    base: float
    floor: float
    sentence_floor: float
    most: float
    depth: int
    usual: tuple[float, ...]
    roots: tuple[int, ...]
    feature: tuple[int, ...]
    at: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    values: tuple[float, ...]


class Model(Struct, frozen=True):
    """What lines.json holds: the names of the features it was trained on, and trees for each kind of text."""

    version: str
    features: tuple[str, ...]
    trees: dict[Extracted, Trees]


class Forest:
    """The trees of one kind of text as arrays, ready to ask."""

    def __init__(self, trees: Trees) -> None:
        self.trees = trees
        self.roots = np.array(trees.roots, np.int64)
        self.feature = np.array(trees.feature, np.int64)
        self.at = np.array(trees.at)[:, None]
        self.values = np.array(trees.values)
        self.children = np.column_stack((trees.right, trees.left)).astype(np.int64).ravel()

    def likely(self, rows: Matrix) -> Matrix:
        """Return how likely each row is a line of the report."""
        *_, last = self._walk(rows)
        odds = self.trees.base + self.values[last].sum(axis=1)
        likely: Matrix = 1 / (1 + np.exp(-np.clip(odds, -50, 50)))
        return likely

    def weighed(self, rows: Matrix) -> Matrix:
        """Return what each feature of each row added to the odds: the change of value at every node that asks it."""
        nodes = np.stack(list(self._walk(rows)))
        change = np.diff(self.values[nodes], axis=0)
        place = np.arange(len(rows))[:, None] * rows.shape[1] + self.feature[nodes[:-1]]
        found: Matrix = np.bincount(place.ravel(), change.ravel(), rows.size).reshape(rows.shape).astype(np.float64)
        return found

    def _walk(self, rows: Matrix) -> Iterator[NDArray[np.int64]]:
        """Yield the node that each row stands at in each tree, from the roots to the leaves."""
        answers = (np.ascontiguousarray(rows.T)[self.feature] <= self.at).ravel()  # by node, then by row
        count = len(rows)
        row = np.arange(count)[:, None]
        nodes = np.broadcast_to(self.roots, (count, len(self.roots)))
        yield nodes
        for _ in range(self.trees.depth):
            nodes = self.children.take(2 * nodes + answers.take(nodes * count + row))
            yield nodes


class Weighed(NamedTuple):
    """What the trees make of the lines of a text: a row of features and a likelihood each; first: where it begins."""

    forest: Forest
    rows: Matrix
    likely: Matrix
    first: int


def weigh(units: Sequence[Unit], extracted: Extracted, first: int = 0, marks: Marks | None = None) -> Weighed:
    """Return for each unit of an extracted text how likely it is a part of the report, between 0 and 1.

    first: where the extracted text begins; units before it (a headline put there) are not looked at. marks: what the
    markup tells of each unit from there.
    """
    forest = ready(extracted)
    rows = features(units[first:], marks)
    return Weighed(forest, rows, forest.likely(rows), first)


def taken(units: Sequence[Unit], labels: Labels, weighed: Weighed) -> list[int]:
    """Return the indices of the lines that are not the report, of those that the labels hold to be body or a heading.

    None when nothing of the report would be left, or less than the trees may leave.
    """
    trees, first = weighed.forest.trees, weighed.first
    floors = np.where(weighed.rows[:, _FULL] > 0, trees.sentence_floor, trees.floor)
    below = (weighed.likely < floors).tolist()
    open_ = [index for index in range(first, len(units)) if _is_open(labels[index])]
    out = [index for index in open_ if below[index - first]]
    if not any(labels[index] is None and not below[index - first] for index in open_):
        return []
    return out if letters(units, out) <= trees.most * letters(units, open_) else []


def judged(units: Sequence[Unit], labels: Labels, weighed: Weighed) -> Iterator[tuple[int, Label]]:
    """Yield the index and a label of each line that is `taken`, with the two measures that weighed most."""
    out = taken(units, labels, weighed)
    if not out:
        return
    chosen = weighed.rows[[index - weighed.first for index in out]]
    usual = weighed.forest.trees.usual
    against = weighed.forest.weighed(chosen)
    loudest = np.argsort(against, axis=1)[:, : 2 * _REASONS]
    spoke = (np.take_along_axis(against, loudest, axis=1) < 0).tolist()
    low = np.take_along_axis(chosen < np.array(usual), loudest, axis=1).tolist()
    for index, measures, spoken, is_low in zip(out, loudest.tolist(), spoke, low, strict=True):
        yield index, Label("boilerplate", _reason(zip(measures, spoken, is_low, strict=True)))


def load(path: Path | None, digest: str | None = None) -> Model:
    """Return the model of a file, the shipped one for None; raises ConfigError when it is not what it should be."""
    place = path or files("watchfloor.clean").joinpath("data", "lines.json")
    data = place.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if digest is not None and found != digest:
        raise ConfigError(f"{place} has the sha256 {found}, expected {digest}; install the program anew")
    model = msgspec.json.decode(data, type=Model)
    if model.features != tuple(feature.name for feature in FEATURES):
        raise ConfigError(f"{place} was trained on other features than this program measures; train it anew")
    return model


def trees(model: Model, extracted: Extracted) -> Forest:
    """Return the trees of a model for one kind of text."""
    return Forest(model.trees[extracted])


def use(path: Path | None) -> None:
    """Judge with the model of a file from now on, None for the shipped one; for benches and training."""
    _chosen[0] = path


_chosen: list[Path | None] = [None]


def ready(extracted: Extracted) -> Forest:
    """Return the trees in use for a kind of text; raises ConfigError when the shipped file was changed."""
    return _ready(_chosen[0], extracted)


@cache
def _ready(path: Path | None, extracted: Extracted) -> Forest:
    return trees(load(path) if path else load(None, DIGESTS["lines.json"]), extracted)


def _is_open(label: Label | None) -> bool:
    return label is None or label.kind in _JUDGED


def _reason(measures: Iterable[tuple[int, bool, bool]]) -> str:
    """Return the measures that spoke loudest against a line, in words; of each whether it spoke, and is low."""
    said = [FEATURES[index].low if is_low else FEATURES[index].high for index, spoke, is_low in measures if spoke]
    return f"{UNLIKE}: {'; '.join(tuple(dict.fromkeys(said))[:_REASONS])}"
