"""The brief on a terminal: numbered citations, and the cited sentences below."""

from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from watchfloor.cli.render import terminal
from watchfloor.core.brief import Brief, Line
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow import wire
from watchfloor.share.release import banner
from watchfloor.watch.days import full, period, said

_INDENT = {"lead": (0, 0, 0, 2), "plain": (0, 0, 0, 2), "note": (0, 0, 0, 4)}
_BULLET = {"lead": "• ", "plain": "• ", "note": "– "}


def brief(made: Brief, picture: Picture, *, evidence: bool) -> None:
    """Print a brief; each line ends with the numbers of its citations."""
    out = terminal.console()
    numbers: dict[Span, int] = {}
    _head(out, made)
    for section in made.sections:
        out.print()
        out.print(terminal.styled(section.heading, "bold"))
        if not section.lines:
            out.print(Padding(terminal.styled(section.empty, "dim"), (0, 0, 0, 2)))
        for line in section.lines:
            out.print(Padding(_line(line, numbers), _INDENT[line.weight]))
    if evidence and numbers:
        _evidence(out, numbers, {report.id: report for report in picture.reports})


def _head(out: Console, made: Brief) -> None:
    out.print(Rule(terminal.safe(banner(made.marking)), style="dim"))
    out.print(terminal.styled(terminal.safe(made.title), "bold"))
    counts = ", ".join(
        f"{number} {name.removesuffix('s') if number == 1 else name}" for name, number in made.counts.items()
    )
    spanned = period(made.first, made.last) if made.first and made.last else "no report is dated"
    known = f"; as known on {full(made.as_of)}" if made.as_of else ""
    out.print(terminal.styled(f"{spanned}{known}. {counts}.", "dim"))


def _line(line: Line, numbers: dict[Span, int]) -> Text:
    shown = Text(_BULLET[line.weight] + terminal.safe(line.text), style="bold" if line.weight == "lead" else "")
    cited = [numbers.setdefault(span, len(numbers) + 1) for span in line.citations]
    shown.append(" " + "".join(f"[{number}]" for number in cited), style="not bold cyan")
    return shown


def _evidence(out: Console, numbers: dict[Span, int], reports: dict[str, Report]) -> None:
    out.print()
    out.print(terminal.styled("Evidence", "bold"))
    for span, number in numbers.items():
        report = reports[span.report]
        where = f"{terminal.safe(report.outlet) or 'outlet unknown'}, {said(report.published)}, {report.id[:12]}"
        quote = terminal.safe(report.text[span.start : span.end], 300)
        shown = Text(f"[{number}] ".rjust(6), style="cyan")
        shown.append(f"{where}  ", style="dim")
        shown.append(f"{span.start}–{span.end}  ", style="dim")
        shown.append(quote, style="default")
        out.print(shown)


def brief_json(made: Brief, picture: Picture) -> None:
    """Write a brief as JSON, each line with its citations spelled out."""
    by_id = {report.id: report for report in picture.reports}
    terminal.json(
        {
            "title": made.title,
            "as_of": made.as_of,
            "since": picture.since,
            "earlier_reports": picture.earlier,
            "first": made.first,
            "last": made.last,
            "marking": made.marking,
            "counts": made.counts,
            "sections": [
                {
                    "heading": section.heading,
                    "lines": [
                        {
                            "text": line.text,
                            "weight": line.weight,
                            "about": line.about,
                            "citations": [wire.citation(span, by_id) for span in line.citations],
                        }
                        for line in section.lines
                    ],
                    "empty": None if section.lines else section.empty,
                }
                for section in made.sections
            ],
        }
    )


def next_steps(database: Path, page: Path, program: str) -> None:
    """Say what to try after the demo; program: how the command was called, so that the lines can be typed as shown."""
    out = terminal.console()
    out.print()
    out.print(terminal.styled("What to try next", "bold"))
    out.print("  The sample is written for trial: its outlets and quotations are invented. Do not cite it.")
    for command, does in (
        (f"open {page} in a browser", "the same brief, every sentence linked to its evidence"),
        (f"{program} --db {database} serve --open", "the same where analysts work"),
        (f"{program} --db {database} claims", "every claim with its reports, outlets and origins"),
        (f"{program} --db {database} --as-of 2024-10-22 brief", "what was known on 22 October"),
        (f"{program} --db {database} search 파병", "search in any script"),
        (f"{program} add YOUR-REPORTS... && {program} brief", "your own pile"),
    ):
        out.print(terminal.styled(f"  {command}"))
        out.print(terminal.styled(f"      {does}", "dim"))
