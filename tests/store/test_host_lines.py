from collections.abc import Callable
from typing import Any

import pytest

from watchfloor.core.marking import Reader
from watchfloor.store.host_lines import HostLines, HostSeen, LineSeen
from watchfloor.store.store import Store


@pytest.fixture
def keep_page(store: Store, item: Callable[..., Any]) -> Callable[..., None]:
    """Keep a report with the lines of its page."""

    def keep(page: bytes, *printed: bytes, day: str = "2025-03-01", host: str = "courier.example") -> None:
        capture, report, annotations = item(f"Troops near {page!r}.", locator=repr(page))
        store.keep_capture(capture)
        store.keep_report(report, annotations, "1", printed=HostLines(host, page, day, frozenset(printed)))

    return keep


def test_a_line_counts_once_for_each_page(store: Store, keep_page: Callable[..., None], home: Reader) -> None:
    keep_page(b"p1", b"a", b"b", day="2025-03-02")
    keep_page(b"p2", b"a", day="2025-03-01")

    assert store.host_lines(home, "courier.example", b"p3", [b"a", b"b", b"c"]) == HostSeen(
        2, False, {b"a": LineSeen(2, "2025-03-01", "2025-03-02"), b"b": LineSeen(1, "2025-03-02", "2025-03-02")}
    )


def test_the_same_page_twice_counts_once(store: Store, keep_page: Callable[..., None], home: Reader) -> None:
    keep_page(b"p1", b"a")
    before = store.dump(home)
    keep_page(b"p1", b"a", b"b", day="2025-03-09")

    assert store.dump(home) == before
    assert store.host_lines(home, "courier.example", b"p1", [b"a"]).counted


def test_hosts_do_not_know_of_each_other(store: Store, keep_page: Callable[..., None], home: Reader) -> None:
    keep_page(b"p1", b"a")

    assert store.host_lines(home, "wire.example", b"p1", [b"a"]) == HostSeen(0, False, {})


def test_more_lines_than_one_statement_takes_are_all_found(
    store: Store, keep_page: Callable[..., None], home: Reader
) -> None:
    many = [f"{n:04}".encode() for n in range(1_234)]
    keep_page(b"p1", *many)
    keep_page(b"p2", *many)

    found = store.host_lines(home, "courier.example", b"p1", many).lines

    assert len(found) == 1_234
    assert {line.pages for line in found.values()} == {2}


def test_a_partner_finds_nothing(store: Store, keep_page: Callable[..., None], partner: Callable[..., Reader]) -> None:
    keep_page(b"p1", b"a")

    assert store.host_lines(partner("a"), "courier.example", b"p2", [b"a"]) == HostSeen(0, False, {})
