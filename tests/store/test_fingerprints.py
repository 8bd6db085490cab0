from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from watchfloor.core.marking import Marking, Reader
from watchfloor.store.fingerprints import Fingerprint
from watchfloor.store.store import Store

DAY = date(2024, 10, 21)


def test_reports_that_share_hashes_are_found_with_how_many(
    store: Store, kept: Callable[..., Any], home: Reader
) -> None:
    a, b, c = (kept(f"{n}.", locator=f"{n}.txt") for n in range(3))
    prints = [Fingerprint(a.id, DAY, (1, 2, 3)), Fingerprint(b.id, DAY, (2, 3, 4)), Fingerprint(c.id, DAY, (9,))]
    store.keep_fingerprints(prints)

    assert store.sharing(home, [prints[0]], 14) == {a.id: {b.id: 2}}


def test_weeks_that_are_too_far_are_not_looked_into(store: Store, kept: Callable[..., Any], home: Reader) -> None:
    a, b, c = (kept(f"{n}.", locator=f"{n}.txt") for n in range(3))
    far = Fingerprint(b.id, DAY + timedelta(days=60), (1,))
    undated = Fingerprint(c.id, None, (1,))
    store.keep_fingerprints([Fingerprint(a.id, DAY, (1,)), far, undated])

    assert store.sharing(home, [Fingerprint(a.id, DAY, (1,))], 14) == {a.id: {c.id: 1}}


def test_keeping_twice_changes_nothing_and_an_unknown_report_is_left_out(
    store: Store, kept: Callable[..., Any], home: Reader
) -> None:
    a, b = (kept(f"{n}.", locator=f"{n}.txt") for n in range(2))
    for _ in range(2):
        store.keep_fingerprints([Fingerprint(one, DAY, (1, 1, 2)) for one in (a.id, b.id, "rep_unknown")])

    assert store.sharing(home, [Fingerprint(a.id, DAY, (1, 2))], 14) == {a.id: {b.id: 2}}


def test_a_report_that_is_not_theirs_is_not_found_by_a_partner(
    store: Store, kept: Callable[..., Any], partner: Callable[..., Reader]
) -> None:
    free = Marking(level="CLEAR", releasable_to=frozenset({"a"}))
    a = kept("a.", locator="a.txt", marking=free)
    b = kept("b.", locator="b.txt")
    store.keep_fingerprints([Fingerprint(one.id, DAY, (1,)) for one in (a, b)])

    assert store.sharing(partner("a"), [Fingerprint(a.id, DAY, (1,))], 14) == {a.id: {}}
