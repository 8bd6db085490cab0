"""The way to the web: how the flow fetches many addresses, politely, within limits."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from watchfloor.collect import wanted_types
from watchfloor.core.exchange import Fetch
from watchfloor.flow import clock
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.feeding import Ask, FetchAll

_FEEDS = (*wanted_types.FEEDS, *wanted_types.PAGES)  # many a feed is sent as a page or as text
_ACCEPTED = {"page": wanted_types.PAGES, "feed": _FEEDS, "sitemap": (*_FEEDS, *wanted_types.PACKED)}


@contextmanager
def opened_web(settings: Configuration) -> Iterator[FetchAll]:
    """Open the way to the web for the block; raises ConfigError, on the first use, where a setting of it is wrong."""
    from watchfloor.collect.fetching import Fetcher  # heavy, and a run over folders needs none
    from watchfloor.collect.many import Wanted
    from watchfloor.collect.many import fetch_all as fetched

    with ExitStack() as open_:
        made: list[Fetcher] = []

        def fetch_all(asks: Iterable[Ask]) -> Iterator[Fetch]:
            waiting = list(asks)
            if not waiting:
                return
            if not made:
                made.append(open_.enter_context(Fetcher(settings.fetch, now=clock.now)))
            wanted = [
                Wanted(address=ask.address, etag=ask.etag, modified=ask.modified, accept=_ACCEPTED[ask.wants])
                for ask in waiting
            ]
            yield from fetched(wanted, made[0])

        yield fetch_all
