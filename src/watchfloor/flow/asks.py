"""Addresses to be fetched for a run of feeds, and the ways of fetching many of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, Protocol

from msgspec import Struct

from watchfloor.core.exchange import Fetch

Wants = Literal["page", "feed", "sitemap"]
"""page: HTML, text, PDF. feed: that, XML and JSON. sitemap: that, also packed."""


class Ask(Struct, frozen=True, kw_only=True):
    """An address to be fetched, what is hoped for there, and what we have of it already."""

    address: str
    wants: Wants = "page"
    etag: str | None = None
    modified: str | None = None


FetchAll = Callable[[Iterable[Ask]], Iterator[Fetch]]
"""Fetches many addresses, in whatever order; each Fetch names the address that was asked for."""


class Fetcher(Protocol):
    """Fetches one address; whatever comes of it is said in the Fetch."""

    def fetch(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Fetch:
        """Return what came of it."""
        ...


def one_by_one(fetcher: Fetcher) -> FetchAll:
    """Return a way to fetch many addresses, one after the other."""

    def fetch_all(asks: Iterable[Ask]) -> Iterator[Fetch]:
        for ask in asks:
            yield fetcher.fetch(ask.address, etag=ask.etag, modified=ask.modified)

    return fetch_all
