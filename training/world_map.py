"""Write the base map that the product ships: web/data/world.json.gz, and its licence beside it.

    npm pack world-atlas@2.0.2 i18n-iso-countries@7.14.0
    mkdir atlas codes && tar xzf world-atlas-2.0.2.tgz -C atlas && tar xzf i18n-iso-countries-7.14.0.tgz -C codes
    python training/world_map.py atlas/package codes/package/codes.json src/watchfloor/web/data
    python training/pin.py src/watchfloor/web/data src/watchfloor/web/world.py

Data: Natural Earth 4.1 (https://www.naturalearthdata.com), 1:50,000,000, public domain, through world-atlas 2.0.2
(ISC); which number of ISO 3166-1 is which letters: i18n-iso-countries 7.14.0 (MIT). world-atlas joins what Natural
Earth cuts at the antimeridian; drawn flat, such rings become bars across the whole map. They are cut again here, and
the ring around a pole is closed along it. The same release gives the same bytes.

The file: JSON, gzip. `scale`: units in a degree. `arcs`: lines as x, y of the first point and then differences, in
units. `countries`: code (ISO 3166-1 alpha-3, "" without one), name, and rings as numbers of arcs, ~n for arc n
backwards; a ring that was cut is one arc of its own. `borders`: numbers of the arcs that two countries share.
"""

import gzip
import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[int, int]

SCALE = 50  # units in a degree: 0.02 degrees is 2 km, what a map of 1:50,000,000 can show
TINY = 3  # square units: a bend of a smaller triangle is not kept (Visvalingam and Whyatt 1993); looked at
HALF, WHOLE = 180 * SCALE, 360 * SCALE
NUMERIC = {"Kosovo": "XKX"}  # what has no number of its own and is one of our codes
APART = (("Russia", 34.3, 45.3, "Crimea"),)
"""Parts that Natural Earth gives to who holds them and most states do not (UN General Assembly resolution 68/262), by a
point in them: they are land of their own, so that neither state is shown with or without them. What else is disputed
Natural Earth has apart already."""


