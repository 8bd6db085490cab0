"""Commands about routes: which report rests on which other, and a person's word about it."""

from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, AsOf, Database, asked
from watchfloor.core.judgement import Verdict

group = typer.Typer(help="Routes: which report rests on which other; your word about it is kept and wins.")

Child = Annotated[str, typer.Argument(metavar="REPORT", help="Id of the report, or how it begins.")]
Parent = Annotated[str, typer.Argument(metavar="OTHER", help="Id of the report that it may rest on.")]
Reason = Annotated[str | None, typer.Option("--reason", help="Why you say so; kept with it.")]
By = Annotated[str, typer.Option("--by", help="Who says so.", envvar="WATCHFLOOR_ANALYST")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="routes")


@group.callback()
def routes() -> None:
    """Routes: which report rests on which other; your word about it is kept and wins."""


@group.command("list")
def listed(context: typer.Context, db: Database = None, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """List the routes found or judged, each with its reason."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        render.routes(opened.picture(options.as_of), options.as_json)


@group.command()
def cut(
    context: typer.Context, child: Child, parent: Parent, reason: Reason = None, by: By = "analyst", db: Database = None
) -> None:
    """Say that REPORT does not rest on OTHER: origins are counted without that route from now on."""
    _judge(context, db, child, parent, "different", by, reason)


@group.command()
def add(
    context: typer.Context, child: Child, parent: Parent, reason: Reason = None, by: By = "analyst", db: Database = None
) -> None:
    """Say that REPORT rests on OTHER: it is no origin of its own from now on."""
    _judge(context, db, child, parent, "same", by, reason)


@group.command()
def leave(
    context: typer.Context, child: Child, parent: Parent, reason: Reason = None, by: By = "analyst", db: Database = None
) -> None:
    """Take back what was said about the two: the machine's finding holds again."""
    _judge(context, db, child, parent, "unsure", by, reason)


def _judge(
    context: typer.Context,
    db: str | None,
    child: str,
    parent: str,
    verdict: Verdict,
    by: str,
    reason: str | None,
) -> None:
    from watchfloor.flow.situation import situation
    from watchfloor.fuse.routes import ABOUT_ROUTES

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        kept = opened.judge_route(child, parent, verdict, by=by, reason=reason)
    said = {"same": "rests on", "different": "does not rest on", "unsure": "is left to the machine beside"}[verdict]
    typer.echo(f"{kept.left.removeprefix(ABOUT_ROUTES)} {said} {kept.right}, says {kept.by}; the counts follow.")
