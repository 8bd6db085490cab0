"""From arc scores to a dependency tree of one sentence."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def heads(arcs: "NDArray[np.float32]") -> list[int]:
    """Return the head of each word, 0 for the root, of the best tree with one root.

    arcs: [N, N + 1], a row per word, column 0 the root. Almost always the best head of each word is a tree already;
    otherwise the maximum spanning tree is found (Chu and Liu 1965; Edmonds 1967), and if it has several roots, once
    more with every arc from the root made so dear that it has one (Stanojević and Cohen 2021).
    """
    import numpy as np

    size = len(arcs)
    scores = arcs.astype(np.float64)
    scores[np.arange(size), np.arange(1, size + 1)] = -np.inf
    found = _spanning(scores)
    if found.count(0) == 1:
        return found
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

    chosen: list[int] = scores.argmax(1).tolist()
    cycle = _cycle(chosen)
    if not cycle:
        return chosen
    inside = set(cycle)
    rest = [word for word in range(len(chosen)) if word not in inside]
    columns = [0, *(word + 1 for word in rest)]
    small = np.full((len(rest) + 1, len(rest) + 2), -np.inf)
    outside, around = scores.take(np.array(rest, dtype=np.intp), 0), scores.take(cycle, 0)
    small[:-1, :-1] = outside.take(columns, 1)
    out = outside.take([word + 1 for word in cycle], 1)
    into = around.take(columns, 1) - around.max(1)[:, None]
    small[:-1, -1] = out.max(1)
    small[-1, :-1] = into.max(0)
    leave, enter = out.argmax(1), into.argmax(0)
    found = _spanning(small)
    result = list(chosen)
    for row, word in enumerate(rest):
        head = found[row]
        result[word] = cycle[int(leave[row])] + 1 if head == len(rest) + 1 else columns[head]
    entered = found[-1]
    result[cycle[int(enter[entered])]] = columns[entered]
    return result
