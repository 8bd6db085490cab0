"""The running node: its database, its settings, and how people come to it."""

from collections.abc import Callable
from datetime import datetime
from secrets import token_bytes

from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Reader
from watchfloor.flow import at_hand, clock, reviewing
from watchfloor.flow.admission import DOOR
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.pictures import FEW, Pictures
from watchfloor.flow.vouching import provider_of
from watchfloor.store.store import Store
from watchfloor.web.alone import Alone

LOOPBACK = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
READY = (at_hand.get_ready, reviewing.get_ready)
"""What is made of a picture before pages show it."""
_HERE = ("localhost", "127.0.0.1", "[::1]")
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # no browser opens these


class Node:
    """What every request has in common.

    paths: those that the application answers.
    names: host names that requests may name; by them a page of another site that points its own name at this machine
        is told from the node's own (DNS rebinding). https: whether browsers come over TLS. now: the clock.
    told: is handed a fresh address for another browser each time that one was let in.
    secret: signs what browsers carry for a short while; another one each time that the node starts.
    keeper: who works here while no people are registered, as the log calls them.
    """

    def __init__(
        self,
        store: Store,
        settings: Configuration,
        *,
        host: str = "127.0.0.1",
        port: int = 8764,
        names: tuple[str, ...] = (),
        https: bool = False,
        now: Callable[[], datetime] = clock.now,
        told: Callable[[str], object] = lambda _: None,
        keeper: str = "analyst",
    ) -> None:
        self.store, self.settings, self.host, self.port, self.https, self.now = store, settings, host, port, https, now
        own = _HERE if host in LOOPBACK or host == "localhost" else (host,)
        self.called = names[0] if host in _EVERYWHERE and names else host
        self.names = frozenset(name.lower() for name in (*own, *names))
        self.told, self.keeper, self.secret = told, keeper, token_bytes(32)
        self.alone = Alone(now)
        self.pictures = Pictures(store, settings.reports_at_once, ready=READY)
        self.provider = provider_of(settings.issuer, store, now)
        self.paths: frozenset[str] = frozenset()
        if not self.is_peopled() and host not in {*LOOPBACK, "localhost"}:
            raise ConfigError(
                f"no people are registered here, so {host} would let in everybody; serve at 127.0.0.1, "
                "or begin with: watchfloor people add"
            )

    def is_peopled(self) -> bool:
        """Return whether people of this node are registered, so that everybody says who they are."""
        return any(person.partner is None for person in self.store.people.people(DOOR))

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; browsers send cookies to every port of a host, so the port is in it."""
        return f"{'__Host-' if self.https else ''}watchfloor{self.port}"

    @property
    def address(self) -> str:
        """Where the first page is."""
        host = f"[{self.called}]" if ":" in self.called else self.called
        return f"http{'s' if self.https else ''}://{host}:{self.port}/"

    def get_ready(self) -> None:
        """Begin with the picture that everybody asks for first, unless it is of few reports."""
        self.pictures.awaited(Reader(name=self.keeper, partner=None, clearance=self.settings.clearance), most=FEW)

    def entrance(self) -> str:
        """Return the address to open: where no people are registered with a token that lets one browser in, once."""
        return self.address if self.is_peopled() else f"{self.address}?t={self.alone.invited()}"
