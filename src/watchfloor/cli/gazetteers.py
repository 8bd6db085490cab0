"""Commands about the gazetteer: build a full one from a GeoNames dump."""

from pathlib import Path
from typing import Annotated

import typer

group = typer.Typer(help="Places: build a full gazetteer from a GeoNames dump.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="gazetteer")


@group.callback()
def gazetteer() -> None:
    """Places: build a full gazetteer from a GeoNames dump."""


@group.command()
def build(
    dump: Annotated[Path, typer.Argument(metavar="DUMP", help="allCountries.txt, a country's XX.txt, or their .zip.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = Path("gazetteer.wfg"),
) -> None:
    """Write a full gazetteer from a GeoNames dump (CC BY 4.0, geonames.org) and say how to use it."""
    from rich.console import Console

    from watchfloor.flow.gazetteers import build as built

    console = Console(stderr=True)
    if console.is_terminal:
        with console.status("") as shown:
            names = built(dump, out, lambda doing, done: shown.update(f"{doing}: {done:,} done"))
    else:
        names = built(dump, out, lambda _doing, _done: None)
    typer.echo(
        f"{out}: {names:,} names, {out.stat().st_size / 1e6:,.1f} MB. To use it, set in watchfloor.toml: "
        f'gazetteer = "{out}", or WATCHFLOOR_GAZETTEER={out}'
    )
