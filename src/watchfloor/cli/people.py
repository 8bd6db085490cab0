"""Commands about people and keys: who may come in, and what they may do."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.cli.changing import changing
from watchfloor.cli.secret import PASSWORD_STDIN

if TYPE_CHECKING:
    from watchfloor.core.permission import Role, Verb
    from watchfloor.core.person import Person
    from watchfloor.flow.situation import Situation

people = typer.Typer(help="Who may come in, and what they may do.", no_args_is_help=True)
keys = typer.Typer(help="Keys: secrets by which programs act for a person.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What the person is called here.")]
Clearance = Annotated[str, typer.Option("--clearance", help="The highest TLP level they may see.")]


def register(app: typer.Typer) -> None:
    """Add these groups of commands to the command line."""
    app.add_typer(people, name="people")
    app.add_typer(keys, name="keys")


@people.command()
def add(
    context: typer.Context,
    name: Name,
    role: Annotated[list[str] | None, typer.Option("--role", help="reader, analyst, watch officer, ...")] = None,
    clearance: Clearance = "RED",
    full_name: Annotated[str | None, typer.Option(help="As others know them.")] = None,
    partner: Annotated[
        str | None, typer.Option(help="The partner they belong to; without, they are of this node.")
    ] = None,
    team: Annotated[str | None, typer.Option(help="Their team.")] = None,
    login: Annotated[str | None, typer.Option(help="Their account on this machine.")] = None,
    password_stdin: Annotated[bool, PASSWORD_STDIN] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Add a person. The first one must be an administrator; from then on everybody must say who they are."""
    from watchfloor.cli.marks import level
    from watchfloor.cli.render import terminal
    from watchfloor.cli.secret import password
    from watchfloor.core.person import Person
    from watchfloor.flow import clock
    from watchfloor.flow import people as flow
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    now = clock.now()
    person = Person(
        name=name.strip().lower(),
        roles=frozenset(_roles(role or [])),
        clearance=level(clearance),
        added=now,
        full_name=full_name,
        partner=partner,
        team=team,
        login=login,
    )
    with situation(options.database, create=True) as opened:
        given = password(True) if password_stdin else None
        made = flow.add(opened.store, opened.by, person, now, given)
    if options.as_json:
        terminal.json(made)
        return
    typer.echo(f"{_line(made)}; added")
    if login is None and given is None:
        typer.echo(f"they cannot come in yet; give them a password: watchfloor people password {made.name}", err=True)


