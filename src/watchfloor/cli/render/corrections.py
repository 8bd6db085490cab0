"""How findings and corrections look on a terminal."""

from collections.abc import Sequence

import typer

from watchfloor.annotate.corrected import BY_A_PERSON
from watchfloor.annotate.findings import key, kind, mark, said
from watchfloor.cli.render import terminal
from watchfloor.core.correction import Applied
from watchfloor.flow.correcting import Readout

_SHORT = 12  # digits of an id that are shown; enough to name one finding of a report
_WIDE = 90


def findings(read: Readout, as_json: bool) -> None:
    """Print what is found in a report, one line each."""
    text = read.report.text
    if as_json:
        terminal.json([{"id": key(text, one), "said": said(text, one), "finding": one} for one in read.findings])
        return
    if not read.findings:
        typer.echo(f"Nothing is found in {read.report.id}.")
    for one in sorted(read.findings, key=lambda one: (mark(one).start, mark(one).end)):
        by = "  (a person's)" if one.generated_by.startswith(BY_A_PERSON) else ""
        words = terminal.safe(text[mark(one).start : mark(one).end], _WIDE)
        what = terminal.safe(said(text, one), _WIDE).removeprefix(f"{kind(one)} | ")
        typer.echo(f"{key(text, one)[: 4 + _SHORT]}  {kind(one):<11} {mark(one).start:>6}  {what}{by}")
        typer.echo(f"{'':32}  “{words}”")


def entries(fates: Sequence[Applied], as_json: bool) -> None:
    """Print corrections, each with what became of it."""
    if as_json:
        terminal.json(fates)
        return
    if not fates:
        typer.echo("Nothing was corrected. To begin: watchfloor corrections findings REPORT")
    for fate in fates:
        entry = fate.correction
        about = entry.undoes if entry.said is None and entry.made is None else entry.said or _added(entry.anchors)
        when = entry.at.strftime("%Y-%m-%d %H:%M")
        typer.echo(f"{entry.id}  {when}  {terminal.safe(entry.by)}  {entry.verb}: {terminal.safe(about, _WIDE)}")
        because = f" “{terminal.safe(entry.reason)}”" if entry.reason else ""
        typer.echo(f"    {entry.report}  {fate.state}: {terminal.safe(fate.why)}{because}")


def _added(anchors: Sequence[object]) -> str:
    return f"on “{anchors[0].quote}”" if anchors else ""  # type: ignore[attr-defined]
