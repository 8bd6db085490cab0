"""Web archives of made-up pages for the bench of bulk runs: made by load_reports, with copies, over some weeks."""

import gzip
from collections.abc import Iterator
from html import escape
from pathlib import Path

import load_reports

EACH_WEEK = 7 * load_reports.PER_DAY
_FURNITURE = "<nav><a href='/'>Home</a> <a href='/world'>World</a> <a href='/sport'>Sport</a></nav>"
_FOOT = "<footer><p>Subscribe to our newsletter. All rights reserved.</p><p>Contact | Imprint | Privacy</p></footer>"


def write(folder: Path, pages: int, files: int, weeks: int, statements: int = 10) -> list[Path]:
    """Write so many archives that together hold so many pages of so many weeks; return them.

    One page in 40 is fetched again later at the same address, with the same text; one in 50 is a picture or a 404.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers = list(_numbers(pages, weeks))
    each = -(-pages // files)
    written = []
    for file in range(files):
        path = folder / f"CC-NEWS-{file:05d}.warc.gz"
        with path.open("wb") as out:
            for place, number in enumerate(numbers[file * each : (file + 1) * each]):
                out.write(b"".join(_records(number, file, place, statements)))
        written.append(path)
    return written


def _numbers(pages: int, weeks: int) -> Iterator[int]:
    """Yield numbers of reports, some from the beginning of each week, now and then one again."""
    each = -(-pages // weeks)
    for place in range(pages):
        week, inner = divmod(place, each)
        yield EACH_WEEK * week + inner if place % 40 != 39 else EACH_WEEK * max(0, week - 1) + inner // 2


def _records(number: int, file: int, place: int, statements: int) -> Iterator[bytes]:
    made = load_reports.made(number, statements)
    report, at = made.report, made.report.collected
    url, date = str(report.url), at.strftime("%Y-%m-%dT%H:%M:%SZ")
    name = f"{file}-{place}"
    ask = f"GET /{number} HTTP/1.1\r\nHost: {url.split('/')[2]}\r\n\r\n".encode()
    yield _record(f"<urn:uuid:ask-{name}>", "request", url, date, ask)
    if place % 50 == 49:
        lost = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nnothing here"
        yield _record(f"<urn:uuid:none-{name}>", "response", url, date, lost)
        return
    day = report.published.value if report.published else ""
    body = "".join(f"<p>{escape(line)}</p>" for line in report.text.splitlines() if line.strip())
    headline = escape(str(report.headline))
    page = (
        f"<!DOCTYPE html><html lang='{report.language}'><head><meta charset='utf-8'><title>{headline}</title>"
        f"<meta property='og:site_name' content='{escape(str(report.outlet))}'>"
        f"<meta property='article:published_time' content='{day}T06:00:00Z'><link rel='canonical' href='{url}'></head>"
        f"<body>{_FURNITURE}<article><h1>{headline}</h1>{body}</article>{_FOOT}</body></html>"
    )
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    yield _record(f"<urn:uuid:page-{name}>", "response", url, date, answer)


def _record(id: str, kind: str, url: str, date: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {date}\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)
