"""The command that has reports in other languages translated by the machine that the user set."""

from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked

_MOST_PASSED = 10  # reports passed over that are listed one by one


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(translate)


def translate(
    context: typer.Context,
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORT]...", help="Ids or their beginnings; default: all.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="LANGUAGE", help="Into which language; default English.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also what is translated already.")] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Have reports in other languages translated by the service set as `translate`; off by default.

    A translation is kept beside the original and is never evidence. Stopped half-way, the same command goes on.
    """
    from watchfloor.cli.adding import progress
    from watchfloor.cli.render import terminal
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened, progress("translating") as told:
        done = opened.translate(reports or (), target=to, again=again, progress=told)
    if options.as_json:
        terminal.json(done)
    else:
        counts = f"{done.translated} translated ({done.paragraphs} paragraphs), {done.unchanged} unchanged"
        typer.echo(f"{counts}, {len(done.passed)} passed over")
        for id, reason in done.passed[:_MOST_PASSED]:
            typer.echo(f"  passed over  {id}: {terminal.safe(reason)}")
        if rest := done.passed[_MOST_PASSED:]:
            typer.echo(f"  and {len(rest)} more; all of them: watchfloor translate --json")
    if done.passed:
        raise typer.Exit(3)
