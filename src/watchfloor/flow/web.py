"""The way to the web: how the flow fetches many addresses, politely, within limits."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

from watchfloor.collect import wanted_types
from watchfloor.core.exchange import Fetch
from watchfloor.core.feed import Feed
from watchfloor.flow import clock
from watchfloor.flow.asks import Ask, FetchAll
from watchfloor.flow.configuration import Configuration, PartnerKey

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


@contextmanager
def opened_partners(settings: Configuration) -> Iterator[Callable[[Feed], Callable[[str], Fetch]]]:
    """Open the way to partners' servers for the block: for a feed a way to ask addresses of its server."""
    from watchfloor.collect.fetching import Fetcher
    from watchfloor.collect.taxii import ACCEPT

    with ExitStack() as open_:
        made: list[Fetcher] = []

        def asking(feed: Feed) -> Callable[[str], Fetch]:
            if not made:
                made.append(open_.enter_context(Fetcher(settings.fetch, now=clock.now)))
            secret = authorization(settings.partners.get(feed.name))
            return lambda address: made[0].ask(address, accept=ACCEPT, secret=secret)

        yield asking


def authorization(key: PartnerKey | None) -> str | None:
    """Return the Authorization header of a key, None without one.

    >>> authorization(PartnerKey(name="ada", password="secret"))
    'Basic YWRhOnNlY3JldA=='
    """
    if key is None:
        return None
    if key.token:
        return f"Bearer {key.token}"
    return "Basic " + b64encode(f"{key.name or ''}:{key.password or ''}".encode()).decode()
