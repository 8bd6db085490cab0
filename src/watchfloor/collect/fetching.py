"""Fetching from the web: every outcome is said, every request and answer is kept, whatever the web does.

A fetch is a journey of requests: robots.txt where it is not known yet, redirects, retries. Each goes through the same
door (`guard`), waits for its host's turn (`politeness`), and is read within limits (`asking`).
"""

import random as dice
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from threading import Event
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx2
from msgspec import Struct, convert

from watchfloor.collect.allowed import read_allowed
from watchfloor.collect.asking import Answer, Door, Headers, NoAnswer, ask
from watchfloor.collect.decompression import ACCEPT_ENCODING
from watchfloor.collect.fetch_settings import FetchSettings
from watchfloor.collect.introduction import user_agent
from watchfloor.collect.politeness import Politeness
from watchfloor.collect.proxies import read_proxy
from watchfloor.collect.resolving import Resolve, resolve
from watchfloor.collect.retry_after import read_retry_after
from watchfloor.collect.robots import READ_BYTES, Robots
from watchfloor.collect.streams import Streams
from watchfloor.collect.verdicts import PASSING, REDIRECTS, verdict
from watchfloor.collect.wanted_types import READABLE, accept_header
from watchfloor.collect.web_address import WebAddress, read_address
from watchfloor.core.errors import ConfigError, SetAside
from watchfloor.core.exchange import Exchange, Fetch, Outcome

_MARGIN = 65_536  # bytes that may be read past what is kept of a robots.txt: one step of unpacking
_LONGEST_TAG = 1_000  # characters of an ETag that is worth sending back; assumed


class Journey(Struct, kw_only=True):
    """One fetch under way.

    wanted: media types, None for any. headers: sent with every request of it. most: bytes read of one answer. keep:
    bytes that are enough even when more would come, None when only the whole is. left: seconds for all its requests.
    retry: when the source wants to be asked again. place: where it has come to.
    follows: whether redirects are followed.
    """

    wanted: Sequence[str] | None
    headers: Headers
    conditional: bool
    most: int
    left: float
    keep: int | None = None
    asks_robots: bool = True
    follows: bool = True
    exchanges: list[Exchange] = []
    retry: float | None = None
    place: str | None = None


