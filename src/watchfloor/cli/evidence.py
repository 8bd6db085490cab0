"""Commands about evidence: where a report's bytes lie, whether they still hold, and the bytes to take along."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked

if TYPE_CHECKING:
    from watchfloor.core.report import Report
    from watchfloor.flow.situation import Situation

group = typer.Typer(help="The bytes behind a report: show, verify, export.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="REPORT", help="Id of a report, or how it begins.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="evidence")


@group.callback()
def evidence() -> None:
    """The bytes behind a report: show, verify, export."""


@group.command()
def show(context: typer.Context, name: Name, db: Database = None, as_json: AsJson = False) -> None:
    """Say where a report's bytes lie: file, offset, record, digest, request, response, address, time."""
    from watchfloor.cli.render import evidence as render
    from watchfloor.flow.evidence import basis
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found = basis(opened.store, opened.reader, opened.evidence, _one(opened, name))
    render.basis(found, options.as_json)


@group.command()
def verify(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORT]...", help="Only these; without, every current report.")
    ] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Read, hash and clean the bytes again, and say whether the text still derives from them.

    Exit code 3 when bytes are changed or missing, or a text does not stand in its bytes.
    """
    from watchfloor.cli.render import evidence as render
    from watchfloor.flow.evidence import verified
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        reports: Iterable[Report] = (
            [_one(opened, name) for name in names] if names else opened.store.reports(opened.reader)
        )
        done = [
            verified(opened.store, opened.reader, opened.evidence, report, opened.seconds_per_report)
            for report in reports
        ]
    render.verified(done, options.as_json)
    if any(one.failed for one in done):
        raise typer.Exit(3)


@group.command()
def export(
    context: typer.Context,
    name: Name,
    to: Annotated[Path, typer.Option("--to", metavar="FILE.warc.gz", help="The web archive to write.")],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Write the records of a report as a web archive that any WARC reader opens."""
    from watchfloor.cli.render import evidence as render
    from watchfloor.flow import clock
    from watchfloor.flow.evidence_export import export as exported
    from watchfloor.flow.situation import situation

    if not to.name.endswith(".warc.gz"):
        raise typer.BadParameter(f"{to} is to be a packed web archive; name it FILE.warc.gz")
    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        report = _one(opened, name)
        done = exported(opened.store, opened.reader, opened.evidence, report, to, clock.now())
    render.exported(done, options.as_json)
    if done.notes:
        raise typer.Exit(3)


def _one(opened: "Situation", name: str) -> "Report":
    """Return the report that an id, or the beginning of one, names; a usage error lists the choices."""
    fitting = [id for id in opened.store.resolve(opened.reader, name) if id.startswith("rep_")] if name else []
    chosen = name if name in fitting else fitting[0] if len(fitting) == 1 else None
    report = opened.store.report(opened.reader, chosen) if chosen is not None else None
    if report is None:
        shown = f"{', '.join(fitting[:8])}{' ...' if len(fitting) > 8 else ''}"
        raise typer.BadParameter(
            f"{len(fitting)} reports begin with {name!r}: {shown}"
            if fitting
            else f"no report has an id that begins with {name!r}; list them with: watchfloor search"
        )
    return report
