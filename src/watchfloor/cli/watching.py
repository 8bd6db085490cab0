"""Commands about watching: indicators, the ladder of measures, alerts and their delivery."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from watchfloor.cli.asked import AsJson, Database, asked, day
from watchfloor.core.measure import MeasureStatus

if TYPE_CHECKING:
    from watchfloor.flow.configuration import Configuration
    from watchfloor.flow.situation import Situation

group = typer.Typer(help="Watch: indicators, the ladder of measures, and alerts.", no_args_is_help=True)
measures = typer.Typer(help="The ladder: give a measure a status, or take that back.", no_args_is_help=True)

Since = Annotated[str, typer.Option("--since", metavar="DAY", help="The first day to look at, e.g. 2024-10-18.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="The last day; today without it.")]
AlertId = Annotated[str, typer.Argument(metavar="ALERT", help="Its id, or how it begins.")]
MeasureId = Annotated[str, typer.Argument(metavar="MEASURE", help="Its id in the file.")]
Because = Annotated[str, typer.Option(help="Why; kept with it.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    group.add_typer(measures, name="measure")
    app.add_typer(group, name="watch")


@group.callback()
def watch() -> None:
    """Watch: indicators, the ladder of measures, and alerts."""


@measures.callback()
def measure() -> None:
    """The ladder: give a measure a status, or take that back."""


@group.command()
def init(
    context: typer.Context,
    sample: Annotated[
        bool, typer.Option("--sample", help="Write that of the sample situation, whatever is in the database.")
    ] = False,
    db: Database = None,
) -> None:
    """Put a file to begin with in the working folder, taken from what the reports here say.

    Above each indicator stands what it was taken from; without reports only general ones are written.
    """
    from watchfloor.flow.configuration import configuration
    from watchfloor.flow.first_watch import first_watch
    from watchfloor.flow.watch_file import begin

    path = begin(configuration(), lambda: first_watch(asked(context, db, False).database, sample=sample))
    typer.echo(f"{path} is written. Change it, then: watchfloor watch check, watchfloor watch test --since DAY")


@group.command()
def check(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Another file than the node's.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with the file of indicators and measures, with line and key; change nothing."""
    from msgspec import structs

    from watchfloor.cli.render import watch as render
    from watchfloor.flow.configuration import configuration
    from watchfloor.flow.delivering import check as channels
    from watchfloor.flow.watch_file import problems_of, text_of, watched

    settings = configuration()
    chosen = structs.replace(settings, watch=str(file)) if file else settings
    problems = problems_of(text_of(chosen))
    if not problems:
        channels(settings, watched(chosen).indicators)
    render.checked(chosen.watch, problems, None if problems else watched(chosen), asked(context, None, as_json).as_json)
    if problems:
        raise typer.Exit(3)


@group.command("list")
def listed(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """List the indicators: their state, when they were seen last, their latest alert."""
    from watchfloor.cli.render import watch as render
    from watchfloor.flow.watch_file import watched
    from watchfloor.flow.watching import board_of

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, settings):
        render.indicators(board_of(opened.store, opened.reader, watched(settings)), options.as_json)


@group.command()
def ladder(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """Show the measures step by step: status, what calls for them, what moved them."""
    from watchfloor.cli.render import watch as render
    from watchfloor.flow.watch_file import watched
    from watchfloor.flow.watching import board_of

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, settings):
        render.ladder(board_of(opened.store, opened.reader, watched(settings)), options.as_json)


@group.command("test")
def tried(
    context: typer.Context,
    since: Since,
    until: Until = None,
    only: Annotated[list[str] | None, typer.Option("--indicator", help="Only this one; may be given again.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Say when each indicator would have fired on past reports, and on what; keep and send nothing."""
    from msgspec import structs

    from watchfloor.cli.render import watch as render
    from watchfloor.flow.watch_file import watched
    from watchfloor.flow.watch_searches import right, searching
    from watchfloor.flow.watching import tested

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, settings):
        meant = watched(settings)
        unknown = sorted(set(only or ()) - {one.id for one in meant.indicators})
        if unknown:
            raise typer.BadParameter(f"there is no indicator {unknown[0]!r}; see: watchfloor watch list")
        chosen = tuple(one for one in meant.indicators if not only or one.id in only)
        store, reader = opened.store, opened.reader
        asking = right(store, reader, structs.replace(meant, indicators=chosen))
        fired = tuple(tested(asking, opened.picture, day(since), _last(until), searching(store, reader)))
        render.fired(chosen, fired, options.as_json)


@group.command()
def run(
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="Begin anew from this day, and keep what it would have raised."),
    ] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Look once with every indicator, and keep the alerts that are new.

    A new indicator takes note of what is there already and raises an alert of what comes after; --since looks back.
    """
    from watchfloor.cli.render import watch as render
    from watchfloor.flow import clock
    from watchfloor.flow.delivering import check as channels
    from watchfloor.flow.watch_file import watched
    from watchfloor.flow.watch_searches import right
    from watchfloor.flow.watching import past, watch_once

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, settings):
        meant = watched(settings)
        channels(settings, meant.indicators)
        store, reader = opened.store, opened.reader
        meant = right(store, reader, meant)
        if since is not None:
            raised = past(store, reader, settings, meant, opened.picture, day(since), clock.now().date())
        else:
            raised = watch_once(store, reader, settings, meant, opened.picture(), clock.now())
        render.raised(raised, options.as_json)


@group.command()
def alerts(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Also those that somebody has acknowledged.")] = False,
    indicator: Annotated[str | None, typer.Option(help="Only of this indicator.")] = None,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List the alerts that nobody has acknowledged, the latest first."""
    from watchfloor.cli.render import watch as render

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, _):
        found = opened.store.alerts.alerts(opened.reader, indicator=indicator, open_only=not every, most=most)
        render.alerts(found, options.as_json)


