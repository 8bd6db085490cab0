"""What was fetched is in the archives before it is in the database, so no moment loses a page or doubles one."""

import gzip
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from watchfloor.collect.captured import Told, capture
from watchfloor.collect.warc_records import Record, records
from watchfloor.collect.warc_writing import archives_in
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.exchange import Exchange, Fetch, Outcome
from watchfloor.core.marking import Marking
from watchfloor.flow.keeping import OWN, captured, keeping, unkept
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, 0, tzinfo=UTC)
MARKING = Marking(level="AMBER", releasable_to=frozenset({"ally"}))
SAID = Told(now=NOW, feed="desk", outlet="The Example", published="2024-10-31", marking=MARKING)
PAGE = b"<html><title>Flood</title><body><p>" + b"The river rose again. " * 200 + b"</p></body></html>"
WRITER = Path(__file__).with_name("evidence_writer.py")
PAGES = 40


def fetch(n: int = 0, page: bytes = PAGE, outcome: Outcome = "got", **fields: Any) -> Fetch:
    answer = Exchange(
        url=f"https://a.example/{n}",
        asked=NOW + timedelta(seconds=n),
        seconds=0.1,
        method="GET",
        request=(("Host", "a.example"),),
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
        body=gzip.compress(page, mtime=0),
        ip="192.0.2.7",
    )
    return Fetch(
        address=answer.url, outcome=outcome, exchanges=(answer,), content=page, content_type="text/html", **fields
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", create=True) as opened:
        yield opened


def kept(store: Store, folder: Path, *fetches: Fetch) -> list[Capture | SetAside]:
    """Capture and keep; return what was yielded."""
    found: list[Capture | SetAside] = []
    with keeping(store, folder, now=NOW) as keeper:
        for item in captured(keeper, [(one, SAID) for one in fetches]):
            found.append(item)
            if isinstance(item, Capture):
                store.keep_capture(item)
    return found


def responses(folder: Path) -> list[Record]:
    found = []
    for path in archives_in(folder):
        with path.open("rb") as stream:
            found += [one for one in records(stream, most=10**7) if isinstance(one, Record)]
    return [one for one in found if one.type in ("response", "revisit")]


def test_a_fetch_gives_a_capture_that_says_where_it_lies(store: Store, tmp_path: Path) -> None:
    (page,) = kept(store, tmp_path / "w", fetch(1))

    assert isinstance(page, Capture)
    assert (page.url, page.locator, page.data) == ("https://a.example/1", "https://a.example/1", PAGE)
    assert (page.collected, page.outlet, page.marking) == (NOW + timedelta(seconds=1), "The Example", MARKING)
    assert page.evidence is not None
    assert store.evidence_of_record(OWN, page.evidence.record) == page.evidence


def test_a_capture_that_was_not_kept_is_found_again_just_as_it_was(store: Store, tmp_path: Path) -> None:
    with keeping(store, tmp_path / "w", now=NOW) as keeper:
        lost = [keeper.capture(fetch(n, PAGE + b"%d" % n), SAID) for n in range(3)]
        keeper.note(fetch(9))

    again = list(unkept(store, tmp_path / "w"))

    assert again == lost


def test_a_capture_that_somebody_else_made_is_recorded_and_found_again_as_it_was(store: Store, tmp_path: Path) -> None:
    one = fetch(1)
    own = capture(PAGE, "page.html", SAID)
    assert isinstance(own, Capture)

    with keeping(store, tmp_path / "w", now=NOW) as keeper:
        made = keeper.record(one, own)

    assert made.evidence is not None
    assert structs.replace(made, evidence=None) == own
    assert list(unkept(store, tmp_path / "w")) == [made]


def test_what_is_kept_is_not_found_again_and_not_read_again(store: Store, tmp_path: Path) -> None:
    kept(store, tmp_path / "w", fetch(1))

    assert list(unkept(store, tmp_path / "w")) == []
    checked = store.checked_archives(OWN)
    (path,) = archives_in(tmp_path / "w")
    assert checked == {path.name: path.stat().st_size}
    path.write_bytes(b"?" * path.stat().st_size)
    assert list(unkept(store, tmp_path / "w")) == []


def test_a_new_database_is_filled_again_from_the_archives(store: Store, tmp_path: Path) -> None:
    kept(store, tmp_path / "w", *(fetch(n, PAGE + b"%d" % (n % 2)) for n in range(4)))

    with open_store(tmp_path / "b.db", create=True) as new:
        found = []
        for item in unkept(new, tmp_path / "w"):
            assert isinstance(item, Capture)
            new.keep_capture(item)
            found.append(item.url)

    assert found == [f"https://a.example/{n}" for n in range(4)]


def test_the_same_payload_is_recorded_once_and_referred_to(store: Store, tmp_path: Path) -> None:
    long = PAGE + random.Random(1).randbytes(3_000).hex().encode()
    kept(store, tmp_path / "w", fetch(1, long), fetch(2, long))

    assert [one.type for one in responses(tmp_path / "w")] == ["response", "revisit"]
    with keeping(store, tmp_path / "w", now=NOW) as keeper:
        lost = keeper.capture(fetch(3, long), SAID)
    assert list(unkept(store, tmp_path / "w")) == [lost]


@pytest.mark.parametrize("outcome", ["gone", "blocked", "broken"])
def test_a_fetch_without_content_is_recorded_and_told(store: Store, tmp_path: Path, outcome: Outcome) -> None:
    (aside,) = kept(store, tmp_path / "w", fetch(1, outcome=outcome, detail="why"))

    assert isinstance(aside, SetAside)
    assert (aside.reason, aside.detail, aside.locator) == (outcome, "why", "https://a.example/1")
    assert len(responses(tmp_path / "w")) == 1
    assert list(unkept(store, tmp_path / "w")) == []


def test_nothing_new_is_recorded_and_gives_nothing(store: Store, tmp_path: Path) -> None:
    assert kept(store, tmp_path / "w", fetch(1, outcome="not-modified")) == []
    assert len(responses(tmp_path / "w")) == 1


def test_what_is_no_page_is_recorded_and_told(store: Store, tmp_path: Path) -> None:
    (aside,) = kept(store, tmp_path / "w", fetch(1, b"\x89PNG\r\n\x1a\n"))

    assert isinstance(aside, SetAside)
    assert aside.reason == "not-a-page"
    assert list(unkept(store, tmp_path / "w")) == []


def test_a_torn_tail_is_told_with_where_its_bytes_are(store: Store, tmp_path: Path) -> None:
    kept(store, tmp_path / "w", fetch(1))
    (path,) = archives_in(tmp_path / "w")
    with path.open("ab") as out:
        out.write(path.read_bytes()[:300])

    (told,) = kept(store, tmp_path / "w")

    assert isinstance(told, SetAside)
    assert told.reason == "torn-archive"
    (saved,) = (tmp_path / "w").glob("*.torn-*")
    assert saved.name in told.detail


def run_and_kill(folder: Path, seconds: float | None) -> list[str]:
    """Run the writer, kill it after so many seconds; return what it had acknowledged."""
    with subprocess.Popen(
        [sys.executable, WRITER, folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as writer:
        assert writer.stdout is not None
        said = []
        if seconds is not None:
            said += [writer.stdout.readline()]  # it is at work
            time.sleep(seconds)
            writer.kill()
        said += writer.stdout.readlines()
    return [line.strip() for line in said if line.endswith("\n")]


def test_killed_at_random_moments_no_page_is_lost_and_none_is_doubled(tmp_path: Path) -> None:
    chance = random.Random(4)
    acknowledged: set[str] = set()
    for _ in range(8):
        acknowledged |= set(run_and_kill(tmp_path, chance.uniform(0, 0.08)))
        with open_store(tmp_path / "a.db", create=False) as store:
            assert all(store.evidence_of_url(OWN, url) for url in acknowledged)
    run_and_kill(tmp_path, None)

    with open_store(tmp_path / "a.db", create=False) as store:
        urls = [f"https://a.example/{n}" for n in range(PAGES)]
        assert all(store.evidence_of_url(OWN, url) for url in urls)
        assert Counter(one.url for one in responses(tmp_path / "w")) == Counter(urls)
        assert store.counts(OWN)["captures"] + store.counts(OWN)["sightings"] == PAGES
        assert list(unkept(store, tmp_path / "w")) == []