def main() -> None:
    """Convert the atlas named first, with the codes named second, into the folder named third."""
    package, out = Path(sys.argv[1]), Path(sys.argv[3])
    codes = {row[2]: row[1] for row in json.loads(Path(sys.argv[2]).read_bytes())}
    topology = json.loads((package / "countries-50m.json").read_bytes())
    made = json.dumps(converted(topology, codes), separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    (out / "world.json.gz").write_bytes(gzip.compress(made, compresslevel=9, mtime=0))
    shutil.copyfile(package / "LICENSE", out / "world-atlas-LICENSE.txt")
    print(f"{len(made):,} bytes, packed {(out / 'world.json.gz').stat().st_size:,}")


def converted(topology: dict[str, Any], codes: dict[str, str]) -> dict[str, Any]:
    """Return the map in our form: arcs thinned, rings cut at 180 degrees, borders named."""
    geometries = topology["objects"]["countries"]["geometries"]
    used = Counter(a if a >= 0 else ~a for g in geometries for ring in rings_of(g) for a in set(ring))
    arcs = [thinned(points) for points in decoded(topology)]
    countries = []
    for geometry in sorted(geometries, key=lambda g: (g["properties"]["name"], g.get("id") or "")):
        rings: list[list[int]] = []
        for ring in rings_of(geometry):
            points = joined(ring, arcs)
            if max(abs(b[0] - a[0]) for a, b in pairwise(points)) <= HALF:
                rings.append(list(ring))
                continue
            for piece in cut(points):
                rings.append([len(arcs)])
                arcs.append(piece)
        name = geometry["properties"]["name"]
        for owner, x, y, part in APART:
            own = [ring for ring in rings if owner == name and len(ring) > 0 and holds(joined(ring, arcs), x, y)]
            if own:
                smallest = min(own, key=lambda ring: len(joined(ring, arcs)))
                rings.remove(smallest)
                countries.append(["", part, [smallest]])
        countries.append([codes.get(geometry.get("id"), NUMERIC.get(name, "")), name, rings])
    borders = [number for number in sorted(used) if used[number] > 1]
    return {
        "title": "Natural Earth 1:50,000,000, public domain, through world-atlas 2.0.2",
        "scale": SCALE,
        "arcs": [differences(points) for points in arcs],
        "countries": countries,
        "borders": borders,
    }


def rings_of(geometry: dict[str, Any]) -> Iterator[Sequence[int]]:
    """Yield the rings of a country as lists of arcs; holes are rings like others and are filled even-odd."""
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def decoded(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield every arc in our units, points that fall on the one before left out."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = (round((x * sx + tx) * SCALE), round((y * sy + ty) * SCALE))
            if not points or points[-1] != point:
                points.append(point)
        yield points


def thinned(points: list[Point]) -> list[Point]:
    """Return the line without its flattest bends; both ends stay, and so do four points of a closed line."""
    least = 4 if points[0] == points[-1] else 2
    kept = list(points)
    while len(kept) > least:
        sizes = [triangle(kept[at - 1], kept[at], kept[at + 1]) for at in range(1, len(kept) - 1)]
        smallest = min(range(len(sizes)), key=sizes.__getitem__)
        if sizes[smallest] >= TINY:
            break
        del kept[smallest + 1]
    return kept


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area between three points."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def joined(ring: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """Return the points of a ring, the first once more at the end."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def holds(points: Sequence[Point], longitude: float, latitude: float) -> bool:
    """Return whether a ring goes around a point (even-odd)."""
    x, y = longitude * SCALE, latitude * SCALE
    crossings = [
        (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] for a, b in pairwise(points)
    ]
    return sum(crossings) % 2 == 1


def cut(points: Sequence[Point]) -> list[list[Point]]:
    """Return the pieces of a ring that crosses the antimeridian, each within 180 degrees of Greenwich."""
    x = points[0][0]
    way = [points[0]]
    for before, point in pairwise(points):
        step = point[0] - before[0]
        x += step - WHOLE * round(step / WHOLE)
        way.append((x, point[1]))
    if turn := way[-1][0] - way[0][0]:  # around a pole: down to it, back along it
        pole = -90 * SCALE if sum(y for _, y in way) < 0 else 90 * SCALE
        way += [(way[-1][0], pole), (way[0][0], pole), way[0]]
        assert abs(turn) == WHOLE
    low, high = min(x for x, _ in way), max(x for x, _ in way)
    pieces = []
    for shift in range((low + HALF) // WHOLE, (high + HALF) // WHOLE + 1):
        moved = [(x - shift * WHOLE, y) for x, y in way]
        piece = clipped(clipped(moved, -HALF, 1), HALF, -1)
        if len(piece) > 3:
            pieces.append(piece)
    return pieces


def clipped(points: Sequence[Point], edge: int, side: int) -> list[Point]:
    """Return the part of a ring on one side of a meridian (Sutherland and Hodgman 1974)."""
    kept: list[Point] = []
    for a, b in pairwise(points):
        inside = [side * (p[0] - edge) >= 0 for p in (a, b)]
        if inside[0] != inside[1]:
            kept.append((edge, round(a[1] + (b[1] - a[1]) * (edge - a[0]) / (b[0] - a[0]))))
        if inside[1]:
            kept.append(b)
    kept = [p for at, p in enumerate(kept) if at == 0 or p != kept[at - 1]]
    return [*kept, kept[0]] if kept and kept[0] != kept[-1] else kept


def differences(points: Sequence[Point]) -> list[int]:
    """Return the line as its first point and the steps from there, flat."""
    flat = [*points[0]]
    for before, point in pairwise(points):
        flat += [point[0] - before[0], point[1] - before[1]]
    return flat


if __name__ == "__main__":
    main()