@people.command("list")
def listed(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """List the people with roles, clearance, partner and team."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import people as flow
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found, teams = flow.listed(opened.store, opened.by)
    if options.as_json:
        terminal.json({"people": found, "teams": teams})
        return
    if not found:
        typer.echo("No people are registered: whoever holds the file does everything. watchfloor people add begins.")
    for person in found:
        typer.echo(_line(person))
    for team in teams:
        typer.echo(f"team {terminal.safe(team.name)}: up to TLP:{team.clearance}")


@people.command()
def role(
    context: typer.Context,
    name: Name,
    roles: Annotated[list[str], typer.Argument(metavar="[ROLE]...", help="All the roles they are to have.")] = [],  # noqa: B006
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Make a person's roles exactly those named; none takes all rights away. Nobody changes their own."""
    from watchfloor.flow import clock
    from watchfloor.flow import people as flow

    given = _roles(roles)
    changing(
        context,
        db,
        as_json,
        lambda opened: flow.give_roles(opened.store, opened.by, name, given, clock.now()),
        _person_line,
    )


@people.command()
def clear(
    context: typer.Context,
    name: Name,
    tlp: Annotated[str, typer.Argument(metavar="LEVEL", help="The highest TLP level they may see.")],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Change how high a person is cleared."""
    from watchfloor.cli.marks import level
    from watchfloor.flow import clock
    from watchfloor.flow import people as flow

    highest = level(tlp)
    changing(
        context,
        db,
        as_json,
        lambda opened: flow.give_clearance(opened.store, opened.by, name, highest, clock.now()),
        _person_line,
    )


@people.command()
def disable(
    context: typer.Context,
    name: Name,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept in the log.")],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Let a person in no more, from now on; their sessions end and their keys stop working."""
    from watchfloor.flow import clock
    from watchfloor.flow import people as flow

    changing(
        context,
        db,
        as_json,
        lambda opened: flow.disable(opened.store, opened.by, name, reason, clock.now()),
        _person_line,
    )


@people.command()
def enable(context: typer.Context, name: Name, db: Database = None, as_json: AsJson = False) -> None:
    """Let a disabled person in again."""
    from watchfloor.flow import clock
    from watchfloor.flow import people as flow

    changing(context, db, as_json, lambda opened: flow.enable(opened.store, opened.by, name, clock.now()), _person_line)


@people.command("password")
def set_password(
    context: typer.Context, name: Name, password_stdin: Annotated[bool, PASSWORD_STDIN] = False, db: Database = None
) -> None:
    """Give a person, or yourself, a new password; it is asked for, never an argument. Their sessions end."""
    from watchfloor.cli.secret import password
    from watchfloor.flow import clock
    from watchfloor.flow import people as flow
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        typed = password(password_stdin, f"New password of {name}", twice=True)
        flow.set_password(opened.store, opened.by, name, typed, clock.now())
    typer.echo(f"{name} has a new password; whoever was signed in must sign in again.")


@people.command()
def team(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What the team is called.")],
    clearance: Clearance = "RED",
    db: Database = None,
) -> None:
    """Make a team, or change how high its members are cleared at most."""
    from watchfloor.cli.marks import level
    from watchfloor.core.person import Team
    from watchfloor.flow import clock
    from watchfloor.flow import people as flow
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        made = flow.form_team(opened.store, opened.by, Team(name=name, clearance=level(clearance)), clock.now())
    typer.echo(f"team {made.name}: up to TLP:{made.clearance}")


@keys.command()
def make(
    context: typer.Context,
    scope: Annotated[list[str], typer.Option("--scope", help="What the key may do, e.g. see, receive.")],
    person: Annotated[str | None, typer.Option("--for", help="Whose key; without, your own.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it lasts.")] = 90,
    note: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and show it, this once. It never does more than its scopes, nor than its person may."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock
    from watchfloor.flow.admission import make_key
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        secret, key = make_key(
            opened.store,
            opened.by,
            (person or opened.by.name).lower(),
            frozenset(_scopes(scope)),
            clock.now(),
            lasts=timedelta(days=days),
            note=note,
        )
    if options.as_json:
        terminal.json({"secret": secret, "key": key})
        return
    typer.echo(secret)
    said = f"key {key.prefix} of {key.person} for {', '.join(sorted(key.scopes))}, until {key.expires:%Y-%m-%d}"
    typer.echo(f"{said}; it is shown this once and kept nowhere", err=True)


@keys.command("list")
def keys_listed(
    context: typer.Context,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody's; takes an administrator.")] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List your keys, or everybody's: how they begin, scopes, until when, when last used."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock
    from watchfloor.flow.admission import key_state, keys_of
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        found = keys_of(opened.store, opened.by, everybody=everybody)
    if options.as_json:
        terminal.json(found)
        return
    if not found:
        typer.echo("No keys.")
    now = clock.now()
    for key in found:
        state = key_state(key, now)
        used = f"used {key.used:%Y-%m-%d}" if key.used else "never used"
        scopes = ", ".join(sorted(key.scopes))
        about = f"  {terminal.safe(key.note)}" if key.note else ""
        typer.echo(f"{key.prefix}  {key.person}  {scopes}  {state}  {used}{about}")


@keys.command()
def revoke(
    context: typer.Context,
    prefix: Annotated[str, typer.Argument(help="How the key begins, as the list says.")],
    db: Database = None,
) -> None:
    """End a key for good, from now on."""
    from watchfloor.flow import clock
    from watchfloor.flow.admission import revoke_key
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json=False)
    with situation(options.database) as opened:
        key = revoke_key(opened.store, opened.by, prefix, clock.now())
    typer.echo(f"key {key.prefix} of {key.person} is revoked")


def _roles(given: "list[str]") -> "list[Role]":
    from watchfloor.core.permission import ROLES

    known: dict[str, Role] = {role: role for role in ROLES}
    found = []
    for text in given:
        wanted = " ".join(text.lower().replace("-", " ").split())
        if wanted not in known:
            raise typer.BadParameter(f"{text!r} is no role; expected one of {', '.join(ROLES)}")
        found.append(known[wanted])
    return found


def _scopes(given: "list[str]") -> "list[Verb]":
    from watchfloor.core.permission import VERBS

    known: dict[str, Verb] = {verb: verb for verb in VERBS}
    found = []
    for text in [part.strip().lower() for one in given for part in one.split(",")]:
        if text not in known:
            raise typer.BadParameter(f"{text!r} is no scope; expected some of {', '.join(VERBS)}")
        found.append(known[text])
    return found


def _person_line(_opened: "Situation", person: "Person") -> str:
    return _line(person)


def _line(person: "Person") -> str:
    from watchfloor.cli.render.terminal import safe

    told = [
        f"{safe(person.name)}: {', '.join(sorted(person.roles)) or 'no role'}",
        f"up to TLP:{person.clearance}",
        *([f"of {safe(person.partner)}"] if person.partner else []),
        *([f"team {safe(person.team)}"] if person.team else []),
        *([f"account {safe(person.login)}"] if person.login else []),
        *(["disabled"] if person.disabled else []),
    ]
    return "; ".join(told)
