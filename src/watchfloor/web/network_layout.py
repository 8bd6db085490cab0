"""Where the parties of a graph stand: the same graph always gives the same picture.

Fruchterman and Reingold (1991): pairs pull, all push, over 200 rounds of falling heat. It starts from a spiral in order
of contacts instead of from chance, each connected part by itself; the parts are then set beside each other.
"""

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Places = dict[str, tuple[float, float]]

ROUNDS = 200  # of falling heat; with more a graph of 150 parties looks no clearer; looked at
APART = 64.0  # pixels between neighbours, so that a name fits between two of them
ROOM = 6400.0  # square pixels for a party among many: its sign and its name
FEW = 12  # parties that have room however they stand
FLAT = 0.6  # height by width of a part at most, before signs are pushed apart
CLEAR = 30.0  # pixels between any two, for their signs
TURN = 2.399963  # radians, the golden angle: no two spokes of the spiral meet


def layout(nodes: Sequence[str], pairs: Mapping[tuple[str, str], float], width: float) -> tuple[Places, float]:
    """Return where each node stands, in pixels inside the width, and the height that all of them take.

    pairs: how strongly two are drawn to each other. Nodes without a pair stand in rows at the end.
    """
    groups = _groups(nodes, pairs)
    blocks = [_spread(group, pairs) for group in groups if len(group) > 1]
    alone = [group[0] for group in groups if len(group) == 1]
    places, height = _packed(blocks, width)
    columns = max(1, int(width // 170))
    for at, node in enumerate(alone):
        places[node] = ((at % columns + 0.12) * width / columns, height + 24 + at // columns * 32)
    return places, height + (-(-len(alone) // columns) * 32 + 24 if alone else 0)


def _groups(nodes: Sequence[str], pairs: Mapping[tuple[str, str], float]) -> list[list[str]]:
    """Return the connected parts, the largest first, each in the order of the nodes."""
    near: dict[str, list[str]] = {node: [] for node in nodes}
    for left, right in pairs:
        near[left].append(right)
        near[right].append(left)
    order = {node: at for at, node in enumerate(nodes)}
    seen: set[str] = set()
    groups = []
    for node in nodes:
        if node in seen:
            continue
        found, ahead = {node}, [node]
        while ahead:
            fresh = [other for other in near[ahead.pop()] if other not in found]
            found.update(fresh)
            ahead += fresh
        seen |= found
        groups.append(sorted(found, key=order.__getitem__))
    return sorted(groups, key=lambda group: (-len(group), order[group[0]]))


def _spread(group: Sequence[str], pairs: Mapping[tuple[str, str], float]) -> tuple[list[str], NDArray[np.float64]]:
    """Return a connected part with its places, in pixels from its own corner."""
    count = len(group)
    at = {node: number for number, node in enumerate(group)}
    pull = np.zeros((count, count))
    for (left, right), strength in pairs.items():
        if left in at:
            pull[at[left], at[right]] = pull[at[right], at[left]] = 1 + np.log2(max(1.0, strength)) / 4
    turns = np.arange(count) * TURN
    spot = np.stack([np.cos(turns), np.sin(turns)], axis=1) * (APART * np.sqrt(np.arange(count) + 0.5))[:, None]
    for heat in np.linspace(APART * sqrt(count) / 4, 0.5, ROUNDS):
        away = spot[:, None, :] - spot[None, :, :]
        far = np.maximum(np.sqrt((away**2).sum(axis=2)), 1.0)
        force = APART**2 / far**2 - pull * far / APART
        np.fill_diagonal(force, 0.0)
        move = (away * force[:, :, None]).sum(axis=1)
        move -= spot * 0.04  # what hangs on by one line does not drift off
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        spot = spot + move * (np.minimum(length, heat) / length)[:, None]
    return list(group), _laid_flat(spot)


def _laid_flat(spot: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the places turned so that they are widest from left to right, where names run."""
    spot = spot - spot.mean(axis=0)
    x, y = spot[:, 0], spot[:, 1]
    turn = -0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    return np.stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)], axis=1)


def _fitted(spot: NDArray[np.float64], wide: float, tall: float) -> NDArray[np.float64]:
    """Return the places inside a room from its corner on, drawn apart until each has room for its name."""
    size = np.maximum(np.ptp(spot, axis=0), 1e-6)
    grown = max(1.0, sqrt(len(spot) * ROOM / float(size[0] * size[1]))) if len(spot) > FEW else 1.0
    spot = _cleared(spot * np.minimum(grown, np.array([wide, tall]) / size))
    spot = spot - spot.min(axis=0)
    over = wide / max(float(spot[:, 0].max()), 1e-6)
    narrowed: NDArray[np.float64] = spot * np.array([min(1.0, over), 1.0])
    return narrowed


def _cleared(spot: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the places, those that are too near to each other pushed apart."""
    for _ in range(80):
        away = spot[:, None, :] - spot[None, :, :]
        far = np.sqrt((away**2).sum(axis=2))
        np.fill_diagonal(far, np.inf)
        if far.min() >= CLEAR:
            break
        lack = np.maximum(0.0, CLEAR - far)
        spot = spot + (away / np.maximum(far, 1e-6)[:, :, None] * lack[:, :, None]).sum(axis=1) * 0.5
    return spot


MARGIN_X, MARGIN_Y = 84.0, 34.0  # pixels around a part, for the names of those at its edge


def _packed(blocks: Sequence[tuple[list[str], NDArray[np.float64]]], width: float) -> tuple[Places, float]:
    """Return all parts in rows inside the width, each row in its middle, and the height; too wide ones are pressed."""
    room = width - 2 * MARGIN_X
    rows: list[list[tuple[list[str], NDArray[np.float64]]]] = []
    filled = width
    for nodes, loose in blocks:
        spot = _fitted(loose, room, max(room * FLAT, len(nodes) * ROOM / room))
        wide = float(spot[:, 0].max()) + 2 * MARGIN_X
        if filled + wide > width:
            rows.append([])
            filled = 0.0
        rows[-1].append((nodes, spot))
        filled += wide
    places: Places = {}
    y = 0.0
    for row in rows:
        x = (width - sum(float(spot[:, 0].max()) + 2 * MARGIN_X for _, spot in row)) / 2
        for nodes, spot in row:
            for node, (dx, dy) in zip(nodes, spot, strict=True):
                places[node] = (round(x + MARGIN_X + float(dx), 1), round(y + MARGIN_Y + float(dy), 1))
            x += float(spot[:, 0].max()) + 2 * MARGIN_X
        y += max(float(spot[:, 1].max()) for _, spot in row) + 2 * MARGIN_Y
    return places, y
