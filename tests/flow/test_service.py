"""The service, without a sleep: what it takes in is read once, whatever dies; what kills is set aside."""

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.annotation import Annotation
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside, StoreError
from watchfloor.core.feed import Feed
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.flow.configuration import Configuration, ServiceSettings
from watchfloor.flow.intake import Intake
from watchfloor.flow.job_page import job_page
from watchfloor.flow.metrics import Metrics
from watchfloor.flow.parts import Part
from watchfloor.flow.pipeline import Line
from watchfloor.flow.service import Service, stopping_on_signals
from watchfloor.flow.situation import Situation
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

START = datetime(2024, 11, 1, 12, tzinfo=UTC)
HOME = Reader(name="us", partner=None, clearance="RED", at=START)


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def moves(self, **by: float) -> None:
        self.at += timedelta(**by)


def part(work: Callable[[Report], None], name: str = "test") -> Part:
    def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Annotation]:
        work(report)
        yield from ()

    return Part(name=name, annotate=annotate)


def nothing(report: Report) -> None:
    """Find nothing."""


def capture(number: int, words: str = "Ships left the port of Lund on Monday, the ministry said.") -> Capture:
    data = f"{words} Report {number}.".encode()
    digest = sha256(data).hexdigest()
    return Capture(
        id=content_id("cap", number, digest),
        locator=f"{number}.txt",
        feed="test",
        sha256=digest,
        media_type="text/plain",
        collected=START,
        data=data,
    )


def service(store: Store, clock: Clock, work: Callable[[Report], None] = nothing, **fields: Any) -> Service:
    settings = fields.pop("settings", Configuration(watch="no such file"))
    opened = Situation(store, HOME, settings)
    line = Line(store, HOME, [part(work, fields.pop("part_name", "test"))], 30.0)
    return Service(opened, settings, line, clock, name=fields.pop("name", "here"), **fields)


@pytest.fixture
def store(database: Path | str) -> Iterator[Store]:
    with open_store(database, create=True) as opened:
        yield opened


def test_what_waits_is_read_and_said_to_be_done(store: Store) -> None:
    for number in range(3):
        store.keep_capture(capture(number))
    made = service(store, Clock())

    assert made.drain() == 3
    assert store.counts(HOME)["reports"] == 3
    page = job_page(store, HOME)
    assert (page.backlog, page.counts) == (0, {"read": {"done": 3}})
    assert made.metrics.value("watchfloor_jobs_total", kind="read", outcome="done") == 3


