"""What came of a soak, as a table and a verdict."""

import json
import statistics
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from soak_truth import Found
from soak_watching import WARM_UP, Sample, growth, percentile

if TYPE_CHECKING:
    from soak import Soak

MOST_MB_CALM = 1.0
"""Megabytes a minute by which memory may grow in the life in which nothing is published any more (assumed)."""

MOST_MORE = 1.1
"""Times what a fresh process holds with the same database that the one may hold which has run on (assumed).

Each report adds to what both hold, so growth while reports come in tells nothing; a leak is in one alone.
"""

FIRST_PICTURE = 60.0
"""Seconds of a life in which a page may ask to come again (503, Retry-After): the first picture is made (assumed)."""

MOST_OPEN = 40  # handles of the service at any time: some 20, and a socket or two for each of eight hosts (assumed)
MOST_HANDLES = 0.2  # handles a minute, in any life (assumed: one leaked with each run of the feeds would be over it)
STOP_SECONDS = 30.0  # in which it must have ended when told to (assumed: systemd is set to 120)
CATCH_UP = 300.0  # seconds from the last fault to the last page being read (assumed)


def report(soak: "Soak", came: Found, checks: dict[str, int], *, as_json: bool) -> bool:
    """Print what came of it; return whether all is well."""
    figures, verdicts = measured(soak, came), judged(soak, came, checks)
    right = all(verdicts.values())
    if as_json:
        print(json.dumps({**figures, "verdicts": verdicts, "right": right}))
        return right
    for name, value in figures.items():
        print(f"{name:44} {value}")
    print()
    for name, is_so in verdicts.items():
        print(f"{'yes' if is_so else 'NO ':4} {name}")
    for title, found in (("lost", came.lost), ("doubled", came.doubled), ("unexplained", came.unexplained),
                         ("stuck", came.stuck), ("alerts doubled", came.alerts_doubled)):  # fmt: skip
        for one in found[:20]:
            print(f"  {title}: {one}")
    for what, times in sorted(soak.kept.troubles().items(), key=lambda pair: -pair[1])[:20]:
        print(f"  logged {times} times: {what[:200]}")
    print("\n" + ("All is well." if right else "All is not well."))
    return right


def measured(soak: "Soak", came: Found) -> dict[str, object]:
    """Return the figures by what they mean."""
    samples, lives = soak.samples, soak.kept.lives
    pages = [one.page_ms for one in samples if one.page_ms is not None and one.page_status == 200]
    ends = Counter(life.ended for life in lives)
    mb, handles = growth(samples, "mb"), growth(samples, "handles")
    calm = _before(soak)
    return {
        "minutes": round(soak.seconds / 60, 1),
        "faults": ", ".join(f"{kind} {times}" for kind, times in soak.world.injected.items()),
        "lives and how they ended": dict(ends),
        "graceful stops: seconds, exit codes": [(round(took, 1), code) for took, code in soak.stops],
        "pages published, versions, gone for good": f"{came.pages}, {came.versions}, {came.gone}",
        "reports": came.reports,
        "lost, doubled, unexplained, stuck": [len(x) for x in (came.lost, came.doubled, came.unexplained, came.stuck)],
        "stories, alerted, alerts doubled": [came.stories, came.alerted, len(came.alerts_doubled)],
        "mails, that came twice": [len(soak.mail.taken), sum(n > 1 for n in soak.mail.taken.values())],
        "caught up, seconds after the last fault": None if soak.caught_up is None else round(soak.caught_up),
        "no page waits, seconds after the end": None if soak.idle_after is None else round(soak.idle_after),
        "memory MB: run on, fresh with the same data": [round(_held(samples, life)) for life in (calm, soak.control)],
        "a reader, MB: run on, fresh": [round(_held(samples, life, "reader_mb")) for life in (calm, soak.control)],
        "readers: least, median, most": _three([float(one.readers) for one in samples]),
        "a reader, MB: least, median, most": _three([one.reader_mb for one in samples if one.readers]),
        "a reader, handles: least, median, most": _three([float(one.reader_handles) for one in samples if one.readers]),
        "memory MB: least, median, most": _three([one.mb for one in samples]),
        "memory MB at the end of each life": {one.life: round(one.mb) for one in samples},
        "memory at the end of a life, times the next": {
            life: round(value, 2) for life, value in _beside_next(samples).items()
        },
        "memory MB a minute, by life": {life: round(value, 2) for life, value in mb.items()},
        "handles: least, median, most": _three([float(one.handles) for one in samples]),
        "handles at the end of each life": {one.life: one.handles for one in samples},
        "handles a minute, by life": {life: round(value, 2) for life, value in handles.items()},
        "threads: least, median, most": _three([float(one.threads) for one in samples]),
        "database MB, WAL MB at most": [
            round(max((one.database for one in samples), default=0) / 1e6, 1),
            round(max((one.wal for one in samples), default=0) / 1e6, 1),
        ],
        "pages ms: p50, p95, p99 of": [round(percentile(pages, share)) for share in (0.5, 0.95, 0.99)] + [len(pages)],
        "answers of pages": dict(Counter(str(one.page_status) for one in samples)),
        "answers of /healthz, /readyz": [
            dict(Counter(str(one.healthy) for one in samples)),
            dict(Counter(str(one.ready) for one in samples)),
        ],
    }


