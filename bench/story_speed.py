"""Speed of stories over a long stream: reports a second early and late, of a made-up stream that never ends.

    python bench/story_speed.py [--documents 100000] [--json]

The stream is made here: happenings begin at random times, are told by a heavy-tailed number of reports within about two
days, in words drawn from a vocabulary with a Zipf law, each with some words of its own. The clock runs on, so that
stories die as in life; 4,000 reports a day.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.fuse.stories import Stream
from watchfloor.fuse.story_decisions import Decisions

EACH_DAY = 4000
WORDS = 60_000
STEP = 10_000  # reports between two looks at the clock
FULL = 3  # looks after which there are as many live stories as there will ever be: the window is full


def stream(count: int, seed: int = 7) -> Iterator[Report]:
    """Yield made-up reports, the earliest first."""
    dice = random.Random(seed)
    words = [_word(dice) for _ in range(WORDS)]
    happenings: list[tuple[float, list[str]]] = []
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(count):
        now = number / EACH_DAY
        happenings = happenings if number % 500 else [one for one in happenings if one[0] > now]
        if not happenings or dice.random() < 0.25:
            core = [words[dice.randrange(200, WORDS)].title() for _ in range(14)]
            happenings.append((now + dice.expovariate(0.8), core))
        _, core = happenings[min(len(happenings) - 1, int(dice.expovariate(0.02)))]
        headline = [*dice.sample(core, 5), *(words[min(WORDS - 1, int(dice.paretovariate(0.7)))] for _ in range(4))]
        text = [*dice.sample(core, 10), *(words[min(WORDS - 1, int(dice.paretovariate(0.7)))] for _ in range(50))]
        dice.shuffle(text)
        yield _report(number, " ".join(headline), " ".join(text), start + timedelta(days=now))


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(dice.randint(2, 5)))


def _report(number: int, headline: str, text: str, at: datetime) -> Report:
    day: date = at.date()
    return Report(
        id=f"rep_{number:020d}",
        capture="cap",
        address=str(number),
        url=None,
        outlet=None,
        outlet_how=None,
        headline=headline,
        published=PartialDate(value=at.isoformat(), low=day, high=day, precision="day", how="made up"),
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=at,
        generated_by="bench@1",
    )


def measure(documents: int) -> dict[str, float]:
    """Return reports per CPU-second of the first ten thousand, when the window has filled, and late; drift in percent.

    Drift is between the window's filling and the end: until then each report meets more live stories than the last.
    """
    found = Stream(Decisions())
    rates: list[float] = []
    spent, counted = 0.0, 0
    reports = stream(documents)
    while batch := [report for _, report in zip(range(STEP), reports, strict=False)]:
        began = time.process_time()
        for report in batch:
            found.add(report)
        spent, counted = time.process_time() - began, len(batch)
        if counted == STEP:
            rates.append(counted / spent)
    first, early, late = rates[0], rates[min(FULL, len(rates) - 1)], sum(rates[-3:]) / len(rates[-3:])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "first_docs_per_s": first,
        "early_docs_per_s": early,
        "late_docs_per_s": late,
        "drift_percent": 100 * (1 - late / early),
        "documents": float(documents),
        "peak_mb": memory,
    }


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    figures = measure(given.documents)
    if given.json:
        print(json.dumps({name: round(value, 2) for name, value in figures.items()}))
        return
    for name, value in figures.items():
        print(f"{name:<28} {value:>12.1f}")


if __name__ == "__main__":
    main()
