"""What is said when a picture does not go back to the first report."""

import typer

from watchfloor.core.picture import Picture


def stretch(made: Picture) -> None:
    """Say on standard error how many earlier reports nothing is counted on, if there are any."""
    if made.earlier:
        looked = f"Put together of the {len(made.reports):,} reports from {made.since} on"
        typer.echo(f"{looked}; {made.earlier:,} earlier ones are left out (--from DAY, or --from all).", err=True)
