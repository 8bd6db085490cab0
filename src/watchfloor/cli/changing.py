"""The one shape of the commands that change one thing: open, change it, say how it is then, as a line or as JSON."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from watchfloor.cli.asked import asked

if TYPE_CHECKING:
    from watchfloor.flow.situation import Situation

T = TypeVar("T")


def changing(
    context: typer.Context,
    db: str | None,
    as_json: bool,
    change: Callable[["Situation"], T],
    line: Callable[["Situation", T], str],
    shape: Callable[[T], object] = lambda made: made,
) -> None:
    """Change something and print it.

    change: does so, with what flow offers. line: says in words how it is then. shape: what of it is written as JSON.
    """
    from watchfloor.cli.render import terminal
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        made = change(opened)
        told = "" if options.as_json else line(opened, made)
    if options.as_json:
        terminal.json(shape(made))
    else:
        typer.echo(told)
