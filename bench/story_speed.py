"""Speed of stories over a long stream: reports a CPU-second early and late, of a made-up stream that never ends.

    python bench/story_speed.py [--documents 100000] [--json]

The stream is made here (seeded) and looks like news: 5,000 reports a day; happenings come all the time, most are told
by one or two reports, a few by hundreds, within some days; a headline and sixty words of lead mix words of the
happening's own (new names, known names, things) with a vocabulary after Zipf's law. At any time several thousand
stories are live. Settled stories leave, as in a service that runs for months.

Each look times three days of the long stream with the repairs that end them, and in turns, in the same seconds, the
second day of a fresh stream, which ends at about 10,000 reports: other people's load on the machine falls on both. The
drift is how much more a report costs late than at 10,000.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import chain, islice
from statistics import median

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.fuse.stories import Stream
from watchfloor.fuse.story_decisions import Decisions

EACH_DAY = 5000
BEFORE = 50_000  # reports that were printed before the stream begins: who starts to collect comes into running news
WORDS = 60_000
FUNCTION_WORDS = 100  # commonest words, which tell nothing and are left out as in life
KNOWN = 5000  # names that come back again and again
LAST_GAP = 2.4  # mean days between the last two reports of a happening; the more are to come, the faster they come
MOST_TOLD = 600  # reports of the greatest happening
STEP = 5000  # reports after which settled stories are handed out
ROUNDS = 3  # days that are timed at a look; the median counts
TURN = 125  # reports of each stream in turn while they are timed
LOOKS = (10_000, 20_000, 40_000, 100_000, 300_000, 500_000, 700_000, 1_000_000, 3_000_000, 10_000_000)

Happening = tuple[float, int, int, list[str]]


def stream(count: int, seed: int = 7) -> Iterator[Report]:
    """Yield made-up reports, the earliest first."""
    dice = random.Random(seed)
    words = [_word(dice) for _ in range(WORDS)]
    known = [_word(dice).title() for _ in range(KNOWN)]
    start = datetime(2024, 1, 1, tzinfo=UTC)
    told: list[Happening] = []  # by the time of the next report
    now, begun = 0.0, 0
    for number in range(-BEFORE, count):
        while not told or told[0][0] > now:
            size = min(MOST_TOLD, int(dice.paretovariate(0.9)))
            now += size / EACH_DAY
            begun += 1
            core = _core(dice, words, known)
            heappush(told, (now, begun, size, core))
        at, id, left, core = heappop(told)
        if left > 1:
            heappush(told, (at + dice.expovariate(left / LAST_GAP), id, left - 1, core))
        if number < 0:
            continue
        headline = [*dice.sample(core, 4), *_common(dice, words, 4)]
        text = [*dice.sample(core, 8), *_common(dice, words, 52)]
        dice.shuffle(text)
        yield _report(number, " ".join(headline), " ".join(text), start + timedelta(days=at))


def _core(dice: random.Random, words: list[str], known: list[str]) -> list[str]:
    names = [_word(dice).title() for _ in range(4)]
    again = [known[int(KNOWN ** dice.random()) - 1] for _ in range(3)]
    return [*names, *again, *(words[dice.randrange(200, WORDS)] for _ in range(7))]


def _common(dice: random.Random, words: list[str], count: int) -> list[str]:
    return [words[min(WORDS - 1, FUNCTION_WORDS + int(WORDS ** dice.random()))] for _ in range(count)]


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


def looks(documents: int) -> Iterator[dict[str, float]]:
    """Yield at each look: reports so far, reports per CPU-second, the same at 10,000 beside, stories, memory."""
    found, settled = Day(stream(documents + 4 * ROUNDS * STEP)), 0
    for look in LOOKS:
        if look > documents:
            return
        while found.number < look - 2 * STEP:
            found.go_on(STEP)
            settled += sum(1 for _ in found.stories.settled())
        late, early = _timed(found)
        yield {
            "documents": float(found.number),
            "docs_per_s": 1 / late,
            "docs_per_s_at_10k": 1 / early,
            "drift_percent": 100 * (1 - early / late),
            "live_stories": float(found.stories.live()),
            "settled_stories": float(settled),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


class Day:
    """A stream of reports and its stories, and what the last day cost: number is how many reports came so far."""

    def __init__(self, reports: Iterator[Report]) -> None:
        self.stories, self._reports, self.number = Stream(Decisions()), reports, 0
        self._spent, self._counted, self._until = 0.0, 0, 0

    def go_on(self, count: int) -> None:
        """Take some reports in."""
        for report in islice(self._reports, count):
            self.stories.add(report)
            self.number += 1

    def to_morning(self) -> None:
        """Take reports in until the day's repair is done."""
        repairs = self.stories.repairs
        while self.stories.repairs == repairs:
            self.go_on(1)
        self._spent, self._counted, self._until = 0.0, 0, repairs + 2

    def turn(self) -> bool:
        """Time the next reports of the day; return whether it still goes on."""
        some = list(islice(self._reports, TURN))
        begun = time.process_time()
        for at, report in enumerate(some):
            if self.stories.repairs == self._until:
                self._reports = chain(some[at:], self._reports)
                break
            self.stories.add(report)
            self.number += 1
            self._counted += 1
        self._spent += time.process_time() - begun
        return self.stories.repairs < self._until

    def cost(self) -> float:
        """Return the CPU-seconds that a report of the day took."""
        return self._spent / self._counted


def _timed(late: Day) -> tuple[float, float]:
    """Return what a report costs in the coming days of a stream and on the second day of fresh ones, in turns."""
    costs = []
    for _ in range(ROUNDS):
        early = Day(stream(4 * STEP))
        running = [late, early]
        for day in running:
            day.to_morning()
        while running:
            running = [day for day in running if day.turn()]
        costs.append((late.cost(), early.cost()))
    late_costs, early_costs = zip(*costs, strict=True)
    return median(late_costs), median(early_costs)


def main() -> None:
    """Measure and print, a line for each look."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    for figures in looks(given.documents):
        if given.json:
            print(json.dumps({name: round(value, 3) for name, value in figures.items()}), flush=True)
        else:
            print("  ".join(f"{name} {value:,.2f}" for name, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
