"""Likeness: how surely a report belongs to a story, by a small network that was trained on hand-made stories.

What it looks at is listed in FEATURES; training/stories.py makes the weights, which are read with a checksum.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchfloor.core.errors import ConfigError
from watchfloor.fuse.live import LIVE_DAYS, LiveStory, Vector
from watchfloor.fuse.story_terms import CONCEPT, COUNTRY, NAME, WORD

SHA256 = "d81365544110cea2854d05c8ae427284c4aa1d154a532ab10fac1df4c88e7019"
"""Of data/stories.json; training/stories.py prints it."""

FEATURES = (
    "cosine words concepts countries names average covered shared nearest second-nearest days recent undated size "
    "same-language cosine-foreign nearest-foreign cosine-size terms cosine-terms words-covered concepts-covered "
    "countries-covered names-covered other-countries other-names number-shared number-missing heaviest-shared "
    "days-from-first central cosine-days nearest-days"
).split()

_KINDS = (WORD, CONCEPT, COUNTRY, NAME)

Floats = NDArray[np.float64]


class Weights(NamedTuple):
    """A network of one hidden layer over features scaled to mean 0 and deviation 1."""

    mean: Floats
    deviation: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    bias: float

    def probabilities(self, rows: Sequence[Sequence[float]]) -> Floats:
        """Return for each row of features how surely the report belongs to the story, 0 to 1."""
        scaled = (np.asarray(rows, dtype=np.float64) - self.mean) / self.deviation
        value = np.tanh(scaled @ self.hidden + self.hidden_bias) @ self.out + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-value)))


@cache
def weights() -> Weights:
    """Return the shipped weights; raise ConfigError when the file is not the one that was trained."""
    data = (resources.files("watchfloor.fuse") / "data" / "stories.json").read_bytes()
    if (found := sha256(data).hexdigest()) != SHA256:
        raise ConfigError(f"fuse/data/stories.json has the digest {found[:12]}, expected {SHA256[:12]}; install again")
    return decoded(data)


def decoded(data: bytes) -> Weights:
    """Return the weights from their JSON form."""
    read = json.loads(data)
    mean, deviation, hidden, hidden_bias, out = (
        np.asarray(read[name], dtype=np.float64) for name in Weights._fields[:5]
    )
    return Weights(mean, deviation, hidden, hidden_bias, out, float(read["bias"]))


def features(vector: Vector, story: LiveStory, day: float | None) -> list[float]:
    """Return what FEATURES names, of a report and a story; day: when the report counts as written."""
    held = story.centroid
    common = [part for part in vector.parts if part[0] in held]
    product = [0.0, 0.0, 0.0, 0.0]
    covered = [0.0, 0.0, 0.0, 0.0]
    central = 0.0
    hit = False
    size = story.size
    for term, weight, of in common:
        theirs = held[term]
        product[of] += weight * theirs
        covered[of] += weight * weight
        mean = theirs / size
        central += weight * (mean if mean < weight else weight)
        hit = hit or (of == WORD and term[0].isdigit())
    heaviest = common[0][1] if common else 0.0
    shared = len(common)
    whole = sum(product)
    cosine = whole / story.length()
    nearest, second = _nearest(common, story) if size > 1 else (cosine, cosine)
    days = 0.0 if day is None or story.last is None else max(0.0, day - story.last)
    capped = min(days, LIVE_DAYS)
    first = 0.0 if day is None or story.first is None else min(6.0, day - story.first)
    size_log = math.log(size)
    same = float(vector.language in story.languages)
    terms = min(len(vector.parts), 60) / 20
    lengths = vector.lengths
    squares = story.squares
    return [
        cosine,
        *(
            product[k] / (lengths[k] * math.sqrt(squares[k])) if lengths[k] and squares[k] > 1e-9 else 0.0
            for k in _KINDS
        ),
        whole / size,
        sum(covered),
        min(shared, 8) / 8,
        nearest,
        second,
        capped,
        math.exp(-days * days / 2) if day is not None else 1.0,
        float(day is None),
        size_log,
        same,
        (1 - same) * cosine,
        (1 - same) * nearest,
        cosine * size_log,
        terms,
        cosine * terms,
        *(covered[k] / (lengths[k] * lengths[k]) if lengths[k] else 0.5 for k in _KINDS),
        float(lengths[COUNTRY] > 0 and squares[COUNTRY] > 1e-9 and product[COUNTRY] == 0),
        float(lengths[NAME] > 0 and squares[NAME] > 1e-9 and product[NAME] == 0),
        float(hit),
        float(vector.counts and not hit),
        heaviest,
        first,
        central,
        cosine * capped,
        nearest * capped,
    ]


def _nearest(common: Sequence[tuple[str, float, int]], story: LiveStory) -> tuple[float, float]:
    """Return the cosines with the two members most like a report; of a story with one member twice the same.

    common: what the report shares with the story; no member has more of it.
    """
    best = second = 0.0
    for member in story.members:
        theirs = member.weights
        product = 0.0
        for term, weight, _ in common:
            if term in theirs:
                product += weight * theirs[term]
        if product > best:
            best, second = product, best
        elif product > second:
            second = product
    return best, second if len(story.members) > 1 else best
