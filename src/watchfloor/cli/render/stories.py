"""Stories on a terminal and as JSON: the list, one of them with its reasons, what people decided."""

from collections.abc import Sequence

from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.story import Story, StoryChange, StoryDecision

_DID = {"merged": "took up", "put-together": "took up", "kept-apart": "is kept apart from"}
_VERDICTS = {"same": "belong together", "different": "do not belong together", "unsure": "left to the machine"}
_PAIRS = 5  # of one decision, on a terminal


def listed(picture: Picture, least: int, as_json: bool) -> None:
    """Print the stories, the earliest first."""
    shown = [one for one in picture.stories if len(one.reports) >= least]
    if as_json:
        terminal.json([_shape(one, picture) for one in shown])
        return
    out = terminal.console()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("story", "days", "reports", "outlets", "languages", "headline"):
        table.add_column(name, no_wrap=name != "headline")
    for one in shown:
        about = _about(one, picture)
        table.add_row(
            one.id[:12],
            about["days"],
            str(len(one.reports)),
            str(about["outlets"]),
            terminal.styled(terminal.safe(about["languages"])),
            terminal.styled(terminal.safe(one.title or "no headline", 70)),
        )
    out.print(table if shown else f"No story of {least} reports and more.")


def shown(story: Story, picture: Picture, decided: Sequence[StoryDecision], as_json: bool) -> None:
    """Print one story with why each report stands there, what happened to it, and who decided what about it."""
    mine = [one for one in decided if any({left, right} & set(story.reports) for left, right, _ in one.pairs)]
    if as_json:
        terminal.json({**_shape(story, picture), "decisions": mine})
        return
    by_id = {report.id: report for report in picture.reports}
    out = terminal.console()
    about = _about(story, picture)
    out.print(terminal.styled(terminal.safe(story.title or "no headline"), "bold"))
    reports = f"{_count(story)}, outlets: {about['outlets']}, {about['languages']}, {about['days']}"
    out.print(terminal.styled(f"{story.id}  {terminal.safe(reports)}", "dim"))
    for one in story.joined:
        report = by_id[one.report]
        out.print(
            terminal.indented(
                f"{report.id[:12]}  {_day(report)}  {terminal.safe(report.outlet or 'outlet unknown')}  "
                f"{terminal.safe(report.headline or 'no headline', 80)}",
                2,
            )
        )
        out.print(terminal.indented(f"{terminal.safe(one.why)} ({one.score:.2f})", 6, "dim"))
    for change in story.changes:
        out.print(terminal.indented(_said(story, change), 2))
    for decision in mine:
        _decision(decision)


def log(picture: Picture, decided: Sequence[StoryDecision], as_json: bool) -> None:
    """Print what the machine merged and what people decided."""
    if as_json:
        merged = [{"story": one.id, "change": change} for one in picture.stories for change in one.changes]
        terminal.json({"changes": merged, "decisions": list(decided)})
        return
    out = terminal.console()
    for one in picture.stories:
        for change in one.changes:
            out.print(terminal.styled(_said(one, change)))
    for decision in decided:
        _decision(decision)
    if not decided:
        out.print("No person has decided anything about stories.")


def after(stories: Sequence[Story]) -> None:
    """Print how the stories that a decision was about are now."""
    out = terminal.console()
    for one in stories:
        title = terminal.safe(one.title or "no headline", 60)
        out.print(terminal.styled(f"{one.id}: {_count(one)}, “{title}”"))
    out.print(
        terminal.styled(
            "Kept; it holds for every later run. Take it back: watchfloor stories log, stories undo.", "dim"
        )
    )


def _decision(one: StoryDecision) -> None:
    out = terminal.console()
    kind = one.kind.replace("-", " ") + (", replaced since" if one.undone else "")
    reason = f": {terminal.safe(one.reason)}" if one.reason else ""
    out.print(terminal.styled(f"{one.id[:12]}  {one.at:%Y-%m-%d %H:%M}  {kind} by {terminal.safe(one.by)}{reason}"))
    for left, right, verdict in one.pairs[:_PAIRS]:
        out.print(terminal.indented(f"{left[:12]} and {right[:12]}: {_VERDICTS[verdict]}", 4, "dim"))
    if len(one.pairs) > _PAIRS:
        out.print(terminal.indented(f"and {len(one.pairs) - _PAIRS} more pairs; all with --json", 4, "dim"))


def _said(story: Story, change: StoryChange) -> str:
    return f"{story.id[:12]} {_DID[change.kind]} {change.other[:12]}: {terminal.safe(change.why)} ({change.score:.2f})"


def _shape(story: Story, picture: Picture) -> dict[str, object]:
    about = _about(story, picture)
    return {
        "id": story.id,
        "title": story.title,
        "days": about["days"],
        "outlets": about["outlets"],
        "languages": about["languages"],
        "reports": list(story.joined),
        "changes": list(story.changes),
    }


def _about(story: Story, picture: Picture) -> dict[str, str]:
    members = set(story.reports)
    reports = [one for one in picture.reports if one.id in members]
    days = sorted({_day(one) for one in reports})
    outlets = {picture.outlets.get(one.id) or one.outlet or one.id for one in reports}
    return {
        "days": days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}",
        "outlets": str(len(outlets)),
        "languages": ", ".join(sorted({one.language or "?" for one in reports})),
    }


def _count(story: Story) -> str:
    return "1 report" if len(story.reports) == 1 else f"{len(story.reports)} reports"


def _day(report: Report) -> str:
    known = report.published
    return known.low.isoformat() if known is not None and known.low is not None else "undated"
