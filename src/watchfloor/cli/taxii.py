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
    fixture: Annotated[Path, typer.Option(help="Users and collections for a trial, as JSON.")],
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
    import uvicorn

    from watchfloor.flow import clock
    from watchfloor.flow.configuration import configuration
    from watchfloor.flow.taxii import TaxiiServer
    from watchfloor.flow.taxii_fixture import laid_out, read_fixture
    from watchfloor.share.instants import micros
    from watchfloor.store.connection import open_store
    from watchfloor.web.taxii import application

    if (certificate is None) != (key is None):
        raise ConfigError("a certificate needs its key and a key its certificate; give both or neither")
    told = read_fixture(fixture)
    where = asked(context, db, False).database or configuration().database
    with open_store(where, create=True) as store:
        doorkeeper = laid_out(store, told, micros(clock.now()))
        server = TaxiiServer(store, doorkeeper, clock.now, page=page)
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
