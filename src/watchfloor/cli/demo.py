"""The demo: the sample situation from reports to brief, in one command."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from watchfloor.core.marking import Marking


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(demo)


def demo(
    directory: Annotated[Path, typer.Option(help="Folder for the database and the page; made when missing.")] = Path(
        "demo"
    ),
    serve: Annotated[bool, typer.Option("--serve", help="Then serve the pages and open them in the browser.")] = False,
    port: Annotated[int, typer.Option(help="Port to serve at.")] = 8764,
) -> None:
    """Load the sample situation, print its brief, write brief.html, and say what to try next."""
    from watchfloor.cli import render
    from watchfloor.flow.release import prepared
    from watchfloor.flow.sample import reports
    from watchfloor.flow.situation import situation
    from watchfloor.web.brief_page import render as page

    directory.mkdir(parents=True, exist_ok=True)
    database = directory / "situation.db"
    with situation(database, create=True) as opened:
        receipt = opened.add([str(reports())], marking=Marking(level="CLEAR", releasable_to=frozenset({"partner-a"})))
        ready = prepared(opened, title="The sample situation")
    written = directory / "brief.html"
    written.write_text(page(ready.brief, ready.picture), encoding="utf-8")
    render.brief(ready.brief, ready.picture, evidence=False)
    render.receipt(receipt, as_json=False)
    if serve:
        from watchfloor.cli.serving import serving

        serving(database, port=port, opened=True)
        return
    render.next_steps(database, written, _program())


def _program() -> str:
    """Return how the program was called: its name when it is on the search path, else the path as typed."""
    called = Path(sys.argv[0])
    if called.name != "watchfloor" or shutil.which("watchfloor") == str(called):
        return "watchfloor"
    return str(called)
