"""Commands about entities: list, review what is uncertain, judge, link to identifiers."""

from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, AsOf, Database, asked
from watchfloor.core.judgement import VERDICTS

group = typer.Typer(help="Who is who over all reports: list, review, judge, link.")

By = Annotated[str | None, typer.Option(help="Who decides; default this node's reader.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="entities")


@group.callback(invoke_without_command=True)
def entities(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option(help="Only Person, PublicBody or Organization.")] = None,
    country: Annotated[str | None, typer.Option(help="Only of this state, by ISO 3166-1 alpha-3 code.")] = None,
    described: Annotated[bool, typer.Option("--described", help="Also those that no report names.")] = False,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """List people and bodies over all reports: name, kind, state, posts, reports, forms."""
    context.obj = asked(context, db, as_json, as_of)
    if context.invoked_subcommand is not None:
        return
    from watchfloor.cli.render.entities import listed
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    if kind is not None and kind not in ("Person", "PublicBody", "Organization"):
        raise typer.BadParameter(f"{kind!r} is no kind; expected Person, PublicBody or Organization")
    with situation(options.database) as opened:
        made = opened.picture(options.as_of)
    listed(made, kind, country.upper() if country else None, described, options.as_json)


@group.command()
def review(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=0, help="How many to show; 0 shows all.")] = 20,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Show the pairs that may be one and that the machine leaves to you, likeliest first, with their sentences."""
    from watchfloor.cli.render.entities import doubts
    from watchfloor.flow.entities import uncertain
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        made = opened.picture(options.as_of)
        found = uncertain(opened.store, opened.reader, made)
    doubts(found, made, limit, options.as_json)


@group.command()
def judge(
    context: typer.Context,
    left: Annotated[str, typer.Argument(help="Id of an entity, a name, or 'NAME @REPORT'.")],
    right: Annotated[str, typer.Argument(help="The other.")],
    verdict: Annotated[str, typer.Argument(help="same, different or unsure.")],
    note: Annotated[str | None, typer.Option(help="Why.")] = None,
    by: By = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Decide whether two are the same; it stands for every later run, until you decide otherwise."""
    from watchfloor.cli.render.entities import judged
    from watchfloor.flow import clock
    from watchfloor.flow.entities import judge as decide
    from watchfloor.flow.situation import situation

    if verdict not in VERDICTS:
        raise typer.BadParameter(f"{verdict!r} is no verdict; expected same, different or unsure")
    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        made = decide(
            opened.store,
            opened.picture(),
            left,
            right,
            verdict,
            by=by or opened.reader.name,
            at=clock.now(),
            note=note,
        )
        after = opened.picture()
    judged(made, after, options.as_json)


@group.command()
def link(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV or JSON lines: name, qid, aliases, country.")],
    by: By = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Link entities to the Wikidata ids of a file of yours; what fits several is left out and listed."""
    from watchfloor.cli.render.entities import linked
    from watchfloor.flow import clock
    from watchfloor.flow.entities import link as links
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        made = links(opened.store, opened.picture(), file, by=by or opened.reader.name, at=clock.now())
    linked(made, options.as_json)
    if made.bad:
        raise typer.Exit(3)
