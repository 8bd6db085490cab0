"""Commands about stories: which reports tell one happening and why, and a person's word about it."""

from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, AsOf, Database, asked
from watchfloor.core.judgement import VERDICTS

group = typer.Typer(help="Stories: which reports tell one happening, and why; your word about it is kept and wins.")

Named = Annotated[
    str, typer.Argument(metavar="STORY", help="Id of the story or of one of its reports, or how it begins.")
]
Reason = Annotated[str | None, typer.Option("--reason", help="Why you say so; kept with it.")]
By = Annotated[str, typer.Option("--by", help="Who says so.", envvar="WATCHFLOOR_ANALYST")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="stories")


@group.callback()
def stories() -> None:
    """Stories: which reports tell one happening, and why; your word about it is kept and wins."""


@group.command("list")
def listed(
    context: typer.Context,
    least: Annotated[int, typer.Option("--least", min=1, help="Only stories of so many reports and more.")] = 1,
    db: Database = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """List the stories: days, reports, outlets, languages, what stands for them."""
    from watchfloor.cli.render import stories as render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        render.listed(opened.picture(options.as_of), least, options.as_json)


@group.command()
def show(
    context: typer.Context, story: Named, db: Database = None, as_json: AsJson = False, as_of: AsOf = None
) -> None:
    """Show one story: each report with why it stands there, what was merged and kept apart, who decided what."""
    from watchfloor.cli.render import stories as render
    from watchfloor.flow.situation import situation
    from watchfloor.flow.stories import decisions, named

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        made = opened.picture(options.as_of)
        render.shown(named(made, story), made, decisions(opened.store, made), options.as_json)


@group.command()
def split(
    context: typer.Context,
    story: Named,
    reports: Annotated[
        list[str], typer.Argument(metavar="REPORTS...", help="Ids of reports that are of another story.")
    ],
    reason: Reason = None,
    by: By = "analyst",
    db: Database = None,
) -> None:
    """Say that these REPORTS of STORY, and their copies, are a story of their own."""
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation
    from watchfloor.flow.stories import split as part

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        part(opened.store, opened.picture(), story, reports, by=by, at=clock.now(), reason=reason)
        _told(opened.picture(), [story, reports[0]])


@group.command()
def merge(
    context: typer.Context,
    story: Named,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The story that is the same one.")],
    reason: Reason = None,
    by: By = "analyst",
    db: Database = None,
) -> None:
    """Say that STORY and OTHER, as they are now, are one; the older id stays."""
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation
    from watchfloor.flow.stories import merge as put

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        made = put(opened.store, opened.picture(), story, other, by=by, at=clock.now(), reason=reason)
        _told(opened.picture(), [made[0].left])


@group.command()
def judge(
    context: typer.Context,
    left: Annotated[str, typer.Argument(help="Id of a report, or of a story: its first report is meant.")],
    right: Annotated[str, typer.Argument(help="The other.")],
    verdict: Annotated[str, typer.Argument(help="same, different or unsure.")],
    reason: Reason = None,
    by: By = "analyst",
    db: Database = None,
) -> None:
    """Say whether two reports tell one happening; "unsure" leaves it to the machine again."""
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation
    from watchfloor.flow.stories import judge as decide

    if verdict not in VERDICTS:
        raise typer.BadParameter(f"{verdict!r} is no verdict; expected same, different or unsure")
    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        (made,) = decide(
            opened.store,
            opened.picture(),
            left,
            right,
            verdict,
            by=by,
            at=clock.now(),
            reason=reason,
        )
        _told(opened.picture(), [made.left, made.right])


@group.command()
def undo(
    context: typer.Context,
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Id of the decision, as `stories log` shows it.")],
    reason: Reason = None,
    by: By = "analyst",
    db: Database = None,
) -> None:
    """Take a decision back: what held before it holds again."""
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation
    from watchfloor.flow.stories import undo as take_back

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        made = take_back(opened.store, opened.picture(), decision, by=by, at=clock.now(), reason=reason)
        _told(opened.picture(), [made[0].left, made[0].right])


@group.command()
def log(context: typer.Context, db: Database = None, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """List what people decided about stories, and what the machine merged, the latest last."""
    from watchfloor.cli.render import stories as render
    from watchfloor.flow.situation import situation
    from watchfloor.flow.stories import decisions

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        made = opened.picture(options.as_of)
        render.log(made, decisions(opened.store, made), options.as_json)


def _told(picture: object, names: list[str]) -> None:
    from watchfloor.cli.render import stories as render
    from watchfloor.core.picture import Picture
    from watchfloor.flow.stories import named

    assert isinstance(picture, Picture)
    found = {story.id: story for name in names for story in [named(picture, name)]}
    render.after(list(found.values()))
