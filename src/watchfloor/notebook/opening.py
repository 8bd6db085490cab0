"""Open a database for a notebook."""

from pathlib import Path

from watchfloor.flow.situation import open_situation
from watchfloor.notebook.view import View


def open_view(database: Path | str | None = None, *, key: str | None = None) -> View:
    """Return the view on a database, by default the one that watchfloor.toml or WATCHFLOOR_DB names.

    database: a file, or postgresql://USER@HOST/NAME. key: a key of `watchfloor keys make`, with the right "see";
    without one you are who the command line takes you for. You see what your clearance, team and partner let you see.
    Raises ConfigError when there is no such database, AccessDenied when you may not read it.
    """
    return View(open_situation(database, key=key, doing="notebook"))
