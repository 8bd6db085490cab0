"""From scores per word to spans: the best sequence of labels that is well formed."""

from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEVER = -1e9
CERTAIN = 6.0
"""Log odds from which a word is outside of every span whatever stands beside it; what lies between such words is
decided on its own (measured on 47,000 words of the dev sets: from 6 on no label changes, at 5 a few do)."""


class Chain(msgspec.Struct, frozen=True):
    """A head that labels spans: its labels, and what they score beside each other (None: nothing learnt)."""

    labels: tuple[str, ...]
    start: tuple[float, ...] | None
    follow: tuple[tuple[float, ...], ...] | None


class Labelled(NamedTuple):
    """A span of word numbers, half-open, and its label."""

    start: int
    end: int
    label: str


def transitions(chain: Chain) -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
    """Return start [L] and follow [L, L] scores, with what no BIO sequence may hold at minus infinity.

    An I- label may only follow its own B- or I- (Ramshaw and Marcus 1995).
    """
    import numpy as np

    size = len(chain.labels)
    start = np.array(chain.start if chain.start is not None else [0.0] * size, dtype=np.float32)
    follow = np.array(chain.follow if chain.follow is not None else [[0.0] * size] * size, dtype=np.float32)
    for number, label in enumerate(chain.labels):
        if label.startswith("I-"):
            start[number] = _NEVER
            for before, other in enumerate(chain.labels):
                if other[2:] != label[2:] or other == "O":
                    follow[before, number] = _NEVER
    return start, follow


def best(
    scores: "NDArray[np.float32]", start: "NDArray[np.float32]", follow: "NDArray[np.float32]"
) -> "NDArray[np.int64]":
    """Return the label numbers of the best sequence (Viterbi 1967), [W]; scores: [W, L], label 0 is "O"."""
    import numpy as np

    if not _is_learnt(start, follow):  # form alone decides
        top: NDArray[np.int64] = scores.argmax(1)
        if start[top[0]] > _NEVER and (follow[top[:-1], top[1:]] > _NEVER).all():
            return top
    path = np.zeros(len(scores), dtype=np.int64)
    open_ = np.flatnonzero(scores[:, 0] - scores[:, 1:].max(1) < CERTAIN)
    if not len(open_):
        return path
    for begin, end in _groups(open_.tolist()):
        after = follow[:, 0] if end < len(scores) else None
        path[begin:end] = _stretch(scores[begin:end], follow[0] if begin else start, follow, after)
    return path


def _is_learnt(start: "NDArray[np.float32]", follow: "NDArray[np.float32]") -> bool:
    """Return whether anything but form says what may stand beside what."""
    known = _learnt.get((id(start), id(follow)))
    if known is None or known[0] is not start or known[1] is not follow:
        learnt = bool(follow[follow > _NEVER].any() or start[start > _NEVER].any())
        known = _learnt[id(start), id(follow)] = start, follow, learnt
    return known[2]


_learnt: "dict[tuple[int, int], tuple[NDArray[np.float32], NDArray[np.float32], bool]]" = {}
"""By the transitions of the models in use, which it holds so that their ids stay theirs."""


def _groups(numbers: list[int]) -> list[tuple[int, int]]:
    """Return the runs of consecutive numbers, half-open.

    >>> _groups([2, 3, 4, 7])
    [(2, 5), (7, 8)]
    """
    found: list[tuple[int, int]] = []
    begin = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            found.append((begin, last + 1))
            begin = number
        last = number
    return [*found, (begin, last + 1)]


def _stretch(
    scores: "NDArray[np.float32]",
    start: "NDArray[np.float32]",
    follow: "NDArray[np.float32]",
    after: "NDArray[np.float32] | None",
) -> "NDArray[np.int64]":
    """Return the best labels of a stretch; `after` scores what may stand before the "O" behind it."""
    import numpy as np

    length, size = scores.shape
    if length == 1:
        only = start + scores[0]
        return np.array([(only if after is None else only + after).argmax()])
    back = np.zeros((length, size), dtype=np.int64)
    total = start + scores[0]
    into = np.ascontiguousarray(follow.T)  # a row for each label that a step may come to
    through = np.empty((size, size), dtype=np.float32)
    for step in range(1, length):
        np.add(into, total, out=through)
        through.argmax(1, out=back[step])
        np.maximum.reduce(through, axis=1, out=total)
        total += scores[step]
    if after is not None:
        total = total + after
    path = [int(total.argmax())]
    for came in back[:0:-1].tolist():
        path.append(came[path[-1]])
    return np.array(path[::-1], dtype=np.int64)


def spans(path: "NDArray[np.int64]", labels: tuple[str, ...]) -> list[Labelled]:
    """Return the spans of a label sequence, in order."""
    found: list[Labelled] = []
    if not path.any() and labels[0] == "O":
        return found
    begin: int | None = None
    for at, number in enumerate([*path.tolist(), 0]):
        if number == 0 and begin is None and labels[0] == "O":
            continue
        label = labels[number]
        if begin is not None and not label.startswith("I-"):
            found.append(Labelled(begin, at, labels[path[begin]][2:]))
            begin = None
        if label.startswith("B-"):
            begin = at
    return found
