"""Figures over time as a step chart: a value holds until the next one, its range is drawn, not hidden."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from watchfloor.core.claim import Claim
from watchfloor.watch.days import known_day, short
from watchfloor.watch.voices import counted, stated
from watchfloor.watch.wording import capital, number, plural
from watchfloor.web.inert import shown
from watchfloor.web.lettering import block, label, width, wrapped

WIDE, TALL = 720, 300  # pixels of one chart
LEFT, RIGHT, TOP, BOTTOM = 76, 216, 18, 34  # pixels around the plot
SIZE = 12.5  # pixels
LEADING = 15  # pixels
OPEN = 34  # pixels drawn above a value that is open upwards
RATIO = 25  # a figure this many times another would press it flat: it gets a chart of its own; assumed
MOST_SERIES = 5  # series in one chart, as many as there are marks; assumed
MOST_CHARTS = 3  # charts on one page; the table has all; assumed


class Point(Struct, frozen=True, kw_only=True):
    """One value on one day; high None is open upwards."""

    day: date
    low: int
    high: int | None

    @property
    def middle(self) -> float:
        """The height of the mark: the middle of the range, the lower bound when it is open."""
        return self.low if self.high is None else (self.low + self.high) / 2


class Series(Struct, frozen=True, kw_only=True):
    """The dated values of one figure. name: its latest value in words; about: what is counted."""

    name: str
    about: str
    unit: str
    points: tuple[Point, ...]


def charts(claims: Sequence[Claim]) -> tuple[Markup, ...]:
    """Return the step charts, one for each unit and size; none where fewer than two dated values could be drawn."""
    made: list[Markup] = []
    for group in _groups([s for claim in claims if claim.topic == "figure" and (s := _series(claim))]):
        if len(made) < MOST_CHARTS and sum(len(series.points) for series in group) > 1:
            made.append(_chart(group, len(made) + 1))
    return tuple(made)


def undated(claims: Sequence[Claim]) -> int:
    """Return how many values of figures have no known day, so that no chart can show them."""
    return sum(known_day(one.as_of) is None for claim in claims if claim.topic == "figure" for one in claim.figures)


def _series(claim: Claim) -> Series | None:
    points = {
        (day, figure.low, figure.high): Point(day=day, low=figure.low, high=figure.high)
        for figure in claim.figures
        if (day := known_day(figure.as_of)) is not None
    }
    if not points:
        return None
    ordered = sorted(points.values(), key=lambda point: (point.day, point.low))
    dated = [(day, figure.low, figure) for figure in claim.figures if (day := known_day(figure.as_of)) is not None]
    latest = max(dated, key=lambda item: item[:2])[2]
    return Series(name=capital(stated(latest)), about=counted(claim), unit=latest.unit, points=tuple(ordered))


def _groups(series: Sequence[Series]) -> list[list[Series]]:
    """Return the series by unit, and within a unit by size; the first group holds the first series."""
    groups: list[list[Series]] = []
    for one in series:
        for group in groups:
            sizes = [_size(other) for other in (*group, one)]
            if group[0].unit == one.unit and max(sizes) <= RATIO * min(sizes) and len(group) < MOST_SERIES:
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _size(series: Series) -> float:
    return max(1.0, *(point.middle for point in series.points))


def _chart(group: Sequence[Series], at: int) -> Markup:
    days = sorted({point.day for series in group for point in series.points})
    highest = max(point.high or point.low * 1.15 for series in group for point in series.points)
    step = _tick(highest)
    top = step * max(1, -(-int(highest) // step))
    body = [_axis(top, step), _days(days)]
    body.extend(_steps(series, days, top, mark) for mark, series in enumerate(group))
    body.append(_names(group, top))
    title = f"{capital(plural(shown(group[0].unit, 80)))} as reported, by day; the table below says the same"
    head = Markup(
        '<svg class="figures" role="img" aria-labelledby="figures-title-{2}" xmlns="http://www.w3.org/2000/svg" '
        'viewBox="0 0 {0} {1}"><title id="figures-title-{2}">{3}</title>'
    ).format(WIDE, TALL, at, title)
    return head + Markup("").join(body) + Markup("</svg>")


def _tick(value: float) -> int:
    """Return the step between the marks of the axis: 1, 2 or 5 times a power of ten, at most five to the value."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power * 5 >= value:
                return step * power
        power *= 10


