"""How close two texts are in meaning: the annotator's vectors, handed to fuse, which has no network of its own."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEPT = 4096  # vectors of statements held in memory; 6 MB


def meaning(left: str, right: str) -> float:
    """Return the cosine of the two texts' vectors, 1 for the same meaning; the same two texts give the same number."""
    return float(_vector(left) @ _vector(right))


@lru_cache(maxsize=KEPT)
def _vector(text: str) -> "NDArray[np.float32]":
    from watchfloor.annotate.reading import vectors

    made: NDArray[np.float32] = vectors([text])[0]
    return made
