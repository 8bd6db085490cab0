"""What was fetched is written so that stock readers open it, and a torn end is mended."""

import gzip
import io
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from warcio.archiveiterator import ArchiveIterator

from watchfloor.collect.captured import Told
from watchfloor.collect.fetched import sent
from watchfloor.collect.http_message import read_message
from watchfloor.collect.warc_group import TOLD, told_of
from watchfloor.collect.warc_records import Record, records
from watchfloor.collect.warc_tail import Tail, tail_of
from watchfloor.collect.warc_writing import NAME, WarcWriter, archives_in
from watchfloor.core.capture import Capture
from watchfloor.core.errors import StoreError
from watchfloor.core.evidence import Evidence
from watchfloor.core.exchange import Exchange, Fetch
from watchfloor.core.marking import Marking

NOW = datetime(2024, 11, 1, 12, 0, tzinfo=UTC)
MARKING = Marking(level="GREEN", releasable_to=frozenset({"ally"}))
SAID = Told(now=NOW, feed="desk", outlet="The Example", published=None, marking=MARKING)
PAGE = b"<html><title>Flood</title><body><p>The river rose.</p></body></html>"


def exchange(n: int = 0, body: bytes = PAGE, **fields: Any) -> Exchange:
    given: dict[str, Any] = {
        "url": f"https://a.example/{n}",
        "asked": NOW + timedelta(seconds=n),
        "seconds": 0.25,
        "method": "GET",
        "request": (("Host", "a.example"), ("User-Agent", "watchfloor")),
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html"),),
        "body": body,
        "ip": "192.0.2.7",
    }
    return Exchange(**(given | fields))


def fetch(n: int = 0, body: bytes = PAGE, **fields: Any) -> Fetch:
    return Fetch(
        address=f"https://a.example/{n}", outcome="got", exchanges=(exchange(n, body, **fields),), content=PAGE
    )


def capture(of: Fetch) -> Capture:
    answer = of.exchanges[-1]
    told = structs.replace(SAID, now=answer.asked)
    made = sent(of.content, locator=answer.url, url=answer.url, content_type="text/html", told=told)
    assert isinstance(made, Capture)
    return made


def write(folder: Path, *fetches: Fetch, **fields: Any) -> list[Evidence | None]:
    with WarcWriter(folder, now=NOW, **fields) as writer:
        return [writer.write(one, capture(one)) for one in fetches]


def read(folder: Path) -> list[Record]:
    found: list[Record] = []
    for path in archives_in(folder):
        with path.open("rb") as stream:
            for one in records(stream, most=10_000_000):
                assert isinstance(one, Record), one
                found.append(one)
    return found


def test_a_fetch_is_written_as_a_group_and_the_page_comes_last(tmp_path: Path) -> None:
    (evidence,) = write(tmp_path, fetch())

    found = read(tmp_path)

    assert [one.type for one in found] == ["warcinfo", "metadata", "metadata", "request", "response"]
    assert evidence is not None
    assert (evidence.offset, evidence.record, evidence.length) == (found[-1].offset, found[-1].id, found[-1].length)
    assert evidence.start == found[1].offset
    assert b"fetchTimeMs: 250" in (found[1].block or b"")
    assert found[-1].headers["warc-ip-address"] == "192.0.2.7"
    assert found[-1].headers["warc-date"] == "2024-11-01T12:00:00.000000Z"


def test_what_the_capture_was_told_is_there_to_make_it_again(tmp_path: Path) -> None:
    one = fetch()
    write(tmp_path, one)

    (told,) = [told_of(r.block or b"") for r in read(tmp_path) if r.headers.get("content-type") == TOLD]

    assert (told.id, told.feed, told.outlet, told.marking, told.data) == (
        capture(one).id,
        "desk",
        "The Example",
        MARKING,
        b"",
    )


def test_redirects_are_recorded_before_the_answer(tmp_path: Path) -> None:
    first = exchange(1, b"", status=301, reason="Moved", headers=(("Location", "https://a.example/2"),))
    both = Fetch(address=first.url, outcome="got", exchanges=(first, exchange(2)), content=PAGE)
    write(tmp_path, both)

    found = [one for one in read(tmp_path) if one.type in ("request", "response")]

    assert [(one.type, one.url[-1]) for one in found] == [
        ("request", "1"),
        ("response", "1"),
        ("request", "2"),
        ("response", "2"),
    ]
    assert found[1].headers["warc-concurrent-to"] == f"<{found[3].id}>"


