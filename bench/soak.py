"""`watchfloor run` for an hour against a test site, with everything going wrong that goes wrong: is anything lost?

    sudo nice python bench/soak.py [--minutes 60] [--folder DIR] [--json] [--every 4] [--seed 1]

The product runs unchanged, by its command; what is around it is not as it should be, in a mount namespace of its own:
names are answered by a name server of ours (resolv.conf is mounted over), its working folder lies on a small disk of
its own (a loop device with ext4) that is filled up, its clock is moved by `soak_clock.c`, which is loaded before it,
the site answers with errors, in pieces or not at all, and the process is killed every five minutes. So it needs Linux,
root and a C compiler. Every 10 seconds it is looked at. The last sixth of the time is without faults and the
clock is set ahead once, so that what waits for another try is due. When the time is over it may go on for five minutes
until no page waits; then it is stopped and begun once more on the same database, and what it holds after an hour is set
beside what that fresh process holds. At the end everything that the site published must be in the database, once, and
nothing may have grown. `--minutes 1` tries the whole out; its verdict on growth says
nothing. Interrupted and begun again with the same folder it goes on with the database that is there.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, to_builtins

import watchfloor
from soak_mail import Mail
from soak_names import Mood, Names
from soak_service import Kept
from soak_site import FORMS, HOSTS, Published, read
from soak_telling import CATCH_UP, report
from soak_truth import found, missing, waiting
from soak_watching import Eye, Sample

NAME_SERVER = "127.0.53.1"
DISK_MB = 600
EVERY = 10.0  # seconds between two looks
HOUR = 3600.0
CALM = 5 / 6  # of the time: after it nothing is published and nothing goes wrong
STARTING = 15.0  # seconds that a life needs until it is told to stop rather than not begun at all (assumed)
KILL_EVERY, SHORTEST_LIFE = 300.0, 20.0  # seconds, of an hour; and however short the soak is
CONTROL, WAKING = 240.0, 40.0  # seconds that the fresh process gets, and in which it is given pages to read
AHEAD = 100 * 60  # seconds by which the clock is set ahead in the end: pages that were busy are due after 30, 60, 90


class Fault(Struct, frozen=True):
    """What goes wrong from one minute to another, of an hour. hosts: which of the site's hosts; 0 for all there is."""

    start: float
    end: float
    kind: str
    hosts: Sequence[int] = ()
    by: float = 0.0


_BLOCK = (
    Fault(0.5, 2.5, "names:fails", (0, 1)),
    Fault(2.0, 3.5, "site:500", (2,)),
    Fault(2.5, 4.0, "site:503", (3,)),
    Fault(4.5, 6.5, "site:drop", (4,)),
    Fault(4.5, 6.5, "site:drip", (5,)),
    Fault(6.0, 8.0, "site:torn", (6, 1)),
    Fault(7.0, 8.5, "site:429", (7,)),
    Fault(8.0, 8.7, "site:refuse", (2, 3)),
    Fault(9.0, 10.3, "disk"),
    Fault(11.0, 12.5, "names:silent", (0, 1, 2, 3, 4, 5, 6, 7)),
    Fault(12.7, 13.7, "clock", by=3 * 3600),
    Fault(14.5, 16.0, "clock", by=-900),
    Fault(15.0, 16.5, "names:unknown", (4, 5)),
    Fault(17.0, 18.0, "disk"),
    Fault(18.0, 19.0, "site:503", (0, 2, 4, 6)),
)
FAULTS = (
    *(Fault(one.start + at, one.end + at, one.kind, one.hosts, one.by) for at in (0, 20) for one in _BLOCK),
    Fault(41.0, 43.0, "names:fails", (6, 7)), Fault(43.0, 44.0, "site:500", (0, 1, 2, 3)), Fault(44.5, 45.5, "disk"),
    Fault(46.0, 47.0, "clock", by=7200), Fault(47.5, 49.0, "site:drop", (3, 4)),
)  # fmt: skip
ASKED_TO_STOP = (7.5, 22.5, 37.5)  # minutes, of an hour, at which it is told to stop (SIGTERM) and begun again


