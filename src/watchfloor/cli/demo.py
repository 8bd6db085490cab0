"""The demo: the sample situation from reports to brief, in one command."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(demo)


def demo(
    directory: Annotated[Path, typer.Option(help="Folder for the database and the page; made when missing.")] = Path(
        "demo"
    ),
) -> None:
    """Load the sample situation, print its brief, write brief.html, and say what to try next."""
    from watchfloor.cli import render
    from watchfloor.flow.sample import reports
    from watchfloor.flow.situation import situation
    from watchfloor.watch.brief import brief
    from watchfloor.web.brief_page import render as page

    directory.mkdir(parents=True, exist_ok=True)
    database = directory / "situation.db"
    with situation(database, create=True) as opened:
        receipt = opened.add([str(reports())])
        picture = opened.picture()
    made = brief(picture, title="The sample situation")
    written = directory / "brief.html"
    written.write_text(page(made, picture), encoding="utf-8")
    render.brief(made, picture, evidence=False)
    render.receipt(receipt, as_json=False)
    render.next_steps(database, written)
