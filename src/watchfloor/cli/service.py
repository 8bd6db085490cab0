"""Commands of the service: run everything, work beside it, and look at what is done."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.cli.serving import PORT
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    from watchfloor.flow.service import Service
    from watchfloor.flow.situation import Situation

OPS = "127.0.0.1:9464"  # the port that OpenTelemetry's exporters of this format listen at
_HEALTH_SECONDS, _MOST_SAID = 5.0, 10_000  # bytes; assumed
group = typer.Typer(help="Jobs: what the service does, did, and has set aside.", no_args_is_help=True)

Ops = Annotated[
    str, typer.Option("--ops", metavar="HOST:PORT", help="Where /healthz, /readyz and /metrics are; none for nowhere.")
]

Workers = Annotated[
    int | None, typer.Option(min=1, max=64, help="Processes that read beside each other; by default one a core.")
]


class Served(NamedTuple):
    """Where the pages are served, and under which names browsers reach them."""

    host: str
    port: int
    names: tuple[str, ...]
    proxied: bool


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(run)
    app.command()(work)
    app.add_typer(group, name="jobs")


@group.callback()
def jobs() -> None:
    """Jobs: what the service does, did, and has set aside."""


def run(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address at which the pages are served.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port at which the pages are served.")] = PORT,
    pages: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages too.")] = True,
    name: Annotated[
        list[str] | None, typer.Option(help="A host name under which browsers reach the pages, as behind a proxy.")
    ] = None,
    proxied: Annotated[
        bool, typer.Option("--proxied", help="A proxy on this machine does TLS and says who asks (X-Forwarded-For).")
    ] = False,
    ops: Ops = OPS,
    once: Annotated[bool, typer.Option("--once", help="Do what is due, then stop.")] = False,
    workers: Workers = None,
    db: Database = None,
) -> None:
    """Collect, read, watch, alert and serve, until stopped (Ctrl-C, SIGTERM).

    The unit in hand is finished; what is left is taken up by the next run. Logs are JSON lines on standard error.
    """
    served = Served(host, port, tuple(name or ()), proxied) if pages else None
    _run(asked(context, db, False).database, ops, reads_only=False, pages=served, once=once, workers=workers)


def work(
    context: typer.Context,
    ops: Ops = "none",
    once: Annotated[bool, typer.Option("--once", help="Do what is due, then stop.")] = False,
    workers: Workers = None,
    db: Database = None,
) -> None:
    """Read what waits, beside a `watchfloor run` on the same PostgreSQL; as many of these as you like."""
    _run(asked(context, db, False).database, ops, reads_only=True, pages=None, once=once, workers=workers)


def _run(
    database: Path | str | None,
    ops: str,
    *,
    reads_only: bool,
    pages: Served | None,
    once: bool,
    workers: int | None,
) -> None:
    from watchfloor.flow import clock
    from watchfloor.flow.configuration import configuration
    from watchfloor.flow.logs import to_stream
    from watchfloor.flow.service import Service, stopping_on_signals
    from watchfloor.flow.situation import situation

    to_stream()
    settings = configuration()
    with situation(database, create=not reads_only) as opened, ExitStack() as open_:
        crew = None if once else open_.enter_context(opened.crewed(workers))
        readers = 1 if crew is None else crew.size + 1  # one keeps what it has while the others have theirs made
        service = Service(opened, settings, opened.line(crew), clock.now, reads_only=reads_only, readers=readers)
        open_.enter_context(stopping_on_signals(service))
        if once:
            service.bury()
            service.beat()
            service.drain()
            for worker in service.workers:
                service.store.jobs.leave(worker.name)
            return
        if ops != "none":
            open_.enter_context(_answering(ops, service))
        if pages is not None:
            open_.enter_context(_pages(opened, pages))
        service.run()


@contextmanager
def _answering(ops: str, service: "Service") -> Iterator[None]:
    from watchfloor.web.operations import answering

    host, colon, port = ops.rpartition(":")
    if not colon or not port.isdigit():
        raise typer.BadParameter(f"{ops!r} is no place to listen at; expected HOST:PORT such as {OPS}, or none")
    with answering(host.strip("[]"), int(port), service.health, service.metrics.text) as bound:
        typer.echo(f"How it fares: http://{host}:{bound}/healthz, /readyz, /metrics", err=True)
        yield


@contextmanager
def _pages(opened: "Situation", at: Served) -> Iterator[None]:
    """Serve the pages in a thread for the block; without what they need the rest of the service runs on."""
    from watchfloor.cli.serving import server

    def tell(text: str) -> None:
        typer.echo(text, err=True)

    with ExitStack() as open_:
        try:
            serve, stop, entrance = open_.enter_context(
                server(opened, host=at.host, port=at.port, names=at.names, proxied=at.proxied, tell=tell)
            )
        except ConfigError as error:
            if "not installed" not in str(error):
                raise
            tell(f"No pages are served: {error}")
            yield
            return
        tell(f"Open {entrance} in a browser")
        thread = threading.Thread(target=serve, name="pages")
        thread.start()
        try:
            yield
        finally:
            stop()
            thread.join()


@group.command("list")
def listed(
    context: typer.Context,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List what is being done, what was set aside, what waits, and who works."""
    from watchfloor.cli.render import jobs as render
    from watchfloor.flow.job_page import job_page
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        render.listed(job_page(opened.store, opened.reader, most=most), options.as_json)


@group.command()
def replay(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[JOB]...", help="Only these; all without.")] = None,
    db: Database = None,
) -> None:
    """Try again what was set aside after three tries."""
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation

    with situation(asked(context, db, False).database) as opened:
        number = opened.store.jobs.replay(opened.reader, ids or [], clock.now())
    typer.echo(f"{number} will be tried again")


@group.command()
def health(
    ops: Annotated[str, typer.Option("--ops", metavar="HOST:PORT", help="Where the service says how it fares.")] = OPS,
    ready: Annotated[
        bool, typer.Option("--ready", help="Whether it does its work, not only whether it lives.")
    ] = False,
) -> None:
    """Ask a running service how it fares; exit code 3, and why, when it is not well. For health checks."""
    from http.client import HTTPConnection, HTTPException

    host, colon, port = ops.rpartition(":")
    if not colon or not port.isdigit():
        raise typer.BadParameter(f"{ops!r} is no place to ask; expected HOST:PORT such as {OPS}")
    asked_at = HTTPConnection(host.strip("[]"), int(port), timeout=_HEALTH_SECONDS)
    try:
        asked_at.request("GET", "/readyz" if ready else "/healthz")
        answer = asked_at.getresponse()
        said = answer.read(_MOST_SAID).decode("utf-8", "replace").strip()
    except (OSError, HTTPException) as error:
        typer.echo(f"nobody answers at {ops}: {error}", err=True)
        raise typer.Exit(3) from None
    finally:
        asked_at.close()
    typer.echo(said)
    if answer.status != 200:
        raise typer.Exit(3)
