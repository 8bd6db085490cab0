"""Commands about corrections: a person's word on what the machine found in a report."""

from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked

group = typer.Typer(
    help="Corrections: what people said of what was found in reports; kept beside it, applied whenever it is read.",
    no_args_is_help=True,
)

Report = Annotated[str, typer.Argument(metavar="REPORT", help="Id of a report, or how it begins.")]
Reason = Annotated[str | None, typer.Option("--reason", help="Why; kept with it, with your name.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(correct)
    app.add_typer(group, name="corrections")


def correct(
    context: typer.Context,
    report: Report,
    verb: Annotated[str, typer.Argument(metavar="DO", help="reject, confirm, change or add.")],
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="Id of the finding (see: watchfloor corrections findings REPORT); to add: mention, place, quantity, "
            "attribution (a statement), contact or time.",
        ),
    ],
    fields: Annotated[
        list[str] | None, typer.Argument(metavar="FIELD=VALUE...", help='What is so: speaker="Ann Lee" act=deny')
    ] = None,
    words: Annotated[
        str | None, typer.Option("--words", help="The words that it stands on, as they are in the text.")
    ] = None,
    near: Annotated[int, typer.Option("--from", min=0, help="Look for the words from this offset on.")] = 0,
    reason: Reason = None,
    as_report: Annotated[
        bool,
        typer.Option("--as-report", help="Mark it as the report is: who may have that gets what is corrected."),
    ] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Say that a finding in REPORT is not so, is so, is otherwise, or add one. It is signed, and can be undone.

    Without --as-report a correction stays at home, and partners have what the machine found.
    """
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock, correcting
    from watchfloor.flow.situation import situation

    if verb not in ("reject", "confirm", "change", "add"):
        raise typer.BadParameter(f"{verb!r} is nothing to do here; expected reject, confirm, change or add")
    if verb == "add" and not words:
        raise typer.BadParameter("to add, say on which words it stands: --words ...")
    typed = _typed(fields or [])
    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        meant = correcting.named(opened.store, opened.reader, report)
        place = correcting.words_of(meant, words, near) if words else None
        marking = meant.marking if as_report else None
        if verb == "add":
            assert place is not None
            made = correcting.add(
                opened.store, opened.by, meant.id, what, place, typed, clock.now(), reason=reason, marking=marking
            )
        else:
            made = correcting.decide(
                opened.store,
                opened.by,
                meant.id,
                what,
                verb,  # type: ignore[arg-type]
                clock.now(),
                reason=reason,
                typed=typed,
                words=place,
                marking=marking,
            )
    if options.as_json:
        terminal.json(made)
        return
    typer.echo(f"{made.id}: {made.verb}, says {made.by}; the counts follow. To take it back: ")
    typer.echo(f"watchfloor corrections undo {made.id}")


def _typed(fields: list[str]) -> dict[str, str]:
    pairs = [field.partition("=") for field in fields]
    if strange := [name for name, sign, _ in pairs if not sign]:
        raise typer.BadParameter(f"{strange[0]!r} is no FIELD=VALUE; expected one such as name='Ann Lee'")
    return {name.strip(): value for name, _, value in pairs}


@group.command()
def findings(context: typer.Context, report: Report, db: Database = None, as_json: AsJson = False) -> None:
    """List what is found in REPORT, with the ids by which it is corrected."""
    from watchfloor.cli.render import corrections as render
    from watchfloor.flow import correcting
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        read = correcting.readout(opened.store, opened.reader, correcting.named(opened.store, opened.reader, report))
    render.findings(read, options.as_json)


@group.command("list")
def listed(
    context: typer.Context,
    report: Annotated[str | None, typer.Argument(metavar="[REPORT]", help="Only of this report.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List corrections, the latest first: by whom, why, and whether their words still stand."""
    from watchfloor.cli.render import corrections as render
    from watchfloor.flow import correcting
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        only = None if report is None else [correcting.named(opened.store, opened.reader, report)]
        fates = correcting.listed(opened.store, opened.reader, only)
    render.entries(fates, options.as_json)


@group.command()
def undo(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(metavar="CORRECTION", help="Id of the correction, or how it begins.")],
    reason: Reason = None,
    db: Database = None,
) -> None:
    """Take a correction back, by a further entry; that one can be taken back too."""
    from watchfloor.flow import clock, correcting
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        made = correcting.undo(opened.store, opened.by, entry, clock.now(), reason=reason)
    typer.echo(f"{made.undoes} is taken back, says {made.by}; the counts follow.")
