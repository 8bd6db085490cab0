"""The options that every command takes, before or after its name."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer
from msgspec import Struct, structs

from watchfloor.core.feed import Reliability

Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="FILE",
        help="The database: a file, or postgresql://USER@HOST/NAME; default watchfloor.db here, or WATCHFLOOR_DB.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON to standard output instead of text.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Show only what was reported up to this day, e.g. 2024-10-22."),
]

Since = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="DAY",
        help="Look at the reports from this day on, or at all of them with 'all'; by default at the newest days that "
        "have at most as many reports as the setting reports_at_once.",
    ),
]


class Asked(Struct, frozen=True, kw_only=True):
    """What the user asked for by options: the database (a file or an address), JSON or text, the last day to show."""

    database: Path | str | None = None
    as_json: bool = False
    as_of: date | None = None


def asked(context: typer.Context, database: str | None, as_json: bool, as_of: str | None = None) -> Asked:
    """Return the options of a command put together with those given before its name; the command's own win."""
    before = context.obj if isinstance(context.obj, Asked) else Asked()
    return structs.replace(
        before,
        database=(database if "://" in database else Path(database)) if database else before.database,
        as_json=as_json or before.as_json,
        as_of=day(as_of) if as_of else before.as_of,
    )


def day(text: str) -> date:
    """Return the day that an ISO date names; a usage error says what was expected."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; expected one such as 2024-10-22") from None


def since(text: str | None) -> date | Literal["newest", "all"]:
    """Return since when reports are looked at."""
    if text is None:
        return "newest"
    return "all" if text == "all" else day(text)


def reliability(text: str) -> Reliability:
    """Return the grade of a source that somebody typed; a usage error says what was expected."""
    for known in get_args(Reliability):
        if text.upper() == known:
            return known  # type: ignore[no-any-return]
    raise typer.BadParameter(f"{text!r} is no grade; expected A, B, C, D, E or F")