def test_stock_readers_open_it_and_agree_about_every_digest(tmp_path: Path) -> None:
    gzipped = gzip.compress(PAGE, mtime=0)
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    write(tmp_path, fetch(1), fetch(2, gzipped, headers=headers))
    (path,) = archives_in(tmp_path)

    with path.open("rb") as stream:
        pages = []
        for one in ArchiveIterator(stream, check_digests="raise"):
            body = one.content_stream().read()
            assert one.digest_checker.passed is not False
            if one.rec_type == "response":
                pages.append(body)
    with path.open("rb") as stream:
        for one in FastIterator(stream, parse_http=False, fsspec_args=False):
            assert one.verify_block_digest()
    with path.open("rb") as stream:
        faster = [
            one.reader.read() for one in FastIterator(stream, auto_decode="all", fsspec_args=False) if one.is_http
        ]

    assert pages == [PAGE, PAGE]
    assert faster[1::2] == [PAGE, PAGE]


def test_a_payload_that_is_there_already_is_referred_to(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, now=NOW) as writer:
        first = writer.write(fetch(1), capture(fetch(1)))
        again = writer.write(fetch(2), capture(fetch(2)), first)

    last = read(tmp_path)[-1]

    assert again is not None
    assert first is not None
    assert (again.kind, again.digest) == ("revisit", first.digest)
    assert last.headers["warc-refers-to"] == f"<{first.record}>"
    assert last.headers["warc-refers-to-date"] == "2024-11-01T12:00:01.000000Z"
    assert b"river" not in (last.block or b"")


def test_a_fetch_in_which_nothing_passed_writes_nothing(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, now=NOW) as writer:
        assert writer.write(Fetch(address="https://a.example/", outcome="denied")) is None

    assert archives_in(tmp_path) == []


def test_a_full_file_is_followed_by_one_that_sorts_after_it(tmp_path: Path) -> None:
    found = write(tmp_path, *(fetch(n) for n in range(12)), most=4_000)

    names = [path.name for path in archives_in(tmp_path)]
    assert len(names) > 3
    assert all(NAME.fullmatch(name) for name in names)
    assert [one.file for one in found if one] == sorted(one.file for one in found if one)
    assert sum(one.type == "warcinfo" for one in read(tmp_path)) == len(names)


def test_the_next_writer_goes_on_with_the_same_file(tmp_path: Path) -> None:
    write(tmp_path, fetch(1))
    write(tmp_path, fetch(2))

    assert len(archives_in(tmp_path)) == 1
    assert [one.url for one in read(tmp_path) if one.type == "response"] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_a_file_has_one_writer(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, now=NOW) as first, WarcWriter(tmp_path, now=NOW) as second:
        one, two = first.write(fetch(1), capture(fetch(1))), second.write(fetch(2), capture(fetch(2)))
        with WarcWriter(tmp_path, now=NOW) as third:
            three = third.write(fetch(3), capture(fetch(3)))

    assert len({evidence.file for evidence in (one, two, three) if evidence}) == 3


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with WarcWriter(tmp_path, now=NOW) as writer:
        writer.write(fetch(1), capture(fetch(1)))
        (path,) = archives_in(tmp_path)
        before = path.read_bytes()

        def full(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(StoreError, match="No space left"):
                writer.write(fetch(2), capture(fetch(2)))
        assert path.read_bytes() == before
        writer.write(fetch(3), capture(fetch(3)))

    assert [one.url[-1] for one in read(tmp_path) if one.type == "response"] == ["1", "3"]


def test_a_tail_torn_at_any_byte_is_found(tmp_path: Path) -> None:
    write(tmp_path, fetch(1), fetch(2))
    (path,) = archives_in(tmp_path)
    data = path.read_bytes()
    ends = [0, *(one.offset + one.length for one in read(tmp_path))]

    for size in range(len(data) + 1):
        sound = max(end for end in ends if end <= size)
        assert tail_of(io.BytesIO(data[:size]), size) == Tail(end=sound, size=size, torn=sound < size)


def test_a_torn_tail_is_cut_off_kept_beside_and_told_and_the_file_gone_on_with(tmp_path: Path) -> None:
    write(tmp_path / "whole", fetch(1))
    (whole,) = archives_in(tmp_path / "whole")
    data = whole.read_bytes()
    ends = [0, *(one.offset + one.length for one in read(tmp_path / "whole"))]
    for size in range(1, len(data), 29):
        folder = tmp_path / str(size)
        folder.mkdir()
        path = folder / whole.name
        path.write_bytes(data[:size])
        sound = max(end for end in ends if end <= size)

        with WarcWriter(folder, now=NOW) as writer:
            assert [(one.offset, one.size) for one in writer.repairs] == [(sound, size - sound)] * (sound < size)
            assert path.read_bytes() == data[:sound]
            writer.write(fetch(3), capture(fetch(3)))

        assert [saved.read_bytes() for saved in folder.glob("*.torn-*")] == [data[sound:size]] * (sound < size)
        assert [path.name for path in archives_in(folder)] == [whole.name]
        assert read(folder)[-1].url == "https://a.example/3"


def test_only_what_follows_a_known_end_is_looked_at(tmp_path: Path) -> None:
    write(tmp_path, fetch(1))
    (path,) = archives_in(tmp_path)
    size = path.stat().st_size
    path.write_bytes(b"?" * size + b"torn")

    with WarcWriter(tmp_path, now=NOW, sound={path.name: size}) as writer:
        assert [repair.offset for repair in writer.repairs] == [size]


def test_a_page_that_holds_what_looks_like_records_cannot_pose_as_one(tmp_path: Path) -> None:
    inner = gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", mtime=0)
    noise = random.Random(1).randbytes(30_000)  # does not pack, so what stands behind it is stored as it is
    write(tmp_path, fetch(1), fetch(2, noise + inner + noise[::-1]))
    (path,) = archives_in(tmp_path)
    data = path.read_bytes()
    place = data.find(inner)
    assert place > 0
    path.write_bytes(data[: place + len(inner)])

    with WarcWriter(tmp_path, now=NOW) as writer:
        assert writer.repairs == []
        assert list(writer.troubles) == [path.name]
        after = writer.write(fetch(3), capture(fetch(3)))

    assert after is not None
    assert after.file != path.name


def test_a_file_that_lost_bytes_is_told_and_left_alone(tmp_path: Path) -> None:
    write(tmp_path, fetch(1))
    (path,) = archives_in(tmp_path)

    with WarcWriter(tmp_path, now=NOW, sound={path.name: path.stat().st_size + 5}) as writer:
        assert "5 bytes are gone" in writer.troubles[path.name]
        after = writer.write(fetch(2), capture(fetch(2)))

    assert after is not None
    assert after.file != path.name


def test_the_same_is_written_for_the_same(tmp_path: Path) -> None:
    write(tmp_path / "a", fetch(1))
    write(tmp_path / "b", fetch(1))

    assert archives_in(tmp_path / "a")[0].read_bytes() == archives_in(tmp_path / "b")[0].read_bytes()


_LATIN = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=30).map(str.strip)
_NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,15}", fullmatch=True)


