"""The timeline as a picture: lanes over days, weeks or months, and how exactly each date is known."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from watchfloor.core.brief import Moment
from watchfloor.watch.days import UNKNOWN, short
from watchfloor.watch.lanes import KINDS, Lane, Placed
from watchfloor.watch.wording import capital
from watchfloor.web import svg
from watchfloor.web.lanes_columns import Window, Zoom, begins, gap, heading, is_exact
from watchfloor.web.lettering import block, label, wrapped

COLUMN = 178  # pixels; holds about 24 letters of 12.5 px
LANE_NAMES = 112  # pixels left of the first column
HEADER = 50  # pixels above the first lane
LEGEND = 34  # pixels below the last lane
SIZE = 12.5  # pixels
LEADING = 16  # pixels from line to line
GAP = 9  # pixels between two entries of a cell
BAR = 22  # pixels of a span of days
MOST_IN_CELL = 3  # entries of a column in one lane; the others are one number that leads to the list; assumed
MOST_UNDATED = 1  # entries without a date in one lane: what is not known must not push apart what is; assumed
MOST_BARS = 4  # spans of one lane; assumed
MOST_LINES = 3  # lines of one entry; assumed

Href = Callable[[Placed], str]
More = Callable[[Sequence[Placed]], str]
"""Gives the address in the list of what a cell leaves out."""


class _Bar(NamedTuple):
    """A span of days over columns: which, in which row, and whether it goes on beyond them."""

    one: Placed
    first: int
    last: int
    row: int
    earlier: bool
    later: bool


class _Row(NamedTuple):
    """One lane as it is drawn: its bars, its cells by column, how many bars found no room, and its height."""

    lane: Lane
    bars: tuple[_Bar, ...]
    cells: tuple[tuple[Placed, ...], ...]
    bars_left: tuple[Placed, ...]
    height: int


def draw(lanes: Sequence[Lane], shown: Window, href: Href, more: More) -> Markup:
    """Return the picture; nothing when it has no column.

    A moment known to its column is a sign with its words. One that may be on several days is a bar over their columns,
    with an arrow where it may be earlier or later than they are. What has no date stands in a column of its own.
    """
    count = len(shown.columns) + shown.undated
    if not count:
        return Markup("")
    rows = [row for lane in lanes if (row := _row(lane, shown)).height]
    width, height = LANE_NAMES + COLUMN * count, HEADER + sum(row.height for row in rows) + LEGEND
    parts = [svg.rectangle(0, 0, width, height, "d-paper")]
    top = HEADER
    for at, row in enumerate(rows):
        parts.append(svg.rectangle(0, top, width, row.height, "d-lane d-odd" if at % 2 else "d-lane"))
        top += row.height
    parts += _headings(shown, top)
    top = HEADER
    line = 0
    for row in rows:
        parts.append(_lane(row, shown, top, line, href, more))
        line += MOST_BARS + MOST_IN_CELL + 2
        top += row.height
    parts.append(_legend(top))
    return svg.picture("timeline", "Timeline", _described(shown, len(rows)), width, height, parts)


def draw_names(lanes: Sequence[Lane], shown: Window) -> Markup:
    """Return the names of the lanes as a strip that stays in sight while the picture is moved sideways below it."""
    rows = [row for lane in lanes if (row := _row(lane, shown)).height]
    if not rows:
        return Markup("")
    parts = []
    top = HEADER
    for at, row in enumerate(rows):
        parts.append(svg.rectangle(0, top, LANE_NAMES - 1, row.height, "d-lane d-odd" if at % 2 else "d-lane"))
        parts.append(_lane_name(row.lane, top))
        top += row.height
    head = Markup('<svg class="lane-names" aria-hidden="true" width="{0}" height="{1}" viewBox="0 0 {0} {1}">')
    return head.format(LANE_NAMES - 1, top + LEGEND) + Markup("").join(parts) + Markup("</svg>")


def _lane_name(lane: Lane, top: int) -> Markup:
    return block(10, top + GAP + SIZE, wrapped(lane.name, LANE_NAMES - 18, SIZE, 3), "d-lane-name", LEADING)


def _described(shown: Window, lanes: int) -> str:
    columns = f"{len(shown.columns)} {shown.zoom}{'s' if len(shown.columns) != 1 else ''}"
    rest = f"; {shown.before} earlier and {shown.after} later are not drawn" if shown.before or shown.after else ""
    return f"{lanes} lanes over {columns}{rest}. The list below says the same. Arrow keys move between the signs."


def _row(lane: Lane, shown: Window) -> _Row:
    bars, left = _bars(lane, shown)
    inside = defaultdict[int, list[Placed]](list)
    for one in lane.placed:
        if one.moment.day is not None and is_exact(one.moment, shown.zoom):
            inside[_column(one.moment.day, shown)].append(one)
    cells = [
        tuple(sorted(inside[at], key=lambda one: (one.moment.day or date.max, _clock(one.moment))))
        for at in range(len(shown.columns))
    ]
    if shown.undated:
        cells.append(tuple(p for p in lane.placed if p.moment.day is None))
    tallest = max((_cell_height(cell, shown.zoom) for cell in cells), default=0)
    extra = LEADING + GAP if left else 0
    height = sum(_bar_rows(bars)) + extra + tallest
    return _Row(lane, bars, tuple(cells), left, int(height + 2 * GAP) if height else 0)


def _column(day: date, shown: Window) -> int:
    first = begins(day, shown.zoom)
    return shown.columns.index(first) if first in shown.columns else -1


def _bars(lane: Lane, shown: Window) -> tuple[tuple[_Bar, ...], tuple[Placed, ...]]:
    """Return the spans of a lane in rows in which none touches another, and those for which there is no row."""
    ends: list[int] = []
    made: list[_Bar] = []
    left: list[Placed] = []
    columns = shown.columns
    for one in lane.placed:
        day, last = one.moment.day, one.moment.last
        if day is None or is_exact(one.moment, shown.zoom) or not columns:
            continue
        inside = [
            at
            for at, column in enumerate(columns)
            if column >= begins(day, shown.zoom) and (last is None or column <= last)
        ]
        if not inside:
            continue
        row = next((at for at, end in enumerate(ends) if end < inside[0]), len(ends))
        if row >= MOST_BARS:
            left.append(one)
            continue
        ends[row : row + 1] = [inside[-1]]
        later = last is None or begins(last, shown.zoom) > columns[inside[-1]]
        made.append(_Bar(one, inside[0], inside[-1], row, begins(day, shown.zoom) < columns[inside[0]], later))
    return tuple(made), tuple(left)


def _words(moment: Moment, zoom: Zoom) -> str:
    """Return the words of an entry: with the time or the day where the column does not say it."""
    if moment.day is None:
        return moment.text if moment.label == UNKNOWN else f"{moment.label}: {moment.text}"
    if zoom != "day":
        day = f"{short(moment.day).rpartition(' ')[0]}" if moment.label.startswith(short(moment.day)) else moment.label
        return f"{day}: {moment.text}"
    return f"{_clock(moment)} {moment.text}".strip()


def _clock(moment: Moment) -> str:
    """Return the time of day where it is known, else nothing."""
    clock = moment.label.rpartition(", ")[2] if moment.precision in ("minute", "hour") else ""
    return clock if ":" in clock else ""


def _lines(one: Placed, zoom: Zoom) -> tuple[str, ...]:
    return wrapped(_words(one.moment, zoom), COLUMN - 34, SIZE, MOST_LINES)


def _most(cell: Sequence[Placed]) -> int:
    """Return how many entries of a cell are drawn; one number in the place of a single entry would gain nothing."""
    most = MOST_UNDATED if cell and cell[0].moment.day is None else MOST_IN_CELL
    return most + 1 if len(cell) == most + 1 else most


def _cell_height(cell: Sequence[Placed], zoom: Zoom) -> int:
    tall = sum(len(_lines(one, zoom)) * LEADING + GAP for one in cell[: _most(cell)])
    return tall + (LEADING + GAP if len(cell) > _most(cell) else 0)


def _headings(shown: Window, bottom: int) -> list[Markup]:
    parts = []
    before: date | None = None
    for at, first in enumerate(shown.columns):
        x = LANE_NAMES + at * COLUMN
        parts.append(svg.line(x, 8, x, bottom, "d-rule"))
        parts.append(label(x + 10, 22, heading(first, shown.zoom), "d-head"))
        parts.append(label(x + 10, 22 + LEADING, gap(before, first, shown.zoom), "d-small"))
        before = first
    if shown.undated:
        x = LANE_NAMES + len(shown.columns) * COLUMN
        parts.append(svg.line(x, 8, x, bottom, "d-rule"))
        parts.append(label(x + 10, 22, "Date not given", "d-head"))
    return parts


def _lane(row: _Row, shown: Window, top: int, line: int, href: Href, more: More) -> Markup:
    parts = [_lane_name(row.lane, top)]
    y: float = top + GAP
    tall = _bar_rows(row.bars)
    for bar in row.bars:
        parts.append(_bar(bar, y + sum(tall[: bar.row]), line + bar.row, href))
    y += sum(tall)
    if row.bars_left:
        words = f"+{len(row.bars_left)} more over several days"
        text = label(LANE_NAMES + 10, y + SIZE, words, "d-more")
        parts.append(svg.link(more(row.bars_left), words, text))
        y += LEADING + GAP
    for at, cell in enumerate(row.cells):
        column = shown.columns[at] if at < len(shown.columns) else None
        parts.append(_cell(row.lane, cell, shown.zoom, (at, column, line + MOST_BARS), y, href, more))
    return Markup("").join(parts)


def _cell(
    lane: Lane,
    cell: Sequence[Placed],
    zoom: Zoom,
    where: tuple[int, date | None, int],
    y: float,
    href: Href,
    more: More,
) -> Markup:
    at, column, line = where
    x = LANE_NAMES + at * COLUMN
    parts = []
    most = _most(cell)
    for number, one in enumerate(cell[:most]):
        lines = _lines(one, zoom)
        inside = sign(one.moment.kind, x + 14, y + SIZE - 4) + block(x + 26, y + SIZE, lines, "d-text", LEADING)
        parts.append(svg.link(href(one), _title(one), inside, column=at, row=line + number))
        y += len(lines) * LEADING + GAP
    if len(cell) > most:
        words = f"+{len(cell) - most} more"
        title = f"{words} in {lane.name}, {heading(column, zoom) if column else 'date not given'}"
        text = label(x + 26, y + SIZE, words, "d-more")
        parts.append(svg.link(more(cell[most:]), title, text, column=at, row=line + most))
    return Markup("").join(parts)


def _bar_words(bar: _Bar) -> tuple[str, ...]:
    """Return the words in a bar: on two lines where it is one column wide."""
    room = (bar.last - bar.first + 1) * COLUMN - 56
    return wrapped(f"{bar.one.moment.label}: {bar.one.moment.text}", room, SIZE, 1 if bar.last > bar.first else 3)


def _bar_rows(bars: Sequence[_Bar]) -> list[int]:
    """Return the height of each row of bars, the gap below it included."""
    rows = max((bar.row + 1 for bar in bars), default=0)
    lines = [max(len(_bar_words(bar)) for bar in bars if bar.row == row) for row in range(rows)]
    return [BAR + 4 + (count - 1) * (LEADING - 1) for count in lines]


def _bar(bar: _Bar, y: float, line: int, href: Href) -> Markup:
    x, end = LANE_NAMES + bar.first * COLUMN + 6, LANE_NAMES + (bar.last + 1) * COLUMN - 6
    css = "d-span d-span-planned" if bar.one.moment.kind == "planned" else "d-span"
    words = _bar_words(bar)
    tall = BAR - 2 + (len(words) - 1) * (LEADING - 1)
    parts = [svg.rectangle(x, y, end - x, tall, css, 4)]
    if bar.earlier:
        parts.append(svg.path(f"M{x + 8} {svg.number(y + tall / 2 - 5)}l-5 5 5 5", "d-arrow"))
    if bar.later:
        parts.append(svg.path(f"M{end - 8} {svg.number(y + tall / 2 - 5)}l5 5-5 5", "d-arrow"))
    parts.append(sign(bar.one.moment.kind, x + 19, y + 10))
    parts.append(block(x + 30, y + 14.5, words, "d-text", LEADING - 1))
    return svg.link(href(bar.one), _title(bar.one), Markup("").join(parts), column=bar.first, row=line)


def _title(one: Placed) -> str:
    return f"{capital(one.moment.kind)}, {one.moment.label}: {one.moment.text}"


def sign(kind: str, x: float, y: float) -> Markup:
    """Return the sign of a kind: a shape of its own, so that colour is never needed."""
    if kind == "happened":
        return svg.circle(x, y, 4.5, "d-sign d-full")
    if kind == "said":
        return svg.path(f"M{svg.number(x)} {svg.number(y - 5.5)}l5.5 5.5-5.5 5.5-5.5-5.5z", "d-sign d-full")
    if kind == "planned":
        return svg.circle(x, y, 4.5, "d-sign d-dashed")
    return svg.rectangle(x - 4, y - 4, 8, 8, "d-sign d-open")


def _legend(top: int) -> Markup:
    words = {"happened": "happened", "said": "said", "planned": "announced or planned", "published": "reported"}
    parts = []
    x = 14
    for kind, _ in KINDS:
        parts.append(sign(kind, x, top + 18))
        parts.append(label(x + 12, top + 22, words[kind], "d-small"))
        x += 40 + 7 * len(words[kind])
    parts.append(svg.rectangle(x - 4, top + 11, 30, 14, "d-span", 4))
    parts.append(label(x + 34, top + 22, "some day in these", "d-small"))
    return Markup("").join(parts)
