"""Commands that read: search, show, claims, contacts, figures, events, transfers, timeline, changes, brief."""

from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsJson, AsOf, Database, Since, asked, day
from watchfloor.cli.asked import since as begun
from watchfloor.cli.listing import listing

if TYPE_CHECKING:
    from watchfloor.core.picture import Picture


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(context_settings={"ignore_unknown_options": True})(search)  # -word leaves a word out
    for command in (show, claims, contacts, figures, events, transfers, commitments, timeline, changes, brief):
        app.command()(command)
    app.command(hidden=True)(report)


def search(
    context: typer.Context,
    query: Annotated[
        list[str], typer.Argument(help='Words, "a phrase", word*, -without, OR, NEAR, speaker:name; any language.')
    ],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Find reports by their words, best first, with the words in their sentence.

    Words are joined by AND; also OR, NOT or -word, NEAR or NEAR/5, brackets, "a phrase", word*. Fields:
    speaker: party: outlet: place: kind: stance: lang: marking: note: date:2024-10.. figure:>1000 origins:>=2
    outlets: reports:. What was looked for is said above the result.
    """
    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        found = opened.search(" ".join(query), limit=limit, offset=offset, as_of=options.as_of)
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


@listing
def claims(
    picture: "Picture",
    as_json: bool,
    party: Annotated[str | None, typer.Option(help="Only claims on which this party has a position.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="How many to show; 0 shows all.")] = 0,
) -> None:
    """List the claims: who says what, in how many reports and outlets, from how many independent origins."""
    from watchfloor.cli import render

    render.claims(picture, party, limit, as_json)


@listing
def contacts(
    picture: "Picture",
    as_json: bool,
    kind: Annotated[str | None, typer.Option(help="Only this kind: call, meeting, summons, visit, ...")] = None,
    party: Annotated[str | None, typer.Option(help="Only with this party.")] = None,
) -> None:
    """List who was in contact with whom, how, when, and who says so."""
    from watchfloor.cli import render

    render.contacts(picture, kind, party, as_json)


@listing
def figures(picture: "Picture", as_json: bool) -> None:
    """List figures over time: what is counted, who says so, and how the number went, each as worded."""
    from watchfloor.cli import render

    render.figures(picture, as_json)


@listing
def events(picture: "Picture", as_json: bool) -> None:
    """List the events found, in PLOVER terms, each with its sentence."""
    from watchfloor.cli import render

    render.events(picture, as_json)


@listing
def transfers(
    picture: "Picture",
    as_json: bool,
    kind: Annotated[str | None, typer.Option(help="Only this kind: arms, troops, technology, money, ...")] = None,
    party: Annotated[str | None, typer.Option(help="Only from or to this party.")] = None,
) -> None:
    """List what passes, or may pass, from whom to whom: arms, troops, technology, money, intelligence, goods."""
    from watchfloor.cli import render

    render.transfers(picture, kind, party, as_json)


@listing
def commitments(
    picture: "Picture",
    as_json: bool,
    kind: Annotated[str | None, typer.Option(help="Only this kind: signs, ends, provides, violates, promises.")] = None,
    party: Annotated[str | None, typer.Option(help="Only of this party.")] = None,
) -> None:
    """List treaties signed and left, what their articles say, who is said to break them, promises with conditions."""
    from watchfloor.cli import render

    render.commitments(picture, kind, party, as_json)


@listing
def timeline(picture: "Picture", as_json: bool) -> None:
    """List what happened, what is planned and what was said, by day."""
    from watchfloor.cli import render

    render.timeline(picture, as_json)


def changes(
    context: typer.Context,
    since: Annotated[str, typer.Option(metavar="DAY", help="From this day on, e.g. 2024-10-22.")],
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    from_day: Since = None,
) -> None:
    """List what is new since a day: claims, confirmations, denials, revisions, withdrawals, origins, contacts."""
    from datetime import timedelta

    from watchfloor.cli import render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    first = day(since)
    if options.as_of is not None and options.as_of < first:
        raise typer.BadParameter(f"--as-of {options.as_of} lies before --since {first}")
    with situation(options.database, since=begun(from_day)) as opened:
        before = first - timedelta(days=1)
        stretch = opened.first_day(before)
        after = opened.picture(options.as_of, since=stretch)
        render.changes(opened.picture(before, since=stretch), after, first, options.as_json)
    render.stretch(after)


def brief(
    context: typer.Context,
    title: Annotated[str | None, typer.Option(help="What to call it.")] = None,
    evidence: Annotated[bool, typer.Option("--evidence/--no-evidence", help="Print the cited sentences too.")] = True,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    from_day: Since = None,
) -> None:
    """Print the situation brief: every sentence cited."""
    from watchfloor.cli import render
    from watchfloor.flow.release import prepared
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database, since=begun(from_day)) as opened:
        ready = prepared(opened, as_of=options.as_of, title=title)
    if options.as_json:
        render.brief_json(ready.brief, ready.picture)
    else:
        render.brief(ready.brief, ready.picture, evidence=evidence)
    render.stretch(ready.picture)