def test_a_folder_is_collected_first_and_read_after(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFLOOR_NOW", START.isoformat())
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_bytes(capture(number).data)
    store.keep_feed(Feed(name="in", kind="folder", address=str(folder), every=3600, added=START))
    made = service(store, Clock())

    assert made.drain() == 3
    assert store.counts(HOME)["reports"] == 2
    assert made.metrics.value("watchfloor_captures_total") == 2
    assert made.metrics.value("watchfloor_feed_runs_total", outcome="got") == 1


def test_nothing_is_collected_while_too_much_waits_and_until_half_of_it_is_read(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    store.keep_feed(Feed(name="in", kind="folder", address=str(tmp_path / "in"), every=3600, added=START))
    for number in range(5):
        store.keep_capture(capture(number))
    settings = Configuration(watch="no such file", service=ServiceSettings(backlog=4))
    made = service(store, Clock(), settings=settings)
    held, feeds = [], []
    for _ in range(4):
        made.scheduler.round()
        held.append(made.scheduler.holds_back)
        feeds.append(("feed", "waiting") in store.jobs.counts(HOME))
        made.workers[0].once()

    assert held == [True, True, True, False]
    assert feeds == [False, False, False, True]


def test_a_run_of_feeds_takes_no_further_page_once_it_is_to_stop(store: Store) -> None:
    from watchfloor.flow.situation import _while

    asked: list[int] = []

    def fetch_all(asks: Any) -> Iterator[Any]:
        for one in asks:
            asked.append(one)
            yield one

    assert list(_while(lambda: len(asked) < 2, fetch_all)([1, 2, 3])) == [1, 2]  # type: ignore[list-item, comparison-overlap]
    assert list(_while(lambda: False, fetch_all)([4])) == []  # type: ignore[list-item]


def test_the_intake_counts_everything_it_is_given_once(store: Store) -> None:
    intake = Intake(store, HOME, Line(store, HOME, [], 30.0))
    bad = SetAside("empty", "no bytes", "x.txt")

    receipt = intake.add([capture(1), capture(1), bad])

    assert (receipt.captured, receipt.new, receipt.unchanged, len(receipt.set_aside)) == (3, 1, 1, 1)
    assert store.counts(HOME)["pending"] == 1


def test_a_unit_that_fails_is_tried_again_later_and_set_aside_after_three_tries_and_can_be_replayed(
    store: Store,
) -> None:
    store.keep_capture(capture(1))
    clock, away = Clock(), [True]

    def work(report: Report) -> None:
        if away[0]:
            raise StoreError("the gazetteer is away")

    made = service(store, clock, work)
    for _ in range(4):
        made.drain()
        clock.moves(minutes=10)
    (aside,) = store.asides(HOME)
    (job,) = store.jobs.jobs(HOME)

    assert (aside.reason, job.state, job.tries) == ("poison", "aside", 4)
    assert "3 times and did not end well; the last time: the gazetteer is away" in aside.detail
    assert f"watchfloor jobs replay {job.id}" in aside.detail
    away[0] = False
    assert store.jobs.replay(HOME, [job.id], clock()) == 1
    assert made.drain() == 1
    assert store.asides(HOME) == ()
    assert store.counts(HOME)["reports"] == 1


def killed(database: Path, work: Callable[[Report], None], minutes: float, *, after: bool = False) -> int:
    """Do what is due in a process that may be struck dead; return how it ended. after: struck when all is kept."""
    child = os.fork()
    if child == 0:
        try:
            clock = Clock()
            clock.moves(minutes=minutes)
            with open_store(database, create=False) as store:
                made = service(store, clock, work, name=f"w{minutes}")
                if after:
                    store.jobs.finish = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign, assignment]
                made.drain()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_killed_in_the_middle_and_between_keeping_and_saying_so_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    databases = tmp_path / "undisturbed.db", tmp_path / "killed.db"
    for path in databases:
        with open_store(path, create=True) as store:
            for number in range(4):
                store.keep_capture(capture(number))

    def strikes(report: Report) -> None:
        if "Report 2." in report.text:
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed(databases[0], nothing, 0) == 0
    assert killed(databases[1], strikes, 0) == -signal.SIGKILL
    assert killed(databases[1], nothing, 5, after=True) == -signal.SIGKILL
    assert killed(databases[1], nothing, 10) == 0
    kept = []
    for path in databases:
        with open_store(path, create=False) as store:
            kept.append(store.dump(HOME, times=False))
            assert store.counts(HOME)["reports"] == 4
            assert store.asides(HOME) == ()

    assert kept[0] == kept[1]


def test_a_report_that_kills_its_worker_three_times_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_store(path, create=True) as store:
        for number in range(3):
            store.keep_capture(capture(number))

    def strikes(report: Report) -> None:
        if "Report 1." in report.text:
            os.kill(os.getpid(), signal.SIGKILL)

    ends = [killed(path, strikes, 5.0 * number) for number in range(4)]

    assert ends == [-signal.SIGKILL] * 3 + [0]
    with open_store(path, create=False) as store:
        assert store.counts(HOME)["reports"] == 2
        (aside,) = store.asides(HOME)
        assert (aside.reason, aside.locator) == ("poison", "1.txt")
        assert "its worker died in it" in aside.detail


def test_who_is_told_to_stop_finishes_the_unit_in_hand_and_leaves(store: Store) -> None:
    for number in range(3):
        store.keep_capture(capture(number))
    read: list[str] = []

    def work(report: Report) -> None:
        read.append(report.id)
        os.kill(os.getpid(), signal.SIGTERM)

    made = service(store, Clock(), work)
    made.scheduler.round()
    with stopping_on_signals(made):
        made.run()

    assert len(read) == 1
    assert store.counts(HOME)["reports"] == 1
    assert store.jobs.workers(HOME) == ()
    assert store.jobs.counts(HOME)[("read", "waiting")] == 2
    assert [one for one in threading.enumerate() if one.name.startswith("here:")] == []
    assert not made.health().is_ready


def test_a_worker_that_only_reads_schedules_nothing(store: Store) -> None:
    store.keep_capture(capture(1))
    made = service(store, Clock(), reads_only=True)

    assert made.drain() == 0
    store.jobs.enqueue_pending(START, 10)
    assert made.drain() == 1
    assert len(made.workers) == 1


def test_after_an_update_earlier_reports_are_read_again_but_news_first(store: Store) -> None:
    for number in range(3):
        store.keep_capture(capture(number))
    service(store, Clock()).drain()
    read: list[str] = []
    updated = service(store, Clock(), lambda report: read.append(report.text[-2:]), part_name="other")
    updated.scheduler.round()
    store.keep_capture(capture(7))
    waiting = job_page(store, HOME).reread
    updated.drain()

    assert waiting == 3
    assert read[0] == "7."
    assert sorted(read[1:]) == ["0.", "1.", "2."]
    assert store.stale(HOME, updated.scheduler._recipe or "") == ()
    assert updated.metrics.value("watchfloor_jobs_total", kind="reread", outcome="done") == 3


def test_what_cannot_be_read_again_keeps_what_was_found_and_is_not_tried_for_ever(store: Store) -> None:
    store.keep_capture(capture(1))
    service(store, Clock()).drain()
    clock, tries = Clock(), []

    def work(report: Report) -> None:
        tries.append(report.id)
        raise ValueError("no such thing")

    updated = service(store, clock, work, part_name="other")
    for _ in range(6):
        updated.drain()
        clock.moves(minutes=20)
    (job,) = store.jobs.jobs(HOME, state="aside")

    assert len(tries) == 3
    assert "what was found in it before stays" in (job.reason or "")
    assert store.asides(HOME) == ()


def test_reading_again_can_be_left_out(store: Store) -> None:
    store.keep_capture(capture(1))
    service(store, Clock()).drain()
    settings = Configuration(watch="no such file", service=ServiceSettings(reread=False))

    assert service(store, Clock(), settings=settings, part_name="other").drain() == 0


def test_what_a_worker_that_died_here_was_doing_is_due_at_once(store: Store) -> None:
    store.keep_capture(capture(1))
    store.jobs.enqueue_pending(START, 10)
    for dead, name in ((True, "here:4194305-00000000"), (False, "there:4194305-00000000")):
        store.jobs.beat(f"{name}:reading", START, timedelta(minutes=2))
        store.jobs.take(f"{name}:reading", ["read"], START, timedelta(minutes=2))
        made = service(store, Clock(), name=f"here:{os.getpid()}-11111111")
        made.bury()
        made.scheduler._after = 0

        assert store.jobs.counts(HOME) == {("read", "waiting" if dead else "running"): 1}


def test_a_clock_that_is_set_back_keeps_nothing_waiting(store: Store) -> None:
    store.keep_capture(capture(1))
    store.keep_capture(capture(2))
    clock = Clock()
    clock.moves(hours=3)
    store.jobs.enqueue_pending(clock(), 1)
    store.jobs.take("dead", ["read"], clock(), timedelta(minutes=2))
    store.jobs.enqueue_pending(clock(), 1)
    clock.at = START

    assert service(store, clock).drain() == 2
    assert store.counts(HOME)["reports"] == 2


def test_it_is_ready_after_the_first_round_and_not_while_the_database_is_away(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    made = service(store, Clock())
    before = made.health()
    made.round()
    after = made.health()

    def away() -> None:
        raise StoreError("the disk is full")

    with caplog.at_level(logging.ERROR, logger="watchfloor"):
        for _ in range(3):
            made._try(away, "scheduling")
            made._try(lambda: None, "reading")

    assert len(caplog.records) == 1
    assert made.health().because == ("scheduling cannot go on at the moment: the disk is full",)
    assert (before.is_ready, after.is_ready, made.health().is_ready) == (False, True, False)
    assert made.health().is_alive
    made._try(made.round, "scheduling")
    assert made.health() == after


def test_alerts_are_raised_and_counted_by_the_service_and_a_wrong_file_leaves_the_one_before(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from watchfloor.core.annotation import Party, Transfer
    from watchfloor.core.span import Span

    path = tmp_path / "watch.toml"
    right = '[[indicator]]\nid = "a"\ntitle = "A"\nover = "transfers"\nwhen = "first seen"\nkinds = ["arms"]\n'
    path.write_text(right)

    def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Annotation]:
        span = Span(report=report.id, start=0, end=20)
        yield Transfer(span=span, kind="arms", thing=span, giver=(Party(name="Norland"),), receiver=(), status="actual",
                       because="", generated_by="t@1")  # fmt: skip

    clock, settings = Clock(), Configuration(watch=str(path))
    line = Line(store, HOME, [Part(name="t", annotate=annotate)], 30.0)
    made = Service(Situation(store, HOME, settings), settings, line, clock, name="here")
    made.drain()
    store.keep_capture(capture(1))
    clock.moves(minutes=2)
    path.write_text("wrong")
    with caplog.at_level(logging.ERROR, logger="watchfloor"):
        made.drain()

    assert [one.alert.trigger for one in store.alerts.alerts(HOME)] == ["first seen"]
    assert made.metrics.value("watchfloor_alerts_total", indicator="a") == 1
    assert made.metrics.value("watchfloor_watch_file_right") == 0


def test_numbers_are_written_as_prometheus_reads_them() -> None:
    metrics = Metrics()
    metrics.describe("a_total", "counter", "Things\nwith \\ in them.")
    metrics.describe("b", "gauge", "One.")
    metrics.add("a_total", kind='say "hi"')
    metrics.add("a_total", 2, kind='say "hi"')
    metrics.set("b", 0.5)

    assert metrics.text() == (
        '# HELP a_total Things\\nwith \\\\ in them.\n# TYPE a_total counter\na_total{kind="say \\"hi\\""} 3\n'
        "# HELP b One.\n# TYPE b gauge\nb 0.5\n"
    )
