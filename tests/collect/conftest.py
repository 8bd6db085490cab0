"""A site on the loopback, fetchers that may reach it, and a watch over every connection."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.collect.site import Site, names, open_site

from watchfloor.collect.fetch_settings import FetchSettings
from watchfloor.collect.fetching import Fetcher

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
Making = Callable[..., Fetcher]


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as opened:
        yield opened


@pytest.fixture
def fetcher(site: Site) -> Iterator[Making]:
    """Make fetchers that may reach the loopback on the site's port, do not wait, and do not ask robots.txt."""
    with ExitStack() as stack:

        def make(*, resolve: Any = None, sleep: Any = None, now: Any = None, timer: Any = None, **set_: Any) -> Fetcher:
            quick: dict[str, Any] = {
                "gap": 0.0,
                "seconds": 5.0,
                "read_seconds": 2.0,
                "connect_seconds": 2.0,
                "retries": 0,
            }
            open_: dict[str, Any] = {"allow": ("127.0.0.0/8",), "ports": (site.server_port,), "robots": False}
            more = {"timer": timer} if timer else {}
            made = Fetcher(
                FetchSettings(**(quick | open_ | set_)),
                now=now or (lambda: NOW),
                resolve=resolve or names(),
                sleep=sleep or (lambda seconds: None),
                random=lambda: 0.5,
                **more,
            )
            return stack.enter_context(made)

        yield make


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Note every address that any socket of this process is told to connect to."""
    noted: list[tuple[str, int]] = []
    real, real_ex = socket.socket.connect, socket.socket.connect_ex

    def connect(self: socket.socket, address: Any) -> None:
        noted.append(address)
        real(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        noted.append(address)
        return real_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_ex)
    return noted