def judged(soak: "Soak", came: Found, checks: dict[str, int]) -> dict[str, bool]:
    """Return the verdicts."""
    samples = soak.samples
    memory, handles = growth(samples, "mb"), growth(samples, "handles")
    calm = _before(soak)
    return {
        "nothing is lost": not came.lost,
        "nothing is doubled": not came.doubled,
        "nothing is set aside that no fault explains": not came.unexplained,
        "no unit of work is stuck": not came.stuck,
        "no alert is doubled": not came.alerts_doubled,
        "it ended by itself at most while the disk was full": not any(
            life.ended == "by itself" and "disk" not in life.under for life in soak.kept.lives
        ),
        "told to stop it ends in time, with 0": all(took <= STOP_SECONDS and code == 0 for took, code in soak.stops),
        "it catches up": soak.caught_up is not None and soak.caught_up <= CATCH_UP,
        "a life holds no more in the end than the next one": not _beside_next(samples)
        or statistics.median(_beside_next(samples).values()) <= MOST_MORE,
        "memory is flat where nothing comes in": memory.get(calm or 0, 0.0) <= MOST_MB_CALM,
        "the last one holds no more than a fresh one": all(
            _held(samples, calm, of) <= MOST_MORE * _held(samples, soak.control, of) for of in ("mb", "reader_mb")
        ),
        "handles of readers are flat": all(
            value <= MOST_HANDLES for value in growth(samples, "reader_handles").values()
        ),
        "no process outlives its service": not any(life.left for life in soak.kept.lives),
        "handles are flat": all(value <= MOST_HANDLES for value in handles.values())
        and max((one.handles for one in samples), default=0) <= MOST_OPEN,
        "no page answers with an error of ours": not any(
            (one.page_status or 0) >= 500 and not (one.asks_again and one.age <= FIRST_PICTURE) for one in samples
        ),
        **{f"{words} passes": code == 0 for words, code in checks.items()},
    }


def _before(soak: "Soak") -> int | None:
    """Return the life before the fresh one."""
    return soak.control - 1 if soak.control is not None else None


def _held(samples: Sequence[Sample], life: int | None, field: str = "mb") -> float:
    """Return how much memory a life had in the end: the median of its last two minutes; 0 where there was none."""
    mine = [one for one in samples if one.life == life and getattr(one, field)]
    return statistics.median(getattr(one, field) for one in mine if one.age >= mine[-1].age - 120) if mine else 0.0


def _beside_next(samples: Sequence[Sample]) -> dict[int, float]:
    """Return by life what it held in its last minute, in times of what the next one held when it was warm."""
    found = {}
    for life in sorted({one.life for one in samples}):
        mine = [one for one in samples if one.life == life]
        warm = [one.mb for one in samples if one.life == life + 1 and WARM_UP <= one.age <= 2 * WARM_UP]
        if mine[-1].age >= 2 * WARM_UP and warm:
            found[life] = statistics.median(one.mb for one in mine if one.age >= mine[-1].age - 60) / statistics.median(
                warm
            )
    return found


def _three(values: list[float]) -> list[float]:
    return [round(value, 1) for value in (min(values), statistics.median(values), max(values))] if values else []
