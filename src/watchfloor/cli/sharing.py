"""The command that lets something out: export, through the release check."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsOf, Database, asked
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    from watchfloor.flow.release import Prepared
    from watchfloor.share.document import Export

_FORMS = {
    "md": "export_markdown",
    "json": "export_json",
    "jsonl": "export_jsonl",
    "html": None,
    "docx": "export_docx",
    "csv": "export_csv",
    "stix": "export_stix",
    "ftm": "export_ftm",
    "geojson": "export_geojson",
    "graphml": "export_graphml",
    "ics": "export_ics",
    "misp": "export_misp",
}
"""The forms, and the file of share that writes each; a page is the web's."""


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(export)


def export(
    context: typer.Context,
    form: Annotated[
        str,
        typer.Option("--format", help=f"One of {', '.join(_FORMS)}."),
    ] = "md",
    partner: Annotated[str | None, typer.Option(help="Who gets it; without, it is for this node.")] = None,
    tlp: Annotated[str, typer.Option(help="The highest level that the partner may see.")] = "GREEN",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; default standard output.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What to call it.")] = None,
    db: Database = None,
    as_of: AsOf = None,
) -> None:
    """Write the brief with its claims and contacts; for a partner only what is released to them.

    As ftm: the people and bodies with their posts, in FollowTheMoney JSON lines.

    What is unmarked or not released is left out and counted; there is no way around the check. Once people are
    registered, what goes to a partner is asked for and decided: watchfloor release ask.
    """
    from watchfloor.cli.marks import level, named_partner
    from watchfloor.flow.release import draft_for, prepared
    from watchfloor.flow.situation import situation

    if form not in _FORMS:
        raise typer.BadParameter(f"{form!r} is no format; expected one of: {', '.join(_FORMS)}")
    if partner is not None:
        named_partner(partner)
    options = asked(context, db, False, as_of)
    with situation(options.database) as opened:
        to = None if partner is None else draft_for(opened, partner, level(tlp))
        ready = prepared(opened, receiver=to, as_of=options.as_of, title=title)
        named = sorted({name for r in opened.picture().reports if r.marking for name in r.marking.releasable_to})
    data = _written(ready, form)
    if output is None:
        typer.echo(data, nl=False)
    else:
        try:
            output.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        except OSError as error:
            raise ConfigError(
                f"{output} cannot be written: {error.strerror}; name a file in a folder that is there"
            ) from None
        typer.echo(f"{output} written")
    for reason, number in ready.withheld.items():
        typer.echo(f"withheld: {number} items ({reason})", err=True)
    if partner is not None and not ready.picture.reports:
        known = f"partners named in markings are: {', '.join(named)}" if named else "no marking names any partner"
        typer.echo(f"nothing is released to {partner!r} up to TLP:{level(tlp)}; {known}", err=True)


def _written(ready: "Prepared", form: str) -> str | bytes:
    from importlib import import_module

    if form == "ftm":
        from watchfloor.resolve.identities import attached
        from watchfloor.share import export_ftm

        links = attached(ready.picture.entities, ready.picture.identities)
        return export_ftm.export(ready.picture, reader=ready.reader, links=links).text
    if form == "html":
        from watchfloor.web.brief_page import render

        return render(ready.brief, ready.picture)
    if form == "docx":
        from watchfloor.share import export_docx

        return export_docx.export(ready.picture, ready.brief, reader=ready.reader).data
    export_in: Callable[..., Export] = import_module(f"watchfloor.share.{_FORMS[form]}").export
    return export_in(ready.picture, ready.brief, reader=ready.reader).text