@settings(max_examples=60)
@given(
    body=st.binary(max_size=500),
    headers=st.lists(st.tuples(_NAMES, _LATIN), max_size=6),
    reason=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=12),
    status=st.integers(100, 599),
    url=st.text(max_size=30),
)
def test_whatever_was_sent_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory,
    body: bytes,
    headers: list[tuple[str, str]],
    reason: str,
    status: int,
    url: str,
) -> None:
    folder = tmp_path_factory.mktemp("w")
    sent = exchange(0, body, url=f"https://a.example/{url}", headers=tuple(headers), reason=reason, status=status)
    with WarcWriter(folder, now=NOW, durable=False) as writer:
        writer.write(Fetch(address=sent.url, outcome="got", exchanges=(sent,), content=body))

    answer = read(folder)[-1]
    message = read_message(answer.block or b"")

    assert message is not None
    named = [(f"X-Crawl-{n}" if n.lower() == "transfer-encoding" else n, v) for n, v in headers]
    assert [(n, v.strip(" \t")) for n, v in message.headers] == [(n, v.strip(" \t")) for n, v in named]
    assert message.status == status
    assert (answer.block or b"").endswith(body)
    assert message.body == body
    with archives_in(folder)[0].open("rb") as stream:
        assert [one.rec_type for one in ArchiveIterator(stream)][-1] == "response"


@pytest.mark.parametrize("odd", ["a\r\nWARC-Type: response", "b\nX: y", "c\0d", "한국", "\ud800"])
def test_no_header_address_or_reason_can_break_out_of_its_line(tmp_path: Path, odd: str) -> None:
    sent = exchange(0, url=f"https://a.example/{odd}", headers=((odd, odd),), reason=odd, request=((odd, odd),), ip=odd)
    with WarcWriter(tmp_path, now=NOW) as writer:
        writer.write(Fetch(address=odd, outcome="got", detail=odd, exchanges=(sent,), content=PAGE))

    assert [one.type for one in read(tmp_path)] == ["warcinfo", "metadata", "request", "response"]
    message = read_message(read(tmp_path)[-1].block or b"")
    assert message is not None
    assert len(message.headers) <= 1
    with archives_in(tmp_path)[0].open("rb") as stream:
        assert len(list(ArchiveIterator(io.BytesIO(stream.read())))) == 4
