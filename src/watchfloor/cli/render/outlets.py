"""Outlets: how much they published here and how far they are trusted."""

from collections import Counter
from datetime import date, datetime

from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.cli.render.feeds import when
from watchfloor.core.feed import Grade
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.watch.days import said

UNGRADED = "F"  # nobody has judged it: it is not known how reliable it is


def listed(picture: Picture, as_json: bool) -> None:
    """Print the outlets, the one with most reports first."""
    counted = Counter(name for name in picture.outlets.values() if name)
    if as_json:
        terminal.json([_shape(name, counted[name], picture) for name in _order(counted)])
        return
    out = terminal.console()
    if not counted:
        out.print("No report here names its outlet." if picture.reports else "There are no reports yet.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name, right in (("outlet", False), ("grade", False), ("reports", True), ("last", False), ("why", False)):
        table.add_column(name, justify="right" if right else "left", no_wrap=name != "why")
    for name in _order(counted):
        last = max((r for r in picture.reports if picture.outlets.get(r.id) == name), key=_published)
        held = picture.grades.get(name, ())
        table.add_row(
            terminal.styled(terminal.safe(name), "bold"),
            letter(picture, name) if held else "–",
            str(counted[name]),
            said(last.published),
            terminal.styled(_told(held[-1]) if held else "not graded yet", "" if held else "dim"),
        )
    out.print(table)
    unknown = sum(name is None for name in picture.outlets.values())
    if unknown:
        out.print(terminal.styled(f"{unknown} report{'' if unknown == 1 else 's'} without a known outlet", "dim"))


def graded(picture: Picture, name: str, as_json: bool) -> None:
    """Print an outlet after it was graded, with the grades that it had."""
    counted = Counter(picture.outlets.values())
    if as_json:
        terminal.json(_shape(name, counted[name], picture))
        return
    out = terminal.console()
    held = picture.grades.get(name, ())
    out.print(terminal.styled(f"{terminal.safe(name)} is graded {letter(picture, name)}", "bold"))
    for one in reversed(held):
        out.print(terminal.styled(f"  {one.reliability}  {when(one.at)}  {_told(one)}"))


def letter(picture: Picture, name: str | None) -> str:
    """Return the grade of an outlet that holds, "F" while nobody has judged it."""
    held = picture.grades.get(name or "", ())
    return held[-1].reliability if held else UNGRADED


def trusted(picture: Picture, name: str | None) -> str:
    """Return how far an outlet is trusted, in words: one that nobody has graded is not one that is hardly trusted."""
    held = picture.grades.get(name or "", ())
    return f"reliability {held[-1].reliability}" if held else "not graded"


def _published(report: Report) -> tuple[date, datetime]:
    """Return what is greater of the report that came out later; one whose day is not known came before."""
    return (report.published.low if report.published else None) or date.min, report.collected


def _order(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda name: (-counted[name], name))


def _told(one: Grade) -> str:
    return terminal.safe(f"{one.by}: {one.reason}" if one.reason else one.by)


def _shape(name: str, reports: int, picture: Picture) -> dict[str, object]:
    return {
        "outlet": name,
        "reliability": letter(picture, name),
        "reports": reports,
        "grades": picture.grades.get(name, ()),
    }
