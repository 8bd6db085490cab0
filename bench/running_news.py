"""Events in running news that no rule was written on: how many in 100 sentences, and how many of a sample are right.

Without arguments the precision of the readings kept in `bench/verdicts` is printed, one file a seed. With `--seed 3
--sample FILE` texts are read, the events counted, and 100 of them written out for a person to judge. The sentences are
other people's and stay outside the repository; a verdict is a key and letters: t(ype), a(ctor), r(ecipient), s(tatus),
each where it is right, or "-" where no event of the type is told at all.
"""

import argparse
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import board
import events
from watchfloor.annotate import predicates
from watchfloor.core.annotation import Event, Party
from watchfloor.core.report import Report
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated

VERDICTS = Path(__file__).parent / "verdicts"
COLLECTIONS = {
    "polnear": "statements/polnear/dev.jsonl",
    "gwn": "base/geo_gwn/dev.jsonl.gz",
    "trnews": "base/geo_trnews/dev.jsonl.gz",
    "worldwide": "base/worldwide/dev.jsonl.gz",
    "lgl": "base/geo_lgl/dev.jsonl.gz",
}
"""An election campaign, world news of 2017 and 2018, news from Africa and Asia, and local news."""
SAMPLES = 4  # disjoint sets of texts; a seed takes the one of its remainder
TEXTS = 24  # of each collection at most
EACH = 20  # events of each collection in the sample


def texts(data: Path, name: str, seed: int) -> list[tuple[str, str]]:
    """Return id and text of what a seed picks from a collection; two seeds in a row share no text."""
    mine = [
        (str(one["id"]), one["text"])
        for one in board.lines(data / COLLECTIONS[name])
        if int(hashlib.sha256(str(one["id"]).encode()).hexdigest(), 16) % SAMPLES == seed % SAMPLES
    ]
    random.Random(seed).shuffle(mine)
    return mine[:TEXTS]


def found(data: Path, name: str, seed: int) -> Iterator[tuple[str, Report, list[Event], int]]:
    """Yield key, report, events and number of sentences of each text."""
    chosen = parts()
    for key, text in texts(data, name, seed):
        report = events._plain(text)
        made = [one for one in annotated(report, chosen) if isinstance(one, Event)]
        yield f"{name}/{key}", report, made, sum(1 for _ in predicates.told(report))


def written(key: str, report: Report, event: Event) -> str:
    """Return an event as a reader needs it: the sentence with its trigger marked, and all that was made of it."""
    span, word = event.span, event.trigger or event.span
    text = report.text
    marked = f"{text[span.start : word.start]}[{text[word.start : word.end]}]{text[word.end : span.end]}"
    under = f" of {event.underlying}" if event.underlying else ""
    return (
        f"{key}:{word.start}:{event.event_type}\n   {' '.join(marked.split())}\n   {event.event_type}{under}"
        f" {event.mode or ''} {event.status} | {_names(event.actor)} -> {_names(event.recipient)}\n   {event.because}\n"
    )


def _names(parties: tuple[Party, ...]) -> str:
    return "; ".join(f"{one.name} ({one.country or '?'} {one.sector or '?'})" for one in parties) or "nobody"


def precision(path: Path) -> dict[str, float]:
    """Return the shares of a kept reading: type, type and actor, type with both sides, and everything with status."""
    marks = [line.split()[1] for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    wanted = {"type": "t", "type_actor": "ta", "type_actor_recipient": "tar", "all_with_status": "tars"}
    return {name: sum(set(letters) <= set(mark) for mark in marks) / len(marks) for name, letters in wanted.items()}


def sample(data: Path, seed: int, out: Path) -> dict[str, float]:
    """Write the sample of a seed for reading, and return events per 100 sentences by collection and over all."""
    rates, shown, all_events, all_sentences = {}, [], 0, 0
    for name in COLLECTIONS:
        read = list(found(data, name, seed))
        count, sentences = sum(len(made) for _, _, made, _ in read), sum(number for _, _, _, number in read)
        rates[f"{name}_per_100"] = 100 * count / sentences
        all_events, all_sentences = all_events + count, all_sentences + sentences
        pool = [written(key, report, one) for key, report, made, _ in read for one in made]
        shown += random.Random(seed).sample(pool, min(EACH, len(pool)))
    out.write_text("\n".join(f"{number}. {one}" for number, one in enumerate(shown, 1)), encoding="utf-8")
    return rates | {"sentences": all_sentences, "events_per_100": 100 * all_events / all_sentences}


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=board.ROOT.parent / "shared" / "bench")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--sample", type=Path, help="where to write 100 events for reading")
    given = arguments.parse_args()
    if given.sample is not None:
        for what, value in sample(given.data, given.seed, given.sample).items():
            print(f"{what:<28} {value:>9.2f}")
    else:
        for kept in sorted(VERDICTS.glob("seed*.txt")):
            for what, value in precision(kept).items():
                print(f"{kept.stem + ' ' + what:<38} {value:>9.3f}")
