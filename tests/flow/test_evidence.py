"""A report leads back to its bytes, and says when they are not what they were."""

import gzip
import io
import random
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from msgspec import structs
from warcio.archiveiterator import ArchiveIterator

from watchfloor.clean.reports import clean
from watchfloor.collect.captured import Told
from watchfloor.collect.files import collect
from watchfloor.collect.warc_writing import archives_in
from watchfloor.core.capture import Capture
from watchfloor.core.exchange import Exchange, Fetch
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.report import Report
from watchfloor.flow.evidence import basis, verified
from watchfloor.flow.evidence_export import export
from watchfloor.flow.keeping import captured, keeping
from watchfloor.store.connection import open_store
from watchfloor.store.packed import pack, unpack
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, 0, tzinfo=UTC)
HOME = Reader(name="us", partner=None, clearance="RED")
MARKING = Marking(level="GREEN", releasable_to=frozenset({"ally", "secret-friend"}))
BODY = (
    "<p>Harbour Minister Bob Roy said on Monday that around 300 soldiers had arrived in the port of Lund.</p>"
    "<p>Roy spoke with Governor Olena Marchuk on the phone on October 20 and discussed the piers of the harbour.</p>"
)
PAGE = f"<html><head><title>Harbour closed</title></head><body><h1>Harbour closed</h1>{BODY}</body></html>".encode()


def fetch(n: int = 1, page: bytes = PAGE) -> Fetch:
    first = Exchange(
        url=f"http://a.example/{n}",
        asked=NOW + timedelta(seconds=n),
        seconds=0.1,
        method="GET",
        request=(("Host", "a.example"),),
        status=301,
        reason="Moved",
        headers=(("Location", f"https://a.example/{n}"),),
        body=b"",
        ip="192.0.2.7",
    )
    answer = structs.replace(
        first,
        url=f"https://a.example/{n}",
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
        body=gzip.compress(page, mtime=0),
    )
    return Fetch(address=first.url, outcome="got", exchanges=(first, answer), content=page, content_type="text/html")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", create=True) as opened:
        yield opened


def report_of(store: Store, capture: Capture) -> Report:
    report = clean(capture)
    if store.keep_capture(capture) == "new":  # else the same bytes were seen at another address
        store.keep_report(report, (), "1")
    return report


Keep = Callable[..., Report]


@pytest.fixture
def keep(store: Store, tmp_path: Path) -> Keep:
    def keep_one(one: Fetch | None = None, marking: Marking | None = None) -> Report:
        told = Told(now=NOW, feed="private-feed", outlet=None, published=None, marking=marking)
        with keeping(store, tmp_path / "w", now=NOW) as keeper:
            (made,) = captured(keeper, [(one or fetch(), told)])
        assert isinstance(made, Capture)
        return report_of(store, made)

    return keep_one


def verdict(store: Store, tmp_path: Path, report: Report) -> str:
    return verified(store, HOME, tmp_path / "w", report, 30).verdict


def forged(text: bytes) -> bytes:
    return pack(unpack(text).replace("300 soldiers", "900 soldiers"))


