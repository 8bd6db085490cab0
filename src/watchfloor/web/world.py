"""The base map: countries and their borders, shipped, public domain, cut at 180 degrees (training/world_map.py)."""

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from msgspec import Struct

from watchfloor.core.errors import ConfigError

DIGESTS: Mapping[str, str] = {
    "world.json.gz": "5fc2c0b88f8d7f72402cf536fabfd09be5253c316f7d3b4dc227ec40499833ac",
}
"""sha256 of the shipped file, written here by training/pin.py."""

CREDIT = "Base map: Natural Earth, public domain; borders as drawn there"

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


class Line(Struct, frozen=True):
    """A line or a closed ring of longitudes and latitudes, and the box around it."""

    points: tuple[Point, ...]
    box: Box


class Country(Struct, frozen=True):
    """A country: ISO 3166-1 alpha-3 code, "" without one; its name; its rings, to be filled even-odd."""

    code: str
    name: str
    rings: tuple[Line, ...]


class World(Struct, frozen=True):
    """All countries, and the borders between them; coasts are the edges of the countries."""

    countries: tuple[Country, ...]
    borders: tuple[Line, ...]


@cache
def world() -> World:
    """Return the base map. Raises ConfigError when the shipped file is not the one this program knows."""
    name = "world.json.gz"
    data = resources.files("watchfloor.web").joinpath("data", name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != DIGESTS[name]:
        raise ConfigError(f"{name} has the sha256 {found}, expected {DIGESTS[name]}; install the program anew")
    read: Any = msgspec.json.decode(gzip.decompress(data))
    arcs = [_points(arc, read["scale"]) for arc in read["arcs"]]
    countries = [
        Country(code, shown, tuple(_line(_joined(ring, arcs)) for ring in rings))
        for code, shown, rings in read["countries"]
    ]
    return World(tuple(countries), tuple(_line(arcs[number]) for number in read["borders"]))


def _points(flat: Sequence[int], scale: int) -> list[Point]:
    x = y = 0
    points = []
    for at in range(0, len(flat), 2):
        x, y = x + flat[at], y + flat[at + 1]
        points.append((x / scale, y / scale))
    return points


def _joined(ring: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _line(points: Sequence[Point]) -> Line:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Line(tuple(points), (min(xs), min(ys), max(xs), max(ys)))


def geojson() -> dict[str, object]:
    """Return the base map as GeoJSON (RFC 7946) for a program that pans and zooms: a feature for each country."""
    features: list[dict[str, object]] = []
    for country in world().countries:
        polygons = [[[[round(x, 2), round(y, 2)] for x, y in ring.points]] for ring in country.rings]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": country.code, "name": country.name},
                "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            }
        )
    return {"type": "FeatureCollection", "title": CREDIT, "features": features}
