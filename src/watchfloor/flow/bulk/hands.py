"""A process that reads, held by the one who started it: it is begun again when it dies, and ended when it hangs."""

import os
import selectors
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import IO

import msgspec
from msgspec import structs

from watchfloor.core.errors import ConfigError, StoreError
from watchfloor.flow.bulk.child import At, Ended, Failed, Message, Ready, send
from watchfloor.flow.bulk.work import GivenUp, Header, Outcome, Read, Unit, encode
from watchfloor.flow.deadline import STALLED

TRIES = 3  # deaths over one item after which it is passed over, and over no item after which work is given up
MOST_DEATHS = 30  # over one piece of work, whatever the items
STARTS_WITHIN = 120.0  # seconds in which a process must be ready
HANGS_AFTER = 60.0  # seconds without a sign of life, beyond what a report may take at most, after which it is ended
NO_ITEM_WITHIN = 3600.0  # seconds that work may take that tells of no items: sorting, and cutting a large archive
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)

_LENGTH = 4
_message_of: Callable[[bytes], Message] = msgspec.msgpack.Decoder(Message).decode


class Died(Exception):
    """The process ended, or was ended because it hung. number: of the item it was at, None before the first."""

    def __init__(self, number: int | None, how: str) -> None:
        super().__init__(number, how)
        self.number, self.how = number, how


class Hands:
    """One process that reads, begun with the first piece of work; it ends by itself when the one who holds it does."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended = False

    def do(self, unit: Unit) -> Outcome:
        """Do a piece of work, again after a death, and return what came of it.

        An item over which the process died thrice is passed over and set aside. Raises ConfigError when the process
        cannot work at all, StoreError when what came of it cannot be written.
        """
        deaths: Counter[int | None] = Counter()
        while True:
            if self._ended:
                return GivenUp(key=unit.key, locator=unit.key, reason="stopped", detail="the run was stopped")
            try:
                return self._once(unit)
            except Died as died:
                self.close()
                if self._ended:
                    continue
                deaths[died.number] += 1
                if deaths.total() >= MOST_DEATHS or (deaths[died.number] >= TRIES and not _can_skip(unit, died.number)):
                    return GivenUp(
                        key=unit.key,
                        locator=unit.locator if isinstance(unit, Read) else unit.key,
                        reason="poison",
                        detail=f"whoever worked on it died {deaths.total()} times, the last time {died.how}",
                    )
                if deaths[died.number] >= TRIES and isinstance(unit, Read) and died.number is not None:
                    unit = structs.replace(unit, skip=(*unit.skip, died.number))

    @property
    def pid(self) -> int | None:
        """Return the number of the process, None when there is none at the moment."""
        process = self._process
        return None if process is None else process.pid

    def end(self) -> None:
        """End the process for good; whoever waits for what comes of its work is told that it was stopped."""
        self._ended = True
        self.close()

    def close(self) -> None:
        """End the process; the next piece of work begins another one."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    def _once(self, unit: Unit) -> Outcome:
        number: int | None = None
        try:
            process = self._process or self._started()
            send(_given(process.stdin), encode(unit))
            while True:
                patience = STALLED * self._header.seconds + HANGS_AFTER if number is not None else NO_ITEM_WITHIN
                message = self._next(process, patience, number)
                if isinstance(message, Ended):
                    return message.outcome
                if isinstance(message, At):
                    number = message.number
                elif isinstance(message, Failed):
                    if message.stops:
                        raise StoreError(message.detail)
                    raise Died(number, f"with {message.detail}")
        except (BrokenPipeError, ValueError) as error:  # ValueError: its streams were closed when it was ended
            raise Died(number, f"without a word ({error})") from None

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "watchfloor.flow.bulk.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_THREAD, "PYTHONHASHSEED": "0"},
            bufsize=0,
        )
        self._process = process
        try:
            send(_given(process.stdin), encode(self._header))
            message = self._next(process, STARTS_WITHIN, None)
        except BrokenPipeError:
            raise Died(None, "before it was ready") from None
        if isinstance(message, Failed):
            self.close()
            raise ConfigError(message.detail)
        if isinstance(message, Ready):
            check_alike(message, self._header)
        return process

    def _next(self, process: subprocess.Popen[bytes], patience: float, number: int | None) -> Message:
        """Return its next message; raise Died when it ends, or says nothing for so many seconds."""
        until = time.monotonic() + patience
        length = self._read(process, _LENGTH, until, number)
        return _message_of(self._read(process, int.from_bytes(length, "little"), until, number))

    def _read(self, process: subprocess.Popen[bytes], size: int, until: float, number: int | None) -> bytes:
        stream = _given(process.stdout)
        found = bytearray()
        with selectors.DefaultSelector() as waiting:
            waiting.register(stream, selectors.EVENT_READ)
            while len(found) < size:
                if not waiting.select(max(0.0, until - time.monotonic())):
                    raise Died(number, "because it had hung")
                more = os.read(stream.fileno(), size - len(found))
                if not more:
                    code = process.wait()
                    raise Died(number, f"by signal {-code}" if code < 0 else f"with exit code {code}")
                found += more
        return bytes(found)


def check_alike(ready: Ready, header: Header) -> None:
    """Raise ConfigError unless the process reads as the run began: else results would depend on who did what."""
    for what, found, expected in (
        ("recipe", ready.recipe, header.recipe),
        ("versions", ready.made_with, header.made_with),
    ):
        if found != expected:
            raise ConfigError(
                f"a worker's {what} are other than the run's: found {found}; expected {expected}. Install the same on "
                "all machines; after an update begin a new run"
            )


def _can_skip(unit: Unit, number: int | None) -> bool:
    return isinstance(unit, Read) and number is not None and number not in unit.skip


def _given(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise BrokenPipeError("the process has no such stream")
    return stream
