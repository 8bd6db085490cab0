"""Commands about the audit log: read it, take it along, check it."""

from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.core.errors import ConfigError

group = typer.Typer(help="The log of who saw, changed and released what; chained by hashes.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="audit")


@group.command("list")
def listed(
    context: typer.Context,
    who: Annotated[str | None, typer.Option(help="Only what this person did.")] = None,
    verb: Annotated[str | None, typer.Option(help='Only this, e.g. decide, deliver, "sign in".')] = None,
    after: Annotated[int, typer.Option(help="Only entries after this number.")] = 0,
    most: Annotated[int, typer.Option(min=1, help="At most so many.")] = 100,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List entries: number, time, who, what they did, to what, with which outcome."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import auditing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found = auditing.entries(opened.store, opened.by, after=after, most=most, who=who, verb=verb)
    if options.as_json:
        terminal.json(found)
        return
    if not found:
        typer.echo("No entries.")
    for entry in found:
        note = entry.note
        detail = "; ".join(f"{name}: {value}" for name, value in sorted(note.detail.items()))
        outcome = "" if note.outcome == "done" else f" [{note.outcome}]"
        typer.echo(
            terminal.safe(
                f"{entry.number}  {note.at:%Y-%m-%d %H:%M:%S}  {note.who}  {note.verb}  {note.what}{outcome}"
                + (f"  ({detail})" if detail else "")
            )
        )


@group.command()
def export(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File; default standard output.")] = None,
    db: Database = None,
) -> None:
    """Write the whole log as JSON lines; `audit verify --file` checks it anywhere."""
    from watchfloor.flow import auditing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        lines = auditing.exported(opened.store, opened.by)
        if output is None:
            for line in lines:
                typer.echo(line, nl=False)
            return
        try:
            with output.open("wb") as file:
                file.writelines(lines)
        except OSError as error:
            raise ConfigError(
                f"{output} cannot be written: {error.strerror}; name a file in a folder that is there"
            ) from None
    typer.echo(f"{output} written")


@group.command()
def seal(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """Print number and hash of the last entry. Keep them elsewhere: `audit verify --anchor` needs them."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import auditing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        anchor = auditing.sealed(opened.store, opened.by)
    if options.as_json:
        number, _, last = anchor.partition(":")
        terminal.json({"number": int(number), "hash": last})
    else:
        typer.echo(anchor)


@group.command()
def verify(
    context: typer.Context,
    anchor: Annotated[
        str | None, typer.Option(metavar="NUMBER:HASH", help="What `audit seal` printed earlier.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="Check an exported log instead of the database.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Check that no entry was changed, moved, left out or cut off at the end; name the first that was.

    Who can write the file can also make a new chain: only an anchor kept elsewhere shows that. Exit code 3 when broken.
    """
    from watchfloor.cli.render import terminal
    from watchfloor.flow import auditing
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    if anchor is not None:
        _check_anchor(anchor)
    if file is not None:
        verdict = auditing.of_file(file, anchor)
    else:
        with situation(options.database) as opened:
            verdict = auditing.verified(opened.store, opened.by, anchor)
    if options.as_json:
        terminal.json(verdict)
    else:
        typer.echo(auditing.told(verdict))
    if verdict.broken is not None:
        raise typer.Exit(3)


def _check_anchor(text: str) -> None:
    from watchfloor.flow.auditing import anchored

    try:
        anchored(text)
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from None
