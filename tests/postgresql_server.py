"""A PostgreSQL server of the tests' own: in a folder of its own, on a port of its own, gone when the tests are.

PostgreSQL refuses to run as root, so as root it is started as an unprivileged user. WATCHFLOOR_TEST_POSTGRESQL names
the folder of its programs where they are not in a usual place.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO, Any

OLDEST = 15
USERS = ("postgres", "nobody")  # the first that there is runs the server when the tests run as root

MEMORY, ROOM = "/dev/shm", 1_000_000_000

_UNSAFE = {"fsync": "off", "full_page_writes": "off"}
_SETTINGS = {
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    "log_min_messages": "log",
}


def programs() -> Path | None:
    """Return the folder with initdb and postgres, of the newest version that is there, None when none is new enough."""
    given = os.environ.get("WATCHFLOOR_TEST_POSTGRESQL")
    usual = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = shutil.which("postgres")
    beside = [Path(found).resolve().parent] if found else []
    for folder in [Path(given)] if given else [*usual, *beside]:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file() and _major(folder) >= OLDEST:
            return folder
    return None


def _major(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].split(".")[0])


class Server:
    """A running server; `address(database)` is what to open. Databases are made from one that was made before."""

    def __init__(self, folder: Path, bin: Path, port: int, safe: bool) -> None:
        self.folder, self.port = folder, port
        self._bin, self._safe = bin, safe
        self._process: subprocess.Popen[str] | None = None
        self._made = 0

    def address(self, database: str) -> str:
        return f"postgresql://watch@/{database}?host={self.folder}&port={self.port}"

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        settings = {
            **_SETTINGS,
            **({} if self._safe else _UNSAFE),
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [self._bin / "postgres", "-D", self.folder / "data", *options],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            cwd=self.folder,
            **as_user(),
        )
        assert self._process.stderr is not None
        _await(self._process.stderr)
        Thread(target=_drain, args=(self._process.stderr,), daemon=True).start()  # else the server waits for a reader

    def kill(self) -> None:
        """Kill every process of the server at once, as a loss of power does."""
        assert self._process is not None
        for pid in [self._process.pid, *self._children(self._process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, 9)
        self._end()

    def _children(self, parent: int) -> list[int]:
        """Return the processes that the server started; each has a process group of its own."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(status.parent.name))
        return found

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(3)  # at once, without a checkpoint
            self._end()

    def _end(self) -> None:
        assert self._process is not None
        self._process.wait()
        self._process = None

    def make(self, database: str | None = None, template: str = "template0") -> str:
        """Make a database as another one is, by default an empty one; return its address."""
        self._made += 1
        name = database or f"test{self._made}"
        self.say(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY wal_log')
        return self.address(name)

    def drop(self, address: str) -> None:
        name = address.partition("@/")[2].partition("?")[0]
        self.say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def say(self, command: str, database: str = "postgres") -> Any:
        """Have the server run one command; return its rows."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            done = connection.execute(command)
            return done.fetchall() if done.description else None


def _await(log: IO[str]) -> None:
    said = []
    for line in log:
        said.append(line)
        if "ready to accept connections" in line:
            return
    raise RuntimeError("PostgreSQL did not start: " + "".join(said))


def _drain(log: IO[str]) -> None:
    with log:
        for _ in log:
            pass


def as_user() -> dict[str, Any]:
    """Return the options for a process that must not be root."""
    if os.geteuid() != 0:
        return {}
    for name in USERS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise RuntimeError(f"PostgreSQL does not run as root, and there is none of the users {', '.join(USERS)}")


def _roomy() -> str | None:
    """Return a folder in memory where there is one with room: what is killed is the server, never the machine."""
    try:
        return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None
    except OSError:
        return None


@contextmanager
def running(bin: Path, *, safe: bool = False) -> Iterator[Server]:
    """Start a server for the block. safe: it writes to the disk before it says so; slower."""
    folder = Path(tempfile.mkdtemp(prefix="watchfloor-pg-", dir=_roomy()))  # pytest's own is closed to other users
    who = as_user()
    if who:
        os.chown(folder, who["user"], who["group"])
    try:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = "-U watch -A trust -E UTF8 --locale=C.UTF-8 --no-sync".split()
        subprocess.run(
            [bin / "initdb", "-D", folder / "data", *options], check=True, capture_output=True, cwd=folder, **who
        )
        server = Server(folder, bin, port, safe)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
