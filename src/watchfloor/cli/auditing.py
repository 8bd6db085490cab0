"""Commands about the audit log: read it, take it along, check it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    from watchfloor.core.audit import Verdict

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
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found = tuple(opened.store.audit.entries(opened.reader, after=after, most=most, who=who, verb=verb))
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
    import msgspec

    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        lines = (msgspec.json.encode(entry) + b"\n" for entry in opened.store.audit.entries(opened.reader))
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
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        number, last = opened.store.audit.last(opened.reader)
    if options.as_json:
        terminal.json({"number": number, "hash": last})
    else:
        typer.echo(f"{number}:{last}")


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
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    known = None if anchor is None else _anchor(anchor)
    if file is not None:
        verdict = _of_file(file, known)
    else:
        with situation(options.database) as opened:
            verdict = opened.store.audit.verify(opened.reader, known)
    if options.as_json:
        terminal.json(verdict)
    elif verdict.broken is None:
        typer.echo(f"{verdict.entries} entries hold; the last is {verdict.entries}:{verdict.last}")
    else:
        typer.echo(f"entry {verdict.broken} does not hold: {verdict.why}; the {verdict.entries} before it do")
    if verdict.broken is not None:
        raise typer.Exit(3)


def _anchor(text: str) -> tuple[int, str]:
    number, _, last = text.strip().partition(":")
    if not number.isdecimal() or len(last) != 64:
        raise typer.BadParameter(f"{text!r} is no anchor; expected NUMBER:HASH as `audit seal` prints it")
    return int(number), last


def _of_file(file: Path, anchor: "tuple[int, str] | None") -> "Verdict":
    import msgspec

    from watchfloor.core.audit import Entry, checked

    try:
        with file.open("rb") as lines:
            return checked((msgspec.json.decode(line, type=Entry) for line in lines if line.strip()), anchor)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}; name a file that `audit export` wrote") from None
    except msgspec.DecodeError as error:
        raise ConfigError(
            f"{file} holds a line that is no entry ({error}); name a file that `audit export` wrote"
        ) from None
