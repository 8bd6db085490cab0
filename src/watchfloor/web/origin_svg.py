"""The origin graph of a claim: from whom it comes, over which reports; edges have numbers, the table has the words."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from watchfloor.core.claim import Claim
from watchfloor.core.report import Report
from watchfloor.flow.dossier import Edge
from watchfloor.watch.days import known_day, short
from watchfloor.web.inert import shown
from watchfloor.web.lettering import block, label, wrapped

WIDTH, HEIGHT = 176, 44  # pixels of a box
ACROSS, DOWN = 92, 20  # pixels between boxes
AROUND = 10  # pixels around the picture
SIZE = 12.5  # pixels of letters
MOST = 24  # reports in one picture; the table has all (assumed: more cannot be followed by eye)
_OWN = frozenset({"copy", "update", "translation", "judged"})


class Box(Struct, frozen=True, kw_only=True):
    """One box: an origin or a report, in which column and row."""

    id: str
    title: str
    below: str
    kind: str
    column: int
    row: float

    @property
    def x(self) -> int:
        """Its left side."""
        return AROUND + self.column * (WIDTH + ACROSS)

    @property
    def y(self) -> float:
        """Its upper side."""
        return AROUND + self.row * (HEIGHT + DOWN)


def draw(
    claim: Claim, edges: Sequence[Edge], reports: Mapping[str, Report], outlets: Mapping[str, str | None]
) -> Markup:
    """Return the picture; none for a claim of one report, or of more than can be followed."""
    carrying = {position.span.report for position in claim.positions}
    order = [id for id in reports if id in carrying]
    if len(order) < 2 or len(order) > MOST:
        return Markup()
    columns = _columns(order, edges)
    boxes = _boxes(claim, order, columns, reports, outlets)
    drawn = [
        _stem(boxes[f"origin {at}"], boxes[id])
        for at, o in enumerate(claim.origins)
        for id in _first(o.reports, edges, boxes)
    ]
    pairs = {(one.route.parent, one.route.child) for one in edges}
    drawn += [_edge(one, boxes, pairs) for one in edges if one.route.parent in boxes and one.route.child in boxes]
    drawn += [_box(one) for one in boxes.values()]
    wide = max(one.x for one in boxes.values()) + WIDTH + AROUND
    tall = max(one.y for one in boxes.values()) + HEIGHT + AROUND
    head = Markup(
        '<svg class="origins" role="img" aria-labelledby="origins-title" xmlns="http://www.w3.org/2000/svg" '
        'viewBox="0 0 {0} {1}" width="{0}" height="{1}"><title id="origins-title">{2}</title>'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse">'
        '<path d="M0 0.5L7 4L0 7.5z" class="tip"/></marker></defs>'
    ).format(wide, round(tall), "From whom the claim comes and over which reports; the table below says the same")
    return head + Markup("").join(drawn) + Markup("</svg>")


def _columns(order: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the column of every report: one to the right of the reports before it that it rests on."""
    at = {id: number for number, id in enumerate(order)}
    columns: dict[str, int] = {}
    for id in order:
        before = [columns[e.route.parent] for e in edges if e.route.child == id and at.get(e.route.parent, 99) < at[id]]
        columns[id] = 1 + max(before, default=0)
    return columns


def _boxes(
    claim: Claim,
    order: Sequence[str],
    columns: Mapping[str, int],
    reports: Mapping[str, Report],
    outlets: Mapping[str, str | None],
) -> dict[str, Box]:
    filled: dict[int, int] = {}
    boxes = {}
    for id in order:
        row = filled.get(columns[id], 0)
        filled[columns[id]] = row + 1
        day = known_day(reports[id].published)
        boxes[id] = Box(
            id=id,
            title=outlets.get(id) or "outlet not known",
            below=short(day) if day else "day not given",
            kind="report",
            column=columns[id],
            row=row,
        )
    most = max(filled.values())
    for at, origin in enumerate(claim.origins):
        at_row = at * max(1.0, most / max(1, len(claim.origins)))
        below = "may be one with another" if origin.may_be else "origin"
        boxes[f"origin {at}"] = Box(
            id=f"origin {at}", title=origin.party, below=below, kind="origin", column=0, row=at_row
        )
    return boxes


