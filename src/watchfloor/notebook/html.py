"""How tables, briefs and views look in a notebook: plain HTML, every text escaped and inert, the marking on both ends.

Styles stand in the elements: a notebook has its own style sheet and its own themes, light and dark.
"""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from watchfloor.core.brief import Brief
from watchfloor.core.marking import Marking
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.notebook.row import Kind, columns
from watchfloor.share.release import banner
from watchfloor.watch.days import full, period
from watchfloor.web.inert import shown

if TYPE_CHECKING:
    from watchfloor.notebook.table import Table

MOST_ROWS = 20  # of a table that a notebook shows (assumed: a screen)
LONGEST = 160  # characters of one cell (assumed: three lines)

_MARK = "font:600 11px system-ui,sans-serif;letter-spacing:.04em;padding:2px 0;opacity:.85"
_CELL = "text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-bottom:1px solid rgba(128,128,128,.25)"
_HEAD = "text-align:left;padding:3px 10px 3px 0;border-bottom:1px solid rgba(128,128,128,.6);white-space:nowrap"
_RIGHT = ";text-align:right;font-variant-numeric:tabular-nums"
_SMALL = "opacity:.75;font-size:12px"


def of_table(table: "Table[Any]") -> str:
    """Return the first rows of a table, how many there are, and the marking."""
    kinds = columns(table.kind)
    names = [name for name in table.shown if name in kinds]
    if "marking" not in names and len({row.marking for row in table.rows}) > 1:
        names.append("marking")
    head = "".join(_cell("th", _HEAD, name.replace("_", " "), kinds[name]) for name in names)
    body = "".join(
        "<tr>" + "".join(_cell("td", _CELL, _said(getattr(row, name), kinds[name]), kinds[name]) for name in names)
        + "</tr>"
        for row in table.rows[:MOST_ROWS]
    )  # fmt: skip
    left = [name for name in kinds if name not in names]
    more = f"; the first {MOST_ROWS} are shown" if len(table) > MOST_ROWS else ""
    also = f". Also: {', '.join(left)}" if left else ""
    note = f"<div>{_text(table.note, 400)}</div>" if table.note else ""
    counted = f"{len(table):,} {table.name}{more}{also}."
    return (
        _marked(table.marking if len(table) else None, len(table) > 0)
        + note
        + f'<div style="overflow-x:auto"><table style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
        + f"<tbody>{body}</tbody></table></div>"
        + f'<div style="{_SMALL}">{_text(counted, 1000)}</div>'
        + _marked(table.marking if len(table) else None, len(table) > 0)
    )


def of_picture(picture: Picture, first: "Table[Any]", told: Brief) -> str:
    """Return what a view holds in a few lines, and its weightiest claims."""
    span = period(told.first, told.last) if told.first and told.last else "no report is dated"
    known = f", as known on {full(told.as_of)}" if told.as_of else ""
    counts = ", ".join(f"{number:,} {name}" for name, number in told.counts.items())
    earlier = f"; {picture.earlier:,} earlier reports are left out, see from_day" if picture.earlier else ""
    who = f"seen by {picture.reader.name}{earlier}"
    return f"<div><b>{_text(f'{span}{known}', 200)}</b>: {_text(counts, 200)}; {_text(who, 200)}</div>" + of_table(
        first
    )


def of_brief(brief: Brief, picture: Picture) -> str:
    """Return a brief: every sentence with the numbers of its evidence, and the evidence in its words below."""
    numbers: dict[Span, int] = {}
    parts = [_marked(brief.marking, True), f"<h3>{_text(brief.title, 300)}</h3>"]
    for section in brief.sections:
        parts.append(f"<h4>{_text(section.heading, 300)}</h4>")
        if not section.lines:
            parts.append(f'<p style="{_SMALL}">{_text(section.empty, 500)}</p>')
            continue
        lines = (f"<li>{_text(line.text, 1600)} {_numbered(line.citations, numbers)}</li>" for line in section.lines)
        parts.append(f"<ul>{''.join(lines)}</ul>")
    return "".join(parts) + _evidence(numbers, picture) + _marked(brief.marking, True)


def _evidence(numbers: dict[Span, int], picture: Picture) -> str:
    by_id = {report.id: report for report in picture.reports}
    lines = []
    for span, number in numbers.items():
        report = by_id.get(span.report)
        if report is not None:
            where = f"{picture.outlets.get(report.id) or 'outlet unknown'}, {report.id[:12]} {span.start}–{span.end}"
            words = _text(report.text[span.start : span.end], 400)
            lines.append(f'<li value="{number}">“{words}” <span style="{_SMALL}">({_text(where, 200)})</span></li>')
    return f"<details><summary>Evidence ({len(lines)})</summary><ol>{''.join(lines)}</ol></details>" if lines else ""


def _numbered(spans: Iterable[Span], numbers: dict[Span, int]) -> str:
    found = [numbers.setdefault(span, len(numbers) + 1) for span in spans]
    return f'<span style="{_SMALL}">{"".join(f"[{number}]" for number in found)}</span>'


def _marked(marking: Marking | None, holds_something: bool) -> str:
    return f'<div style="{_MARK}">{_text(banner(marking), 400)}</div>' if holds_something else ""


def _cell(tag: str, style: str, text: str, holds: Kind) -> str:
    right = _RIGHT if holds in ("number", "share") else ""
    return f'<{tag} style="{style}{right}">{_text(text, LONGEST)}</{tag}>'


def _said(value: Any, holds: Kind) -> str:
    if holds == "marking":
        return banner(value)
    if value is None:
        return "–"
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or "–"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _text(text: str, limit: int) -> str:
    return escape(shown(text, limit))
