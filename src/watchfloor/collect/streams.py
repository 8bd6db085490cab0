"""The connections in use, so that a user who has had enough does not have to wait for them."""

import socket
from threading import Event, Lock

import httpcore2


class Streams:
    """Every connection in use. stop: set when nothing new may begin."""

    def __init__(self, stop: Event) -> None:
        self._stop, self._lock = stop, Lock()
        self._open: set[httpcore2.NetworkStream] = set()

    def opened(self, stream: httpcore2.NetworkStream) -> None:
        """Note a connection; break it off at once when nothing may begin."""
        with self._lock:
            self._open.add(stream)
        if self._stop.is_set():
            self.break_off()

    def closed(self, stream: httpcore2.NetworkStream) -> None:
        """Forget a connection."""
        with self._lock:
            self._open.discard(stream)

    def break_off(self) -> None:
        """Wake every thread that waits for bytes: it sees the end of its connection."""
        with self._lock:
            wires = [stream.get_extra_info("socket") for stream in self._open]
        for wire in wires:
            try:
                wire.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed already
                continue
