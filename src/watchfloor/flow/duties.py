"""What the kinds of work do: read a capture or a report again, run the feeds, look, send what is due."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from watchfloor.core.aside import Aside
from watchfloor.core.errors import ConfigError
from watchfloor.core.job import Job
from watchfloor.core.marking import Reader
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.delivering import Sender, check, deliver
from watchfloor.flow.intake import Intake
from watchfloor.flow.metrics import Metrics
from watchfloor.flow.picture import picture
from watchfloor.flow.pipeline import Line
from watchfloor.flow.situation import Situation
from watchfloor.flow.watch_file import digest_of, path_of, text_of, watched
from watchfloor.flow.watching import watch_once
from watchfloor.store.jobs import MOST_TRIES
from watchfloor.store.store import Store
from watchfloor.watch.watch_file import Watch
from watchfloor.watch.wording import count

WHOLE_EVERY = timedelta(hours=1)
"""At least so often a look is at everything: a person's word changes what no new report tells of (assumed)."""

POISON = "poison"
log = logging.getLogger("watchfloor.service")


def _failed(job: Job) -> str:
    ended = job.reason or "its worker died in it"
    return f"it was begun {MOST_TRIES} times and did not end well; the last time: {ended}"


class Reading:
    """Reads a capture: clean, annotate, keep."""

    def __init__(self, store: Store, reader: Reader, line: Line) -> None:
        self._store, self._reader, self._line = store, reader, line

    def do(self, job: Job) -> str:
        """Read the capture; what cannot go on is set aside by the line, with a reason, and is done with."""
        capture = self._store.capture(self._reader, job.unit)
        if capture is None:
            return "gone"
        outcome = self._line.read(capture)
        return f"set aside: {outcome.reason}" if isinstance(outcome, Aside) else outcome

    def give_up(self, job: Job) -> str:
        """Set the capture aside; `watchfloor setaside --replay` or `watchfloor jobs replay` tries it again."""
        why = _failed(job)
        capture = self._store.capture(self._reader, job.unit)
        if capture is not None:
            self._line.give_up(capture, POISON, f"{why}; to try it again: watchfloor jobs replay {job.id}")
        return why


class Rereading:
    """Annotates once more what another recipe annotated, as after an update of the program."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def do(self, job: Job) -> str:
        """Annotate the report; return what became of it."""
        return self._line.renew(job.unit)

    def give_up(self, job: Job) -> str:
        """Leave what was found before as it is, and say so."""
        return f"{_failed(job)}; what was found in it before stays"


class Collecting:
    """Runs the feeds that are due; what comes is kept and waits to be read. going: False once it is to stop."""

    def __init__(
        self, opened: Situation, intake: Intake, most: int, going: Callable[[], bool], metrics: Metrics
    ) -> None:
        self._opened, self._intake, self._most, self._going = opened, intake, most, going
        self._metrics = metrics
        metrics.describe("watchfloor_feed_runs_total", "counter", "Runs of feeds, by outcome.")
        metrics.describe("watchfloor_captures_total", "counter", "Items that feeds gave and that were new.")

    def do(self, job: Job) -> str:
        """Run the feeds; return how many were run, and how many items were new."""
        receipt = self._opened.run_feeds(most=self._most, line=self._intake, going=self._going)
        for ran in receipt.ran:
            self._metrics.add("watchfloor_feed_runs_total", outcome=ran.outcome)
        new = sum(ran.new for ran in receipt.ran)
        self._metrics.add("watchfloor_captures_total", new)
        return f"{count(len(receipt.ran), 'feed')}, {new} new"

    def give_up(self, job: Job) -> str:
        """Say that it failed; the scheduler begins a new run when a feed is due."""
        return _failed(job)


class Looking:
    """Looks with the indicators of the file, as long as there is one."""

    def __init__(
        self, store: Store, reader: Reader, settings: Configuration, now: Callable[[], datetime], metrics: Metrics
    ) -> None:
        self._store, self._reader, self._settings, self._now, self._metrics = store, reader, settings, now, metrics
        self._reports: frozenset[str] | None = None
        self._whole: datetime | None = None
        self._digest: str | None = None
        self._watch = Watch()
        metrics.describe("watchfloor_alerts_total", "counter", "Alerts raised, by indicator.")
        metrics.describe("watchfloor_watch_file_right", "gauge", "1 when the file of indicators is right, else 0.")

    def watch(self) -> Watch:
        """Return what is watched for; while the file is wrong, what was watched for before, and the log says why."""
        if not path_of(self._settings).exists():
            return Watch()
        try:
            text = text_of(self._settings)
            if digest_of(text) == self._digest:
                return self._watch
            found = watched(self._settings)
            check(self._settings, found.indicators)
        except ConfigError as error:
            self._metrics.set("watchfloor_watch_file_right", 0)
            log.error("the file of indicators is not right; the one before holds", extra={"error": str(error)})
            return self._watch
        self._watch, self._digest, self._reports = found, digest_of(text), None
        self._metrics.set("watchfloor_watch_file_right", 1)
        return found

    def do(self, job: Job) -> str:
        """Look once; return how many alerts are new."""
        watch, now = self.watch(), self._now()
        if not watch.indicators:
            return "nothing is watched for"
        seen = picture(self._store, self._reader, most=self._settings.reports_at_once)
        reports = frozenset(report.id for report in seen.reports)
        is_whole = self._reports is None or self._whole is None or abs(now - self._whole) >= WHOLE_EVERY
        changed = None if is_whole or self._reports is None else reports ^ self._reports
        raised = watch_once(self._store, self._reader, self._settings, watch, seen, now, changed=changed)
        self._reports = reports
        self._whole = now if is_whole else self._whole
        for alert in raised:
            self._metrics.add("watchfloor_alerts_total", indicator=alert.indicator)
            log.info("alert", extra={"alert": alert.id, "indicator": alert.indicator, "trigger": alert.trigger})
        return f"{len(raised)} new alerts"

    def give_up(self, job: Job) -> str:
        """Say that it failed; the next look begins anew."""
        self._reports = None
        return _failed(job)


class Delivering:
    """Sends the alerts that are due."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        settings: Configuration,
        sender: Sender,
        now: Callable[[], datetime],
        looking: Looking,
        metrics: Metrics,
    ) -> None:
        self._store, self._reader, self._settings, self._sender, self._now = store, reader, settings, sender, now
        self._looking, self._metrics = looking, metrics
        metrics.describe("watchfloor_deliveries_total", "counter", "Deliveries of alerts, by outcome.")

    def do(self, job: Job) -> str:
        """Send what is due; return what it came to."""
        measures = self._looking.watch().measures
        done = deliver(self._store, self._reader, self._settings, self._sender, self._now(), measures)
        for outcome in ("sent", "failed", "dead", "withheld"):
            self._metrics.add("watchfloor_deliveries_total", getattr(done, outcome), outcome=outcome)
        return f"{done.sent} sent, {done.failed} failed, {done.dead} given up, {done.withheld} withheld"

    def give_up(self, job: Job) -> str:
        """Say that it failed; what waits is due again when somebody looks."""
        return _failed(job)
