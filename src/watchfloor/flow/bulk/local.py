"""Workers on this machine: some processes that read, each held by a thread of this one."""

import threading
from collections.abc import Iterable, Iterator
from queue import Empty, Queue

from watchfloor.flow.bulk.dealing import Dealer
from watchfloor.flow.bulk.hands import Hands
from watchfloor.flow.bulk.work import Header, Outcome, Unit

_LOOKS = 0.5  # seconds between two looks whether the run is stopped

_Told = tuple[Unit, Outcome] | BaseException | None


class LocalWorkers:
    """So many processes on this machine."""

    restarts = 0

    def __init__(self, header: Header, number: int) -> None:
        self.hands = [Hands(header) for _ in range(number)]

    def work(self, units: Iterable[Unit]) -> Iterator[tuple[Unit, Outcome]]:
        """Yield what came of each piece of work, in the order in which it was done."""
        dealer, told = Dealer(units), Queue[_Told]()
        stopping = threading.Event()

        def work_on(hands: Hands) -> None:
            try:
                while not stopping.is_set():
                    unit = dealer.next(hands)
                    if unit is None:
                        break
                    told.put((unit, hands.do(unit)))
            except BaseException as error:  # noqa: BLE001 - handed to the one who waits
                told.put(error)
            told.put(None)

        threads = [
            threading.Thread(target=work_on, args=(one,), name=f"reader-{n}") for n, one in enumerate(self.hands)
        ]
        working = len(threads)
        for thread in threads:
            thread.start()
        try:
            while working:
                try:
                    one = told.get(timeout=_LOOKS)
                except Empty:
                    continue
                if isinstance(one, BaseException):
                    raise one
                if one is None:
                    working -= 1
                else:
                    yield one
        finally:
            if working:
                stopping.set()
                self.close()
            for thread in threads:
                thread.join()

    def close(self) -> None:
        """End the processes."""
        for hands in self.hands:
            hands.end()
