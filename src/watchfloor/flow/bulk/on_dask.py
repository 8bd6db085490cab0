"""Workers of a Dask cluster: an existing one at an address, or one of our own on this machine.

The scheduler knows of no more work than the workers will soon come to. What it loses with a worker it gives to
another; what is lost with the scheduler itself is given to the next one. So it holds nothing that is not written down.
"""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from statistics import median
from typing import Any

from msgspec import Struct

from watchfloor.core.errors import ConfigError, SourceError, StoreError
from watchfloor.flow.bulk.dealing import Dealer
from watchfloor.flow.bulk.hands import TRIES, Hands
from watchfloor.flow.bulk.own_cluster import OwnCluster
from watchfloor.flow.bulk.tables import needed
from watchfloor.flow.bulk.work import GivenUp, Header, Outcome, Read, Unit, encode, header_of, outcome_of, unit_of

AHEAD = 2  # pieces of work for each thread of the cluster that its scheduler knows of
PATIENCE = 900.0  # seconds in which a lost scheduler must answer again
_CONNECTS_WITHIN = 10.0  # seconds, each time
_LOOKS = 0.5  # seconds between two looks at the cluster
_COUNTS = 5.0  # seconds between two counts of its threads, when all are there that are expected
_SLOW_FROM = 120.0  # seconds after which a piece of work may be slow
SLOW_TIMES = 6  # times the median from which it is, and is given to another worker too

_here = threading.local()
_all_hands: list[Hands] = []


def do_here(header: bytes, unit: bytes) -> bytes:
    """Do a piece of work in a thread of a Dask worker; each thread holds one process that reads, run after run."""
    if getattr(_here, "header", None) != header:
        if getattr(_here, "hands", None) is not None:
            _here.hands.close()
        _here.hands, _here.header = Hands(header_of(header)), header
        _all_hands.append(_here.hands)
    hands: Hands = _here.hands
    return encode(hands.do(unit_of(unit)))


def let_go() -> None:
    """End the processes that read for this Dask worker."""
    for hands in _all_hands:
        hands.close()


class _Flight(Struct):
    unit: Unit
    worker: str
    future: Any
    since: float
    again: Any = None