class Fetcher:
    """Fetches web addresses politely and safely; a context manager, to be shared by threads.

    settings: see FetchSettings; a mistake in them raises ConfigError here, not later. now: the clock, aware, UTC.
    resolve, sleep, random, timer: for tests; sleep waits so many seconds, random gives [0, 1) for jitter, timer gives
    seconds that only go forward for the pauses between requests.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        now: Callable[[], datetime],
        resolve: Resolve = resolve,
        sleep: Callable[[float], object] | None = None,
        random: Callable[[], float] = dice.random,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self._settings = settings
        self._agent = user_agent(settings.contact)
        self._stop = Event()
        self._closed = False
        self._sleep = sleep or self._stop.wait
        self._random = random
        self._streams = Streams(self._stop)
        self._door = Door(
            settings=settings,
            allowed=read_allowed(settings.allow, settings.ports),
            resolve=resolve,
            trust=_trust(settings.ca_file),
            proxy=read_proxy(settings.proxy) if settings.proxy else None,
            watch=self._streams,
            now=now,
        )
        self._politeness = Politeness(settings.gap, settings.patience, timer, self._sleep)
        self._robots = Robots(self._read_robots, now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Break off what is under way; every later fetch fails."""
        self._closed = True
        self._stop.set()
        self._streams.break_off()

    @contextmanager
    def broken_off(self) -> Iterator[None]:
        """Break off whatever is under way in any thread, or begun during the block; afterwards fetching goes on."""
        self._stop.set()
        self._streams.break_off()
        try:
            yield
        finally:
            if not self._closed:
                self._stop.clear()

    @property
    def settings(self) -> FetchSettings:
        """Return the settings it works by."""
        return self._settings

    def host_of(self, address: str) -> str | None:
        """Return the host whose turn an address has to wait for, None for one that will be refused."""
        try:
            return read_address(address, self._door.allowed).host
        except SetAside:
            return None

    def wait(self, host: str) -> float:
        """Return the seconds until a host may be asked again; 0 also for one that will not be waited for."""
        seconds = self._politeness.wait(host)
        return 0.0 if seconds > self._settings.patience else seconds

    def fetch(
        self,
        address: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        accept: Sequence[str] = READABLE,
    ) -> Fetch:
        """Return what came of fetching an address, whatever it was.

        etag, modified: of what we have, so that the source may say that it still holds. accept: media types that can
        be used. The exchanges begin with that of robots.txt when the host had to be asked for it, then redirects and
        tries in the order in which they happened.
        """
        tag, since = _sendable(etag), _sendable(modified)
        headers = [("Accept", accept_header(accept))]
        headers += [("If-None-Match", tag)] if tag else []
        headers += [("If-Modified-Since", since)] if since else []
        journey = Journey(
            wanted=accept,
            headers=tuple(headers),
            conditional=bool(tag or since),
            most=self._settings.body_bytes,
            left=self._settings.seconds,
            asks_robots=self._settings.robots,
        )
        return self._travelled(address, journey, etag, modified)

    def ask(self, address: str, *, accept: str, secret: str | None = None) -> Fetch:
        """Return what came of asking a partner's program for something, whatever it was.

        accept: the Accept header. secret: the Authorization header; it goes over TLS only, or to this machine itself,
        and nowhere else: redirects are not followed. robots.txt is not asked: the partner gave us the address.
        """
        headers: list[tuple[str, str]] = [("Accept", accept)]
        headers += [("Authorization", secret)] if secret else []
        journey = Journey(
            wanted=None,
            headers=tuple(headers),
            conditional=False,
            most=self._settings.body_bytes,
            left=self._settings.seconds,
            asks_robots=False,
            follows=False,
        )
        if secret and not _is_private(address):
            detail = "a password is only sent over https; give the address of the feed with https://"
            return Fetch(address=address, outcome="refused", detail=detail)
        return self._travelled(address, journey, None, None)

    def _read_robots(self, address: str) -> Fetch:
        journey = Journey(
            wanted=None,
            headers=(("Accept", "text/plain, */*;q=0.1"),),
            conditional=False,
            most=READ_BYTES + _MARGIN,
            keep=READ_BYTES,
            left=self._settings.seconds,
            asks_robots=False,
        )
        fetch = self._travelled(address, journey, None, None)
        if self._stop.is_set():
            raise SetAside("failed", "stopped")  # says nothing of the host, and must not be remembered for it
        return fetch

    def _travelled(self, address: str, journey: Journey, etag: str | None, modified: str | None) -> Fetch:
        try:
            place, answer = self._follow(address, journey)
        except SetAside as end:
            if end.reason == "busy" and journey.retry is None:
                journey.retry = self._politeness.wait(self.host_of(journey.place or address) or "")
            return Fetch(
                address=address,
                outcome=_outcome(end.reason),
                detail=end.detail,
                exchanges=tuple(journey.exchanges),
                retry=journey.retry,
            )
        if journey.keep is not None and len(answer.content) >= journey.keep:
            answer = Answer(exchange=answer.exchange, content=answer.content[: journey.keep])
        outcome, detail = verdict(answer, journey.wanted, journey.conditional)
        same = outcome == "not-modified"
        kept = same or outcome == "got"
        return Fetch(
            address=address,
            outcome=outcome,
            detail=detail,
            exchanges=tuple(journey.exchanges),
            content=answer.content if outcome == "got" else b"",
            content_type=_lower(answer.header("content-type")),
            url=place.url,
            etag=(answer.header("etag") or (etag if same else None)) if kept else None,
            modified=(answer.header("last-modified") or (modified if same else None)) if kept else None,
            retry=journey.retry if outcome in {"busy", "failed"} else None,
        )

    def _follow(self, address: str, journey: Journey) -> tuple[WebAddress, Answer]:
        """Where the journey ends, and the last answer. Raise SetAside, its reason the outcome, where it breaks off."""
        place = read_address(address, self._door.allowed)
        seen: set[str] = set()
        while len(seen) <= self._settings.redirects:
            if place.url in seen:
                raise SetAside("refused", f"redirects lead in a circle, back to {place.url} (we keep no cookies)")
            seen.add(place.url)
            journey.place = place.url
            if journey.asks_robots:
                self._ask_robots(place, journey)
            answer = self._persist(place, journey)
            target = answer.header("location")
            if answer.status not in REDIRECTS or not target or not journey.follows:
                return place, answer
            place = read_address(_as_written(target), self._door.allowed, place)
        raise SetAside("refused", f"more than {self._settings.redirects} redirects")

    def _ask_robots(self, place: WebAddress, journey: Journey) -> None:
        rules, exchanges = self._robots.rules(place)
        journey.exchanges.extend(exchanges)
        if rules.delay:
            self._politeness.slow_down(place.host, rules.delay)
        forbidden = rules.why_not(place)
        if forbidden:
            journey.retry = (rules.until - self._door.now()).total_seconds() if rules.trouble else None
            raise forbidden

    def _persist(self, place: WebAddress, journey: Journey) -> Answer:
        """The answer, after as many tries as are worth it."""
        pause = self._settings.back_off
        for tries_left in range(max(0, self._settings.retries), -1, -1):
            result = self._try(place, journey)
            if isinstance(result, Answer):
                again = result.status in PASSING and journey.retry is None
            else:
                again = result.again
            if not again or not tries_left or journey.left <= 0 or self._stop.is_set():
                break
            self._sleep(pause * (0.5 + self._random()))
            pause = min(2 * pause, self._settings.back_off_most)
        if isinstance(result, NoAnswer):
            raise SetAside(result.outcome, result.detail)
        return result

    def _try(self, place: WebAddress, journey: Journey) -> Answer | NoAnswer:
        """One request, in its turn."""
        with self._politeness.turn(place.host, self._stop.is_set):
            if self._stop.is_set():
                raise SetAside("failed", "stopped")
            began = monotonic()
            try:
                result = ask(place, self._headers(place, journey), self._door, seconds=journey.left, most=journey.most)
            finally:
                journey.left -= monotonic() - began
            if self._stop.is_set():
                raise SetAside("failed", "stopped")
            if isinstance(result, Answer):
                journey.exchanges.append(result.exchange)
                self._heed(place, result, journey)
        return result

    def _heed(self, place: WebAddress, answer: Answer, journey: Journey) -> None:
        """Keep the host's wish to be left alone."""
        journey.retry = None
        if answer.status == 429 or answer.status in PASSING:
            said = answer.header("retry-after")
            journey.retry = read_retry_after(said, self._door.now(), self._settings.retry_after_most)
            if journey.retry is not None:
                self._politeness.hold(place.host, journey.retry)

    def _headers(self, place: WebAddress, journey: Journey) -> Headers:
        return (
            ("Host", place.host_header),
            ("User-Agent", self._agent),
            *journey.headers,
            ("Accept-Encoding", ACCEPT_ENCODING),
            ("Connection", "close"),
        )


@lru_cache(maxsize=4)
def _trust(ca_file: str | None) -> ssl.SSLContext:
    """The system's certificates and perhaps one's own; there is no setting that trusts everybody."""
    context = httpx2.create_ssl_context(trust_env=False)
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(f"ca_file {ca_file!r} cannot be read: {error}; expected certificates in PEM") from None
    return context


def _is_private(address: str) -> bool:
    """Return whether nobody on the way can read what is sent to the address."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1")


def _outcome(reason: str) -> Outcome:
    """The reason with which a journey broke off, as the outcome it is."""
    outcome: Outcome = convert(reason, Outcome)
    return outcome


def _as_written(location: str) -> str:
    """A Location header as its author meant it: bytes of UTF-8 where they are, else of Latin 1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return location


def _sendable(value: str | None) -> str | None:
    """A value that may stand in a header, None for any other: it came from outside, long ago."""
    fine = value and value.isascii() and value.isprintable() and len(value) <= _LONGEST_TAG
    return value if fine else None


def _lower(value: str | None) -> str | None:
    return value.lower() if value else None
