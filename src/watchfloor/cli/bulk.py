"""The command for archives of any size."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import typer

from watchfloor.cli.asked import AsJson, asked, day

if TYPE_CHECKING:
    from watchfloor.flow.bulk.progress import Progress
    from watchfloor.flow.bulk.run import BulkReceipt

_SAID_EVERY = 10.0  # seconds between two lines of progress where nobody watches a terminal
_SHOWN_EVERY = 0.2


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(bulk)


def bulk(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="Web archives (WARC), files, folders, globs; @FILE holds a list of them."
        ),
    ],
    to: Annotated[
        str,
        typer.Option("--to", metavar="TARGET", help="A folder for Parquet files by week, FILE.db, or postgresql://..."),
    ],
    engine: Annotated[
        Literal["local", "dask"], typer.Option(help="Processes of this machine, or a Dask cluster.")
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Of an existing Dask cluster, tcp://HOST:8786; else one is begun here."),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="How many here; by default one a core.")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run that is there; inputs may be added.")
    ] = False,
    work: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="For the run's own files, which all machines must reach.")
    ] = None,
    piece: Annotated[int, typer.Option(min=1, help="Pages or files in one piece of work.")] = 200,
    quality: Annotated[
        Literal["bulk", "best"], typer.Option(help="How pages are cleaned: bulk is faster and a little worse.")
    ] = "bulk",
    outlet: Annotated[str | None, typer.Option(help="Who published them; without it, what they say.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DAY", help="When; without it, what they say.")] = None,
    tlp: Annotated[str | None, typer.Option(help="Mark them: CLEAR, GREEN, AMBER, AMBER+STRICT or RED.")] = None,
    rel: Annotated[list[str] | None, typer.Option(help="Partner that may have them; may be given again.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read archives of any size beside each other, on this machine or on a Dask cluster; print a receipt.

    The results do not depend on how many work. Stopped or killed, the same command with --resume goes on from there.
    """
    from watchfloor.cli.marks import marking
    from watchfloor.cli.render.bulk import receipt
    from watchfloor.flow.bulk.opening import Wanted
    from watchfloor.flow.bulk.opening import bulk as run

    options = asked(context, None, as_json)
    if published is not None:
        day(published)
    wanted = Wanted(
        inputs=tuple(inputs),
        to=to,
        engine=engine,
        scheduler=scheduler,
        workers=workers,
        resume=resume,
        work=work,
        pages=piece,
        quality=quality,
        outlet=outlet,
        published=published,
        marking=marking(tlp, rel or []),
    )
    with progress(options.as_json) as told:
        done: BulkReceipt = run(wanted, told)
    receipt(done, to, options.as_json)
    if done.set_aside:
        raise typer.Exit(3)


@contextmanager
def progress(as_json: bool) -> "Iterator[Callable[[Progress], None]]":
    """Say how far a run is: to a person at a terminal all the time, else a line now and then on standard error."""
    from rich.console import Console

    console = Console(stderr=True)
    said, phase = 0.0, ""
    if as_json or not console.is_terminal:

        def tell(progress: "Progress") -> None:
            nonlocal said, phase
            now = time.monotonic()
            if now - said >= _SAID_EVERY or progress.phase != phase or progress.done == progress.total > 0:
                said, phase = now, progress.phase
                line = msgspec.json.encode(progress).decode() if as_json else in_words(progress)
                typer.echo(line, err=True)

        yield tell
        return
    with console.status("") as status:

        def show(progress: "Progress") -> None:
            nonlocal said
            now = time.monotonic()
            if now - said >= _SHOWN_EVERY:
                said = now
                status.update(in_words(progress))

        yield show


def in_words(progress: "Progress") -> str:
    """Return one line of progress."""
    if not progress.total:
        return f"{progress.phase}: {progress.where}"
    what = f"{progress.items:,} pages, " if progress.items else ""
    left = "" if progress.left is None else f", {duration(progress.left)} left"
    return (
        f"{progress.phase}: {progress.done:,} of {progress.total:,} done, {what}{progress.per_second:,.1f} a second"
        f"{left}, now at {progress.where[-60:]}"
    )


def duration(seconds: float) -> str:
    """Return a time as a person says it.

    >>> duration(42), duration(4000), duration(200_000)
    ('42 s', '1 h 06 min', '2 d 07 h')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    if whole < 86_400:
        return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    return f"{whole // 86_400} d {whole % 86_400 // 3600:02d} h"
