"""The long forms of what the tests show in short about partners, servers and crashes; each round is a line of a log.

usage: python bench/partners.py killed     [--rounds 20] [--log FILE]    kill -9 of server, writers and PostgreSQL
       python bench/partners.py isolation  [--items 200]                 3 partners, random markings, every read path
       python bench/partners.py requests   [--examples 100]              made-up requests to every page and to TAXII
       python bench/partners.py nodes                                    two nodes by their commands, in real processes

`killed` goes on where its log ends. Needs the development tools; PostgreSQL where it is to be killed.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
KINDS = ("server", "server on PostgreSQL", "writer", "writer on PostgreSQL", "PostgreSQL")
Round = Callable[[int], dict[str, Any]]


def killed(rounds: int, log: Path) -> int:
    """Kill each kind so many times; return how many rounds lost something."""
    done = Counter(json.loads(line)["kind"] for line in log.read_text().splitlines()) if log.exists() else Counter()
    with ExitStack() as open_, log.open("a", encoding="utf-8") as written:
        server: list[Any] = []
        for kind in KINDS:
            if done[kind] >= rounds:
                continue
            try:
                play = _player(kind, open_, server)
            except LookupError as error:
                print(f"{kind}: left out, {error}")
                continue
            for number in range(done[kind], rounds):
                began = time.monotonic()
                found = {"kind": kind, "round": number, **play(number), "seconds": round(time.monotonic() - began, 1)}
                written.write(json.dumps(found) + "\n")
                written.flush()
    return _summed(log)


def _player(kind: str, open_: ExitStack, server: list[Any]) -> Round:
    """Return what plays one round of a kind; raises LookupError where it cannot be played here."""
    from tests.web.killed_server import killed_while_writing

    folder = Path(open_.enter_context(tempfile.TemporaryDirectory()))
    if "PostgreSQL" not in kind:
        path = folder / "a.db"
        if kind == "writer":
            return lambda number: _writer_killed(str(folder / f"{number}.db"), number, None)
        return lambda number: _told(killed_while_writing(str(path), number, random.Random(number).randrange(1, 60)))
    if not server:
        from tests.postgresql_server import programs, running

        found = programs()
        if found is None:
            raise LookupError("no PostgreSQL is installed")
        server.append(open_.enter_context(running(found, safe=True)))
    if kind == "server on PostgreSQL":
        address = server[0].make()
        return lambda number: _told(killed_while_writing(address, number, random.Random(number).randrange(1, 60)))
    return lambda number: _writer_killed(server[0].make(), number, server[0] if kind == "PostgreSQL" else None)


def _told(found: Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__struct_fields__}


def _writer_killed(address: str, number: int, server: Any) -> dict[str, Any]:
    """Kill a program that writes, or the server under it; then look, and let it be finished."""
    from tests.store.crash_writer import HOME

    from watchfloor.store.connection import open_store

    writer = ROOT / "tests" / "store" / "crash_writer.py"
    after = random.Random(number).randrange(1, 114)
    with subprocess.Popen(
        [sys.executable, writer, address], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        said = [line for _, line in zip(range(after), running.stdout, strict=False)]
        if server is not None:
            server.kill()
        running.kill()
        said += running.stdout.readlines()
    if server is not None:
        server.start()
    acknowledged = [line.strip() for line in said if line.endswith("\n")]
    with open_store(address, create=True) as store:
        dump = store.dump(HOME)
        lost, findings = sum(id not in dump for id in acknowledged), len(store.check(HOME))
    subprocess.run([sys.executable, writer, address], check=True, stdout=subprocess.DEVNULL)
    with open_store(address, create=False) as store:
        counts = store.counts(HOME)
        whole = (counts["captures"], counts["reported"], counts["set_aside"]) == (60, 54, 6)
        findings += len(store.check(HOME))
    return {"acknowledged": len(acknowledged), "lost": lost, "halved": int(not whole), "findings": findings}


def _summed(log: Path) -> int:
    rounds = [json.loads(line) for line in log.read_text().splitlines()]
    bad = 0
    print(f"{'killed':24}{'rounds':>8}{'acknowledged':>14}{'lost':>6}{'halved':>8}{'findings':>10}")
    for kind in KINDS:
        mine = [one for one in rounds if one["kind"] == kind]
        sums = [sum(one[name] for one in mine) for name in ("acknowledged", "lost", "halved", "findings")]
        bad += sum(bool(one["lost"] or one["halved"] or one["findings"]) for one in mine)
        print(f"{kind:24}{len(mine):>8}{sums[0]:>14}{sums[1]:>6}{sums[2]:>8}{sums[3]:>10}")
    return bad


def tested(*files: str, **settings: str) -> int:
    """Run files of the tests with other numbers."""
    told = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout=3600", *files]
    return subprocess.run(told, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode


def nodes() -> int:
    """Let two nodes exchange the sample situation by their commands; return how many checks failed."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_:
        alder, birch = Node(Path(folder) / "alder", "Birch"), Node(Path(folder) / "birch", "Alder")
        reports = sorted((ROOT / "examples" / "situation" / "reports").glob("*"))
        alder.fill(reports[:3], "alderkeepsthis")
        birch.fill(reports[9:12], "birchkeepsthis")
        for one, other in ((alder, birch), (birch, alder)):
            one.pass_on()
            other.follow("Alder" if one is alder else "Birch", one, one.serve(open_))
        first = birch.say("feed", "run", "--all"), alder.say("feed", "run", "--all")
        print(*first, sep="")
        at_birch, at_alder = birch.bytes(), alder.bytes()
        before = birch.count("Alder")
        fallen = json.loads(alder.say("release", "products", "--json"))[0]["cites"][0]
        alder.say("recall", "queue", "--report", fallen, "--reason", "The outlet took it back.")
        recall = json.loads(alder.say("recall", "list", "--json"))["corrections"][0]["id"]
        alder.say("recall", "send", recall)
        print(birch.say("feed", "run", "--all"))
        kept_there, kept_here = b"alderkeepsthis", b"birchkeepsthis"
        checks = {
            "each has reports of the other": before > 0 and alder.count("Birch") > 0,
            "what is kept back is in no byte there": kept_there not in at_birch and kept_there in at_alder,
            "and the other way round": kept_here not in at_alder and kept_here in at_birch,
            "a recall there is a notice here": birch.count("Alder", "was withdrawn by Alder") > 0,
            "what was taken back stays as evidence": birch.count("Alder") > before,
            "both databases are in order": not alder.findings() and not birch.findings(),
        }
        for name, right in checks.items():
            print(f"{'yes' if right else 'NO':4}{name}")
        return sum(not right for right in checks.values())


