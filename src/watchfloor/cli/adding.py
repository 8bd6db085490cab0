"""Commands that put something in: init, add, status, setaside."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked, day

FIRST_SHOWN_AFTER = 1.0  # seconds a command may run before it shows how far it is


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(init)
    app.command()(add)
    app.command()(status)
    app.command()(setaside)


def init(context: typer.Context, db: Database = None) -> None:
    """Make an empty database and say where it is."""
    from watchfloor.flow.situation import situation

    options = asked(context, db, False)
    with situation(options.database, create=True) as opened:
        counts = opened.store.counts(opened.reader)
        typer.echo(f"{opened.store.name} is ready: {counts['reports']} reports. Next: watchfloor add REPORTS...")


def add(
    context: typer.Context,
    reports: Annotated[
        list[str],
        typer.Argument(metavar="REPORTS...", help="Files, folders, globs, ZIP archives, WARC; - reads standard input."),
    ],
    db: Database = None,
    as_json: AsJson = False,
    outlet: Annotated[str | None, typer.Option(help="Who published them; without it, what the files say.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DAY", help="When; without it, what the files say.")] = None,
    tlp: Annotated[str | None, typer.Option(help="Mark them: CLEAR, GREEN, AMBER, AMBER+STRICT or RED.")] = None,
    rel: Annotated[list[str] | None, typer.Option(help="Partner that may have them; may be given again.")] = None,
    bulk: Annotated[
        bool, typer.Option("--bulk", help="Clean pages several times as fast and a little worse: for archives.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that read beside each other; by default one a core.")
    ] = None,
) -> None:
    """Take in reports and print a receipt: captured, new, unchanged, new versions, set aside with reasons.

    Adding the same files again changes nothing. Stopped half-way, the same command goes on from there.
    """
    from watchfloor.cli import render
    from watchfloor.cli.marks import marking
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    mark = marking(tlp, rel or [])
    if published is not None:
        day(published)
    with situation(options.database, create=True) as opened, progress("adding") as told:
        receipt = opened.add(
            reports,
            outlet=outlet,
            published=published,
            marking=mark,
            progress=told,
            quality="bulk" if bulk else "best",
            workers=workers,
        )
    render.receipt(receipt, options.as_json)
    if receipt.set_aside:
        raise typer.Exit(3)


def status(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """Say what the database holds, from when to when, in which languages, and what needs a look."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        render.status(opened, options.as_json)


def setaside(
    context: typer.Context,
    replay: Annotated[
        bool, typer.Option("--replay", help="Try them again, after a release or a setting changed.")
    ] = False,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List what was set aside and why; --replay tries it again."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        if not replay:
            render.asides(opened.store.asides(opened.reader), frozenset(ids or ()), options.as_json)
            return
        with progress("replaying") as told:
            receipt = opened.replay(ids or (), told)
    render.receipt(receipt, options.as_json)
    if receipt.set_aside:
        raise typer.Exit(3)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, str], None]]:
    """Show how far a command is, from its second second on and only to a person at a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    began = time.monotonic()
    if not console.is_terminal:
        yield lambda _done, _locator: None
        return
    with console.status("") as shown:
        shown.stop()

        def told(done: int, locator: str) -> None:
            seconds = time.monotonic() - began
            if seconds > FIRST_SHOWN_AFTER:
                shown.start()
                shown.update(f"{doing}: {done:,} done, {done / seconds:.1f} a second, now at {locator[-60:]}")

        yield told
