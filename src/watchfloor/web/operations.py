"""How the service fares, for programs that look after it: /healthz, /readyz, /metrics. The standard library is enough.

It says numbers and no content, and listens on this machine only unless told otherwise.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from watchfloor.core.errors import ConfigError
from watchfloor.flow.metrics import CONTENT_TYPE
from watchfloor.flow.service import Health

Answer = tuple[int, str, str]  # status, media type, body
_SECONDS = 10  # after which who asks and then says nothing is hung up on (assumed)


class _Asked(BaseHTTPRequestHandler):
    """One question; GET and HEAD of three paths."""

    server_version, sys_version = "Watchfloor", ""
    timeout = _SECONDS
    server: "_Server"

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        work = self.server.paths.get(self.path.partition("?")[0])
        status, media, text = work() if work is not None else (404, "text/plain", "not found\n")
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: who looks every ten seconds would fill the log."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    paths: dict[str, Callable[[], Answer]]


def answers(health: Callable[[], Health], metrics: Callable[[], str]) -> dict[str, Callable[[], Answer]]:
    """Return what is answered at each path."""

    def told(is_good: bool, because: tuple[str, ...]) -> Answer:
        return 200 if is_good else 503, "text/plain; charset=utf-8", "\n".join(("ok",) if is_good else because) + "\n"

    def healthz() -> Answer:
        found = health()
        return told(found.is_alive, found.because)

    def readyz() -> Answer:
        found = health()
        return told(found.is_ready, found.because)

    return {"/healthz": healthz, "/readyz": readyz, "/metrics": lambda: (200, CONTENT_TYPE, metrics())}


@contextmanager
def answering(host: str, port: int, health: Callable[[], Health], metrics: Callable[[], str]) -> Iterator[int]:
    """Answer for the block; give the port, which is another than asked for when that is 0."""
    try:
        server = _Server((host, port), _Asked)
    except OSError as error:
        raise ConfigError(f"{host}:{port} cannot be listened at ({error.strerror}); name another --ops") from None
    server.paths = answers(health, metrics)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
