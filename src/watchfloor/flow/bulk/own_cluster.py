"""A Dask cluster of our own on this machine, as processes that can be lost and begun again."""

import os
import subprocess
import sys
from contextlib import ExitStack

from watchfloor.core.errors import ConfigError
from watchfloor.flow.bulk.hands import ONE_THREAD

_QUIET = {"DASK_LOGGING__DISTRIBUTED": "error"}


class OwnCluster:
    """A scheduler and so many workers, each a process of its own with one thread."""

    def __init__(self, number: int, folder: str) -> None:
        """folder: for what its workers keep while they run."""
        self._number, self._folder = number, folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.address = self._begun()

    def is_led(self) -> bool:
        """Return whether its scheduler runs; workers that are gone are begun again."""
        if self._processes[0].poll() is not None:
            return False
        for process in self._processes[1:]:
            if process.poll() is not None:
                self._processes.remove(process)
                _let_go(process)
                self._start("worker", self.address, self._folder)
        return True

    def begin_again(self) -> str:
        """End what is left of it and begin another; return its address."""
        self.close()
        self.address = self._begun()
        return self.address

    def close(self) -> None:
        """End all of its processes."""
        with ExitStack() as done:
            for process in self._processes:
                done.callback(_let_go, process)
                process.kill()  # the worker's own process ends when this one does
        self._processes = []

    @property
    def pids(self) -> list[int]:
        """Return the numbers of its processes, the scheduler's first."""
        return [process.pid for process in self._processes]

    def _begun(self) -> str:
        scheduler = self._start("scheduler")
        address = scheduler.stdout.readline().decode().strip() if scheduler.stdout is not None else ""
        if not address:
            self.close()
            raise ConfigError("the scheduler did not start; what it said stands above")
        for _ in range(self._number):
            self._start("worker", address, self._folder)
        return address

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "watchfloor.flow.bulk.cluster_process", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if arguments[0] == "scheduler" else subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD, **_QUIET},
            start_new_session=True,  # Ctrl-C is for the run; it ends them
        )
        self._processes.append(process)
        return process


def _let_go(process: subprocess.Popen[bytes]) -> None:
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