def raw(tmp_path: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.create_function("forged", 1, forged)
    with connection:
        connection.execute(statement, values)
    connection.close()


def test_a_fetched_report_leads_to_request_response_address_and_time(store: Store, tmp_path: Path, keep: Keep) -> None:
    report = keep()

    found = basis(store, HOME, tmp_path / "w", report)

    (lies,) = found.records
    assert (lies.state, found.kept, found.size) == ("intact", True, len(PAGE))
    assert [one.kind for one in lies.messages] == ["request", "response", "metadata", "request", "response"]
    answer = lies.messages[-1]
    assert (answer.line, answer.ip, answer.url) == ("HTTP/1.1 200 OK", "192.0.2.7", "https://a.example/1")
    assert ("Content-Encoding", "gzip") in answer.fields
    assert answer.date == "2024-11-01T12:00:01.000000Z"
    assert "private-feed" not in str(lies.messages)


def test_a_report_from_a_file_leads_to_the_kept_bytes(store: Store, tmp_path: Path) -> None:
    (tmp_path / "note.html").write_bytes(PAGE)
    (item,) = collect([tmp_path / "note.html"], now=NOW)
    assert isinstance(item, Capture)
    report = report_of(store, item)

    found = basis(store, HOME, tmp_path / "w", report)

    assert (found.records, found.locator, found.kept) == ((), (tmp_path / "note.html").as_posix(), True)
    assert verdict(store, tmp_path, report) == "derives"


def test_a_report_from_a_web_archive_leads_to_its_record_there(store: Store, tmp_path: Path, keep: Keep) -> None:
    report = keep()
    export(store, HOME, tmp_path / "w", report, tmp_path / "x.warc.gz", NOW)
    with open_store(tmp_path / "b.db", create=True) as other:
        (item,) = collect([tmp_path / "x.warc.gz"], now=NOW)
        assert isinstance(item, Capture)
        again = report_of(other, item)
        (lies,) = basis(other, HOME, tmp_path / "none", again).records
        assert (lies.state, lies.path) == ("intact", (tmp_path / "x.warc.gz").as_posix())
        assert [one.kind for one in lies.messages][-2:] == ["request", "response"]
        assert again.text == report.text
        assert verified(other, HOME, tmp_path / "none", again, 30).verdict == "derives"


def test_an_untouched_report_derives(store: Store, tmp_path: Path, keep: Keep) -> None:
    assert verdict(store, tmp_path, keep()) == "derives"


def test_an_archive_that_is_gone_is_missing(store: Store, tmp_path: Path, keep: Keep) -> None:
    report = keep()
    archives_in(tmp_path / "w")[0].unlink()

    assert verdict(store, tmp_path, report) == "missing"


def test_one_changed_byte_in_the_record_is_seen(store: Store, tmp_path: Path, keep: Keep) -> None:
    report = keep()
    (evidence,) = store.evidence(HOME, report.id)
    (path,) = archives_in(tmp_path / "w")
    data = bytearray(path.read_bytes())
    for place in range(evidence.offset, evidence.offset + evidence.length, 23):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        seen = verdict(store, tmp_path, report)
        # the time, flags and system in a gzip header say nothing about the content
        assert seen == "changed" or (seen == "derives" and place - evidence.offset < 10)


def test_a_record_that_was_replaced_by_a_sound_one_is_seen(store: Store, tmp_path: Path, keep: Keep) -> None:
    report = keep()
    (evidence,) = store.evidence(HOME, report.id)
    (path,) = archives_in(tmp_path / "w")
    data = path.read_bytes()
    record = gzip.decompress(data[evidence.offset :])
    head, _, _ = record.partition(b"\r\n\r\n")
    told = (b"WARC-Block", b"WARC-Payload", b"Content-Length")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(told)]
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.replace(b"300", b"900")
    forged = b"\r\n".join([*lines, b"Content-Length: %d" % len(block)]) + b"\r\n\r\n" + block + b"\r\n\r\n"
    path.write_bytes(data[: evidence.offset] + gzip.compress(forged, mtime=0))

    assert verdict(store, tmp_path, report) == "changed"


def test_bytes_changed_in_the_database_are_seen(store: Store, tmp_path: Path, keep: Keep) -> None:
    report = keep()
    page = PAGE.replace(b"300", b"900")
    raw(tmp_path, "UPDATE captures SET data = ?, packed = 1, size = ?", zlib.compress(page), len(page))

    assert verdict(store, tmp_path, report) == "changed"


def test_a_text_that_was_changed_does_not_derive(store: Store, tmp_path: Path, keep: Keep) -> None:
    report = keep()
    raw(tmp_path, "UPDATE reports SET document = forged(document)")
    changed = store.report(HOME, report.id)
    assert changed is not None
    assert "900" in changed.text

    assert verdict(store, tmp_path, changed) == "not-derived"


def test_a_text_that_another_version_cut_otherwise_differs_today_and_stands(
    store: Store, tmp_path: Path, keep: Keep
) -> None:
    report = keep()
    shorter = report.passages[:-1]
    older = structs.replace(report, text=report.text[: shorter[-1].end], passages=shorter, generated_by="clean@0")

    found = verified(store, HOME, tmp_path / "w", older, 30)

    assert (found.verdict, found.failed) == ("differs-today", False)
    assert "clean@0" in found.detail


