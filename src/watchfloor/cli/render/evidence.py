"""What a report rests on, and whether it still holds."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from watchfloor.cli.render import terminal
from watchfloor.flow.evidence import FAILED, Basis, Lies, Verified
from watchfloor.flow.evidence_export import Exported

MOST_SHOWN = 50  # reports that hold are not listed one by one when more than these were looked at


def basis(found: Basis, as_json: bool) -> None:
    """Print where a report's bytes lie."""
    if as_json:
        terminal.json(found)
        return
    out = terminal.console()
    out.print(terminal.styled(f"{found.report}  {terminal.safe(found.headline) or '(no headline)'}", "bold"))
    out.print(terminal.styled(f"capture   {found.capture}, {found.media_type}, collected {found.collected}"))
    out.print(terminal.styled(f"found at  {terminal.safe(found.locator)}, feed {terminal.safe(found.feed)}"))
    held = "in the database, intact" if found.kept else "in the database, CHANGED"
    out.print(terminal.styled(f"bytes     {found.size:,} {held}", "" if found.kept else "bold red"))
    out.print(terminal.styled(f"sha256    {found.sha256}"))
    if not found.records:
        out.print(terminal.styled("It was added from a file: there is no record of a request or a response", "dim"))
    for lies in found.records:
        _lies(out, lies)


def verified(done: Sequence[Verified], as_json: bool) -> None:
    """Print for each report whether it still derives from its bytes, those first that do not."""
    if as_json:
        terminal.json(done)
        return
    out = terminal.console()
    shown = sorted(done, key=lambda one: (not one.failed, one.verdict == "derives"))
    if len(done) > MOST_SHOWN:
        shown = [one for one in shown if one.verdict != "derives"]
    for one in shown:
        style = "bold red" if one.verdict in FAILED else "yellow" if one.verdict == "differs-today" else ""
        out.print(terminal.styled(f"{one.verdict:<13} {one.report}", style))
        if one.verdict != "derives" or len(done) == 1:
            out.print(terminal.indented(terminal.safe(one.detail), 14, style))
    counted = ", ".join(
        f"{number:,} {verdict}" for verdict, number in Counter(one.verdict for one in done).most_common()
    )
    out.print(terminal.styled(f"{len(done):,} verified: {counted}" if done else "There is no report to verify", "bold"))


def exported(done: Exported, as_json: bool) -> None:
    """Print what was written."""
    if as_json:
        terminal.json(done)
        return
    out = terminal.console()
    for note in done.notes:
        out.print(terminal.styled(f"  note  {terminal.safe(note)}", "yellow"))
    out.print(terminal.styled(f"{terminal.safe(done.path)} written: {done.records} records"))


def _lies(out: Console, lies: Lies) -> None:
    evidence = lies.evidence
    out.print(
        terminal.styled(f"\n{terminal.safe(lies.path)}, bytes {evidence.offset} to {evidence.offset + evidence.length}")
    )
    state = lies.state if lies.state == "intact" else f"{lies.state.upper()}: {terminal.safe(lies.detail)}"
    out.print(
        terminal.styled(f"  {evidence.kind} {evidence.record}, {state}", "" if lies.state == "intact" else "bold red")
    )
    out.print(terminal.styled(f"  payload sha256 {evidence.digest}", "dim"))
    for message in lies.messages:
        at = f" from {message.ip}" if message.ip and message.kind in ("response", "revisit") else ""
        out.print(
            terminal.styled(f"  {message.kind} at {message.offset}, {message.date}{at}: {terminal.safe(message.url)}")
        )
        if message.line:
            out.print(terminal.styled(f"    {terminal.safe(message.line)}"))
        for name, value in message.fields:
            out.print(terminal.styled(f"    {terminal.safe(name)}: {terminal.safe(value, 200)}", "dim"))