class DaskWorkers:
    """The workers of a cluster. address: of its scheduler, None for a cluster of our own with so many workers."""

    def __init__(
        self,
        header: Header,
        address: str | None,
        number: int,
        patience: float = PATIENCE,
        slow_from: float = _SLOW_FROM,
    ) -> None:
        self._distributed = needed("distributed")
        self._header = encode(header)
        self._patience, self._slow_from = patience, slow_from
        self.own = OwnCluster(number, str(Path(header.folder) / "dask")) if address is None else None
        self._address = self.own.address if self.own is not None else str(address)
        self.restarts = 0
        self._client: Any = None
        self._expected = number if address is None else 1
        self._threads: dict[str, int] = {}  # by the address of the worker
        self._counted, self._manned = 0.0, time.monotonic()
        for name in ("distributed", "distributed.client", "distributed.utils"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what is lost is found again here, and counted
        try:
            self._connect(first=True)
        except BaseException:
            self.close()
            raise

    def work(self, units: Iterable[Unit]) -> Iterator[tuple[Unit, Outcome]]:
        """Yield what came of each piece of work, in the order in which it was done."""
        dealer = Dealer(units)
        flights: dict[str, _Flight] = {}
        told = Queue[tuple[str, Any]]()
        tries: Counter[str] = Counter()
        took: deque[float] = deque(maxlen=200)
        while True:
            self._mend(flights, dealer)
            self._submit(flights, dealer, told)
            if not flights and not dealer.is_left:
                return
            self._hurry(flights, took, told)
            try:
                key, future = told.get(timeout=_LOOKS)
            except Empty:
                continue
            flight = flights.get(key)
            if flight is None or not any(future is one for one in (flight.future, flight.again)):
                continue  # another one was sooner, or it was lost with its scheduler
            outcome = self._outcome(future, flight.unit, tries)
            if outcome is None and flight.again is not None:
                flight.future, flight.again = (flight.again, None) if future is flight.future else (flight.future, None)
                continue
            del flights[key]
            if outcome is None:
                dealer.give_back([flight.unit])
                continue
            took.append(time.monotonic() - flight.since)
            self._cancel([one for one in (flight.future, flight.again) if one is not future and one is not None])
            yield flight.unit, outcome

    def close(self) -> None:
        """Let the workers go, and end a cluster of our own."""
        client, self._client = self._client, None
        if client is not None:
            try:
                if self.own is None and client.status == "running":
                    client.run(let_go, on_error="ignore")
                client.close(timeout=2)
            except Exception:  # noqa: BLE001 - it is gone already, and nothing of it is needed any more
                pass
        if self.own is not None:
            self.own.close()

    def _submit(self, flights: dict[str, _Flight], dealer: Dealer, told: "Queue[tuple[str, Any]]") -> None:
        """Have the scheduler know of enough work for each worker."""
        known = Counter(flight.worker for flight in flights.values())
        for worker, threads in self._threads.items():
            for _ in range(AHEAD * threads - known[worker]):
                unit = dealer.next(worker)
                if unit is None:
                    return
                future = self._submitted(unit, unit.key, told, [worker], elsewhere=True)
                flights[unit.key] = _Flight(unit, worker, future, time.monotonic())

    def _submitted(
        self, unit: Unit, key: str, told: "Queue[tuple[str, Any]]", workers: list[str], *, elsewhere: bool = False
    ) -> Any:
        """Submit work for some workers. elsewhere: it may go to others, when those are gone or busy."""
        future = self._client.submit(
            do_here,
            self._header,
            encode(unit),
            key=f"watchfloor-{key}-{time.monotonic_ns()}",
            pure=False,
            workers=workers,
            allow_other_workers=elsewhere,
        )
        future.add_done_callback(lambda one: told.put((unit.key, one)))
        return future

    def _outcome(self, future: Any, unit: Unit, tries: Counter[str]) -> Outcome | None:
        """Return what came of it, None when it must be done again."""
        if future.status == "cancelled" or future.status == "lost":
            return None
        try:
            if future.status == "finished":
                return outcome_of(future.result(timeout=60))
            error = future.exception(timeout=60)
        except (OSError, TimeoutError, self._distributed.CancelledError):
            return None  # it was lost with its worker before it was handed over
        if isinstance(error, ConfigError | StoreError):
            raise error
        tries[unit.key] += 1
        if tries[unit.key] < TRIES:
            return None
        where = unit.locator if isinstance(unit, Read) else unit.key
        return GivenUp(key=unit.key, locator=where, reason="poison", detail=f"{type(error).__name__}: {error}"[:500])

    def _mend(self, flights: dict[str, _Flight], dealer: Dealer) -> None:
        """Find a lost scheduler again; what it knew of is to be done again."""
        if self._client.status == "running" and (self.own is None or self.own.is_led()):
            if time.monotonic() - self._counted > (_COUNTS if len(self._threads) >= self._expected else _LOOKS):
                self._count()
            return
        dealer.give_back(flight.unit for flight in flights.values())
        flights.clear()
        self.restarts += 1
        self._connect(first=False)

    def _connect(self, *, first: bool) -> None:
        """Connect to the scheduler, with longer and longer pauses; raise SourceError when it stays away."""
        if self._client is not None:
            self._client.close(timeout=2)
        until, pause = time.monotonic() + (self._patience if not first or self.own else _CONNECTS_WITHIN), 0.5
        while True:
            try:
                if not first and self.own is not None:
                    self._address = self.own.begin_again()
                self._client = self._distributed.Client(
                    self._address, timeout=_CONNECTS_WITHIN, name="watchfloor-bulk", set_as_default=False
                )
                self._count()
                return
            except (OSError, TimeoutError, ValueError) as error:
                if isinstance(error, ValueError) or time.monotonic() > until:
                    raise SourceError(
                        f"no Dask scheduler answers at {self._address} ({error}); expected tcp://HOST:8786 or tls://HOST:8786"
                    ) from None
                time.sleep(pause)
                pause = min(2 * pause, 30.0)

    def _count(self) -> None:
        self._counted = time.monotonic()
        with suppress(OSError, TimeoutError):  # it is looked at again soon
            self._threads = dict(self._client.nthreads())
        if self._threads:
            self._manned = self._counted
        elif self._counted - self._manned > self._patience:
            raise SourceError(
                f"the Dask scheduler at {self._address} has no workers for {self._patience:.0f} s; start some "
                "(dask worker), then go on with --resume"
            )

    def _hurry(self, flights: dict[str, _Flight], took: "deque[float]", told: "Queue[tuple[str, Any]]") -> None:
        """Give what takes far longer than others to another worker too; who is done first counts."""
        if len(took) < 5:
            return
        late = time.monotonic() - max(self._slow_from, SLOW_TIMES * median(took))
        slow = [flight for flight in flights.values() if flight.again is None and flight.since < late]
        if not slow:
            return
        at_work = self._client.processing()
        for flight in slow:
            others = [
                name for name, keys in at_work.items() if str(flight.future.key) not in {str(key) for key in keys}
            ]
            if others and len(others) < len(at_work):
                flight.again = self._submitted(flight.unit, f"{flight.unit.key}-again", told, others)

    def _cancel(self, futures: list[Any]) -> None:
        if futures:
            self._client.cancel(futures, force=True)
