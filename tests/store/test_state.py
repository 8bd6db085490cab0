"""The state of a database: another one after all that a picture may show, and the same after the rest."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from watchfloor.core.audit import Note
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import Marking, Reader
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, tzinfo=UTC)
STAFF = Reader(name="ann", partner=None, clearance="RED")


def test_a_report_that_comes_in_is_shown_and_decides_nothing(store: Store, item: Callable[..., Any]) -> None:
    before = store.state(STAFF)
    capture, report, found = item("A bridge was shut.")
    store.keep_capture(capture)
    store.keep_report(report, found, "r1")
    after = store.state(STAFF)

    assert before is not None
    assert after is not None
    assert (after.shown > before.shown, after.decided, after.marked) == (True, before.decided, before.marked)
    store.keep_capture(capture)
    store.keep_report(report, found, "r1")
    assert store.state(STAFF) == after  # running again changes nothing
    store.keep_report(report, found, "r2")
    again = store.state(STAFF)
    assert again is not None
    assert again.decided > after.decided  # what was found in it is another thing now


def test_what_people_decide_decides(store: Store) -> None:
    before = store.state(STAFF)
    store.keep_judgement(Judgement(id="jdg_1", left="A", right="B", verdict="same", by="ann", at=NOW))
    after = store.state(STAFF)

    assert before is not None
    assert after is not None
    assert after.decided > before.decided


def test_each_marking_that_is_changed_is_counted(store: Store, item: Callable[..., Any]) -> None:
    capture, report, found = item("A bridge was shut.", marking=Marking(level="GREEN"))
    store.keep_capture(capture)
    store.keep_report(report, found, "r1")
    marked = [store.state(STAFF)]
    for level in ("RED", "GREEN"):
        store.marks.keep_marking(report.id, Marking(level=level), Note(at=NOW, who="ann", verb="mark", what=report.id))
        marked.append(store.state(STAFF))

    assert len({one.marked for one in marked if one}) == 3


def test_what_no_picture_shows_leaves_the_state_as_it_was(store: Store) -> None:
    before = store.state(STAFF)
    store.audit.keep_note(Note(at=NOW, who="ann", verb="see", what="GET /"))
    store.jobs.enqueue("read", ["cap_1"], NOW)

    assert store.state(STAFF) == before


def test_a_partner_is_told_no_state(store: Store) -> None:
    assert store.state(Reader(name="b", partner="B", clearance="RED")) is None
