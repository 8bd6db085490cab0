"""Commands about outlets: who publishes here, and how far they are trusted."""

from difflib import get_close_matches
from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, AsOf, Database, asked
from watchfloor.cli.asked import reliability as given

group = typer.Typer(help="Outlets: who publishes here, how much, and how far they are trusted.")


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="outlets")


@group.callback()
def outlets() -> None:
    """Outlets: who publishes here, how much, and how far they are trusted."""


@group.command("list")
def listed(context: typer.Context, db: Database = None, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """List the outlets with their reports and their grade."""
    from watchfloor.cli.render import outlets as render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json, as_of)
    with situation(options.database) as opened:
        render.listed(opened.picture(options.as_of), options.as_json)


@group.command()
def grade(
    context: typer.Context,
    outlet: Annotated[str, typer.Argument(metavar="OUTLET", help="Its name, as the list has it.")],
    reliability: Annotated[
        str, typer.Argument(metavar="A..F", help="A completely reliable ... E unreliable, F cannot be judged.")
    ],
    because: Annotated[str, typer.Option(help="Why; kept with the grade.")],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Grade an outlet's reliability (NATO, STANAG 2511); the grades before stay in its history."""
    from watchfloor.cli.render import outlets as render
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    letter = given(reliability)
    if not because.strip():
        raise typer.BadParameter("a grade without a reason helps nobody; say --because WHAT YOU SAW")
    with situation(options.database) as opened:
        known = sorted({name for name in opened.picture().outlets.values() if name})
        if outlet not in known:
            raise typer.BadParameter(_choices(outlet, known))
        opened.grade_outlet(outlet, letter, because.strip())
        render.graded(opened.picture(), outlet, options.as_json)


def _choices(outlet: str, known: list[str]) -> str:
    near = (
        get_close_matches(outlet, known, n=3, cutoff=0.5) or [one for one in known if outlet.lower() in one.lower()][:3]
    )
    if near:
        return f"no report here is of an outlet {outlet!r}; did you mean {' or '.join(map(repr, near))}?"
    return f"no report here is of an outlet {outlet!r}; see: watchfloor outlets list"
