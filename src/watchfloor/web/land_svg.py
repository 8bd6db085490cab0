"""The base map inside a frame: as many points as its pixels can show, no more."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from watchfloor.web.frame import Frame
from watchfloor.web.world import Box, Line, Point, world

FINE = 0.9  # pixels; a point nearer to the last one drawn is not drawn; below one pixel, so it is not seen
SMALLEST = 1.6  # pixels; an island smaller both ways is not drawn
BEYOND = 8.0  # pixels around the picture in which the land goes on, so that no edge of it is seen


@lru_cache(maxsize=32)
def land(frame: Frame) -> str:
    """Return the path of all land in the frame, to be filled even-odd."""
    return "".join(_ring(points, frame) for country in world().countries for points in _seen(country.rings, frame))


@lru_cache(maxsize=32)
def borders(frame: Frame) -> str:
    """Return the path of all borders between countries in the frame."""
    return "".join(_strokes(points, frame) for points in _seen(world().borders, frame))


@lru_cache(maxsize=64)
def country(frame: Frame, code: str) -> str:
    """Return the path of a country in the frame, to be filled even-odd; nothing when there is none."""
    rings = [ring for one in world().countries if one.code == code for ring in one.rings]
    return "".join(_ring(points, frame) for points in _seen(rings, frame))


@lru_cache(maxsize=32)
def names(frame: Frame) -> tuple[tuple[str, str, float, float, float], ...]:
    """Return the countries whose largest part is seen, as code, name, middle and width in pixels, the widest first.

    The middle is that of what is seen; a country whose middle is not on its land has no name here.
    """
    found = []
    for one in world().countries:
        ring = max(one.rings, key=lambda line: (line.box[2] - line.box[0]) * (line.box[3] - line.box[1]))
        for points in _seen([ring], frame):
            kept = _inside([frame_at(point, frame) for point in points], frame)
            middle = _middle(kept)
            if middle is not None and _holds(kept, middle):
                wide = max(x for x, _ in kept) - min(x for x, _ in kept)
                tall = max(y for _, y in kept) - min(y for _, y in kept)
                found.append((one.code, one.name, *middle, min(wide, tall * 3)))
    return tuple(sorted(found, key=lambda row: (-row[4], row[1])))


def box(code: str) -> Box | None:
    """Return the box around the largest part of a country, None when it is not on the map."""
    rings = [ring for one in world().countries if one.code == code for ring in one.rings]
    if not rings:
        return None
    return max(rings, key=lambda ring: (ring.box[2] - ring.box[0]) * (ring.box[3] - ring.box[1])).box


def _middle(ring: Sequence[Point]) -> Point | None:
    """Return the centre of gravity of a ring, None for one without an area."""
    area = x = y = 0.0
    for a, b in pairwise([*ring, *ring[:1]]):
        cross = a[0] * b[1] - b[0] * a[1]
        area, x, y = area + cross, x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return (x / area / 3, y / area / 3) if abs(area) > 1 else None


def _holds(ring: Sequence[Point], point: Point) -> bool:
    """Return whether a point lies inside a ring (even-odd)."""
    x, y = point
    inside = False
    for a, b in pairwise([*ring, *ring[:1]]):
        if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]:
            inside = not inside
    return inside


def frame_at(point: Point, frame: Frame) -> Point:
    """Return where a point lies in the picture; unlike Frame.at, one west of the edge stays west of it."""
    return ((point[0] - frame.west) * frame.across, (frame.north - point[1]) * frame.down)


def _seen(lines: Sequence[Line], frame: Frame) -> list[tuple[Point, ...]]:
    """Return the lines that come into the frame, a turn further where the frame goes over the antimeridian."""
    found = []
    for line in lines:
        west, south, east, north = line.box
        if north < frame.south or south > frame.north:
            continue
        if (east - west) * frame.across < SMALLEST and (north - south) * frame.down < SMALLEST:
            continue
        for turn in (-360.0, 0.0, 360.0):
            if west + turn < frame.east and east + turn > frame.west:
                found.append(tuple((x + turn, y) for x, y in line.points) if turn else line.points)
    return found


def _ring(points: Sequence[Point], frame: Frame) -> str:
    kept = _thin(_inside([frame_at(point, frame) for point in points], frame))
    return f"{_written(kept)}z" if len(kept) > 2 else ""


def _inside(points: Sequence[Point], frame: Frame) -> list[Point]:
    """Return a ring cut to the picture and a little beyond (Sutherland and Hodgman 1974)."""
    kept = list(points)
    edges = ((0, -BEYOND, 1), (0, frame.width + BEYOND, -1), (1, -BEYOND, 1), (1, frame.height + BEYOND, -1))
    for axis, edge, side in edges:
        if all(side * (point[axis] - edge) >= 0 for point in kept):
            continue
        cut: list[Point] = []
        for before, point in pairwise([*kept[-1:], *kept]):
            inside = side * (point[axis] - edge) >= 0
            if inside != (side * (before[axis] - edge) >= 0):
                part = (edge - before[axis]) / (point[axis] - before[axis])
                cut.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
            if inside:
                cut.append(point)
        kept = cut
    return kept


def _strokes(points: Sequence[Point], frame: Frame) -> str:
    """Return a line as far as it is seen."""
    parts: list[str] = []
    run: list[Point] = []
    for before, point in pairwise(points):
        a, b = frame_at(before, frame), frame_at(point, frame)
        if _near(a, b, frame):
            run = run or [a]
            run.append(b)
        else:
            parts.append(_stroke(run))
            run = []
    parts.append(_stroke(run))
    return "".join(parts)


def _near(a: Point, b: Point, frame: Frame) -> bool:
    across = max(a[0], b[0]) > -BEYOND and min(a[0], b[0]) < frame.width + BEYOND
    return across and max(a[1], b[1]) > -BEYOND and min(a[1], b[1]) < frame.height + BEYOND


def _stroke(run: Sequence[Point]) -> str:
    return _written(_thin(run)) if len(run) > 1 else ""


def _thin(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        if not kept or abs(point[0] - kept[-1][0]) > FINE or abs(point[1] - kept[-1][1]) > FINE:
            kept.append(point)
    if len(points) > 1 and kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


def _written(points: Sequence[Point]) -> str:
    """Return the points as a path in tenths of a pixel, each as its way from the one before."""
    x, y = round(points[0][0] * 10), round(points[0][1] * 10)
    parts = [f"M{x / 10:g} {y / 10:g}l"]
    for point in points[1:]:
        nx, ny = round(point[0] * 10), round(point[1] * 10)
        if (nx, ny) != (x, y):
            parts.append(f"{(nx - x) / 10:g} {(ny - y) / 10:g} ")
            x, y = nx, ny
    if len(parts) == 1:
        return f"M{x / 10:g} {y / 10:g}"
    return "".join(parts).rstrip()
