"""Commands about markings: what an item may go out as, and laying another one on it."""

from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked

group = typer.Typer(help="Markings: TLP level, who may have it, caveats, until when.", no_args_is_help=True)

Item = Annotated[str, typer.Argument(metavar="ITEM", help="Id of a report, capture, judgement or assessment.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="markings")


@group.command("set")
def set_marking(
    context: typer.Context,
    item: Item,
    tlp: Annotated[str, typer.Option(help="TLP 2.0 level.")],
    rel: Annotated[list[str] | None, typer.Option(help="A partner or group that may have it; several times.")] = None,
    caveat: Annotated[list[str] | None, typer.Option(help="A statement to print with it; several times.")] = None,
    originator: Annotated[list[str] | None, typer.Option(help="The body that lays it down; several times.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Last day on which it is released.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; needed to make it freer.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Lay a marking on an item in place of the one it has. Freer takes a release officer and a reason."""
    from watchfloor.cli.marks import marking
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock
    from watchfloor.flow.marking import mark
    from watchfloor.flow.situation import situation
    from watchfloor.share.release import banner

    options = asked(context, db, as_json)
    wanted = marking(tlp, rel or [], caveat or [], originator or [], until)
    assert wanted is not None
    with situation(options.database) as opened:
        id, before = mark(opened.store, opened.by, item, wanted, clock.now(), reason=reason)
    if options.as_json:
        terminal.json({"id": id, "before": before, "marking": wanted})
        return
    typer.echo(f"{id}: {terminal.safe(banner(wanted))}")
    typer.echo(f"before: {terminal.safe(banner(before))}", err=True)


@group.command()
def show(context: typer.Context, item: Item, db: Database = None, as_json: AsJson = False) -> None:
    """Say how items are marked whose ids begin so."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow.situation import situation
    from watchfloor.share.release import banner

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found = opened.store.marks.find(opened.reader, item)
    if options.as_json:
        terminal.json([{"id": id, "marking": marking} for id, marking in found])
        return
    if not found:
        typer.echo(f"No report, capture, judgement or assessment has an id that begins with {item!r}.")
    for id, marking in found:
        typer.echo(f"{id}: {terminal.safe(banner(marking))}")
