"""The one shape of the commands that list what a picture holds: open, put the picture together, show it."""

from collections.abc import Callable
from inspect import Parameter, signature
from typing import Any

import typer

from watchfloor.cli.asked import AsJson, AsOf, Database, Since, asked, since

_COMMON = {"db": (Database, None), "as_json": (AsJson, False), "as_of": (AsOf, None), "from_day": (Since, None)}
"""The options that every list takes, behind its own."""


def listing(shown: Callable[..., None]) -> Callable[..., None]:
    """Return a command of the command line that shows a picture, with the function's words of help.

    shown: takes the picture, whether JSON is wanted, and the list's own options, each with its help.
    """

    def command(context: typer.Context, **given: Any) -> None:
        from watchfloor.cli import render
        from watchfloor.flow.situation import situation

        options = asked(context, given.pop("db"), given.pop("as_json"), given.pop("as_of"))
        with situation(options.database, since=since(given.pop("from_day"))) as opened:
            made = opened.picture(options.as_of)
            shown(made, options.as_json, **given)
        render.stretch(made)

    named = Parameter.POSITIONAL_OR_KEYWORD
    own = list(signature(shown).parameters.values())[2:]
    common = [Parameter(name, named, default=of, annotation=kind) for name, (kind, of) in _COMMON.items()]
    first = Parameter("context", named, annotation=typer.Context)
    command.__name__, command.__doc__ = shown.__name__, shown.__doc__
    command.__signature__ = signature(command).replace(parameters=[first, *own, *common])  # type: ignore[attr-defined]
    return command
