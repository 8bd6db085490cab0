"""A test site for a soak: eight hosts whose feeds publish pages for as long as it runs, and faults when told.

    python bench/soak_site.py FOLDER [--seed N] [--port N]

FOLDER gets `published.jsonl`: every version of every page is written there before a feed names it, so it is what there
is to be found; begun again, the site goes on from it. `faults.json` there names by host what is wrong with it at the
moment. The port that it listens at is printed; each line on standard input has it publish one more.
"""

import argparse
import gzip
import json
import random
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from msgspec import Struct
from msgspec import json as packed

HOSTS = tuple(f"{name}.example" for name in ("alder", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple"))
FORMS = {host: ("rss", "atom", "json", "sitemap")[nth % 4] for nth, host in enumerate(HOSTS)}
TELLS_CHANGES = tuple(host for host in HOSTS if FORMS[host] in ("atom", "json"))  # the others have no word for it
COPIES, CHANGES, GONE = 0.25, 0.08, 0.02  # shares of what is published (assumed: a news day with an agency in it)

_PARTIES = (
    "the Norwegian Defence Ministry", "the Polish Defence Ministry", "the Japanese Coast Guard",
    "the Greek Foreign Ministry", "the Canadian Defence Ministry", "the Egyptian Foreign Ministry",
    "the Romanian Border Police", "the Chilean Navy",
)  # fmt: skip
_THINGS = ("soldiers", "containers", "drones", "trucks", "evacuees", "tents")
_PLACES = ("Gdansk", "Bergen", "Constanta", "Izmir", "Valparaiso", "Alexandria", "Gothenburg", "Halifax", "Nagasaki")
_FILLERS = (
    "Rain fell on the town for most of the morning.", "The road along the coast stayed open to cars.",
    "Shops near the harbour opened at the usual hour.", "A market was held on the main square as in every week.",
    "The railway ran with small delays until the evening.", "Schools in the district had their autumn break.",
    "Two ferries waited for the tide before they left.", "The mayor thanked the crews for their work at night.",
    "Power was cut in one street for an hour.", "A second briefing was announced for later in the week.",
)  # fmt: skip


class Published(Struct, frozen=True, kw_only=True):
    """One version of a page. story: told by all its copies. token: stands in the text of this version alone.

    gone: the page is named and is not there. at: seconds since the epoch, of the site's own clock.
    """

    at: float
    host: str
    path: str
    version: int
    story: int
    token: str
    gone: bool = False

    @property
    def when(self) -> datetime:
        """Return when it was published."""
        return datetime.fromtimestamp(self.at, UTC)


def number(story: int) -> int:
    """Return the figure that a story tells; no other story tells it."""
    return 1_001 + 7 * story


def lead(story: int) -> str:
    """Return the sentence that all versions and copies of a story share."""
    chance = random.Random(story)
    what = f"{number(story):,} {chance.choice(_THINGS)} arrived in {chance.choice(_PLACES)}"
    return f"{what} on Monday, {chance.choice(_PARTIES)} said."


def text(one: Published) -> list[str]:
    """Return the paragraphs of a version."""
    chance = random.Random(one.story)
    middle = " ".join(chance.sample(_FILLERS, 4))
    close = " ".join(chance.sample(_FILLERS, 3))
    return [lead(one.story), middle, f"The note was filed under {one.token}.", close]


def page(one: Published) -> bytes:
    """Return a version as HTML."""
    title = lead(one.story).partition(",")[2].strip() or "News"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text(one))
    head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()


class Desk:
    """What is published so far. latest: the last version by host and path."""

    def __init__(self, file: Path, seed: int) -> None:
        self._file, self._seed = file, seed
        self.lock = threading.Lock()
        self.latest: dict[tuple[str, str], Published] = {}
        self.first: dict[tuple[str, str], float] = {}
        self.made = 0
        for one in read(file):
            self._note(one)

    def _note(self, one: Published) -> None:
        self.latest[one.host, one.path] = one
        self.first.setdefault((one.host, one.path), one.at)
        self.made += 1

    def publish(self) -> Published:
        """Publish one more: a story, a copy of one, or a new version of a page."""
        chance = random.Random(f"{self._seed} {self.made}")
        one = self._next(chance)
        with self._file.open("ab") as stream:
            stream.write(packed.encode(one) + b"\n")
        with self.lock:
            self._note(one)
        return one

    def _next(self, chance: random.Random) -> Published:
        nth, roll = self.made, chance.random()
        changing = [one for one in self.latest.values() if one.host in TELLS_CHANGES and not one.gone]
        told = [one for one in self.latest.values() if not one.gone]
        token = f"K{nth:05d}{chance.choice('ABCDEFGH')}"
        if roll < CHANGES and changing:
            old = chance.choice(changing)
            return Published(at=time.time(), host=old.host, path=old.path, version=old.version + 1,
                             story=old.story, token=token)  # fmt: skip
        is_copy = roll < CHANGES + COPIES and bool(told)
        story = chance.choice(told).story if is_copy else nth
        gone = not is_copy and roll > 1 - GONE
        return Published(at=time.time(), host=chance.choice(HOSTS), path=f"/news/{nth}.html", version=1, story=story,
                         token=token, gone=gone)  # fmt: skip

    def of(self, host: str) -> list[tuple[Published, float]]:
        """Return the pages of a host, the newest first, each with when it was first published."""
        with self.lock:
            mine = [(one, self.first[key]) for key, one in self.latest.items() if key[0] == host]
        return sorted(mine, key=lambda pair: pair[1], reverse=True)


def read(file: Path) -> list[Published]:
    """Return what was published; a line that was cut off is left out, nothing had named it."""
    if not file.exists():
        return []
    found = []
    for line in file.read_bytes().splitlines():
        with suppress(ValueError):
            found.append(packed.decode(line, type=Published))
    return found


def feed(form: str, base: str, pages: list[tuple[Published, float]]) -> tuple[bytes, str]:
    """Return a feed of pages in one of the forms, and its media type."""

    def stamp(at: float) -> str:
        return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")

    if form == "json":
        items = [
            {
                "id": base + one.path,
                "url": base + one.path,
                "date_published": stamp(first),
                "date_modified": stamp(one.at),
            }
            for one, first in pages
        ]
        made = {"version": "https://jsonfeed.org/version/1.1", "title": base, "items": items}
        return json.dumps(made).encode(), "application/feed+json"
    if form == "atom":
        entries = "".join(
            f"<entry><id>{base}{one.path}</id><link href='{base}{one.path}'/><title>News</title>"
            f"<published>{stamp(first)}</published><updated>{stamp(one.at)}</updated></entry>"
            for one, first in pages
        )
        xml = f"<feed xmlns='http://www.w3.org/2005/Atom'><id>{base}</id><title>News</title>{entries}</feed>"
        return xml.encode(), "application/atom+xml"
    if form == "rss":
        items_ = "".join(
            f"<item><link>{base}{one.path}</link>"
            f"<pubDate>{format_datetime(datetime.fromtimestamp(first, UTC))}</pubDate></item>"
            for one, first in pages
        )
        return (
            f"<rss version='2.0'><channel><title>News</title>{items_}</channel></rss>".encode(),
            "application/rss+xml",
        )
    urls = "".join(f"<url><loc>{base}{one.path}</loc><lastmod>{stamp(first)}</lastmod></url>" for one, first in pages)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode(), "application/xml"


class Site(ThreadingHTTPServer):
    """Serves a desk."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, desk: Desk, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), Visit)
        self.desk, self.folder = desk, folder

    def fault(self, host: str) -> str | None:
        """Return what is wrong with a host at the moment."""
        try:
            found: dict[str, str] = json.loads((self.folder / "faults.json").read_bytes())
        except (OSError, ValueError):
            return None
        return found.get(host)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: connections are meant to break here."""


class Visit(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        """Answer, as the fault of the host has it."""
        self.close_connection = True
        told = self.headers.get("Host", "")
        host = told.partition(":")[0]
        status, body, kind = self._found(host, f"http://{told}")
        with suppress(OSError):
            self._say(self.server.fault(host), status, body, kind)

    def _found(self, host: str, base: str) -> tuple[int, bytes, str]:
        if self.path == "/robots.txt":
            return 200, b"User-agent: *\nDisallow: /private/\n", "text/plain"
        if self.path == "/feed":
            return 200, *feed(FORMS[host], base, self.server.desk.of(host))
        with self.server.desk.lock:
            one = self.server.desk.latest.get((host, self.path))
        if one is None or one.gone:
            return (410 if one else 404), b"<p>Not here.</p>", "text/html"
        return 200, page(one), "text/html; charset=utf-8"

    def _say(self, fault: str | None, status: int, body: bytes, kind: str) -> None:
        if fault in ("500", "503", "429"):
            self._head(int(fault), kind, b"", **({"Retry-After": "20"} if fault == "429" else {}))
        elif fault == "drop":
            self._head(status, kind, body)
            self.wfile.write(body[: len(body) // 2])
        elif fault == "refuse":
            return  # hangs up without a word
        elif fault == "drip":
            self._head(status, kind, body)
            for at in range(len(body)):
                self.wfile.write(body[at : at + 1])
                self.wfile.flush()
                time.sleep(0.5)
        elif fault == "torn":
            sent = gzip.compress(body)[:-12]
            self._head(status, kind, sent, **{"Content-Encoding": "gzip"})
            self.wfile.write(sent)
        else:
            self._head(status, kind, body)
            self.wfile.write(body)

    def _head(self, status: int, kind: str, body: bytes, **more: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve and publish."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    desk = Desk(given.folder / "published.jsonl", given.seed)
    site = Site(desk, given.folder, given.port)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    print(site.server_port, flush=True)
    while sys.stdin.readline() != "":  # whoever began us says when to publish; when they are gone, so are we
        desk.publish()


if __name__ == "__main__":
    main()
