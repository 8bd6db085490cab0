"""What robots.txt lets us fetch (RFC 9309), asked for once a day."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from msgspec import Struct
from protego import Protego

from watchfloor.collect.introduction import PRODUCT
from watchfloor.collect.web_address import WebAddress
from watchfloor.core.errors import SetAside
from watchfloor.core.exchange import Exchange, Fetch

READ_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are read, the rest is passed over
KEPT = timedelta(hours=24)  # RFC 9309, 2.4
KEPT_UNREADABLE = timedelta(minutes=30)  # a host that said what cannot be read is asked again sooner; assumed
KEPT_AWAY = timedelta(minutes=5)  # one that gave no answer, or an error of its own, sooner still; assumed
_ORIGINS_KEPT = 1_000  # files kept in memory; assumed
_SLOWEST = 86_400.0  # seconds; a longer Crawl-delay is a mistake or malice

_AGENT_LINE = re.compile(r"^[^\S\n]*user[- ]?agent[^\S\n]*(?::|[^\S\n])[^\S\n]*([^#\n]*)", re.IGNORECASE | re.MULTILINE)
_NOT_US = "User-agent: somebody-else"


class Rules(Struct, frozen=True, kw_only=True):
    """What one host lets us do. delay: its Crawl-delay in seconds. trouble: why its rules could not be read."""

    until: datetime
    parsed: Protego | None = None
    delay: float | None = None
    trouble: SetAside | None = None

    def why_not(self, address: WebAddress) -> SetAside | None:
        """Return why an address may not be fetched, None when it may."""
        if self.trouble or self.parsed is None:
            return self.trouble and SetAside(self.trouble.reason, self.trouble.detail)
        if self.parsed.can_fetch(address.url, PRODUCT):
            return None
        path = address.target if len(address.target) <= 80 else f"{address.target[:80]}…"
        return SetAside("denied", f"robots.txt of {address.origin} forbids {path}")


class Robots:
    """The rules of every host that was met lately.

    read: fetches one robots.txt, at most READ_BYTES of it, without asking for permission. now: the clock.
    """

    def __init__(self, read: Callable[[str], Fetch], now: Callable[[], datetime]) -> None:
        self._read, self._now = read, now
        self._rules: dict[str, Rules] = {}
        self._asking: dict[str, Lock] = {}
        self._lock = Lock()

    def rules(self, address: WebAddress) -> tuple[Rules, tuple[Exchange, ...]]:
        """Return the rules of the host of an address, and what passed when they had to be asked for just now."""
        with self._lock:
            asking = self._asking.setdefault(address.origin, Lock())
        with asking:
            known = self._rules.get(address.origin)
            if known and known.until > self._now():
                return known, ()
            fetch = self._read(f"{address.origin}/robots.txt")
            rules = understood(fetch, address, self._now())
            self._keep(address.origin, rules)
            return rules, fetch.exchanges

    def _keep(self, origin: str, rules: Rules) -> None:
        with self._lock:
            self._rules[origin] = rules
            while len(self._rules) > _ORIGINS_KEPT:
                self._rules.pop(next(iter(self._rules)))
            if len(self._asking) > 2 * _ORIGINS_KEPT:
                self._asking = {name: lock for name, lock in self._asking.items() if lock.locked()}


def understood(fetch: Fetch, address: WebAddress, now: datetime) -> Rules:
    """Return the rules that follow from how the fetch of a robots.txt went.

    No such file, or not for us (any 4xx but 429), means no rules. No answer, or one that cannot be used, means that
    nothing may be fetched for now, and the reason says whether it was the host or the file.
    """
    if fetch.outcome == "got":
        parsed = parse(fetch.content)
        delay = parsed.crawl_delay(PRODUCT)
        return Rules(until=now + KEPT, parsed=parsed, delay=min(_SLOWEST, max(0.0, delay)) if delay else None)
    status = fetch.exchanges[-1].status if fetch.exchanges else None
    nowhere = fetch.outcome == "refused" and status is not None  # it leads in circles, or to where we do not go
    if fetch.outcome in {"gone", "blocked"} or nowhere or (status and 400 <= status < 500 and status != 429):
        return Rules(until=now + KEPT)
    passing = fetch.outcome in {"busy", "failed"}  # a fault of the host, or on the way to it, may be over soon
    kept = timedelta(seconds=fetch.retry) if fetch.retry else KEPT_AWAY if passing else KEPT_UNREADABLE
    detail = f"robots.txt of {address.origin} cannot be read ({fetch.detail}), so nothing there is fetched"
    answered = fetch.outcome == "broken" or status is not None
    outcome = "denied" if answered and not passing else fetch.outcome
    return Rules(until=now + min(kept, KEPT), trouble=SetAside(outcome, detail))


def parse(content: bytes) -> Protego:
    """Return the rules of a robots.txt of any bytes, in time that grows with its length only.

    Groups for others are laid together under one name first: the parser copies every rule into each agent's list, and
    17,000 agents with as many rules would keep it busy for minutes.
    """
    text = content[:READ_BYTES].decode("utf-8-sig", errors="replace")
    text = re.sub(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    return Protego.parse(_AGENT_LINE.sub(_ours, text))


def _ours(match: re.Match[str]) -> str:
    name = match[1].strip().lower()
    if name == "*":
        return "User-agent: *"
    name = name.replace("*", "")
    return f"User-agent: {name}" if name and PRODUCT.lower().startswith(name) else _NOT_US
