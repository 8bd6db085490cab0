"""Open a database for a notebook."""

from datetime import date
from pathlib import Path

from watchfloor.flow.picture import Since
from watchfloor.flow.situation import open_situation
from watchfloor.notebook.view import View, as_day


def open_view(
    database: Path | str | None = None, *, key: str | None = None, from_day: date | str | None = None
) -> View:
    """Return the view on a database, by default the one that watchfloor.toml or WATCHFLOOR_DB names.

    database: a file, or postgresql://USER@HOST/NAME. key: a key of `watchfloor keys make`, with the right "see";
    without one you are who the command line takes you for. You see what your clearance, team and partner let you see.
    from_day: the first day whose reports are looked at, or "all"; without it the newest days that fit.
    Raises ConfigError when there is no such database, AccessDenied when you may not read it.
    """
    since: Since = "newest" if from_day is None else "all" if from_day == "all" else as_day(from_day)
    return View(open_situation(database, key=key, doing="notebook", since=since))