def _first(reports: Sequence[str], edges: Sequence[Edge], boxes: Mapping[str, Box]) -> list[str]:
    """Return the reports of an origin that rest on no other one of it before them: those it reaches by itself."""
    own = [id for id in reports if id in boxes]
    after = {
        e.route.child
        for e in edges
        if e.route.child in own and e.route.parent in own and boxes[e.route.parent].column < boxes[e.route.child].column
    }
    return [id for id in own if id not in after]


def _stem(origin: Box, report: Box) -> Markup:
    x, y = origin.x + WIDTH, origin.y + HEIGHT / 2
    to_x, to_y = report.x, report.y + HEIGHT / 2
    path = _curve(x, y, to_x, to_y)
    return Markup('<path d="{}" class="stem"/>').format(path)


def _edge(edge: Edge, boxes: Mapping[str, Box], pairs: set[tuple[str, str]]) -> Markup:
    parent, child = boxes[edge.route.parent], boxes[edge.route.child]
    if (child.id, parent.id) in pairs and parent.column > child.column:
        return Markup()  # both credit each other: one line with two tips, drawn from the earlier one
    css = "edge own" if edge.route.reason in _OWN else "edge"
    both = Markup(' marker-start="url(#tip)"') if (child.id, parent.id) in pairs else ""
    if parent.column == child.column:
        x, y, to_y = parent.x + WIDTH, parent.y + HEIGHT / 2, child.y + HEIGHT / 2
        path = f"M{x} {y:.0f}C{x + 40} {y:.0f} {x + 40} {to_y:.0f} {x} {to_y:.0f}"
        middle = x + 30.0, (y + to_y) / 2
    else:
        x, to_x = (parent.x + WIDTH, child.x) if parent.column < child.column else (parent.x, child.x + WIDTH)
        y, to_y = parent.y + HEIGHT / 2, child.y + HEIGHT / 2
        path = _curve(x, y, to_x, to_y)
        far = 0.72  # nearer to the child: there the lines lie apart
        middle = _on(x, to_x, far), _bent(y, to_y, far)
    line = Markup('<path d="{}" class="{}" marker-end="url(#tip)"{}/>').format(path, css, both)
    badge = Markup('<circle cx="{:.0f}" cy="{:.0f}" r="8.5" class="badge"/>').format(*middle)
    return line + badge + label(round(middle[0]), round(middle[1] + 4), str(edge.number), "number", "middle")


def _curve(x: int, y: float, to_x: int, to_y: float) -> str:
    """Return the line from one point to another that begins and ends level."""
    bend = (to_x - x) / 2
    return f"M{x} {y:.0f}C{x + bend:.0f} {y:.0f} {to_x - bend:.0f} {to_y:.0f} {to_x} {to_y:.0f}"


def _on(start: float, end: float, share: float) -> float:
    """Return how far across the curve is at a share of its way: its handles lie half-way."""
    middle = (start + end) / 2
    rest = 1 - share
    return rest**3 * start + 3 * rest**2 * share * middle + 3 * rest * share**2 * middle + share**3 * end


def _bent(start: float, end: float, share: float) -> float:
    rest = 1 - share
    return (rest**3 + 3 * rest**2 * share) * start + (3 * rest * share**2 + share**3) * end


def _box(box: Box) -> Markup:
    radius = 22 if box.kind == "origin" else 4
    rect = Markup('<rect x="{}" y="{:.0f}" width="{}" height="{}" rx="{}" class="box {}"/>').format(
        box.x, box.y, WIDTH, HEIGHT, radius, box.kind
    )
    middle = box.x + WIDTH // 2
    lines = wrapped(shown(box.title, 80), WIDTH - 26, SIZE, 2 if box.kind == "origin" else 1)
    below = () if len(lines) > 1 else (label(middle, round(box.y + 35), box.below, "small", "middle"),)
    return Markup("").join((rect, block(middle, round(box.y + 19), lines, "series-name", 16, "middle"), *below))
