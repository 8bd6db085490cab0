"""From arc scores to a dependency tree of one sentence."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def heads(arcs: "NDArray[np.float32]") -> list[int]:
    """Return the head of each word, 0 for the root, of the best tree with one root.

    arcs: [N, N + 1], a row per word, column 0 the root. Almost always the best head of each word is a tree already;
    otherwise the maximum spanning tree is found (Chu and Liu 1965; Edmonds 1967), every arc from the root made so dear
    that it has one (Stanojević and Cohen 2021).
    """
    import numpy as np

    size = len(arcs)
    scores = arcs.astype(np.float64)
    scores[np.arange(size), np.arange(1, size + 1)] = -np.inf
    chosen = scores.argmax(1)
    if (chosen == 0).sum() == 1 and not _cycle(chosen.tolist()):
        return [int(head) for head in chosen]
    scores[:, 0] -= 1 + size * float(arcs.max() - arcs.min())
    return _spanning(scores)


def _cycle(chosen: list[int]) -> list[int]:
    """Return the words (from 0) of one cycle of a head list, [] when there is none."""
    state = [0] * len(chosen)
    for begin in range(len(chosen)):
        path = []
        at = begin
        while at >= 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = chosen[at] - 1
        if at >= 0 and state[at] == 1:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return []


def _spanning(scores: "NDArray[np.float64]") -> list[int]:
    """Return the heads of the maximum spanning tree; scores as for `heads`."""
    import numpy as np

    chosen = [int(head) for head in scores.argmax(1)]
    cycle = _cycle(chosen)
    if not cycle:
        return chosen
    inside = set(cycle)
    rest = [word for word in range(len(chosen)) if word not in inside]
    lost = {word: scores[word, chosen[word]] for word in cycle}
    small = np.full((len(rest) + 1, len(rest) + 2), -np.inf)
    columns = [0, *(word + 1 for word in rest)]
    enter: dict[int, int] = {}
    leave: dict[int, int] = {}
    small[:-1, :-1] = scores[np.ix_(rest, columns)] if rest else small[:-1, :-1]
    for row, word in enumerate(rest):
        leave[row] = max(cycle, key=lambda other: scores[word, other + 1])
        small[row, -1] = scores[word, leave[row] + 1]
    for column, head in enumerate(columns):
        enter[column] = max(cycle, key=lambda other: scores[other, head] - lost[other])
        small[-1, column] = scores[enter[column], head] - lost[enter[column]]
    found = _spanning(small)
    result = list(chosen)
    for row, word in enumerate(rest):
        head = found[row]
        result[word] = leave[row] + 1 if head == len(rest) + 1 else columns[head]
    entered = found[-1]
    result[enter[entered]] = columns[entered]
    return result
