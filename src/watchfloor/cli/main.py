"""The command line: `watchfloor add REPORTS... && watchfloor brief`."""

import os
import sys
from typing import Annotated

import typer

from watchfloor import __version__
from watchfloor.cli import (
    adding,
    assessing,
    auditing,
    bulk,
    correcting,
    database,
    demo,
    entities,
    evidence,
    feeds,
    gazetteers,
    markings,
    outlets,
    partners,
    people,
    permitted,
    reading,
    recalling,
    releasing,
    routing,
    searches,
    service,
    serving,
    sharing,
    streams,
    taxii,
    telling,
    translating,
    watching,
)
from watchfloor.cli.asked import AsJson, Asked, AsOf, Database, asked
from watchfloor.cli.secret import PASSWORD_STDIN, present
from watchfloor.core.errors import WatchfloorError

app = typer.Typer(
    name="watchfloor",
    help="Turn piles of news reports into a cited situation picture, and share what may be shared.\n\n"
    "Start with: watchfloor add REPORTS... && watchfloor brief",
    epilog="Exit codes: 0 done, 1 stopped by an error, 2 wrong usage, 3 done but something was set aside.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"watchfloor {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    as_person: Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who you are here.")] = None,
    password_stdin: Annotated[bool, PASSWORD_STDIN] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """Keep the options that stand before the command's name."""
    if as_person is not None:
        present(as_person, password_stdin)
    context.obj = asked(context, db, as_json, as_of) if (db or as_json or as_of) else Asked()


for group in (
    adding,
    bulk,
    feeds,
    reading,
    entities,
    assessing,
    routing,
    correcting,
    searches,
    outlets,
    sharing,
    evidence,
    database,
    demo,
    gazetteers,
    streams,
    serving,
    taxii,
    telling,
    translating,
    people,
    auditing,
    markings,
    partners,
    releasing,
    recalling,
    watching,
    service,
):
    group.register(app)
permitted.guard(app)


def run() -> None:
    """Run the command line; errors for people go to standard error as one line, without a traceback."""
    try:
        app()
    except WatchfloorError as error:
        typer.echo(f"watchfloor: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("watchfloor: stopped; what was added is kept, the same command goes on from there", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