def _y(value: float, top: int) -> float:
    return round(TALL - BOTTOM - (TALL - TOP - BOTTOM) * value / top, 1)


def _x(day: date, days: Sequence[date]) -> float:
    room = WIDE - LEFT - RIGHT - 40
    if len(days) == 1:
        return LEFT + 20 + room / 2
    return round(LEFT + 20 + room * (day - days[0]).days / (days[-1] - days[0]).days, 1)


def _axis(top: int, step: int) -> Markup:
    parts = []
    for value in range(0, top + 1, step):
        y = _y(value, top)
        line = Markup('<line x1="{}" x2="{}" y1="{}" y2="{}" class="{}"/>')
        parts.append(line.format(LEFT, WIDE - RIGHT, y, y, "base" if value == 0 else "grid"))
        parts.append(label(LEFT - 8, y + 4, number(value), "tick", "end"))
    return Markup("").join(parts)


def _days(days: Sequence[date]) -> Markup:
    """Return the days under the plot; one that would touch the day before it is left out, never the last."""
    room = width("28 Oct 2024", SIZE) + 8
    kept: list[date] = []
    for day in reversed(days):
        if not kept or _x(kept[-1], days) - _x(day, days) >= room:
            kept.append(day)
    parts = []
    for day in days:
        x = _x(day, days)
        y = TALL - BOTTOM
        parts.append(Markup('<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="base"/>').format(x, y, y + 5))
        if day in kept:
            parts.append(label(x, y + 20, short(day), "tick", "middle"))
    return Markup("").join(parts)


def _steps(series: Series, days: Sequence[date], top: int, mark: int) -> Markup:
    parts = []
    path = ""
    for at, point in enumerate(series.points):
        x, y = _x(point.day, days), _y(point.middle, top)
        until = _x(series.points[at + 1].day, days) if at + 1 < len(series.points) else WIDE - RIGHT
        high = _y(point.high, top) if point.high is not None else max(float(TOP), y - OPEN)
        css = "range" if point.high is not None else "range open"
        if until > x and point.high != point.low:
            band = Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{} s{}"/>')
            parts.append(band.format(x, high, round(until - x, 1), round(_y(point.low, top) - high, 1), css, mark))
        whisker = Markup('<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="whisker s{3}"/>')
        parts.append(whisker.format(x, high, _y(point.low, top), mark))
        if point.high is None:
            parts.append(Markup('<path d="M{} {}l4-6 4 6" class="arrow s{}"/>').format(x - 4, high + 5, mark))
        path += f"{'L' if path else 'M'}{x} {y}H{until}"
    parts.append(Markup('<path d="{}" class="step s{}"/>').format(path, mark))
    parts.extend(_sign(mark, _x(p.day, days), _y(p.middle, top)) for p in series.points)
    return Markup("").join(parts)


def _sign(mark: int, x: float, y: float) -> Markup:
    shapes = (
        f"M{x - 4.5} {y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
        f"M{x - 4} {y - 4}h8v8h-8z",
        f"M{x} {y - 5}l5 9h-10z",
        f"M{x} {y - 5.5}l5.5 5.5-5.5 5.5-5.5-5.5z",
        f"M{x} {y + 5}l5-9h-10z",
    )
    return Markup('<path d="{}" class="dot s{}"/>').format(shapes[mark % len(shapes)], mark)


def _names(group: Sequence[Series], top: int) -> Markup:
    """Return the names beside the ends of the lines, pushed apart so that none touches another."""
    ends = sorted(((_y(series.points[-1].middle, top), at) for at, series in enumerate(group)), reverse=True)
    parts = []
    lowest: float = TALL - BOTTOM + LEADING
    for y, at in ends:
        name = wrapped(group[at].name, RIGHT - 34, SIZE, 1)
        about = wrapped(group[at].about, RIGHT - 34, SIZE, 3 if len(group) < 4 else 1)
        tall = (len(name) + len(about) - 1) * LEADING
        first = min(y + 4, lowest - tall)
        leader = Markup('<path d="M{} {}L{} {}" class="leader"/>')
        parts.append(leader.format(WIDE - RIGHT + 2, y, WIDE - RIGHT + 20, first - 4))
        parts.append(block(WIDE - RIGHT + 26, first, name, "series-name", LEADING))
        parts.append(block(WIDE - RIGHT + 26, first + LEADING, about, "small", LEADING))
        lowest = first - LEADING - 6
    return Markup("").join(parts)
