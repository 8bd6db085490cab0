"""What came of a soak, as a table and a verdict."""

import json
import statistics
from collections import Counter
from typing import TYPE_CHECKING

from soak_truth import Found
from soak_watching import growth, percentile

if TYPE_CHECKING:
    from soak import Soak

MOST_MB = 1.0
"""Megabytes a minute by which memory may grow in the last life, in which nothing is published any more (assumed)."""

MOST_MORE = 1.25
"""Times as much as the first lives the last ones may have at most: the picture grows with its reports (assumed)."""

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
        "memory MB: least, median, most": _three([one.mb for one in samples]),
        "memory MB at the end of each life": {one.life: round(one.mb) for one in samples},
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
    last = soak.kept.lives[-1].nth
    ends = [max(one.mb for one in samples if one.life == life) for life in sorted(memory)]
    third = max(1, len(ends) // 3)
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
        "memory is flat in the last life": memory.get(last, 0.0) <= MOST_MB,
        "memory is flat over the lives": not ends
        or statistics.median(ends[-third:]) <= MOST_MORE * statistics.median(ends[:third]),
        "handles are flat": all(value <= MOST_HANDLES for value in handles.values()),
        "no page answers with an error of ours": not any((one.page_status or 0) >= 500 for one in samples),
        **{f"{words} passes": code == 0 for words, code in checks.items()},
    }


def _three(values: list[float]) -> list[float]:
    return [round(value, 1) for value in (min(values), statistics.median(values), max(values))] if values else []
