"""A stretch of the earth on a flat picture: equirectangular, true in its middle, over the antimeridian where needed."""

from collections.abc import Sequence
from math import cos, radians

from msgspec import Struct

KM = 111.32  # kilometres in a degree of latitude
WHOLE = (-168.0, 192.0)  # degrees: the whole earth, cut in the Bering Strait where it cuts the least land
AROUND_IT = 230.0  # degrees of longitude beyond which the whole earth is shown as people know it; assumed
LEAST = 14.0  # degrees of latitude shown at least: one town alone needs a country around it; assumed
MARGIN = 0.14  # of the height and width, kept free around the outermost points; assumed
NORTHMOST, SOUTHMOST = 84.0, -62.0  # degrees; beyond, a flat map shows nothing but its own distortion
FLATTEST = 0.5  # height by width of a picture at least; assumed
STEEPEST = 62.0  # degrees; the latitude up to which widths are true to scale in the middle


class Frame(Struct, frozen=True, kw_only=True):
    """West to east and south to north in degrees, on so many pixels. East may be beyond 180: then it goes over it."""

    west: float
    east: float
    south: float
    north: float
    width: float
    height: float

    @property
    def down(self) -> float:
        """Pixels in a degree of latitude."""
        return self.height / (self.north - self.south)

    @property
    def across(self) -> float:
        """Pixels in a degree of longitude."""
        return self.width / (self.east - self.west)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies in the picture; a longitude is counted round until it is east of the west edge."""
        return ((longitude - self.west) % 360 * self.across, (self.north - latitude) * self.down)

    def radii(self, latitude: float, km: float) -> tuple[float, float]:
        """Return the half widths in pixels of a circle of so many kilometres at a latitude."""
        return km / KM / max(0.1, cos(radians(latitude))) * self.across, km / KM * self.down


def around(points: Sequence[tuple[float, float]], width: float, tallest: float) -> Frame:
    """Return the frame that shows all points (longitude, latitude) with a margin; the whole earth for none.

    The west edge is put into the widest stretch without a point, so that what lies on both sides of the antimeridian is
    shown together.
    """
    if not points:
        return _fitted(*WHOLE, SOUTHMOST, NORTHMOST, width, tallest)
    west, east = _span([longitude for longitude, _ in points])
    if east - west > AROUND_IT:
        west, east = WHOLE
    south, north = min(y for _, y in points), max(y for _, y in points)
    return _fitted(west, east, max(SOUTHMOST, south), min(NORTHMOST, north), width, tallest)


def _span(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return the shortest stretch of longitudes with all of them, its east end beyond 180 where it must be."""
    ordered = sorted({(longitude + 180) % 360 - 180 for longitude in longitudes})
    gaps = [(after - before, after) for before, after in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)]
    widest, after = max(gaps)
    west = after - 360 if after >= 180 else after
    return west, west + 360 - widest


def _fitted(west: float, east: float, south: float, north: float, width: float, tallest: float) -> Frame:
    """Return the frame around this stretch that fills the picture, its sides in true proportion in the middle."""
    middle = (south + north) / 2
    true = cos(radians(min(STEEPEST, abs(middle))))
    tall = max(LEAST, (north - south) * (1 + 2 * MARGIN))
    broad = min(360.0, (east - west) * (1 + 2 * MARGIN))
    down = min(tallest / tall, width / broad / true) if broad else tallest / tall
    down = max(down, width / 360 / true)  # once around the earth is enough
    height = min(tallest, max(tall * down, width * FLATTEST), (NORTHMOST - SOUTHMOST) * down)
    shown = height / down
    north = min(NORTHMOST, max(middle + shown / 2, SOUTHMOST + shown))
    half = width / down / true / 2
    return Frame(
        west=(west + east) / 2 - half,
        east=(west + east) / 2 + half,
        south=north - shown,
        north=north,
        width=width,
        height=round(height),
    )
