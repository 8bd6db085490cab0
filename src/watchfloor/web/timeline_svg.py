"""The timeline as a picture: a column for each day, a lane for each kind of moment, nothing on top of anything."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from watchfloor.core.brief import Moment
from watchfloor.watch.days import full, short
from watchfloor.web.lettering import block, label, wrapped

COLUMN = 176  # pixels; holds about 24 letters of 12.5 px
LANE_NAMES = 88  # pixels left of the first column
HEADER = 48  # pixels above the first lane
SIZE = 12.5  # pixels
LEADING = 16  # pixels from line to line
GAP = 10  # pixels between two entries of a cell
MOST_COLUMNS = 16  # latest days drawn; the list has all; assumed
MOST_PRINTED = 4  # columns that stay legible on paper; a wider picture is left to the list; measured on A4
MOST_IN_CELL = 4  # entries of a day in one lane; the list has all; assumed
MOST_LINES = 4  # lines of one entry; assumed

LANES = (("happened", "Happened"), ("said", "Said"), ("planned", "Planned"), ("published", "Published"))


class Column(Struct, frozen=True, kw_only=True):
    """One day, or one date that is known less precisely; day None gathers all that is undated."""

    day: date | None
    heading: tuple[str, ...]
    moments: tuple[tuple[int, Moment], ...]


def draw(moments: Sequence[Moment]) -> tuple[Markup, int]:
    """Return the picture, and how many earlier columns it leaves to the list; no picture for no moments.

    The moments are those of the list: entry number n leads to the list item with id "t<n>".
    """
    columns = _columns(moments)
    left_out = max(0, len(columns) - MOST_COLUMNS)
    columns = columns[left_out:]
    if not columns:
        return Markup(""), 0
    heights = [_lane_height(columns, lane) for lane, _ in LANES]
    width = LANE_NAMES + COLUMN * len(columns)
    height = HEADER + sum(heights)
    parts = [_frame(columns, heights, width, height)]
    top: float = HEADER
    for (lane, name), tall in zip(LANES, heights, strict=True):
        if tall:
            parts.append(_lane(columns, lane, name, top))
        top += tall
    css = "timeline wide" if len(columns) > MOST_PRINTED else "timeline"
    head = Markup(
        '<svg class="{3}" role="img" aria-labelledby="timeline-title" xmlns="http://www.w3.org/2000/svg" '
        'width="{0}" height="{1}" viewBox="0 0 {0} {1}"><title id="timeline-title">{2}</title>'
    ).format(width, height, "Timeline by day and kind; the list below says the same", css)
    return head + Markup("").join(parts) + Markup("</svg>"), left_out


def _columns(moments: Sequence[Moment]) -> list[Column]:
    found: dict[tuple[bool, date, str], list[tuple[int, Moment]]] = {}
    for number, moment in enumerate(moments, start=1):
        exact = moment.day is not None and moment.label.startswith(full(moment.day))
        heading = "" if exact or moment.day is None else moment.label
        found.setdefault((moment.day is None, moment.day or date.min, heading), []).append((number, moment))
    columns: list[Column] = []
    before: date | None = None
    for (undated, day, heading), held in sorted(found.items(), key=lambda item: item[0]):
        known = None if undated else day
        columns.append(Column(day=known, heading=_heading(known, heading, before), moments=tuple(held)))
        before = known
    return columns


def _heading(day: date | None, heading: str, before: date | None) -> tuple[str, ...]:
    if day is None:
        return ("Date not given",)
    if heading:
        return wrapped(heading, COLUMN - 20, SIZE, 2)
    first = f"{day:%a} {short(day)}"
    days = (day - before).days if before else 0
    return (first, f"{days} days later") if days > 1 else (first,)


def _lines(moment: Moment) -> tuple[str, ...]:
    text = moment.text if moment.day is not None else f"{moment.text} ({moment.label})"
    return wrapped(text, COLUMN - 34, SIZE, MOST_LINES)


def _cell(column: Column, lane: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(number, _lines(moment)) for number, moment in column.moments if moment.kind == lane]


def _cell_height(entries: Sequence[tuple[int, tuple[str, ...]]]) -> float:
    tall = sum(len(lines) * LEADING + GAP for _, lines in entries[:MOST_IN_CELL])
    return tall + (LEADING + GAP if len(entries) > MOST_IN_CELL else 0)


def _lane_height(columns: Sequence[Column], lane: str) -> int:
    tallest = max(_cell_height(_cell(column, lane)) for column in columns)
    return int(tallest + 2 * GAP) if tallest else 0


def _frame(columns: Sequence[Column], heights: Sequence[int], width: int, height: int) -> Markup:
    parts = []
    top = HEADER
    for at, tall in enumerate(heights):
        css = "lane odd" if at % 2 else "lane"
        parts.append(Markup('<rect x="0" y="{}" width="{}" height="{}" class="{}"/>').format(top, width, tall, css))
        top += tall
    for at, column in enumerate(columns):
        x = LANE_NAMES + at * COLUMN
        parts.append(Markup('<line x1="{0}" y1="8" x2="{0}" y2="{1}" class="rule"/>').format(x, height))
        parts.append(block(x + 10, 20, column.heading[:1], "head", LEADING))
        parts.append(block(x + 10, 20 + LEADING, column.heading[1:], "small", LEADING))
    return Markup("").join(parts)


def _lane(columns: Sequence[Column], lane: str, name: str, top: float) -> Markup:
    parts = [label(8, top + GAP + SIZE, name, "lane-name")]
    for at, column in enumerate(columns):
        x = LANE_NAMES + at * COLUMN
        y = top + GAP + SIZE
        entries = _cell(column, lane)
        for number, lines in entries[:MOST_IN_CELL]:
            parts.append(Markup('<a href="#t{}">').format(number))
            parts.append(_sign(lane, x + 14, y - 4))
            parts.append(block(x + 26, y, lines, "entry", LEADING) + Markup("</a>"))
            y += len(lines) * LEADING + GAP
        if len(entries) > MOST_IN_CELL:
            parts.append(label(x + 26, y, f"and {len(entries) - MOST_IN_CELL} more in the list", "small"))
    return Markup("").join(parts)


def _sign(lane: str, x: float, y: float) -> Markup:
    """Return the sign of the lane: a shape of its own, so that colour is never needed."""
    if lane == "happened":
        return Markup('<circle cx="{}" cy="{}" r="4.5" class="sign full"/>').format(x, y)
    if lane == "said":
        return Markup('<path d="M{} {}l5 5-5 5-5-5z" class="sign full"/>').format(x, y - 5)
    if lane == "planned":
        return Markup('<circle cx="{}" cy="{}" r="4" class="sign open"/>').format(x, y)
    return Markup('<rect x="{}" y="{}" width="8" height="8" class="sign open"/>').format(x - 4, y - 4)
