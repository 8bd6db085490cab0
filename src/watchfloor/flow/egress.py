"""What leaves this node is counted: by host, purpose and hour, with what failed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from watchfloor.core.egress import Egress, Purpose
from watchfloor.core.errors import SourceError
from watchfloor.core.exchange import Fetch
from watchfloor.store.store import Store

A = TypeVar("A")
F = TypeVar("F")
AT_ONCE = 50  # requests after which the counts are written: a crash loses no more of them (assumed)
KEPT = timedelta(days=30)  # for so long hours are kept (assumed)
GOOD = frozenset({"got", "not-modified", "gone", "denied"})
"""Outcomes of a fetch that are an answer: what is not there, and what robots.txt forbids, are answers too."""


class Tally:
    """Counts requests and writes the counts into the store, some at a time; close writes the rest."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._open: dict[tuple[Purpose, str], Egress] = {}

    def asked(self, purpose: Purpose, host: str | None, failure: str | None = None, times: int = 1) -> None:
        """Count requests to a host; failure: why the last one was of no use."""
        if not host:
            return
        before = self._open.get((purpose, host))
        self._open[purpose, host] = Egress(
            host=host,
            purpose=purpose,
            asked=(before.asked if before else 0) + times,
            failed=(before.failed if before else 0) + (failure is not None),
            last=self._now(),
            detail=failure if failure is not None else (before.detail if before else None),
        )
        if sum(one.asked for one in self._open.values()) >= AT_ONCE:
            self.close()

    def close(self) -> None:
        """Write what was counted."""
        some, self._open = list(self._open.values()), {}
        if some:
            self._store.egress.note(some)

    def fetched(self, purpose: Purpose, fetch: Fetch) -> None:
        """Count what a fetch sent: robots.txt and redirects too, each with its host."""
        failure = None if fetch.outcome in GOOD else f"{fetch.outcome}: {fetch.detail}"
        hosts = [host_of(one.url) for one in fetch.exchanges]
        for host in hosts[:-1]:
            self.asked(purpose, host)
        if hosts:
            self.asked(purpose, hosts[-1], failure)
        elif fetch.outcome == "failed":  # nothing came back: it was tried
            self.asked(purpose, host_of(fetch.address), failure)

    def fetches(self, fetch_all: Callable[[Iterable[A]], Iterator[Fetch]]) -> Callable[[Iterable[A]], Iterator[Fetch]]:
        """Return the way to the web, counted."""

        def counted(asks: Iterable[A]) -> Iterator[Fetch]:
            for fetch in fetch_all(asks):
                self.fetched("feeds", fetch)
                yield fetch

        return counted

    def partners(self, asking: Callable[[F], Callable[[str], Fetch]]) -> Callable[[F], Callable[[str], Fetch]]:
        """Return the way to partners' servers, counted."""

        def counted(feed: F) -> Callable[[str], Fetch]:
            ask = asking(feed)

            def asked(address: str) -> Fetch:
                fetch = ask(address)
                self.fetched("partners", fetch)
                return fetch

            return asked

        return counted


class _Wire(Protocol):
    def is_theirs(self, address: str) -> bool: ...
    def get(self, address: str) -> dict[str, Any]: ...
    def post(self, address: str, form: Mapping[str, str], secret: tuple[str, str] | None) -> dict[str, Any]: ...


class CountedWire:
    """A wire to an identity provider, counted."""

    def __init__(self, wire: _Wire, store: Store, now: Callable[[], datetime]) -> None:
        self._wire, self._store, self._now = wire, store, now

    def is_theirs(self, address: str) -> bool:
        """Return whether an address lies at the provider's host."""
        return self._wire.is_theirs(address)

    def get(self, address: str) -> dict[str, Any]:
        """Return the JSON object at an address; raises SourceError."""
        return self._counted(address, lambda: self._wire.get(address))

    def post(self, address: str, form: Mapping[str, str], secret: tuple[str, str] | None) -> dict[str, Any]:
        """Send a form; return the JSON object that comes back; raises SourceError."""
        return self._counted(address, lambda: self._wire.post(address, form, secret))

    def _counted(self, address: str, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        tally = Tally(self._store, self._now)
        failure = None
        try:
            return ask()
        except SourceError as error:
            failure = str(error)
            raise
        finally:
            tally.asked("sign-in", host_of(address), failure)
            tally.close()


def host_of(address: str) -> str | None:
    """Return the host of an address, None when it names none.

    >>> host_of("https://Harbour.example:8443/feed"), host_of("reports/one.txt")
    ('harbour.example', None)
    """
    try:
        return urlsplit(address).hostname if "://" in address else None
    except ValueError:
        return None
