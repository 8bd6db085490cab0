"""What a large store rests on: many kept at once as one by one, the last of very many put in order, made-up reports."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.annotation import Attribution, Mention, Place
from watchfloor.core.marking import Marking, Reader
from watchfloor.store import search
from watchfloor.store.store import Store

BENCH = str(Path(__file__).parents[2] / "bench")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(BENCH)
    import load_reports

    yield load_reports.made
    sys.modules.pop("load_reports", None)


def test_a_made_up_report_is_always_the_same_and_every_span_is_right(made: Any) -> None:
    for n in (0, 7, 51, 60, 1_234):
        one, again = made(n), made(n)
        text = one.report.text

        assert one == again
        assert sum(isinstance(found, Attribution) for found in one.found) == 10
        for found in one.found:
            words = text[found.span.start : found.span.end]
            if isinstance(found, Place):
                assert words == found.name
            if isinstance(found, Mention):
                assert found.name in words
            if isinstance(found, Attribution):
                assert found.speaker is not None
                assert found.speaker in words


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_many_kept_at_once_are_kept_as_one_by_one(
    kind: str, new_store: Callable[..., Any], made: Any, home: Reader
) -> None:
    some = [made(n) for n in range(49, 53)]
    some += [some[1], some[3]]  # what is there already, in the same go

    with new_store(kind) as one, new_store(kind) as other:
        taken = [one.keep_capture(each.capture) for each in some]
        outcomes = [one.keep_report(each.report, each.found, "1") for each in some]

        assert other.keep_captures(each.capture for each in some) == taken
        assert other.keep_reports([(each.report, each.found) for each in some], "1") == outcomes
        assert one.dump(home) == other.dump(home)
        assert one.check(home) == other.check(home) == ()
    assert set(outcomes) == {"new", "new-version", "unchanged"}


def test_of_very_many_the_last_are_put_in_order_and_the_answer_says_so(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "NEWEST", 3)
    for n in range(5):
        keep(store, item(f"Troops {n}.", locator=str(n)))

    for typed in ("troops", "-tanks"):
        found = store.search(home, typed)

        assert (found.total, found.is_least) == (3, True)
        assert {hit.report.text for hit in found.hits} == {"Troops 2.", "Troops 3.", "Troops 4."}
        assert "3 reports or more" in str(found.note)
    assert not store.search(home, '"troops 1"').is_least


def test_what_a_partner_may_not_see_makes_no_more_than_there_are(
    store: Store,
    item: Callable[..., Any],
    keep: Callable[..., str],
    partner: Callable[..., Reader],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "NEWEST", 3)
    theirs = Marking(level="GREEN", releasable_to=frozenset({"a"}))
    for n in range(8):
        keep(store, item(f"Troops {n}.", locator=str(n), marking=theirs if n < 2 else None))

    found = store.search(partner("a"), "troops")

    assert (found.total, found.is_least, found.note) == (2, False, None)
