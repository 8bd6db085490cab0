"""Every kind of search that people type, each with many different words, and how long it takes."""

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from load_filling import HOME, PARTNER
from load_reports import form, made, outlet
from watchfloor.store.store import Store

Ask = Callable[[int], object]
KNOWN = 3_000  # reports that carry a claim which has what was asked for (assumed)


class Took(NamedTuple):
    """The milliseconds of one asking: by the wall, and of the processor, ours and the server's together."""

    wall: float
    processor: float


def questions(count: int, statements: int) -> dict[str, list[str]]:
    """Return what is typed, by kind."""
    chance = random.Random(1)
    some = [made(chance.randrange(count), statements) for _ in range(40)]
    english = [one for one in some if one.report.language == "en"]
    rare, usual, common = (
        [form("en", chance.randrange(low, high)) for _ in range(20)]
        for low, high in ((4_000, 12_000), (250, 900), (60, 180))
    )
    function = "the of to and in a that for on with".split()
    texts = [one.report.text.split() for one in english]
    phrases = [" ".join(text[at : at + 2]) for text in texts for at in (12, 40)]
    speakers = [one.found[0].name for one in english if hasattr(one.found[0], "name")]  # a mention comes first
    east = [form(language, rank) for language in ("ko", "zh") for rank in (3, 20, 90, 300, 1_200)]
    west = [form(language, rank) for language in ("ar", "ru") for rank in (3, 20, 90, 300, 1_200)]
    days = [one.report.published.value[:7] for one in some if one.report.published and one.report.published.value]
    return {
        "rare word": rare,
        "usual word": usual,
        "common word": common,
        "word of every text": function,
        "two words": [f"{a} {b}" for a, b in zip(usual, common, strict=True)],
        "three common words": [f"{a} {b} {c}" for a, b, c in zip(common, common[1:], function * 2, strict=False)],
        "phrase": [f'"{words}"' for words in phrases],
        "near": [f"{a} NEAR/8 {b}" for a, b in zip(usual, common, strict=True)],
        "word*": [f"{word[:4]}*" for word in rare] + [f"{word[:3]}*" for word in common],
        "OR": [f"({a} OR {b}) {c}" for a, b, c in zip(rare, common, usual, strict=True)],
        "NOT": [f"{a} -{b}" for a, b in zip(common, usual, strict=True)],
        "NOT alone": [f"NOT {word}" for word in common],
        "date and word": [f"{word} date:{day}" for word, day in zip(common, days, strict=False)],
        "date alone": [f"date:{day}.." for day in days],
        "speaker": [f'speaker:"{name}"' for name in speakers],
        "outlet": [f'outlet:"{outlet(n)}"' for n in (0, 1, 5, 20, 60, 120)],
        "place": ["place:oslo", "place:busan", "place:sfax", "place:malmo"],
        "language": ["lang:ko", "lang:en", "lang:zh", "lang:xx"],
        "field and word": [f"place:busan {word}" for word in usual] + [f"lang:en {word}" for word in common],
        "figure": ["figure:>1000", "figure:3000..3010", "figure:<20", "figure:12000"],
        "marking": ["marking:amber", "marking:none", "marking:red"],
        "origins": ["origins:>=2", "outlets:3", "origins:>=2 ministry"],
        "Hangul and Han": east,
        "Arabic and Cyrillic": west,
        "nonsense": ["xqzzt", '"""((', "-", "NEAR OR )", "%%% ''; --", "figure:x speaker:", "a" * 1_999],
    }


def searches(store: Store, count: int, statements: int, rounds: int) -> dict[str, list[Took]]:
    """Return what each kind of question took, and all kinds together."""
    ids = sorted(made(n, 1).report.id for n in range(0, count, max(count // KNOWN, 1)))
    rows: dict[str, list[Took]] = {}
    everything: list[Took] = []
    store.counts(HOME)
    servers = servers_of(store)

    def ask(typed: str, reader: object = HOME) -> object:
        return store.search(reader, typed, known=lambda _: ids)  # type: ignore[arg-type]

    for kind, typed in questions(count, statements).items():
        took = timed(lambda n, typed=typed: ask(typed[n % len(typed)]), rounds, servers)  # type: ignore[misc]
        everything += took
        rows[f"search, {kind}"] = took
        print(f"  {kind}: {told(took)}", file=sys.stderr, flush=True)
    for kind in ("usual word", "word of every text", "speaker", "NOT"):
        typed = questions(count, statements)[kind]
        took = timed(lambda n, typed=typed: ask(typed[n % len(typed)], PARTNER), rounds, servers)  # type: ignore[misc]
        everything += took
        rows[f"search, a partner's, {kind}"] = took
    rows["search, all of these"] = everything
    some = [made(random.Random(2).randrange(count), statements).report for _ in range(20)]
    rows["report page with its statements"] = timed(lambda n: page(store, some[n % 20]), rounds, servers)
    return rows


def page(store: Store, report: object) -> object:
    """Return what the page of a report asks for."""
    id, address, capture = report.id, report.address, report.capture  # type: ignore[attr-defined]
    return (
        store.report(HOME, id),
        store.annotations(HOME, [id]),
        store.versions(HOME, address),
        store.sightings(HOME, capture),
    )


def timed(ask: Ask, rounds: int, servers: Sequence[int] = ()) -> list[Took]:
    """Return what many askings took; the first is not counted. servers: processes of the database that work for us."""
    ask(0)
    took = []
    for n in range(rounds):
        began, before = time.perf_counter(), used(servers)
        ask(n)
        took.append(Took(1000 * (time.perf_counter() - began), 1000 * (used(servers) - before)))
    return took


def servers_of(store: Store) -> tuple[int, ...]:
    """Return the processes of a PostgreSQL on this machine that answer this store; none of SQLite."""
    if store._engine.dialect.name != "postgresql":
        return ()
    asked = "SELECT pid FROM pg_stat_activity WHERE application_name = 'watchfloor' AND datname = current_database()"
    with store._engine.connect() as connection:
        return tuple(pid for (pid,) in connection.exec_driver_sql(asked) if _schedule(pid).exists())


def used(servers: Sequence[int]) -> float:
    """Return the seconds of the processor that we, and these processes, have used."""
    return time.process_time() + sum(int(_schedule(pid).read_text().split()[0]) for pid in servers) / 1e9


def _schedule(pid: int) -> Path:
    return Path(f"/proc/{pid}/schedstat")


def told(took: Sequence[Took]) -> str:
    """Return p50 / p95 / p99 by the wall, and in brackets p50 / p95 of the processor, which no other program shares."""
    wall, processor = (statistics.quantiles(one, n=100, method="inclusive") for one in zip(*took, strict=True))
    return f"{wall[49]:.0f} / {wall[94]:.0f} / {wall[98]:.0f} ({processor[49]:.0f} / {processor[94]:.0f})"
