"""The command by which a person says what they hold of a claim."""

from typing import Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.core.assessment import CREDIBILITY, Confidence, Credibility, Likelihood

_SCALE = ", ".join(f"{number} {name}" for number, name in CREDIBILITY.items())


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(assess)


def assess(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of the claim, or how it begins.")],
    credibility: Annotated[Credibility | None, typer.Option(help=f"{_SCALE}.")] = None,
    likelihood: Annotated[Likelihood | None, typer.Option(help="How likely it is (ICD 203).")] = None,
    confidence: Annotated[
        Confidence | None,
        typer.Option(help="How well founded your judgement is."),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; kept with it.")] = None,
    tlp: Annotated[str | None, typer.Option(help="TLP 2.0 level that somebody of this node needs to see it.")] = None,
    caveat: Annotated[list[str] | None, typer.Option(help="A statement to print with it; several times.")] = None,
    by: Annotated[str, typer.Option("--by", help="Who says so.", envvar="WATCHFLOOR_ANALYST")] = "analyst",
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Say what you hold of a claim: credibility, likelihood, confidence. The machine never does.

    "1 confirmed" is kept only with two independent origins for certain. The latest assessment of a claim stands.
    It goes to no partner, and is marked at least as high as the reports that the claim rests on.
    """
    from watchfloor.cli.marks import marking
    from watchfloor.cli.render import terminal
    from watchfloor.cli.render.one import assessed
    from watchfloor.flow import wire
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        meant, made = opened.assess(
            claim,
            credibility=credibility,
            likelihood=likelihood,
            confidence=confidence,
            by=by,
            reason=reason,
            marking=marking(tlp, (), caveat or ()),
        )
    if options.as_json:
        terminal.json(wire.assessment(made, meant))
        return
    typer.echo(f"{meant.id}: {assessed(made, meant)}")
