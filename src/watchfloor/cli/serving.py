"""The command that serves the pages, their data as JSON, and TAXII."""

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchfloor.cli.asked import Database, asked
from watchfloor.core.errors import ConfigError

if TYPE_CHECKING:
    from watchfloor.flow.situation import Situation

PORT = 8764
TURN = 0.0005  # seconds before a thread lets another one on: readers wait less beside a picture that is put together

Host = Annotated[str, typer.Option(help="Address to listen at.")]
Port = Annotated[int, typer.Option(help="Port to listen at; 0 for one that is free.")]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(serve)


def serve(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = PORT,
    open_: Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")] = False,
    name: Annotated[
        list[str] | None, typer.Option(help="A host name under which browsers reach it, as behind a proxy.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(help="Certificate (PEM), to serve over TLS.")] = None,
    key: Annotated[Path | None, typer.Option(help="Its key (PEM).")] = None,
    proxied: Annotated[
        bool, typer.Option("--proxied", help="A proxy on this machine does TLS and says who asks (X-Forwarded-For).")
    ] = False,
    db: Database = None,
) -> None:
    """Serve the pages where analysts work, and TAXII at /taxii2/, until stopped."""
    if (certificate is None) != (key is None):
        raise ConfigError("a certificate needs its key and a key its certificate; give both or neither")
    serving(
        asked(context, db, False).database,
        host=host,
        port=port,
        names=tuple(name or ()),
        tls=(certificate, key) if certificate and key else None,
        proxied=proxied,
        opened=open_,
    )


def serving(
    database: Path | str | None,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    names: tuple[str, ...] = (),
    tls: tuple[Path, Path] | None = None,
    proxied: bool = False,
    opened: bool = False,
    tell: Callable[[str], object] = lambda text: typer.echo(text, err=True),
) -> None:
    """Serve a database until stopped; `tell` is told where."""
    from watchfloor.flow.situation import situation

    with (
        situation(database) as here,
        server(here, host=host, port=port, names=names, tls=tls, proxied=proxied, tell=tell) as (run, _, entrance),
    ):
        tell(f"Open {entrance} in a browser; Ctrl+C stops. Nothing is sent anywhere.")
        if opened:
            import webbrowser

            webbrowser.open(entrance)
        run()


@contextmanager
def server(
    here: "Situation",
    *,
    host: str,
    port: int,
    names: tuple[str, ...] = (),
    tls: tuple[Path, Path] | None = None,
    proxied: bool = False,
    tell: Callable[[str], object],
) -> Iterator[tuple[Callable[[], None], Callable[[], None], str]]:
    """Give what runs a server of an opened situation until it is stopped, what stops it, and the way in.

    ConfigError when what it needs is not installed, or the port is taken.
    """
    try:
        import uvicorn

        from watchfloor.web.app import application
        from watchfloor.web.node import Node
    except ImportError as error:
        raise ConfigError(f"{error.name} is not installed; pip install 'watchfloor[serve]'") from None

    from watchfloor.flow.configuration import configuration

    with _bound(host, port) as bound:
        node = Node(
            here.store,
            configuration(),
            host=host,
            port=bound.getsockname()[1],
            names=names,
            https=tls is not None or proxied,
            keeper=here.by.name,
            told=lambda address: tell(f"For another browser: {address}"),
        )
        config = uvicorn.Config(
            application(node),
            ssl_certfile=str(tls[0]) if tls else None,
            ssl_keyfile=str(tls[1]) if tls else None,
            log_level="warning",
            server_header=False,
            proxy_headers=proxied,
            timeout_keep_alive=15,
            limit_concurrency=400,
            ws="none",
        )
        made = uvicorn.Server(config)

        def stop() -> None:
            made.should_exit = True

        sys.setswitchinterval(TURN)
        node.get_ready()
        yield (lambda: made.run(sockets=[bound])), stop, node.entrance()


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens, so that the page can be opened before the server runs."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise ConfigError(f"{host}:{port} cannot be listened at ({error.strerror}); name another --port") from None
