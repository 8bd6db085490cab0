"""Bulk runs in the process of the test: archives by hand, workers without processes, and what a run left."""

import gzip
import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from watchfloor.flow.bulk.child import made_with, perform
from watchfloor.flow.bulk.manifest import Manifest, opened
from watchfloor.flow.bulk.run import BulkReceipt, Run
from watchfloor.flow.bulk.work import GivenUp, Header, Outcome, Read, Unit
from watchfloor.flow.parts import parts

QUICK = ("times", "quantities")
"""Annotators that need no network."""

FIRST = date(2024, 9, 2)
_WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("a", "e", "i", "or", "un") for c in ("den", "lo", "mi", "ter")]


def sentence(chance: random.Random) -> str:
    """Return a made-up sentence with a figure in it."""
    words = [chance.choice(_WORDS) for _ in range(chance.randrange(8, 16))]
    return f"The {' '.join(words)} counted {chance.randrange(20, 9000)} soldiers there."


def page(headline: str, text: Sequence[str], day: date | None) -> bytes:
    """Return a page as outlets print them."""
    said = "" if day is None else f"<meta property='article:published_time' content='{day.isoformat()}T06:00:00Z'>"
    body = "".join(f"<p>{line}</p>" for line in text)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{headline}</title>{said}</head>"
        f"<body><article><h1>{headline}</h1>{body}</article></body></html>"
    ).encode()


def record(number: int, url: str, body: bytes, at: datetime, status: str = "200 OK") -> bytes:
    """Return a response with its request before it, each packed by itself."""
    date_ = at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def one(kind: str, block: bytes) -> bytes:
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:test:{kind}:{number}>\r\nWARC-Date: {date_}\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)

    answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode()
    return one("request", b"GET / HTTP/1.1\r\n\r\n") + one("response", answer + body)


def archives(folder: Path, pages: int = 18, files: int = 2, seed: int = 1) -> Path:
    """Write archives of pages of five weeks, a third of them copies, one without a day that comes twice."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    told: list[list[str]] = []
    records = []
    for number in range(pages):
        day = FIRST + timedelta(days=35 * number // pages)
        text = [sentence(chance) for _ in range(12)]
        if told and number % 3 == 2:
            text = [*chance.choice(told[-6:])[: chance.choice((6, 12))], sentence(chance)]
        told.append(text)
        at = datetime(day.year, day.month, day.day, 12, number % 60, tzinfo=UTC)
        url = f"https://paper{number % 5}.example/{number}"
        records.append(record(number, url, page(f"Harbour news {number}", text, day), at))
    standing = page("About the old harbour", [sentence(chance) for _ in range(12)], None)
    for number, week in ((900, 0), (901, 4)):
        at = datetime.combine(FIRST + timedelta(days=7 * week), datetime.min.time(), UTC)
        records.append(record(number, "https://paper9.example/about", standing, at))
    records.append(record(950, "https://paper1.example/gone", b"gone", datetime(2024, 9, 9, tzinfo=UTC), "404 Gone"))
    each = -(-len(records) // files)
    for file in range(files):
        some = records[file * each : (file + 1) * each]
        (folder / f"news-{file}.warc.gz").write_bytes(b"".join(some))
    return folder


def header(folder: Path, dataset: Path | None, **fields: object) -> Header:
    """Return what holds for a run."""
    values: dict[str, object] = {
        "base": str(Path.cwd()),
        "folder": str(folder),
        "dataset": None if dataset is None else str(dataset),
        "now": datetime(2024, 11, 1, tzinfo=UTC),
        "recipe": "test",
        "made_with": made_with(),
        "keeps_bytes": dataset is None,
        "parts": QUICK,
    }
    return Header(**(values | fields))  # type: ignore[arg-type]


class Here:
    """Workers without processes, who do what there is in any order.

    seed: of the order; most: pieces of work after which they stop as if somebody had pressed Ctrl-C. before: told of
    each piece of work before it is done.
    """

    restarts = 0

    def __init__(
        self, header: Header, seed: int = 0, most: int | None = None, before: Callable[[Unit], None] | None = None
    ) -> None:
        self.header, self._chance, self._left = header, random.Random(seed), most
        self._before = before
        self._chosen = parts(header.parts)
        self.done: list[Unit] = []
        self.gives_up: set[str] = set()

    def work(self, units: Iterable[Unit]) -> Iterator[tuple[Unit, Outcome]]:
        some = list(units)
        self._chance.shuffle(some)
        for unit in some:
            if self._left is not None and len(self.done) >= self._left:
                raise KeyboardInterrupt
            if self._before is not None:
                self._before(unit)
            self.done.append(unit)
            if unit.key in self.gives_up:
                yield unit, GivenUp(key=unit.key, locator=unit.key, reason="poison", detail="it died three times")
                continue
            yield unit, perform(unit, self.header, self._chosen, lambda _number: None)

    def close(self) -> None:
        pass

    @property
    def read(self) -> list[str]:
        return [unit.id for unit in self.done if isinstance(unit, Read)]


def run(
    inputs: Path, to: Path, *, pages: int = 5, resume: bool = False, seed: int = 0, most: int | None = None
) -> tuple[BulkReceipt, Here]:
    """Do a whole run into Parquet files."""
    with held(to, resume=resume) as manifest:
        workers = Here(manifest.header, seed, most)
        return Run(manifest, workers, None, lambda _progress: None).run([str(inputs)], pages, []), workers


@contextmanager
def held(to: Path, *, resume: bool = False, **fields: object) -> Iterator[Manifest]:
    """Open the manifest of a run into Parquet files."""
    with opened(to / "_work", header(to / "_work", to, **fields), resume=resume) as manifest:
        yield manifest


def left(to: Path) -> dict[str, bytes]:
    """Return the files that a run left, by name, without its own."""
    return {
        path.relative_to(to).as_posix(): path.read_bytes()
        for path in sorted(to.rglob("*"))
        if path.is_file() and "_work" not in path.parts
    }


def environment() -> dict[str, str]:
    """Return the environment for processes of a test."""
    return {**os.environ, "WATCHFLOOR_NOW": "2024-11-01T00:00:00Z"}
