"""The way to the web: how the flow fetches many addresses, politely, within limits."""

import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from watchfloor.core.errors import ConfigError
from watchfloor.core.exchange import Fetch
from watchfloor.flow import clock
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.feeding import Ask, FetchAll


@contextmanager
def opened_web(settings: Configuration) -> Iterator[FetchAll]:
    """Open the way to the web for the block; raises ConfigError, on the first use, where there is none."""
    made: list[Any] = []

    def fetch_all(asks: Iterable[Ask]) -> Iterator[Fetch]:
        waiting = list(asks)
        if not waiting:
            return
        many, types = _part("many"), _part("wanted_types")
        if not made:
            given = getattr(settings, "fetch", None) or _part("fetch_settings").FetchSettings()
            made.append(_part("fetching").Fetcher(given, now=clock.now))
        feeds = (*types.FEEDS, *types.PAGES)  # many a feed is sent as a page or as text
        accepted = {"page": types.PAGES, "feed": feeds, "sitemap": (*feeds, *types.PACKED)}
        wanted = [
            many.Wanted(address=ask.address, etag=ask.etag, modified=ask.modified, accept=accepted[ask.wants])
            for ask in waiting
        ]
        yield from many.fetch_all(wanted, made[0])

    try:
        yield fetch_all
    finally:
        for fetcher in made:
            fetcher.close()


def _part(name: str) -> Any:
    try:
        return importlib.import_module(f"watchfloor.collect.{name}")
    except ImportError:
        raise ConfigError(
            "this Watchfloor cannot fetch from the web (watchfloor.collect has no fetcher); update it, or collect from "
            "files and folders"
        ) from None