@group.command()
def show(context: typer.Context, alert: AlertId, db: Database = None, as_json: AsJson = False) -> None:
    """Show one alert: its sentence, why it fired, why not before, where it rests, where it was sent."""
    from watchfloor.cli.render import watch as render

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, _):
        found = [
            one
            for one in opened.store.alerts.alerts(opened.reader, most=100_000)
            if alert and one.alert.id.startswith(alert)
        ]
        if len(found) != 1:
            raise typer.BadParameter(f"{len(found)} alerts have an id that begins with {alert!r}; expected one")
        store, reader = opened.store, opened.reader
        reports = store.reports_named(reader, {span.report for span in found[0].alert.evidence})
        sent = store.alerts.deliveries(reader, alert=found[0].alert.id)
        render.alert(found[0], reports, sent, options.as_json)


@group.command()
def ack(
    context: typer.Context,
    alert: AlertId,
    note: Annotated[str | None, typer.Option(help="What you think of it.")] = None,
    db: Database = None,
) -> None:
    """Acknowledge an alert: it is no longer listed as open; who and when is kept."""
    from watchfloor.flow import clock
    from watchfloor.flow.watching import acknowledge

    with _opened(asked(context, db, False).database) as (opened, _):
        typer.echo(f"{acknowledge(opened.store, opened.by, alert, note, clock.now())} is acknowledged")


@group.command()
def deliver(context: typer.Context, db: Database = None) -> None:
    """Send the alerts that are due by mail and webhook; `watchfloor run` does it by itself."""
    from watchfloor.flow import clock
    from watchfloor.flow.delivering import Network
    from watchfloor.flow.delivering import deliver as send
    from watchfloor.flow.watch_file import watched

    with _opened(asked(context, db, False).database) as (opened, settings):
        measures = watched(settings).measures
        done = send(opened.store, opened.reader, settings, Network(settings), clock.now(), measures)
    typer.echo(f"{done.sent} sent, {done.failed} to be tried again, {done.dead} given up, {done.withheld} withheld")
    if done.failed or done.dead:
        raise typer.Exit(3)


@group.command()
def deliveries(
    context: typer.Context,
    retry: Annotated[list[str] | None, typer.Option(help="Try again one that was given up, by its id, or all.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List what waits to be sent, what is withheld and why, and what was given up."""
    from watchfloor.cli.render import watch as render
    from watchfloor.flow import clock
    from watchfloor.flow.delivering import retry as again

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, _):
        store, reader = opened.store, opened.reader
        if retry:
            opened.by.require("watch")
            ids = [] if "all" in retry else retry
            typer.echo(f"{again(store, reader, ids, clock.now())} will be tried again", err=True)
        render.deliveries(store.alerts.deliveries(reader), options.as_json)


@group.command()
def atom(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    tlp: Annotated[str | None, typer.Option(help="At most this level, and nothing unmarked; yours without it.")] = None,
    title: Annotated[str, typer.Option(help="What to call the feed.")] = "Watchfloor alerts",
    address: Annotated[str, typer.Option(help="Where the feed will lie; it is its id.")] = "urn:watchfloor:alerts",
    db: Database = None,
) -> None:
    """Write the alerts as an Atom feed."""
    from watchfloor.cli.marks import level
    from watchfloor.flow.watch_page import atom_feed

    with _opened(asked(context, db, False).database) as (opened, settings):
        clearance = None if tlp is None else level(tlp)
        output.write_bytes(
            atom_feed(opened.store, opened.reader, settings, clearance=clearance, title=title, address=address)
        )
    typer.echo(f"{output} is written", err=True)


@measures.command("set")
def move(
    context: typer.Context,
    measure: MeasureId,
    status: Annotated[str, typer.Argument(metavar="STATUS", help="proposed, agreed, taken or lifted.")],
    because: Because,
    alert: Annotated[
        list[str] | None, typer.Option(help="What moved it; else the latest alerts that call for it.")
    ] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Give a measure a status, with a reason and the evidence that moved it."""
    from watchfloor.cli.render import watch as render
    from watchfloor.flow import clock
    from watchfloor.flow.watch_file import watched
    from watchfloor.flow.watching import move as moved

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, settings):
        made = moved(
            opened.store,
            opened.by,
            watched(settings),
            measure,
            _status(status),
            because,
            clock.now(),
            alerts=alert or (),
        )
        render.moved(made, options.as_json)


@measures.command()
def undo(
    context: typer.Context,
    measure: MeasureId,
    because: Annotated[str, typer.Option(help="Why; kept with it.")] = "",
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take back the last move of a measure; the history keeps both."""
    from watchfloor.cli.render import watch as render
    from watchfloor.flow import clock
    from watchfloor.flow.watch_file import watched
    from watchfloor.flow.watching import undo as taken_back

    options = asked(context, db, as_json)
    with _opened(options.database) as (opened, settings):
        made = taken_back(opened.store, opened.by, watched(settings), measure, because, clock.now())
        render.moved(made, options.as_json)


@contextmanager
def _opened(database: Path | str | None) -> "Iterator[tuple[Situation, Configuration]]":
    """Open the situation together with the settings of the node."""
    from watchfloor.flow.configuration import configuration
    from watchfloor.flow.situation import situation

    with situation(database) as opened:
        yield opened, configuration()


def _last(until: str | None) -> date:
    from watchfloor.flow import clock

    return day(until) if until else clock.now().date()


def _status(text: str) -> MeasureStatus:
    for known in get_args(MeasureStatus):
        if text.lower() == known:
            return known  # type: ignore[no-any-return]
    raise typer.BadParameter(f"{text!r} is no status; expected one of {', '.join(get_args(MeasureStatus))}")
