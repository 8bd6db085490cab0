"""Commands about saved searches: keep one, look at it again, follow it as an Atom feed."""

from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked

group = typer.Typer(help="Searches that you keep: what is new in them, and their Atom feeds.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name or id of a saved search.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="searches")


@group.command(context_settings={"ignore_unknown_options": True})
def save(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
    query: Annotated[list[str], typer.Argument(help="What to look for, as in: watchfloor search")],
    team: Annotated[bool, typer.Option("--team", help="Your team sees it too.")] = False,
    db: Database = None,
) -> None:
    """Keep a search under NAME, in the place of yours of that name."""
    from watchfloor.flow import clock
    from watchfloor.flow.saved_searches import save as keep
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        kept = keep(opened.store, opened.by, name, " ".join(query), clock.now(), team=team)
    whose = f"team {kept.team}" if kept.team else "you alone"
    typer.echo(f"{kept.id}: {kept.name}, for {whose}. Its feed: watchfloor searches feed {kept.id}")


@group.command("list")
def listed(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """List your searches and your team's: how many reports fit, how many came in since you looked."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow.saved_searches import watched
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        known = watched(opened.store, opened.by)
    if options.as_json:
        terminal.json(known)
        return
    if not known:
        typer.echo("No saved searches. To keep one: watchfloor searches save NAME WORDS...")
    for one in known:
        whose = f"team {one.search.team}, by {one.search.owner}" if one.search.team else "yours"
        typer.echo(f"{one.search.id}  {terminal.safe(one.search.name)} ({terminal.safe(whose)})")
        typer.echo(
            f"    {one.total} report{'' if one.total == 1 else 's'}, {one.new} new: {terminal.safe(one.search.query)}"
        )


@group.command()
def run(
    context: typer.Context,
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 20,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Look at a saved search, the newest first; what is shown counts as seen."""
    from watchfloor.cli import render
    from watchfloor.flow import clock
    from watchfloor.flow.saved_searches import looked_at
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        _, found = looked_at(opened.store, opened.by, name, clock.now(), limit=limit)
    render.found(found, options.as_json)


@group.command()
def remove(context: typer.Context, name: Name, db: Database = None) -> None:
    """Remove a search of yours; its feeds end."""
    from watchfloor.flow import clock
    from watchfloor.flow.saved_searches import remove as forget
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        gone = forget(opened.store, opened.by, name, clock.now())
    typer.echo(f"{gone.name} is removed; its feeds have ended.")


@group.command()
def feed(
    context: typer.Context,
    name: Name,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write it to this file.")] = None,
    site: Annotated[str | None, typer.Option(help="Address of this node's pages, for links: https://...")] = None,
    db: Database = None,
) -> None:
    """Print the Atom feed of a saved search, as you may see it."""
    from watchfloor.flow import clock
    from watchfloor.flow.saved_searches import feed as made
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        text = made(opened.store, opened.by, name, clock.now(), site=site)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@group.command()
def address(context: typer.Context, name: Name, db: Database = None) -> None:
    """Make a secret address under which a program can fetch the feed as you; shown once, ends the one before."""
    from watchfloor.flow import clock
    from watchfloor.flow.saved_searches import feed_secret
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        one, secret = feed_secret(opened.store, opened.by, name, clock.now())
    typer.echo(f"/feeds/searches/{secret}.atom")
    typer.echo(f"Whoever has this address reads {one.name} as you do; it is not shown again.", err=True)
