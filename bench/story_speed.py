"""Speed of stories over a long stream: reports a CPU-second early and late, of a made-up stream that never ends.

    python bench/story_speed.py [--documents 100000] [--json]

The stream is made here (seeded) and looks like news: 5,000 reports a day; happenings come all the time, most are told
by one or two reports, a few by hundreds, within some days; a headline and sixty words of lead mix words of the
happening's own (new names, known names, things) with a vocabulary after Zipf's law. At any time several thousand
stories are live. Settled stories leave, as in a service that runs for months.

Each look times the next reports of the long stream, and beside it, in the same seconds, the beginning of a stream of
its own: other people's load on the machine falls on both. `late` against `early` is the quotient of these quotients.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import islice

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.fuse.stories import Stream
from watchfloor.fuse.story_decisions import Decisions

EACH_DAY = 5000
WORDS = 60_000
FUNCTION_WORDS = 100  # commonest words, which tell nothing and are left out as in life
KNOWN = 5000  # names that come back again and again
LAST_GAP = 2.4  # mean days between the last two reports of a happening; the more are to come, the faster they come
MOST_TOLD = 600  # reports of the greatest happening
STEP = 5000  # reports that are timed at a look: a day, with one repair
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
    for number in range(count):
        while not told or told[0][0] > now:
            size = min(MOST_TOLD, int(dice.paretovariate(0.9)))
            now += size / EACH_DAY
            begun += 1
            core = _core(dice, words, known)
            heappush(told, (now, begun, size, core))
        at, id, left, core = heappop(told)
        if left > 1:
            heappush(told, (at + dice.expovariate(left / LAST_GAP), id, left - 1, core))
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
    """Yield at each look: reports so far, reports per CPU-second, the same over the stream beside, stories, memory."""
    found = Stream(Decisions())
    beside = list(stream(STEP, seed=8))
    reports, done, settled = stream(documents), 0, 0
    for look in LOOKS:
        if look > documents:
            return
        while done < look - STEP:
            for report in islice(reports, STEP):
                found.add(report)
            done += STEP
            settled += sum(1 for _ in found.settled())
        spent, spent_beside = _timed(found, list(islice(reports, STEP)), beside)
        done += STEP
        yield {
            "documents": float(look),
            "docs_per_s": STEP / spent,
            "against_beside": spent_beside / spent,
            "live_stories": float(found.live()),
            "settled_stories": float(settled),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def _timed(found: Stream, reports: list[Report], beside: list[Report]) -> tuple[float, float]:
    """Return the CPU seconds that the reports took, and those beside, in turns."""
    fresh, spent, spent_beside = Stream(Decisions()), 0.0, 0.0
    for begin in range(0, STEP, TURN):
        times = [time.process_time()]
        for one, some in ((found, reports), (fresh, beside)):
            for report in some[begin : begin + TURN]:
                one.add(report)
            times.append(time.process_time())
        spent += times[1] - times[0]
        spent_beside += times[2] - times[1]
    return spent, spent_beside


def main() -> None:
    """Measure and print, a line for each look."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    early = None
    for figures in looks(given.documents):
        early = early or figures["against_beside"]
        figures["drift_percent"] = 100 * (1 - figures["against_beside"] / early)
        if given.json:
            print(json.dumps({name: round(value, 3) for name, value in figures.items()}), flush=True)
        else:
            print("  ".join(f"{name} {value:,.2f}" for name, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
