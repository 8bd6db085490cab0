"""Commands about the database itself: what it is, whether it holds together, a copy of it, its shape."""

from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, Asked, Database, asked

group = typer.Typer(help="The database: info, check, backup, restore, upgrade, downgrade.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="db")


@group.callback()
def database() -> None:
    """The database: what it is, whether it holds together, a copy of it, its shape."""


@group.command()
def info(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """Say what the database is, which shape it has, how large it is, and how many rows its tables have."""
    from watchfloor.cli.render import database as render
    from watchfloor.flow.situation import situation
    from watchfloor.store.upkeep import info

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        render.info(info(opened.store, opened.reader), options.as_json)


@group.command()
def check(
    context: typer.Context,
    mend: Annotated[bool, typer.Option("--mend", help="First compute again what follows from the reports.")] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Read everything that is kept and say what does not hold together; exit code 3 when something does not.

    Bytes against their digests and sizes, ids against their content, references, what stands in columns against what
    stands in documents, markings, which report stood where and when, and the index of words. --mend computes the last
    two again; everything else is found only.
    """
    from watchfloor.cli.render import database as render
    from watchfloor.cli.render.progress import telling
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        if mend:
            opened.store.mend()
        with telling() as tell:
            findings = opened.store.check(opened.reader, tell)
        render.findings(findings, opened.store.name, options.as_json)
    if findings:
        raise typer.Exit(3)


@group.command()
def backup(context: typer.Context, file: File, db: Database = None, as_json: AsJson = False) -> None:
    """Write everything that is kept into one new file, which `db restore` takes, into a database of either kind.

    Others may go on writing meanwhile: what is written is one moment. The file holds all that is marked, in clear.
    """
    from watchfloor.cli.render import database as render
    from watchfloor.cli.render.progress import telling
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation
    from watchfloor.store.backup import back_up

    options = asked(context, db, as_json)
    with situation(options.database) as opened, telling() as tell:
        made = back_up(opened.store, opened.reader, file, clock.now(), tell)
    render.backup(made, file, "kept in", options.as_json)


@group.command()
def restore(context: typer.Context, file: File, db: Database = None, as_json: AsJson = False) -> None:
    """Fill an empty database, or a new file, with what a backup holds: all of it or nothing."""
    from watchfloor.cli.render import database as render
    from watchfloor.cli.render.progress import telling
    from watchfloor.store.backup import restore

    options = asked(context, db, as_json)
    with telling() as tell:
        made = restore(file, _where(options), tell=tell)
    render.backup(made, file, "restored from", options.as_json)


@group.command()
def upgrade(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """Bring the database to the newest shape; every other command does so too when it opens one."""
    from watchfloor.cli.render import database as render
    from watchfloor.store.upkeep import upgrade

    options = asked(context, db, as_json)
    render.shapes(*upgrade(_where(options)), options.as_json)


@group.command()
def downgrade(
    context: typer.Context,
    shape: Annotated[str, typer.Argument(metavar="SHAPE", help="The shape to go back to, such as 0009.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take the database back to an earlier shape, for an older program; what has no place there is lost.

    This program brings it to the newest shape again when it opens it. Take a backup first.
    """
    from watchfloor.cli.render import database as render
    from watchfloor.store.upkeep import downgrade

    options = asked(context, db, as_json)
    if not yes:
        typer.confirm("What only newer shapes have is lost. Is there a backup, and go on?", abort=True, err=True)
    render.shapes(*downgrade(_where(options), shape), options.as_json)


def _where(options: Asked) -> Path | str:
    from watchfloor.flow.configuration import configuration

    return options.database or configuration().database
