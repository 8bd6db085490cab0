"""Where bytes lie is kept with the capture, in its transaction, and shown to whom the capture is."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.evidence import Evidence
from watchfloor.core.marking import Marking, Reader
from watchfloor.store.store import Store

FREE = Marking(level="CLEAR", releasable_to=frozenset({"a"}))


def lies(capture: Any, n: int = 1, **fields: Any) -> Any:
    """Return the capture with evidence of its own."""
    given: dict[str, Any] = {
        "capture": capture.id,
        "file": "w.warc.gz",
        "start": 100 * n,
        "offset": 100 * n + 10,
        "length": 50,
        "kind": "response",
        "record": f"urn:uuid:{n}",
        "digest": "d" * 64,
        "url": f"https://a.example/{n}",
        "date": datetime(2024, 11, n, tzinfo=UTC),
    }
    return structs.replace(capture, evidence=Evidence(**(given | fields)))


@pytest.fixture
def report(store: Store, item: Callable[..., Any]) -> Any:
    """Keep a released report with its evidence."""
    capture, made, found = item("Troops.", marking=FREE)
    store.keep_capture(lies(capture))
    store.keep_report(made, found, "1")
    return made


def test_evidence_is_found_by_report_record_address_and_digest(store: Store, home: Reader, report: Any) -> None:
    (found,) = store.evidence(home, report.id)

    assert found.offset == 110
    assert store.evidence_of_record(home, "urn:uuid:1") == found
    assert store.evidence_of_url(home, "https://a.example/1") == (found,)
    assert store.evidence_of_digest(home, "d" * 64) == found
    assert store.evidence_of_digest(home, "e" * 64) is None


def test_a_capture_that_comes_again_keeps_each_place_once(
    store: Store, home: Reader, report: Any, item: Callable[..., Any]
) -> None:
    capture, _, _ = item("Troops.", marking=FREE)
    for n in (1, 2, 2):
        assert store.keep_capture(lies(capture, n)) == "known"

    assert [one.offset for one in store.evidence(home, report.id)] == [110, 210]
    assert store.evidence_offsets(home, "w.warc.gz", 0) == {110, 210}
    assert store.evidence_offsets(home, "w.warc.gz", 111) == {210}


def test_the_same_bytes_at_another_place_are_evidence_of_the_kept_capture(
    store: Store, home: Reader, report: Any, item: Callable[..., Any]
) -> None:
    elsewhere, _, _ = item("Troops.", locator="b.txt", marking=FREE)
    store.keep_capture(lies(elsewhere, 3))

    assert {one.capture for one in store.evidence(home, report.id)} == {report.capture}
    assert len(store.evidence(home, report.id)) == 2


@pytest.mark.parametrize(("name", "clearance", "seen"), [("a", "CLEAR", 1), ("b", "RED", 0)])
def test_a_partner_sees_the_evidence_of_what_is_theirs(
    store: Store, partner: Callable[..., Reader], report: Any, name: str, clearance: str, seen: int
) -> None:
    reader = partner(name, clearance)

    assert len(store.evidence(reader, report.id)) == seen
    assert (store.evidence_of_record(reader, "urn:uuid:1") is not None) == bool(seen)


@pytest.mark.parametrize("marking", [None, Marking(level="RED"), Marking(level="CLEAR", releasable_to=frozenset("b"))])
def test_where_else_a_released_capture_was_seen_is_shown_only_when_that_is_released_too(
    store: Store, partner: Callable[..., Reader], item: Callable[..., Any], marking: Marking | None
) -> None:
    capture, made, found = item("Troops.", marking=FREE)
    store.keep_capture(lies(capture))
    store.keep_report(made, found, "1")
    again, _, _ = item("Troops.", locator="b.txt", marking=marking)
    store.keep_capture(lies(again, 2))

    shown = [one.url for one in store.evidence(partner("a"), made.id)]

    assert shown == (["https://a.example/1"] if marking is None else [])


def test_what_the_node_knows_of_its_archives_is_shown_to_no_partner(
    store: Store, home: Reader, partner: Callable[..., Reader], report: Any
) -> None:
    store.keep_checked("w.warc.gz", 400)
    store.keep_checked("w.warc.gz", 500)
    store.keep_checked("v.warc.gz", 7)

    assert store.checked_archives(home) == {"w.warc.gz": 500, "v.warc.gz": 7}
    assert store.archive_ends(home) == {"w.warc.gz": 500, "v.warc.gz": 7}
    them = partner("a")
    assert store.checked_archives(them) == store.archive_ends(them) == {}
    assert store.evidence_offsets(them, "w.warc.gz", 0) == frozenset()
    assert store.evidence_of_digest(them, "d" * 64) is None


def test_an_archive_is_known_up_to_its_last_kept_record(store: Store, home: Reader, report: Any) -> None:
    store.keep_checked("w.warc.gz", 120)

    assert store.archive_ends(home) == {"w.warc.gz": 160}


def test_a_home_reader_below_the_marking_sees_no_evidence(store: Store, item: Callable[..., Any]) -> None:
    capture, made, found = item("Troops.", marking=Marking(level="RED"))
    store.keep_capture(lies(capture))
    store.keep_report(made, found, "1")

    assert store.evidence(Reader(name="us", partner=None, clearance="AMBER"), made.id) == ()
