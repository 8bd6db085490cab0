"""The TAXII server: what is released to partners, where their programs fetch it."""

from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.asked import Database, asked
from watchfloor.core.errors import ConfigError

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
            doorkeeper = PeopleDoorkeeper(opened.store, clock.now)
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
    tlp: Annotated[str, typer.Option(help="The highest level that the partner may see.")] = "GREEN",
    db: Database = None,
) -> None:
    """Put what is released to a partner into the partner's collection, and take back what no longer is."""
    from watchfloor.cli.marks import level, named_partner
    from watchfloor.flow import clock
    from watchfloor.flow.publishing import collection_of
    from watchfloor.flow.publishing import publish as published
    from watchfloor.flow.release import prepared, receiver_named
    from watchfloor.flow.situation import situation

    with situation(asked(context, db, False).database) as opened:
        where = collection_of(opened.store, opened.reader, named_partner(partner))
        ready = prepared(opened, receiver=receiver_named(opened, partner, level(tlp)))
        done = published(opened.store, opened.reader, where, ready, clock.now())
    typer.echo(f"{done.new} new, {done.changed} changed, {done.withdrawn} taken back, {done.unchanged} as they were")
    for reason, number in ready.withheld.items():
        typer.echo(f"withheld: {number} items ({reason})", err=True)
