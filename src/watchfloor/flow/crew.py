"""A crew: processes that make reports of captures beside each other, each with a model of its own, for one that keeps.

They hold nothing that could be lost: whoever started them keeps what they make, and when that process ends in whatever
way, they end. One that dies is replaced, and what it was at is tried once more.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Lock
from typing import IO

from watchfloor import __version__
from watchfloor.clean.host_memory import Memory
from watchfloor.core.errors import ConfigError
from watchfloor.flow import crew_words as words
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.made import Again, Asked, Failed, Made, Order
from watchfloor.flow.parts import Part, recipe

MOST = 4
"""Processes that are started unless somebody asks for more."""

_TRIES = 2  # for a report whose process dies
_AHEAD = 4  # reports begun for each process, so that none waits while an earlier one is slow (assumed)
_ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # each process has one core to itself


class Unspeakable(Exception):
    """A capture cannot be handed over, or not what was made of it: make it here."""


def size_of(settings: Configuration) -> int:
    """Return how many processes read beside each other: as set, else one for each core that may be used, up to MOST."""
    if settings.workers is not None:
        return settings.workers
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST)


@contextmanager
def crewed(size: int, settings: Configuration, parts: Sequence[Part]) -> Iterator["Crew"]:
    """Have a crew of so many processes for the block, which annotate as these parts do; afterwards all are gone."""
    crew = Crew(size, words.Setup(settings.parts, settings.gazetteer), recipe(parts, __version__))
    try:
        yield crew
    finally:
        crew.close()


class Crew:
    """Some processes and what they are at; `crewed` opens one."""

    def __init__(self, size: int, setup: words.Setup, expected: str) -> None:
        self.size, self.ahead = size, size * _AHEAD
        self._setup, self._recipe = setup, expected
        self._lock, self._is_closed = Lock(), False
        self._members: set[_Member] = set()
        self._idle: SimpleQueue[_Member] = SimpleQueue()
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="crew")

    def submit(self, order: Order | Again, asked: Asked) -> "Future[Made | Failed]":
        """Have one report made as `made.make` does; the future raises Unspeakable when it must be made here."""
        return self._threads.submit(self._made, order, asked)

    def close(self) -> None:
        """End all of them at once; what they are at is lost."""
        with self._lock:
            self._is_closed = True
            members = list(self._members)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for member in members:
            member.end()
        self._threads.shutdown()
        for member in members:
            member.bury()

    def _new(self) -> "_Member":
        with self._lock:
            if self._is_closed:
                raise _Ended("the crew is gone")
            member = _Member(self._setup, self._recipe)
            self._members.add(member)
            return member

    def start(self) -> None:
        """Start all processes now; otherwise each is started when there is work for it."""
        for _ in range(self.size - len(self._members)):
            self._idle.put(self._new())

    def _free(self) -> "_Member":
        """Return one that has nothing to do; there are as many threads as processes, so there always is one."""
        try:
            return self._idle.get_nowait()
        except Empty:
            return self._new()

    def _made(self, order: Order | Again, asked: Asked) -> Made | Failed:
        member = self._free()
        try:
            for _ in range(_TRIES):
                try:
                    return member.made(order, asked)
                except _Ended as ended:
                    how = str(ended)
                    member = self._replaced(member)
                except Unspeakable:
                    raise
                except BaseException:
                    member = self._replaced(member)  # it waits for an answer that will not come
                    raise
            detail = f"the process that read it ended {_TRIES} times ({how}); please report it with this file"
            return Failed(room="annotate", reason="internal-error", detail=detail)
        finally:
            self._idle.put(member)

    def _replaced(self, member: "_Member") -> "_Member":
        member.end()
        new = self._new()
        with self._lock:
            self._members.discard(member)
        member.bury()
        return new


class _Ended(Exception):
    """The process is gone; says how."""


class _Member:
    """One process. It loads while others work: whether it is set up as we are is looked at when it is first used."""

    def __init__(self, setup: words.Setup, expected: str) -> None:
        ours = {**os.environ, **_ALONE, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "watchfloor.flow.crew_member"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=ours,
        )
        self._expected: str | None = expected
        with suppress(BrokenPipeError):
            words.send(self._to, setup)

    @property
    def _to(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _from(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def made(self, order: Order | Again, asked: Asked) -> Made | Failed:
        """Have one report made, and answer what it asks on the way."""
        self._look()
        self._send(order)
        while True:
            said = self._next()
            if isinstance(said, Made | Failed):
                return said
            if isinstance(said, words.Unspeakable):
                raise Unspeakable
            if isinstance(said, words.Wrong):
                raise ConfigError(said.message)
            self._answer(said, asked)

    def _answer(self, said: words.Said, asked: Asked) -> None:
        if isinstance(said, words.HostAsked):
            self._send(asked.host(said.host, said.address, said.keys))
        elif isinstance(said, words.ReadingsAsked):
            self._send(dict(asked.readings(said.version, said.keys)))
        elif isinstance(said, words.Cleaned):
            asked.cleaned(said.lines)

    def _look(self) -> None:
        """Look once whether it was set up as we are."""
        if self._expected is None:
            return
        said = self._next()
        if isinstance(said, words.Wrong):
            raise ConfigError(said.message)
        if not isinstance(said, words.Ready) or said.recipe != self._expected:
            raise ConfigError(f"a reading process has {said}, expected the recipe {self._expected!r}; set workers to 1")
        self._expected = None

    def _send(self, message: words.Told | Memory | dict[str, bytes]) -> None:
        try:
            words.send(self._to, message)
        except UnicodeEncodeError:
            raise Unspeakable from None
        except (BrokenPipeError, ValueError):
            raise _Ended(self._how()) from None

    def _next(self) -> words.Said:
        try:
            written = words.receive(self._from)
        except ValueError:
            written = None
        if written is None:
            raise _Ended(self._how())
        return words.said(written)

    def _how(self) -> str:
        self.end()
        return f"exit code {self._process.wait()}"

    def end(self) -> None:
        """End it now."""
        self._process.kill()

    def bury(self) -> None:
        """Let go of what the system holds of it, once it was ended and nobody talks to it."""
        self._process.wait()
        for pipe in (self._to, self._from):
            with suppress(BrokenPipeError):
                pipe.close()
