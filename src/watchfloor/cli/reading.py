"""Commands that read: search, show, report, claims, contacts, events, timeline, brief."""

from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, AsOf, Database, asked


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(context_settings={"ignore_unknown_options": True})(search)  # -word leaves a word out
    for command in (show, claims, contacts, events, timeline, brief):
        app.command()(command)
    app.command(hidden=True)(report)


def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help='Words, "a phrase", word*, -without; any language.')],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Find reports by their words, best first, with the words in their sentence."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        found = opened.store.search(opened.reader, " ".join(query), limit=limit, offset=offset, as_of=options.as_of)
    render.found(found, options.as_json)


def show(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Id of a report, claim, contact or entity, how it begins, or the entity's name."
        ),
    ],
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Show one report, claim, contact or entity with everything it rests on."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        render.one(opened.picture(options.as_of), name, options.as_json, opened.translations)


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of a report, or how it begins.")],
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Show one report: its text by passages, flags and findings."""
    show(context, name, db, as_json, as_of)


def claims(
    context: typer.Context,
    party: Annotated[str | None, typer.Option(help="Only claims on which this party has a position.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="How many to show; 0 shows all.")] = 0,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """List the claims: who says what, in how many reports and outlets, from how many independent origins."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        render.claims(opened.picture(options.as_of), party, limit, options.as_json)


def contacts(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option(help="Only this kind: call, meeting, summons, visit, ...")] = None,
    party: Annotated[str | None, typer.Option(help="Only with this party.")] = None,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """List who was in contact with whom, how, when, and who says so."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        render.contacts(opened.picture(options.as_of), kind, party, options.as_json)


def events(context: typer.Context, db: Database = None, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """List the events found, in PLOVER terms, each with its sentence."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        render.events(opened.picture(options.as_of), options.as_json)


def timeline(context: typer.Context, db: Database = None, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """List what happened, what is planned and what was said, by day."""
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        render.timeline(opened.picture(options.as_of), options.as_json)


def brief(
    context: typer.Context,
    title: Annotated[str | None, typer.Option(help="What to call it.")] = None,
    evidence: Annotated[bool, typer.Option("--evidence/--no-evidence", help="Print the cited sentences too.")] = True,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Print the situation brief: every sentence cited."""
    from watchfloor.cli import render
    from watchfloor.flow.release import prepared
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        ready = prepared(opened, as_of=options.as_of, title=title)
    if options.as_json:
        render.brief_json(ready.brief, ready.picture)
    else:
        render.brief(ready.brief, ready.picture, evidence=evidence)
