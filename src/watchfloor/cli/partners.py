"""Commands about partners: propose, approve by two, suspend, end, and groups of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.cli.changing import changing
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from watchfloor.core.partner import Partner
    from watchfloor.flow.situation import Situation

group = typer.Typer(help="Partners: the bodies that something may be released to.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Name of the partner, as markings name it.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with it.")]


def register(app: typer.Typer) -> None:
    """Add this group of commands to the command line."""
    app.add_typer(group, name="partners")


@group.command()
def propose(
    context: typer.Context,
    name: Name,
    terms: Annotated[Path, typer.Option(help="File with what was agreed, in words.")],
    until: Annotated[str, typer.Option(metavar="DAY", help="Last day of the agreement.")],
    clearance: Annotated[str, typer.Option(help="The highest TLP level it ever gets.")] = "GREEN",
    contact: Annotated[str | None, typer.Option(help="Whom to reach.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Propose a partner, or new terms for one. It gets nothing until two different people have approved."""
    from watchfloor.cli.marks import end_of, level
    from watchfloor.flow import clock, partnering
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    now = clock.now()
    try:
        words = terms.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{terms} cannot be read as text ({error}); name a file with the terms in UTF-8") from None
    with situation(options.database, create=True) as opened:
        made = partnering.propose(
            opened.store,
            opened.by,
            name,
            now,
            terms=words,
            clearance=level(clearance),
            expires=end_of(until),
            contact=contact,
        )
    _told(made, now, options.as_json)


@group.command()
def approve(context: typer.Context, name: Name, db: Database = None, as_json: AsJson = False) -> None:
    """Approve a proposed partner and its terms; the second, different person makes it one."""
    from watchfloor.flow import clock, partnering

    now = clock.now()
    _change(context, db, as_json, now, lambda opened: partnering.approve(opened.store, opened.by, name, now))


@group.command()
def suspend(context: typer.Context, name: Name, reason: Reason, db: Database = None, as_json: AsJson = False) -> None:
    """Give a partner nothing any more, from now on; one person is enough."""
    from watchfloor.flow import clock, partnering

    now = clock.now()
    _change(context, db, as_json, now, lambda opened: partnering.suspend(opened.store, opened.by, name, reason, now))


@group.command()
def end(context: typer.Context, name: Name, reason: Reason, db: Database = None, as_json: AsJson = False) -> None:
    """End the agreement with a partner; it can be proposed anew."""
    from watchfloor.flow import clock, partnering

    now = clock.now()
    _change(context, db, as_json, now, lambda opened: partnering.end(opened.store, opened.by, name, reason, now))


@group.command()
def resume(context: typer.Context, name: Name, db: Database = None, as_json: AsJson = False) -> None:
    """Put a suspended or ended partner up for approval again, under the terms it had."""
    from watchfloor.flow import clock, partnering

    now = clock.now()
    _change(context, db, as_json, now, lambda opened: partnering.resume(opened.store, opened.by, name, now))


@group.command("list")
def listed(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """List partners and groups with their standing, highest level and end."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    now = clock.now()
    with situation(options.database) as opened:
        found = opened.store.partners.partners(opened.reader)
        groups = opened.store.partners.groups(opened.reader)
    if options.as_json:
        terminal.json({"partners": [_shape(one, now) for one in found], "groups": groups})
        return
    if not found:
        typer.echo("No partners. Begin with: watchfloor partners propose NAME --terms FILE --until DAY")
    for partner in found:
        typer.echo(_line(partner, now))
    for one in groups:
        members = ", ".join(terminal.safe(name) for name in sorted(one.members))
        typer.echo(f"group {terminal.safe(one.name)}: {members or 'no members'}")


@group.command()
def show(context: typer.Context, name: Name, db: Database = None, as_json: AsJson = False) -> None:
    """Show a partner: terms, who proposed and approved it, until when."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    now = clock.now()
    with situation(options.database) as opened:
        found = opened.store.partners.partner(opened.reader, name)
    if found is None:
        raise ConfigError(f"there is no partner {name!r}; see: watchfloor partners list")
    if options.as_json:
        terminal.json(_shape(found, now))
        return
    typer.echo(_line(found, now))
    typer.echo(f"proposed by {terminal.safe(found.proposed_by)} on {found.proposed:%Y-%m-%d}")
    for approval in found.approvals:
        typer.echo(f"approved by {terminal.safe(approval.by)} on {approval.at:%Y-%m-%d}")
    if found.contact:
        typer.echo(f"contact: {terminal.safe(found.contact)}")
    typer.echo("terms:")
    for line in found.terms.splitlines():
        typer.echo(f"  {terminal.safe(line)}")


@group.command("group")
def form_group(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What the group is called in markings.")],
    members: Annotated[list[str] | None, typer.Argument(metavar="[PARTNER]...", help="All its members.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Make a group of partners, or set its members. Who joins sees what is released to the group."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock, partnering
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        made = partnering.form_group(opened.store, opened.by, name, frozenset(members or []), clock.now())
    if options.as_json:
        terminal.json(made)
        return
    typer.echo(f"group {terminal.safe(made.name)}: {', '.join(sorted(made.members)) or 'no members'}")


def _change(
    context: typer.Context, db: str | None, as_json: bool, now: "datetime", change: "Callable[[Situation], Partner]"
) -> None:
    changing(context, db, as_json, change, lambda _, made: _line(made, now), lambda made: _shape(made, now))


def _told(partner: "Partner", now: "datetime", as_json: bool) -> None:
    from watchfloor.cli.render import terminal

    if as_json:
        terminal.json(_shape(partner, now))
    else:
        typer.echo(_line(partner, now))


def _shape(partner: "Partner", now: "datetime") -> dict[str, object]:
    import msgspec

    from watchfloor.core.partner import standing

    return {**msgspec.structs.asdict(partner), "standing": standing(partner, now)}


def _line(partner: "Partner", now: "datetime") -> str:
    from datetime import timedelta

    from watchfloor.cli.render.terminal import safe
    from watchfloor.flow.partnering import told

    state_told = told(partner, now)
    reason = f" ({safe(partner.reason)})" if partner.reason else ""
    last = partner.expires - timedelta(seconds=1)
    return f"{safe(partner.name)}: {state_told}{reason}; up to TLP:{partner.clearance}; until {last:%Y-%m-%d}"
