"""A small model of our own: which PLOVER type a sentence tells of two sides, and whether it tells any event of them.

Linear, over words around the masked sides, what the predicates show (`event_features`), and, where it is asked to look
closely, three vectors of the encoder. Trained by training/events.py, shipped as numbers (docs/decisions/0014).
"""

import hashlib
import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from watchfloor.annotate import reading
from watchfloor.annotate.event_features import Extent, grams, letters, masked, numbers, structure, words
from watchfloor.annotate.predicates import Told, of_sentence
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

DIGESTS = {
    "events.npz": "ff8c4deab118f5d7862a7bd200334addc78a72a55e58ed07b29e510c4a3e3007",
}
"""sha256 of the shipped file, written here by training/pin.py."""

MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""Types that the training data do not tell apart."""
NOTHING = "NOTHING"
"""The class of two sides of which a sentence tells no event."""
_BEHIND = 50  # characters behind the later side that still belong to the clause (assumed)
_LONGEST_CLAUSE = 400


class Weights(NamedTuple):
    """labels. idf [BUCKETS]: what a feature weighs. lean, close [BUCKETS, labels]: weights without and with vectors.

    vectors [3 * 384, labels]; lean_base, close_base [labels]; lean_sharp, close_sharp: what scores are multiplied with
    before they become shares.
    """

    labels: tuple[str, ...]
    idf: "Floats"
    lean: "Floats"
    close: "Floats"
    vectors: "Floats"
    lean_base: "Floats"
    close_base: "Floats"
    lean_sharp: float
    close_sharp: float


class Judged(Struct, frozen=True):
    """What the model holds: shares of all types and of "nothing", which sum to 1."""

    shares: dict[str, float]

    @property
    def best(self) -> str:
        """The likeliest type; never "nothing"."""
        return max((one for one in self.shares if one != NOTHING), key=lambda one: self.shares[one])

    def share(self, event_type: str) -> float:
        """Return the share of a PLOVER type, that of YIELD for its two halves."""
        return self.shares.get(MERGED.get(event_type, event_type), 0.0)


def judged_text(text: str, actor: Extent | None, recipient: Extent | None) -> Judged:
    """Return what a text tells of two sides given by their offsets, looked at closely."""
    told = [
        of_sentence(text, offset, found, sentence)
        for offset, found in reading.read(text, 0, len(text))
        for sentence in found.sentences
    ]
    return judged(text, (0, len(text)), told, (actor, recipient), close=True)


def judged(
    text: str, span: Extent, told: Sequence[Told], sides: tuple[Extent | None, Extent | None], *, close: bool
) -> Judged:
    """Return what text[span] tells of two sides; close: also by the encoder's vectors, which costs three readings."""
    import numpy as np

    found = weights()
    rows = columns(text, span, told, sides)
    scores = found.close_base.copy() if close else found.lean_base.copy()
    table = found.close if close else found.lean
    for block in rows:
        if block:
            weighed = found.idf[block]
            scores += (weighed / np.sqrt((weighed**2).sum() or 1.0)) @ table[block]
    if close:
        scores += reading.vectors(views(text, span, sides)).ravel() @ found.vectors
    scores *= found.close_sharp if close else found.lean_sharp
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    return Judged({label: float(share) for label, share in zip(found.labels, shares, strict=True)})


def columns(
    text: str, span: Extent, told: Sequence[Told], sides: tuple[Extent | None, Extent | None]
) -> tuple[list[int], list[int], list[int]]:
    """Return the numbers of the features of a sentence: of its words, its letters, its predicates."""
    said = words(_masked(text, span, sides))
    return numbers(grams(said), "w"), numbers(letters(said), "c"), numbers(structure(told, *sides), "p")


def views(text: str, span: Extent, sides: tuple[Extent | None, Extent | None]) -> list[str]:
    """Return the three texts whose vectors count: the sentence, it with A and B, the clause between them."""
    given = [one for one in sides if one is not None]
    if not given:
        return [text[span[0] : span[1]]] * 3
    first = min(one[0] for one in given)
    last = min(span[1], max(one[1] for one in given) + (_BEHIND if len(given) > 1 else 160), first + _LONGEST_CLAUSE)
    while last < span[1] and text[last].isalnum():
        last += 1
    return [text[span[0] : span[1]], _masked(text, span, sides), _masked(text, (first, max(first, last)), sides)]


def _masked(text: str, span: Extent, sides: tuple[Extent | None, Extent | None]) -> str:
    return masked(text, span, [(one, letter) for one, letter in zip(sides, "AB", strict=True) if one is not None])


@cache
def weights() -> Weights:
    """Return the shipped model; raise ConfigError when it is not the file that was shipped."""
    import numpy as np

    try:
        content = files("watchfloor.annotate").joinpath("data", "events.npz").read_bytes()
    except OSError as error:
        raise ConfigError(f"the event model is absent ({error}); install watchfloor again") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != DIGESTS["events.npz"]:
        raise ConfigError(f"events.npz is damaged (sha256 {digest[:12]}…); install watchfloor again")
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        return Weights(
            labels=tuple(str(one) for one in kept["labels"]),
            idf=kept["idf"].astype(np.float32) / 16,
            lean=kept["lean"].astype(np.float32) * kept["lean_step"],
            close=kept["close"].astype(np.float32) * kept["close_step"],
            vectors=kept["vectors"].astype(np.float32),
            lean_base=kept["lean_base"],
            close_base=kept["close_base"],
            lean_sharp=float(kept["sharp"][0]),
            close_sharp=float(kept["sharp"][1]),
        )
