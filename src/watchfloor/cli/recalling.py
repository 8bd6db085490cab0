"""Commands about recalls: what rests on a report that no longer stands, and telling the partners."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.cli.changing import changing
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    from watchfloor.core.product import Recall
    from watchfloor.flow.situation import Situation

group = typer.Typer(help="Recalls: a report was corrected or withdrawn; whoever has it is told.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="CORRECTION", help="Id of the correction, or how it begins.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="recall")


@group.command("list")
def listed(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """List products and partners that rest on a report which was corrected or withdrawn, and the corrections.

    A partner's person sees the corrections that were sent to them.
    """
    from watchfloor.cli.render import terminal
    from watchfloor.flow import recalling
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        at_home = opened.reader.partner is None
        found, recalls = recalling.standing(opened.store, opened.by)
    if options.as_json:
        terminal.json({"affected": found, "corrections": recalls})
        return
    waiting = [one for one in found if one.recall is None]
    for one in waiting:
        fallen = one.fallen
        got = f"got it {one.got[-1].at:%Y-%m-%d}" if one.got else "may have it, has not taken it yet"
        what = f"“{terminal.safe(one.product.title)}”, version {one.product.version}"
        typer.echo(f"{terminal.safe(one.request.partner)} {got}: {what}")
        typer.echo(
            f"  rests on “{terminal.safe(recalling.called(fallen.report))}” ({fallen.report.id}), {fallen.kind} since"
        )
    for recall in recalls:
        typer.echo(_line(recall))
    if waiting:
        typer.echo("watchfloor recall queue makes the corrections; recall send sends them.", err=True)
    if not waiting and not recalls:
        typer.echo(
            "Nothing that was released rests on a corrected or withdrawn report." if at_home else "No corrections."
        )


@group.command()
def queue(
    context: typer.Context,
    report: Annotated[str | None, typer.Option(help="A report that you say no longer stands.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; the partners are told. Needed with --report.")] = "",
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Make the corrections for all that `recall list` shows, or for all that rests on one report."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock, recalling
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        made = (
            recalling.queue(opened.store, opened.by, clock.now())
            if report is None
            else recalling.withdraw(opened.store, opened.by, report, reason, clock.now())
        )
    if options.as_json:
        terminal.json(made)
        return
    if not made:
        typer.echo("Nothing new to correct.")
    for recall in made:
        typer.echo(_line(recall))


@group.command()
def show(context: typer.Context, recall: Id, db: Database = None) -> None:
    """Print what the partner is told."""
    from watchfloor.flow import recalling
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        found = recalling.named(opened.store, opened.by, recall)
    typer.echo(found.text, nl=False)


@group.command()
def send(
    context: typer.Context,
    recall: Id,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Also write its text to this file.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Send a correction: the partner reads it from now on, and the product is no longer to be had.

    What rests on it leaves the partner's TAXII collection at once.
    """
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock, offering, recalling
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        made = recalling.send(opened.store, opened.by, recall, clock.now())
        taken_back = offering.taken_back_for(opened.store, opened.by, made, clock.now())
    if output is not None:
        try:
            output.write_text(made.text, encoding="utf-8")
        except OSError as error:
            raise ConfigError(
                f"{output} cannot be written: {error.strerror}; the correction is sent, print it with "
                f"watchfloor recall show {made.id}"
            ) from None
    if options.as_json:
        terminal.json(made)
        return
    typer.echo(_line(made))
    if taken_back:
        typer.echo(f"{taken_back} objects taken back from the collection of {terminal.safe(made.partner)}")


@group.command()
def acknowledge(
    context: typer.Context,
    recall: Id,
    by: Annotated[str | None, typer.Option("--by", help="Who of the partner said that it arrived.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Keep that a correction has arrived."""
    from watchfloor.flow import clock, recalling

    def arrived(opened: "Situation") -> "Recall":
        return recalling.acknowledge(opened.store, opened.by, recall, clock.now(), whose=by)

    changing(context, db, as_json, arrived, lambda _, made: _line(made))


def _line(recall: "Recall") -> str:
    from watchfloor.cli.render.terminal import safe

    when = recall.acknowledged or recall.sent or recall.queued
    return (
        f"{recall.id}  {recall.state} {when:%Y-%m-%d}: to {safe(recall.partner)} about {recall.product}, "
        f"report {recall.report} {recall.kind}"
    )
