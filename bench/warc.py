"""Reading web archives: records a second of CPU time beside warcio and FastWARC, pages a second, and memory.

The archive is made of the gold data's pages, again and again until there are so many records, each response behind its
request; without the gold data, of made-up pages. Memory: how much more is held after all than after the first 2,000.
"""

import argparse
import gzip
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import board
from watchfloor.collect.captured import Told
from watchfloor.collect.warc import captures
from watchfloor.collect.warc_archives import read_archive
from watchfloor.collect.warc_records import records
from watchfloor.core.capture import Capture

RECORDS = 20_000
FIRST = 2_000  # records after which memory is looked at first
MOST = 50_000_000
SETS = ("scrapinghub", "fundus_eval", "naeb", "fundus_multi")
TOLD = Told(now=datetime(2024, 11, 1, tzinfo=UTC), feed="bench", outlet=None, published=None, marking=None)


def main() -> None:
    """Print the table, or with --json one line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=board.ROOT.parent / "shared" / "bench")
    arguments.add_argument("--split", default="dev")
    arguments.add_argument("--records", type=int, default=RECORDS)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.warc.gz"
        written = _write(path, list(_pages(given.data)), given.records)
        found = {"megabytes": path.stat().st_size / 1e6, **_measured(path, written)}
    if given.json:
        print(json.dumps({name: round(value, 2) for name, value in found.items()}))
        return
    for name, value in found.items():
        print(f"{name:<34} {value:>12,.2f}")


def _measured(path: Path, written: int) -> dict[str, float]:
    readers: dict[str, Callable[[Path], int]] = {
        "ours": _ours,
        "ours_without_fastwarc": _plain,
        "warcio": _warcio,
        "fastwarc": _fastwarc,
    }
    found: dict[str, float] = {}
    for name, read in readers.items():
        began = time.process_time()
        count = read(path)
        found[f"{name}_records_per_s"] = count / (time.process_time() - began)
        if count != written:
            raise SystemExit(f"{name} read {count} records of {written}")
    found["of_warcio"] = found["ours_records_per_s"] / found["warcio_records_per_s"]
    found["of_fastwarc"] = found["ours_records_per_s"] / found["fastwarc_records_per_s"]
    began = time.process_time()
    pages, grown = _captured(path)
    found["pages_per_s"] = pages / (time.process_time() - began)
    found["pages"] = pages
    found["memory_growth_mb"] = grown / 1e6
    return found


def _ours(path: Path) -> int:
    return sum(1 for _ in read_archive(lambda: path.open("rb"), most=MOST))


def _plain(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for _ in records(stream, most=MOST))


def _warcio(path: Path) -> int:
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as stream:
        return sum(1 for one in ArchiveIterator(stream) if one.raw_stream.read() or True)


def _fastwarc(path: Path) -> int:
    from fastwarc.warc import ArchiveIterator

    with path.open("rb") as stream:
        return sum(1 for one in ArchiveIterator(stream, fsspec_args=False) if one.reader.read() or True)


def _captured(path: Path) -> tuple[int, int]:
    """Return how many pages there are, and how much more memory is held at the end than early on."""
    early = count = 0
    for item in captures(path, TOLD):
        count += isinstance(item, Capture)
        if count == FIRST:
            early = _resident()
    return count, _resident() - early


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _pages(data: Path) -> Iterator[bytes]:
    found = [path for name in SETS for path in sorted((data / "clean" / name).rglob("*.html*"))]
    for path in found:
        raw = path.read_bytes()
        yield gzip.decompress(raw) if path.suffix == ".gz" else raw
    if not found:
        chance = random.Random(1)
        for _ in range(300):
            words = (f"word{chance.randrange(9_999)}" for _ in range(5_000))
            yield f"<html><title>Made up</title><p>{' '.join(words)}</p></html>".encode()


def _write(path: Path, pages: list[bytes], most: int) -> int:
    """Write so many records, half of them requests, and return how many there are."""
    packed: list[bytes] = []
    for n, page in enumerate(pages):
        ask = f"GET /{n} HTTP/1.1\r\nHost: a.example\r\n\r\n".encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        packed += [_record(n, "request", ask), _record(n, "response", answer)]
    with path.open("wb") as out:
        for n in range(most):
            out.write(packed[n % len(packed)])
    return most


def _record(n: int, kind: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:bench:{kind}:{n}>\r\n"
        f"WARC-Date: 2024-11-01T12:00:00Z\r\nWARC-Target-URI: https://a.example/{n}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


if __name__ == "__main__":
    main()