def test_a_revisit_leads_to_the_bytes_that_it_refers_to(store: Store, tmp_path: Path, keep: Keep) -> None:
    page = PAGE + b"<!-- " + random.Random(1).randbytes(3_000).hex().encode() + b" -->"
    report = keep(fetch(1, page))
    keep(fetch(2, page))

    found = basis(store, HOME, tmp_path / "w", report).records
    written = export(store, HOME, tmp_path / "w", report, tmp_path / "x.warc.gz", NOW)

    assert [(one.evidence.kind, one.state) for one in found] == [("response", "intact"), ("revisit", "intact")]
    assert written.notes == ()
    with (tmp_path / "x.warc.gz").open("rb") as stream:
        assert {one.rec_type for one in ArchiveIterator(stream)} >= {"response", "revisit"}


def exported(path: Path) -> list[tuple[str, bytes]]:
    """Read with both stock readers, which must agree."""
    with path.open("rb") as stream:
        ours = [(one.rec_type, one.content_stream().read()) for one in ArchiveIterator(stream, check_digests="raise")]
    with path.open("rb") as stream:
        assert [one.record_id for one in FastIterator(stream, parse_http=False, fsspec_args=False)]
    data = path.read_bytes()
    assert all(one.verify_block_digest() for one in FastIterator(io.BytesIO(data), parse_http=False, fsspec_args=False))
    return ours


def test_what_is_exported_opens_in_stock_readers_and_tells_nothing_of_the_node(
    store: Store, tmp_path: Path, keep: Keep
) -> None:
    report = keep(marking=MARKING)

    done = export(store, HOME, tmp_path / "w", report, tmp_path / "x.warc.gz", NOW)

    found = exported(tmp_path / "x.warc.gz")
    assert [kind for kind, _ in found] == ["warcinfo", "request", "response", "metadata", "request", "response"]
    assert found[-1][1] == PAGE
    assert done.records == 5
    assert b"marking: TLP:GREEN REL ally, secret-friend" in found[0][1]
    assert b"private-feed" not in b"".join(body for _, body in found)


def test_a_report_from_a_file_is_exported_as_a_resource(store: Store, tmp_path: Path) -> None:
    (tmp_path / "note.html").write_bytes(PAGE)
    (item,) = collect([tmp_path / "note.html"], now=NOW)
    assert isinstance(item, Capture)

    export(store, HOME, tmp_path / "w", report_of(store, item), tmp_path / "x.warc.gz", NOW)

    assert exported(tmp_path / "x.warc.gz")[1:] == [("resource", PAGE)]


def test_an_export_without_its_record_takes_the_kept_bytes_and_says_so(
    store: Store, tmp_path: Path, keep: Keep
) -> None:
    report = keep()
    archives_in(tmp_path / "w")[0].unlink()

    done = export(store, HOME, tmp_path / "w", report, tmp_path / "x.warc.gz", NOW)

    assert len(done.notes) == 2
    assert exported(tmp_path / "x.warc.gz")[1:] == [("resource", PAGE)]


def test_a_partner_sees_the_evidence_of_what_is_released_to_them_and_of_nothing_else(
    store: Store, tmp_path: Path, keep: Keep
) -> None:
    report = keep(marking=MARKING)
    keep(fetch(7))  # the same page, seen by a feed that nobody may know of
    ally, other = (Reader(name="them", partner=name, clearance="RED") for name in ("ally", "other"))

    assert [one.url for one in store.evidence(ally, report.id)] == ["https://a.example/1"]
    assert store.evidence(other, report.id) == ()
    assert [one.url[-1] for one in store.evidence(HOME, report.id)] == ["1", "7"]
    export(store, ally, tmp_path / "w", report, tmp_path / "x.warc.gz", NOW)
    assert b"secret-friend" not in b"".join(body for _, body in exported(tmp_path / "x.warc.gz"))