class World:
    """What is around the service."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.disk = folder, folder / "disk"
        self.node = self.disk / "node"
        self.clock, self.shim = folder / "clock", folder / "soak_clock.so"
        self.names = Names(NAME_SERVER)
        self.now: tuple[Fault, ...] = ()
        self.injected: dict[str, int] = {}
        self.ahead = 0.0
        self._mount()
        self._turn(())

    def _mount(self) -> None:
        source = Path(__file__).with_name("soak_clock.c")
        _run("cc", "-shared", "-fPIC", "-O2", "-o", self.shim, source)
        image, conf = self.folder / "disk.img", self.folder / "resolv.conf"
        if not image.exists():
            with image.open("wb") as stream:
                stream.truncate(DISK_MB << 20)
            _run("mkfs.ext4", "-q", "-m", "0", "-F", image)
        self.disk.mkdir(exist_ok=True)
        _run("mount", "-o", "loop", image, self.disk)
        conf.write_text(f"nameserver {NAME_SERVER}\noptions timeout:2 attempts:1\n")
        _run("mount", "--bind", conf, "/etc/resolv.conf")
        self.node.mkdir(exist_ok=True)
        self.room()

    def leave(self) -> None:
        """Unmount the disk."""
        with suppress(subprocess.CalledProcessError):
            _run("umount", self.disk)

    def room(self) -> None:
        """Make room on the disk."""
        (self.disk / "ballast").unlink(missing_ok=True)

    def fill(self) -> None:
        """Leave no byte on the disk; asked again, fill what has come free."""
        for size in (1 << 20, 1 << 12):
            with suppress(OSError), (self.disk / "ballast").open("ab", buffering=0) as ballast:
                while ballast.write(bytes(size)) == size:
                    pass

    def turn(self, minute: float, *, calm: bool) -> list[str]:
        """Have that be wrong which is at a minute; return what has changed, in words."""
        due = () if calm else tuple(one for one in FAULTS if one.start <= minute < one.end)
        if any(one.kind == "disk" for one in due):
            self.fill()
        if due == self.now:
            return []
        told = [f"ends: {one.kind} {list(one.hosts) or ''}" for one in self.now if one not in due]
        for one in due:
            if one not in self.now:
                told.append(f"begins: {one.kind} {list(one.hosts) or ''} {one.by or ''}")
                self.injected[one.kind] = self.injected.get(one.kind, 0) + 1
        self._turn(due)
        return told

    def _turn(self, due: Sequence[Fault]) -> None:
        self.now = tuple(due)
        site: dict[str, str] = {}
        moods: dict[str, Mood] = {}
        by = 0.0
        for one in due:
            family, _, what = one.kind.partition(":")
            for nth in one.hosts:
                if family == "site":
                    site[HOSTS[nth]] = what
                else:
                    moods[HOSTS[nth]] = what  # type: ignore[assignment]
            by += one.by
        self.names.moods = moods
        _write(self.folder / "faults.json", json.dumps(site))
        _write(self.clock, f"{by + self.ahead:+.0f}")
        if not any(one.kind == "disk" for one in due):
            self.room()

    def set_ahead(self) -> None:
        """Set the clock ahead, for good."""
        self.ahead += AHEAD
        self._turn(self.now)


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True)


def _write(path: Path, text: str) -> None:
    new = path.with_suffix(".new")
    new.write_text(text)
    new.rename(path)


def prepare(world: World, kept: Kept, site: int, mail: int) -> None:
    """Make the node: settings, feeds, what is watched for."""
    (world.node / "watchfloor.toml").write_text(
        f'[fetch]\nallow = ["127.0.0.0/8"]\nports = [{site}]\ngap = 0.2\nseconds = 20.0\nread_seconds = 5.0\n'
        "connect_seconds = 5.0\n"
        f'[alerts.mail]\nhost = "127.0.0.1"\nport = {mail}\ntls = "none"\nsender = "watch@desk.example"\n'
        '[alerts.channels.desk]\nkind = "mail"\nto = ["duty@desk.example"]\nclearance = "RED"\nunmarked = true\n'
    )
    (world.node / "watch.toml").write_text(
        '[[indicator]]\nid = "arrived"\ntitle = "Something arrived"\nover = "figures"\nwhen = "first seen"\n'
        'words = ["arrived"]\nnotify = ["desk"]\n'
        '[[indicator]]\nid = "changed"\ntitle = "Somebody says otherwise"\nover = "claims"\nwhen = "stance changed"\n'
        'kinds = ["figure"]\n'
    )
    for host, form in FORMS.items():
        name, kind = host.partition(".")[0], "sitemap" if form == "sitemap" else "feed"
        done = kept.ask("feed", "add", name, f"http://{host}:{site}/feed", "--kind", kind, "--every", "60s")
        if done.returncode and "already" not in done.stderr:
            raise SystemExit(f"a feed cannot be added: {done.stderr}")


class Soak:
    """One soak under way."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.folder = given, given.folder
        self.seconds, self.scale = 60 * given.minutes, given.minutes / 60
        self.world = World(self.folder)
        self.mail = Mail()
        port = self.folder / "port"
        self._site = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("soak_site.py"), self.folder, "--seed", str(given.seed),
             "--port", port.read_text() if port.exists() else "0"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._site.stdout is not None
        self.site = int(self._site.stdout.readline())
        port.write_text(str(self.site))
        environment = {
            "LD_PRELOAD": str(self.world.shim),
            "SOAK_CLOCK": str(self.world.clock),
            "PYTHONPATH": str(Path(watchfloor.__file__).parents[1]),
        }
        self.kept = Kept(self.world.node, self.folder / "service.log", environment, (18764, 19464))
        self.database = self.world.node / "watchfloor.db"
        self.samples: list[Sample] = []
        self.caught_up: float | None = None
        self.idle_after: float | None = None
        self.control: int | None = None
        self.stops: list[tuple[float, int | None]] = []
        self.began = time.monotonic()
        self._over = threading.Event()

    def say(self, *words: object) -> None:
        """Write down what was done to it, and when."""
        at = time.monotonic() - self.began
        print(f"{at / 60:6.2f}", *words, file=sys.stderr, flush=True)

    def run(self) -> None:
        """Let it run its time."""
        prepare(self.world, self.kept, self.site, self.mail.port)
        self.began = time.monotonic()
        self.kept.begin()
        eye, calm_at = Eye(self.database, self.kept.ports[1]), CALM * self.seconds
        kill_every = max(KILL_EVERY * self.scale, SHORTEST_LIFE)
        kills, publish = kill_every, 0.0
        looking = threading.Thread(target=self._look_on, args=(eye,), name="looking", daemon=True)
        looking.start()
        asked = [60 * minute * self.scale for minute in ASKED_TO_STOP]
        is_calm = False
        while (at := time.monotonic() - self.began) < self.seconds:
            self.kept.tend(", ".join(one.kind for one in self.world.now))
            for told in self.world.turn(at / 60 / self.scale, calm=at >= calm_at):
                self.say(told)
            if at >= calm_at and not is_calm:
                is_calm = True
                self.say("from here on nothing is published and nothing goes wrong; the clock is set ahead")
                self.world.set_ahead()
            if not is_calm and at >= publish:
                publish = at + self.given.every
                self._publish()
            if at >= kills and at < calm_at + 1:
                kills += kill_every
                self._end(signal.SIGKILL)
            if asked and asked[0] <= at < calm_at and time.monotonic() - self.kept.lives[-1].began >= STARTING:
                asked.pop(0)
                self._end(signal.SIGTERM)
            time.sleep(0.25)
        self._idle()
        self._end(signal.SIGTERM)
        self._fresh()
        self._over.set()
        looking.join()
        last = self.kept.end(signal.SIGTERM)
        self.stops.append((last.took, last.code))

    def _idle(self) -> None:
        """Wait until no page waits: feeds are asked each minute and may have named some just now."""
        since = time.monotonic()
        while (took := time.monotonic() - since) < CATCH_UP:
            self.kept.tend()
            if not waiting(self.database, self.published()):
                self.idle_after = max(took, self.idle_after or 0.0)
                self.say(f"no page waits, {took:.0f} s after the end")
                return
            time.sleep(1.0)

    def _fresh(self) -> None:
        """Let the life that has just begun do what one does, with all that has come in: what does that take?"""
        self.control = self.kept.lives[-1].nth
        since, publish = time.monotonic(), 0.0
        while (took := time.monotonic() - since) < CONTROL * min(1.0, 2 * self.scale):
            self.kept.tend()
            if took < WAKING and took >= publish:
                publish = took + self.given.every
                self._publish()
            time.sleep(0.25)
        while self._missing() and time.monotonic() - since < CONTROL + CATCH_UP:
            time.sleep(1.0)
        self._idle()

    def published(self) -> list[Published]:
        """Return all versions of pages that there are."""
        return read(self.folder / "published.jsonl")

    def _missing(self) -> int:
        return missing(self.database, self.published(), self.site)

    def _publish(self) -> None:
        assert self._site.stdin is not None
        self._site.stdin.write("\n")
        self._site.stdin.flush()

    def _end(self, number: signal.Signals) -> None:
        if self.kept.pid is None:
            return
        life = self.kept.end(number)
        self.say(f"{number.name}: life {life.nth} ended after {life.took:.1f} s with {life.code}")
        if number == signal.SIGTERM:
            self.stops.append((life.took, life.code))
        self.kept.begin()

    def _look_on(self, eye: Eye) -> None:
        calm_at = self.began + CALM * self.seconds
        while not self._over.wait(EVERY if self.seconds > 600 else 2.0):
            self._look(eye)
            if time.monotonic() > calm_at and self.caught_up is None and not self._missing():
                self.caught_up = time.monotonic() - calm_at
                self.say(f"caught up after {self.caught_up:.0f} s")

    def _look(self, eye: Eye) -> None:
        pid, life = self.kept.pid, self.kept.lives[-1]
        if pid is None:
            return
        one = eye.look(self.began, life.nth, life.began, pid, self.kept.entrance())
        if one is None:
            return
        self.samples.append(one)
        with (self.folder / "samples.jsonl").open("a") as stream:
            stream.write(json.dumps({**to_builtins(one), "missing": self._missing()}) + "\n")

    def close(self) -> None:
        """End what is around it."""
        if self.kept.pid is not None:
            self.kept.end(signal.SIGKILL)
        self._site.terminate()
        self._site.wait()
        self.world.leave()


def main() -> int:
    """Soak, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/watchfloor-soak"))
    parser.add_argument("--every", type=float, default=4.0, help="seconds between two published pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--anew", action="store_true", help="throw away what an earlier soak left in the folder")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if os.geteuid() != 0 or shutil.which("cc") is None:
        print("it needs root and a C compiler; see the docstring", file=sys.stderr)
        return 2
    if "SOAK_INSIDE" not in os.environ:
        os.environ["SOAK_INSIDE"] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])
    if given.anew:
        shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True, exist_ok=True)
    given.folder = given.folder.resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is around it is cleared away
    soak = Soak(given)
    try:
        soak.run()
        checks = {words: soak.kept.ask(*words.split()) for words in ("db check", "audit verify")}
        came = found(soak.database, soak.published(), soak.site)
        right = report(soak, came, {words: done.returncode for words, done in checks.items()}, as_json=given.json)
        for words, done in checks.items():
            if done.returncode:
                print(words, done.stdout[-2000:], done.stderr[-2000:], file=sys.stderr)
    finally:
        soak.close()
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
