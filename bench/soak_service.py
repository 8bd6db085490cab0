"""The service under a soak, as an operator runs it: begun by its command, killed, begun again."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
from msgspec import Struct

from soak_watching import family

START = "from watchfloor.cli.main import run; run()"
_ENTRANCE = re.compile(r"Open (http://\S+) in a browser")
LINGERING = 10.0  # seconds that its readers may take to notice that it is gone (assumed)
_AGAIN = 2.0  # seconds before a service that ended by itself is begun again, as systemd's RestartSec


class Life(Struct):
    """One life of the service. ended: "SIGKILL" and "SIGTERM" of ours; "by itself"; None while it lives.

    began, until: by the monotonic clock. code: exit status. took: seconds from our signal to its end. under: the faults
    of the time when it ended by itself. left: processes of it that outlived it.
    """

    nth: int
    began: float
    until: float | None = None
    ended: str | None = None
    code: int | None = None
    took: float = 0.0
    under: str = ""
    left: int = 0


class Kept:
    """Keeps a service running in a folder. environment: what is set for it beside ours."""

    def __init__(self, folder: Path, log: Path, environment: dict[str, str], ports: tuple[int, int]) -> None:
        self._folder, self._log, self.ports = folder, log, ports
        self._environment = {**os.environ, **environment}
        self.lives: list[Life] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._next = 0.0

    def command(self, *words: str) -> list[str]:
        """Return a command of the product."""
        return [sys.executable, "-c", START, *words]

    def ask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product to its end."""
        return subprocess.run(
            self.command(*words), cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False
        )

    @property
    def pid(self) -> int | None:
        """Return the process, None while there is none."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def begin(self) -> None:
        """Begin a life."""
        pages, ops = self.ports
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command("run", "--port", str(pages), "--ops", f"127.0.0.1:{ops}"),
                cwd=self._folder,
                env=self._environment,
                stderr=log,
                stdout=log,
                stdin=subprocess.DEVNULL,
            )
        self.lives.append(Life(nth=len(self.lives) + 1, began=time.monotonic()))

    def tend(self, under: str = "") -> None:
        """Begin it again where it ended by itself; under: the faults of the moment."""
        if self._process is None or self._process.poll() is None:
            return
        life = self.lives[-1]
        if life.until is None:
            life.until, life.ended, life.code = time.monotonic(), "by itself", self._process.returncode
            life.under = under
            self._next = time.monotonic() + _AGAIN
        if time.monotonic() >= self._next:
            self.begin()

    def end(self, number: signal.Signals, *, wait: float = 60.0) -> Life:
        """Have it ended by a signal; return its life. One that does not end in time is killed, and that is told."""
        life = self.lives[-1]
        if self._process is None or self._process.poll() is not None:
            self.tend()
            return life
        whole = self._family()
        began = time.monotonic()
        self._process.send_signal(number)
        try:
            self._process.wait(wait)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        life.until, life.ended, life.code = time.monotonic(), number.name, self._process.returncode
        life.took = life.until - began
        life.left = len(psutil.wait_procs(whole, timeout=LINGERING)[1])
        return life

    def _family(self) -> list[psutil.Process]:
        try:
            return family(self.pid)[1:] if self.pid is not None else []
        except psutil.Error:
            return []

    def entrance(self) -> str | None:
        """Return the way into the pages that the present life has told."""
        found = _ENTRANCE.findall(self._log.read_text(encoding="utf-8", errors="replace"))
        return found[-1] if found else None

    def troubles(self) -> dict[str, int]:
        """Return how often the log tells of each kind of trouble."""
        found: dict[str, int] = {}
        for line in self._log.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if said.get("level") in ("error", "critical"):
                what = f"{said['message']}: {str(said.get('error', '')).strip().splitlines()[-1:] or ['']}"
                found[what] = found.get(what, 0) + 1
        return found
