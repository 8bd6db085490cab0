"""A node's TAXII server on loopback, and a relay before it that writes down every byte that goes through."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

import uvicorn

from watchfloor.flow.taxii import TaxiiServer
from watchfloor.flow.taxii_doors import PeopleDoorkeeper
from watchfloor.store.store import Store
from watchfloor.web.taxii import application

_PIECE = 65_536


@contextmanager
def served(store: Store, now: Callable[[], datetime]) -> Iterator[int]:
    """Serve a node's collections to the people registered in it; yield the port."""
    server = TaxiiServer(store, PeopleDoorkeeper(store, now), now)
    config = uvicorn.Config(application(server), log_level="error", lifespan="off", ws="none")
    running = uvicorn.Server(config)
    bound = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        yield int(bound.getsockname()[1])
    finally:
        running.should_exit = True
        thread.join()
        bound.close()


class Relay:
    """Passes connections on to a port and keeps what went either way. port: where to connect."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._bound = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._bound.getsockname()[1])
        self._pieces: list[bytes] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._open: list[socket.socket] = []
        self._threads[0].start()

    @property
    def recorded(self) -> bytes:
        return b"".join(self._pieces)

    def close(self) -> None:
        self._bound.close()
        for one in self._open:
            _shut(one)
        with socket.socket() as knock:  # whoever waits in accept() is woken, should closing not have done it
            knock.settimeout(0.1)
            knock.connect_ex(("127.0.0.1", self.port))
        for thread in self._threads:
            thread.join()
        for one in self._open:
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._bound.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                thread = threading.Thread(target=self._pass, args=(one, other))
                self._threads.append(thread)
                thread.start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while piece := one.recv(_PIECE):
                self._pieces.append(piece)
                other.sendall(piece)
        except OSError:
            pass
        _shut(other)


def _shut(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
