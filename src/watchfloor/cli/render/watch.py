"""What is watched for, alerts, the ladder, and where alerts went."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.core.alert import Alert
from watchfloor.core.channel import Delivery
from watchfloor.core.indicator import Indicator
from watchfloor.core.measure import Move
from watchfloor.core.report import Report
from watchfloor.flow.watching import Fired
from watchfloor.share.release import banner
from watchfloor.store.alerts import Noticed
from watchfloor.watch.board import Board, Rung
from watchfloor.watch.days import short
from watchfloor.watch.watch_file import Problem, Watch
from watchfloor.watch.wording import between, count, publishers

_URGENT = "bold red"


def checked(name: str, problems: Sequence[Problem], found: Watch | None, as_json: bool) -> None:
    """Print what is wrong with the file, or that nothing is."""
    if as_json:
        terminal.json({"file": name, "problems": problems})
        return
    out = terminal.console()
    for one in problems:
        out.print(terminal.styled(terminal.safe(f"{name}, {one}")))
    if found is not None:
        indicators, measures = count(len(found.indicators), "indicator"), count(len(found.measures), "measure")
        out.print(terminal.styled(terminal.safe(f"{name} is right: {indicators}, {measures}")))


def indicators(board: Board, as_json: bool) -> None:
    """Print the indicators as they stand."""
    if as_json:
        terminal.json(board.rows)
        return
    out = terminal.console()
    if not board.rows:
        out.print("Nothing is watched for yet. Begin with: watchfloor watch init")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("indicator", "state", "last seen", "alerts", "title"):
        table.add_column(name, justify="right" if name == "alerts" else "left", no_wrap=name != "title")
    for row in board.rows:
        table.add_row(
            terminal.styled(row.indicator.id, "bold"),
            terminal.styled(row.state, "" if row.state != "not seen" else "dim"),
            terminal.styled(short(row.last.date()) if row.last else "–"),
            str(len(row.alerts)),
            terminal.styled(terminal.safe(row.indicator.title)),
        )
    out.print(table)


def ladder(board: Board, as_json: bool) -> None:
    """Print the measures step by step."""
    if as_json:
        terminal.json(board.ladder)
        return
    out = terminal.console()
    if not board.ladder:
        out.print("There is no ladder yet; write [[measure]] tables into the file (docs/watch.md)")
        return
    for rung in board.ladder:
        _rung(out, rung)


def _rung(out: Console, rung: Rung) -> None:
    one = rung.measure
    out.print(terminal.styled(f"{one.step} {terminal.safe(one.title)}", "bold"))
    owner = f"{one.id}: {rung.status or 'not moved yet'}; {one.owner}"
    out.print(terminal.styled(f"  {owner}", "yellow" if rung.waits else ""))
    if rung.waits:
        called = ", ".join(rung.called_for)
        out.print(terminal.styled(f"  called for by {called}, and nobody has moved it since"))
    for alert in rung.alerts[:2]:
        out.print(terminal.styled(terminal.safe(f"  {alert.id[:12]} {short(alert.at.date())} {alert.sentence}", 108)))
    for move in rung.moves:
        out.print(terminal.styled(f"  {_moved(move)}", "dim"))


def moved(move: Move, as_json: bool) -> None:
    """Print a move of a measure."""
    if as_json:
        terminal.json(move)
    else:
        terminal.console().print(terminal.styled(f"{move.measure}: {_moved(move)}"))


def _moved(move: Move) -> str:
    what = f"taken back, now {move.status or 'not moved'}" if move.undoes else str(move.status)
    on = f" (on {', '.join(id[:12] for id in move.alerts)})" if move.alerts else ""
    return terminal.safe(f"{_when(move.at)} {what} by {move.by}: {move.reason}{on}")


def fired(asked: Sequence[Indicator], found: Sequence[Fired], as_json: bool) -> None:
    """Print when indicators would have fired."""
    if as_json:
        terminal.json(found)
        return
    out = terminal.console()
    for indicator in asked:
        own = [one for one in found if one.alert.indicator == indicator.id]
        times = count(len(own), "time") if own else "never"
        out.print(terminal.styled(f"{indicator.id}: would have fired {times}", "bold"))
        for one in own:
            out.print(terminal.styled(f"  {one.day} {one.alert.trigger}"))
            _reasons(out, one.alert)


def raised(alerts_: Sequence[Alert], as_json: bool) -> None:
    """Print the alerts that a look raised."""
    if as_json:
        terminal.json(alerts_)
        return
    out = terminal.console()
    out.print(terminal.styled(f"{count(len(alerts_), 'new alert')}", "bold"))
    for one in alerts_:
        out.print(terminal.styled(f"{one.id[:12]} {terminal.safe(one.title)} ({one.trigger})", _style(one)))
        _reasons(out, one)


def alerts(found: Sequence[Noticed], as_json: bool) -> None:
    """Print alerts, the latest first."""
    if as_json:
        terminal.json(found)
        return
    out = terminal.console()
    if not found:
        out.print("No alert is open. All there were: watchfloor watch alerts --all")
        return
    for one in found:
        noted = f", acknowledged by {one.acknowledged.by}" if one.acknowledged else ""
        head = (
            f"{one.alert.id[:12]} {_when(one.alert.at)} {terminal.safe(one.alert.title)} ({one.alert.trigger}){noted}"
        )
        out.print(terminal.styled(terminal.safe(head), _style(one.alert)))
        _reasons(out, one.alert)


def alert(found: Noticed, reports: Mapping[str, Report], sent: Sequence[Delivery], as_json: bool) -> None:
    """Print one alert whole."""
    if as_json:
        terminal.json({"alert": found, "deliveries": sent})
        return
    out, one = terminal.console(), found.alert
    out.print(terminal.styled(banner(one.marking), "dim"))
    out.print(terminal.styled(terminal.safe(f"{one.title} ({one.trigger})"), _style(one)))
    _reasons(out, one)
    for number, span in enumerate(one.evidence, 1):
        report = reports.get(span.report)
        words = " ".join(report.text[span.start : span.end].split()) if report else "a report you may not see"
        outlet = (report.outlet if report else None) or "outlet unknown"
        out.print(terminal.styled(terminal.safe(f"  [{number}] {outlet}, {span.report[:12]}: {words}", 300)))
    if found.acknowledged is not None:
        said = found.acknowledged
        out.print(terminal.styled(terminal.safe(f"acknowledged by {said.by}, {_when(said.at)}: {said.note or '–'}")))
    for delivery in sent:
        out.print(terminal.styled(terminal.safe(f"{delivery.channel}: {_state(delivery)}")))


def deliveries(found: Sequence[Delivery], as_json: bool) -> None:
    """Print where alerts go and went."""
    if as_json:
        terminal.json(found)
        return
    out = terminal.console()
    if not found:
        out.print("Nothing was to be sent. Name channels in the indicators: notify = [...] (docs/watch.md)")
        return
    for one in found:
        out.print(terminal.styled(terminal.safe(f"{one.id[:12]} {one.channel} {one.alert[:12]} {_state(one)}")))


def _state(one: Delivery) -> str:
    if one.state == "waiting":
        tries = f", tried {count(one.tries, 'time')}: {one.detail}" if one.tries else ""
        return f"waiting until {_when(one.due)}{tries}"
    return f"{one.state} {_when(one.at) if one.at else ''} {one.detail or ''}".strip()


def _reasons(out: Console, one: Alert) -> None:
    out.print(terminal.styled(f"  “{terminal.safe(one.sentence, 200)}”"))
    out.print(terminal.styled(f"  why now: {terminal.safe(one.because, 300)}"))
    out.print(terminal.styled(f"  why not before: {terminal.safe(one.not_before, 300)}", "dim"))
    reports, outlets = count(one.reports, "report"), publishers(one.outlets)
    out.print(
        terminal.styled(
            f"  {reports}, {outlets}, {between(one.origins_min, one.origins_max, 'independent origin')}", "dim"
        )
    )


def _style(one: Alert) -> str:
    return _URGENT if one.urgency == "urgent" else "bold"


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