class Node:
    """A node in a folder of its own, worked by its commands; root asks and serves, rita decides, guest is the other."""

    def __init__(self, folder: Path, other: str) -> None:
        folder.mkdir()
        self.folder, self.other = folder, other
        (folder / "terms.txt").write_text("They keep it to themselves.")
        roles = [word for role in ("administrator", "analyst", "release officer") for word in ("--role", role)]
        self.say("init")
        account = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        self.say("people", "add", "root", *roles, "--login", account)
        self.say("people", "add", "rita", "--role", "release officer", "--password-stdin", given=SECRET)
        self.say("partners", "propose", other, "--terms", "terms.txt", "--until", UNTIL, "--clearance", "AMBER")
        self.say("partners", "approve", other)
        self.rita("partners", "approve", other)
        self.say("people", "add", "guest", "--role", "reader", "--partner", other)
        told = self.say("keys", "make", "--scope", "receive", "--scope", "see", "--for", "guest")
        self.key = next(word for word in told.split() if word.startswith("wf_"))
        self.shelf = self.say("taxii", "collection", other).strip()

    def say(self, *words: str, given: str = "") -> str:
        """Run one command as root; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", RUN, *words],
            cwd=self.folder, input=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode not in (0, 3):
            raise SystemExit(f"{' '.join(words)}: {done.stderr or done.stdout}")
        return done.stdout

    def rita(self, *words: str) -> str:
        """Run one command as the one who decides."""
        return self.say("--as", "rita", "--password-stdin", *words, given=SECRET)

    def fill(self, reports: list[Path], kept: str) -> None:
        """Take reports in for the other one, and one that stays here."""
        self.say("add", *map(str, reports), "--tlp", "green", "--rel", self.other)
        own = self.folder / "own.txt"
        own.write_text(f"Minister Ann Lee called Minister Bob Roy on Monday about {kept}, the ministry said.\n")
        self.say("add", str(own), "--tlp", "green")

    def pass_on(self) -> None:
        """Ask, decide and hand over."""
        self.say("taxii", "publish", self.other, "--reason", "they need it")
        request = json.loads(self.say("release", "queue", "--json"))[0]["request"]["id"]
        self.rita("release", "approve", request)
        print(self.say("taxii", "deliver", request), end="")

    def serve(self, open_: ExitStack) -> int:
        """Serve the collections in a process of its own until the stack closes; return the port."""
        import socket

        with socket.create_server(("127.0.0.1", 0)) as bound:
            port = int(bound.getsockname()[1])
        words = ("taxii", "serve", "--port", str(port))
        served = subprocess.Popen([sys.executable, "-c", RUN, *words], cwd=self.folder, stderr=subprocess.DEVNULL)
        open_.callback(served.wait)
        open_.callback(served.terminate)
        for _ in range(600):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def follow(self, name: str, other: "Node", port: int) -> None:
        """Have the other one's collection as a feed."""
        address = f"http://127.0.0.1:{port}/taxii2/api/collections/{other.shelf}/"
        fetch = f'[fetch]\nallow = ["127.0.0.0/8"]\nports = [{port}]\ngap = 0.0\n'
        (self.folder / "watchfloor.toml").write_text(f'{fetch}\n[partners.{name}]\ntoken = "{other.key}"\n')
        self.say("feed", "add", name, address, "--kind", "partner")

    def bytes(self) -> bytes:
        """Return every byte of the database's files, and all that lies packed in them."""
        from watchfloor.store.connection import open_store

        raw = b"".join(file.read_bytes() for file in sorted(self.folder.glob("watchfloor.db*")))
        with open_store(self.folder / "watchfloor.db", create=False) as store:
            return raw + store.dump(_home()).encode()

    def count(self, outlet: str, words: str = "") -> int:
        """Return how many texts of an outlet there are, of any version, with these words."""
        from watchfloor.store.connection import open_store

        with open_store(self.folder / "watchfloor.db", create=False) as store:
            found = store.reports(_home(), current_only=False)
            return sum(one.outlet == outlet and words in one.text for one in found)

    def findings(self) -> int:
        """Return how many things are not in order."""
        from watchfloor.store.connection import open_store

        with open_store(self.folder / "watchfloor.db", create=False) as store:
            return len(store.check(_home()))


def _home() -> Any:
    from watchfloor.core.marking import Reader

    return Reader(name="us", partner=None, clearance="RED")


RUN = "from watchfloor.cli.main import run; run()"
SECRET = "a long enough sentence\n"
UNTIL = "2027-12-31"


def main() -> int:
    """Do what was asked; the exit code says whether anything was lost or leaked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=["killed", "isolation", "requests", "nodes"])
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--items", type=int, default=200)
    asked.add_argument("--examples", type=int, default=100)
    asked.add_argument("--log", type=Path, default=ROOT / "build" / "killed.jsonl")
    given = asked.parse_args()
    if given.what == "killed":
        given.log.parent.mkdir(parents=True, exist_ok=True)
        return int(killed(given.rounds, given.log) > 0)
    if given.what == "isolation":
        return tested("tests/flow/test_read_paths.py", WATCHFLOOR_ITEMS=str(given.items))
    if given.what == "requests":
        files = ("test_any_request.py", "test_issuer.py", "test_taxii_any_request.py")
        return tested(*(f"tests/web/{file}" for file in files), WATCHFLOOR_EXAMPLES=str(given.examples))
    return int(nodes() > 0)


if __name__ == "__main__":
    raise SystemExit(main())
