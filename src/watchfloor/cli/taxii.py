"""The TAXII server: what is released to partners, where their programs fetch it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import AsJson, Database, asked
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    from watchfloor.flow.offering import Offered
    from watchfloor.flow.publishing import Published

group = typer.Typer(no_args_is_help=True, help="Serve what is released to partners' programs (TAXII 2.1).")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(group, name="taxii")


@group.command()
def serve(
    context: typer.Context,
    fixture: Annotated[
        Path | None, typer.Option(help="Users and collections for a trial, as JSON; without, the node's own people.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8765,
    certificate: Annotated[
        Path | None, typer.Option(help="Certificate (PEM); without, put a proxy with TLS before it.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Its key (PEM).")] = None,
    page: Annotated[int, typer.Option(min=1, max=1000, help="Objects of a page when the client does not say.")] = 100,
    db: Database = None,
) -> None:
    """Serve TAXII 2.1 at /taxii2/ until stopped."""
    try:
        import uvicorn

        from watchfloor.web.taxii import application
    except ImportError as error:
        raise ConfigError(f"{error.name} is not installed; pip install 'watchfloor[serve]'") from None

    from watchfloor.flow import clock
    from watchfloor.flow.situation import situation
    from watchfloor.flow.taxii import TaxiiServer
    from watchfloor.flow.taxii_doors import PeopleDoorkeeper
    from watchfloor.flow.taxii_fixture import laid_out, read_fixture
    from watchfloor.share.doorkeeper import Doorkeeper
    from watchfloor.share.instants import micros

    if (certificate is None) != (key is None):
        raise ConfigError("a certificate needs its key and a key its certificate; give both or neither")
    told = None if fixture is None else read_fixture(fixture)
    with situation(asked(context, db, False).database, create=told is not None) as opened:
        if told is not None:
            doorkeeper: Doorkeeper = laid_out(opened.store, told, micros(clock.now()))
        elif opened.by.person is None:
            raise ConfigError(
                "no people are registered here, so nobody could come in; begin with: watchfloor people add, "
                "or give users for a trial: --fixture FILE"
            )
        else:
            doorkeeper = PeopleDoorkeeper(opened.store, clock.now, opened.reader.clearance)
        server = TaxiiServer(opened.store, doorkeeper, clock.now, page=page)
        typer.echo(f"TAXII 2.1 at http{'s' if certificate else ''}://{host}:{port}/taxii2/ until stopped", err=True)
        uvicorn.run(
            application(server),
            host=host,
            port=port,
            ssl_certfile=str(certificate) if certificate else None,
            ssl_keyfile=str(key) if key else None,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=15,
            limit_concurrency=200,
        )


@group.command()
def collection(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(help="Whose it is.")],
    title: Annotated[str | None, typer.Option(help="What to call it; default the partner's name.")] = None,
    alias: Annotated[str | None, typer.Option(help="A short name for its address.")] = None,
    db: Database = None,
) -> None:
    """Make the collection of a partner; print its id."""
    import uuid

    from watchfloor.cli.marks import named_partner
    from watchfloor.core.collection import Collection
    from watchfloor.flow.situation import situation

    with situation(asked(context, db, False).database) as opened:
        if any(one.partner == named_partner(partner) for one in opened.store.collections(opened.reader)):
            raise ConfigError(f"{partner!r} has a collection; publish to it: watchfloor taxii publish {partner!r}")
        made = Collection(id=str(uuid.uuid4()), title=title or partner, partner=partner, alias=alias)
        opened.store.keep_collection(made)
    typer.echo(made.id)


@group.command()
def publish(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(help="Who gets it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why they should have it; needed once people are here.")] = "",
    tlp: Annotated[str, typer.Option(help="The highest level that the partner may see.")] = "GREEN",
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take back what is no longer released to a partner, and ask for the release of what is new.

    Once people are registered, somebody else decides (release approve) before taxii deliver puts it in. On a node of
    one person it is put in at once.
    """
    from watchfloor.cli.marks import level, named_partner
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock, offering
    from watchfloor.flow.publishing import collection_of
    from watchfloor.flow.publishing import publish as published
    from watchfloor.flow.release import prepared, receiver_named
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        if opened.by.person is None:
            where = collection_of(opened.store, opened.reader, named_partner(partner))
            ready = prepared(opened, receiver=receiver_named(opened, partner, level(tlp)))
            done = published(opened.store, opened.reader, where, ready, clock.now())
            withheld = dict(ready.withheld)
            told: object = done
            lines = [_put_in(done)]
        else:
            made = offering.offer(
                opened, opened.by, named_partner(partner), clock.now(), reason=reason, clearance=level(tlp)
            )
            withheld, told = made.withheld, made
            lines = [f"{made.taken_back} objects taken back", _asked_for(made)]
    if options.as_json:
        terminal.json(told)
    else:
        for line in lines:
            typer.echo(line)
    for why, number in withheld.items():
        typer.echo(f"withheld: {number} items ({why})", err=True)


@group.command()
def deliver(
    context: typer.Context,
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="Id of the request, or how it begins.")],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Put what was approved into the partner's collection, and keep that they got this version now."""
    from watchfloor.cli.render import terminal
    from watchfloor.flow import clock, offering
    from watchfloor.flow.situation import situation

    options = asked(context, db, as_json)
    with situation(options.database) as opened:
        made, done = offering.hand_over(opened.store, opened.by, request, clock.now())
    if options.as_json:
        terminal.json({"delivery": made, "objects": done})
        return
    has = f"{terminal.safe(made.partner)} has version {made.version} of {made.product}"
    typer.echo(f"{made.id}  {has}: {_put_in(done)}")


def _put_in(done: "Published") -> str:
    return f"{done.new} new, {done.changed} changed, {done.withdrawn} taken back, {done.unchanged} as they were"


def _asked_for(made: "Offered") -> str:
    if made.asked is None:
        return "the collection says all there is; nothing to ask for"
    request = made.asked.request
    if request.state == "approved":
        return f"{request.id}  approved before; put it in with: watchfloor taxii deliver {request.id}"
    before = "" if made.asked.is_new else ", asked before"
    return (
        f"{request.id}  version {made.asked.product.version} waits for a decision{before}; "
        f"see: watchfloor release show {request.id}"
    )
