import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from watchfloor.core.capture import Capture
from watchfloor.core.copy import Copy
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.flow.copying import Copying, complete, copies_of, earliest_first, fingerprinted
from watchfloor.fuse.copies import copies
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

WIRE = " ".join(f"word{number} stands beside{number % 17}" for number in range(160))
READER = Reader(name="us", partner=None, clearance="RED")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", create=True) as made:
        yield made


def keep(store: Store, reports: Sequence[Report]) -> None:
    at = datetime(2024, 11, 1, tzinfo=UTC)
    store.keep_captures(
        Capture(
            id=one.capture,
            locator=one.id,
            feed="t",
            sha256=one.id,
            media_type="text/plain",
            collected=at,
            data=one.id.encode(),
        )
        for one in reports
    )
    store.keep_reports([(one, ()) for one in reports], "1")


def wires(
    report: Callable[..., Report], day: Callable[[str], PartialDate], count: int = 60, seed: int = 1
) -> list[Report]:
    """Reports of forty days: texts of their own, and copies, whole, cut and mixed, of what stood before them."""
    some = random.Random(seed)
    texts: list[str] = []
    made = []
    for number in range(count):
        own = " ".join(f"w{some.randrange(400)}" for _ in range(some.choice((30, 150, 400))))
        words = (some.choice(texts[-30:]) if texts and some.random() < 0.7 else own).split()
        start, end = sorted(some.sample(range(len(words) + 1), 2))
        text = some.choice((own, " ".join(words), " ".join(words[start:end]), own + " " + " ".join(words[start:end])))
        texts.append(text or own)
        known = date(2024, 9, 1) + timedelta(days=some.randrange(40) if number % 7 else 5)
        made.append(
            report(
                texts[-1],
                outlet=f"paper{number}.example",
                address=f"a{number}",
                published=day(known.isoformat()),
            )
        )
    return sorted(made, key=earliest_first)


def test_copies_are_found_in_a_database_by_their_fingerprints(
    store: Store, report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    wire = report(WIRE, outlet="a", published=day("2024-10-21"))
    cut = report(WIRE[: len(WIRE) // 2], outlet="b", published=day("2024-10-22"))
    other = report("Ships wait outside the old harbour for a pilot who does not come.", outlet="c")
    keep(store, [wire, cut, other])
    store.keep_fingerprints(fingerprinted([wire, cut, other]))

    assert copies_of(store, READER, [cut]) == copies([wire, cut])
    assert copies_of(store, READER, [wire]) == copies([wire, cut])
    assert copies_of(store, READER, [other]) == ()


@pytest.mark.parametrize("batch", [5, 17, 1000])
def test_the_store_finds_what_is_found_in_memory_whatever_the_batches(
    store: Store, report: Callable[..., Report], day: Callable[[str], PartialDate], batch: int
) -> None:
    reports = wires(report, day)
    keep(store, reports)
    copying = Copying(store, READER)

    edges: list[Copy] = []
    for first in range(0, len(reports), batch):
        edges += copying.take(reports[first : first + batch])

    expected = copies(reports)
    assert len(expected) > 10
    assert edges == list(expected)


def test_the_store_finds_the_same_after_it_was_opened_again(
    tmp_path: Path, report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    reports = wires(report, day, seed=2)
    edges: list[Copy] = []
    for first in range(0, len(reports), 30):
        with open_store(tmp_path / "b.db", create=True) as store:
            keep(store, reports[first : first + 30])
            edges += Copying(store, READER).take(reports[first : first + 30])

    assert edges == list(copies(reports))


def test_reports_that_come_late_are_linked_as_if_they_had_come_in_time(
    store: Store, report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    reports = wires(report, day, seed=3)
    copying = Copying(store, READER)
    shuffled = random.Random(1).sample(reports, len(reports))
    for first in range(0, len(shuffled), 20):
        keep(store, shuffled[first : first + 20])
        copying.take(shuffled[first : first + 20])

    expected = copies(reports)

    assert copying.copies_of(reports) == expected
    for one in reports[::9]:
        linked = tuple(edge for edge in expected if one.id in (edge.child, edge.parent))
        assert copying.copies_of([one]) == copies_of(store, READER, [one]) == linked


def test_weeks_that_are_not_asked_about_any_more_are_let_go(
    store: Store,
    report: Callable[..., Report],
    day: Callable[[str], PartialDate],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("watchfloor.flow.copying._LET_GO", 10)
    reports = wires(report, day, seed=4)
    keep(store, reports)
    copying, most = Copying(store, READER), 0
    edges: list[Copy] = []
    for first in range(0, len(reports), 10):
        edges += copying.take(reports[first : first + 10])
        most = max(most, copying._window.size)

    assert edges == list(copies(reports))
    assert most < len(reports)


def test_a_report_without_a_day_is_held_against_those_around_its_collection_and_those_without_a_day(
    store: Store, report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    wire, undated, again, old = (
        report(WIRE, outlet=outlet, address=outlet, published=published)
        for outlet, published in (("a", day("2024-10-30")), ("b", None), ("c", None), ("d", day("2023-01-01")))
    )
    keep(store, [wire, undated, again, old])
    store.keep_fingerprints(fingerprinted([wire, undated, again, old]))

    edges = copies_of(store, READER, [undated, again])

    assert [(edge.child, edge.parent) for edge in edges] == [(undated.id, wire.id), (again.id, wire.id)]


def test_a_report_that_the_reader_may_not_see_is_nobodys_parent(store: Store, report: Callable[..., Report]) -> None:
    theirs = Marking(level="CLEAR", releasable_to=frozenset({"them"}))
    secret, second, third = (
        report(WIRE, outlet=name, address=name, marking=marking)
        for name, marking in (("a", None), ("b", theirs), ("c", theirs))
    )
    keep(store, [secret, second, third])
    store.keep_fingerprints(fingerprinted([secret, second, third]))

    partner = Reader(name="them", partner="them", clearance="CLEAR")
    (edge,) = copies_of(store, partner, [second, third])

    assert (edge.child, edge.parent) == (third.id, second.id)


def test_reports_without_a_fingerprint_are_given_theirs(store: Store, report: Callable[..., Report]) -> None:
    wire, cut = report(WIRE, outlet="a"), report(WIRE[: len(WIRE) // 2], outlet="b")
    keep(store, [wire, cut])

    assert complete(store, READER) == 2
    assert complete(store, READER) == 0
    assert copies_of(store, READER, [wire]) == copies(sorted([wire, cut], key=earliest_first))
