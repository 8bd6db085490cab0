"""One question, two databases, one answer: what is found, in which order, with which marks."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.core.marking import Marking, Reader
from watchfloor.store import fulltext_postgresql, search
from watchfloor.store.store import Store

pytestmark = pytest.mark.postgresql

WORDS = "troops troop ha tank Déjà 대통령은 북한군 北朝鮮 ½ ⑴ Лавров ﷺ naïve zebra12 हिन्दी ქართული".split()


def sentence(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, weights=range(len(WORDS), 0, -1), k=chance.randrange(1, most)))


def question(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randrange(1, 4)):
        word = sentence(chance, 4)
        parts.append(chance.choice([word, f'"{word}"', f'-"{word}"', f"{word[:4]}*", f'"{word[:-1]}"*']))
    return " ".join(parts)


@pytest.fixture(scope="module")
def pair(new_store: Callable[..., Any], item: Callable[..., Any]) -> Iterator[tuple[Store, Store]]:
    """The same reports in both databases, kept in the same order; some of them renewed or taken back."""
    chance = random.Random(5)
    made = [
        item(
            sentence(chance, 40) + (" very" * 300 if n == 7 else ""),
            locator=f"{n % 50}.txt",
            headline=sentence(chance, 5) if n % 3 else None,
            collected=f"2024-11-{1 + n // 4:02}",
            marking=Marking(level="CLEAR", releasable_to=frozenset({"a"})) if n % 4 else None,
        )
        for n in range(60)
    ]
    with new_store("sqlite") as one, new_store("postgresql") as other:
        for store in (one, other):
            store.keep_captures(capture for capture, _, _ in made)
            store.keep_reports([(report, found) for _, report, found in made], "1")
        yield one, other


@pytest.mark.parametrize("seed", range(5))
def test_both_find_the_same_in_the_same_order(
    pair: tuple[Store, Store], home: Reader, partner: Callable[..., Reader], seed: int
) -> None:
    chance = random.Random(seed)
    found = 0
    for typed in (question(chance) for _ in range(15)):
        reader = chance.choice([home, partner("a")])
        one, other = (store.search(reader, typed, limit=60) for store in pair)
        assert one == other, typed
        found += one.total

    assert found > 0


@pytest.mark.parametrize("newest", [2, 5])
def test_both_find_the_same_of_the_last_reports_alone(
    pair: tuple[Store, Store],
    home: Reader,
    partner: Callable[..., Reader],
    newest: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "NEWEST", newest)
    tried: list[int] = []
    look_back = fulltext_postgresql._firsts

    def watched(*told: Any) -> Iterator[int]:
        for first in look_back(*told):
            tried.append(first)
            yield first

    monkeypatch.setattr(fulltext_postgresql, "_firsts", watched)
    chance = random.Random(newest)
    for typed in (question(chance) for _ in range(15)):
        reader = chance.choice([home, partner("a")])
        one, other = (store.search(reader, typed, limit=60, newest=True) for store in pair)
        assert one == other, typed

    assert any(tried)
    assert 0 in tried


@settings(max_examples=60, deadline=None)
@given(
    typed=st.text(max_size=40)
    | st.lists(st.sampled_from([*WORDS, '"', "-", "*", "'", "\\", "<", ">", "&"])).map("".join)
)
def test_both_read_any_string_as_the_same_question(pair: tuple[Store, Store], home: Reader, typed: str) -> None:
    one, other = (store.search(home, typed, limit=5) for store in pair)

    assert one == other


def test_a_phrase_that_overlaps_itself_is_counted_as_often_by_both(
    new_store: Callable[..., Any], item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    texts = ["ha ha ha hm hm hm", "ha ha hm ha ha hm", "ha ha hm hm hm hm", "ha hm ha hm ha hm"]
    orders = []
    for kind in ("sqlite", "postgresql"):
        with new_store(kind) as store:
            for n, text in enumerate(texts):
                keep(store, item(text, locator=str(n)))
            found = [store.search(home, typed).hits for typed in ('"ha ha"', '"ha ha"*', '"ha ha ha"', "ha")]
            orders.append([[hit.report.text for hit in hits] for hits in found])

    assert orders[0] == orders[1]
    assert set(orders[0][0]) == set(texts[:3])


def test_a_report_with_more_words_than_the_index_takes_is_found_all_the_same(
    new_store: Callable[..., Any], item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    long = "zebra " + " ".join(f"{n:x}word" * 4 for n in range(25_000))
    totals = []
    for kind in ("sqlite", "postgresql"):
        with new_store(kind) as store:
            keep(store, item(long, locator="long"))
            keep(store, item("zebra crossing", locator="short"))
            asked = ("zebra", "crossing", "ffword*", "zebra -crossing", "crossing -ffword*", '"zebra crossing"', "lion")
            totals.append([store.search(home, typed, limit=0).total for typed in asked])

    assert totals[0] == totals[1] == [2, 1, 1, 1, 1, 1, 0]


def test_both_dump_the_same(pair: tuple[Store, Store], home: Reader) -> None:
    one, other = pair

    assert one.dump(home) == other.dump(home)
    assert one.counts(home) == other.counts(home)
    assert [report.id for report in one.reports(home)] == [report.id for report in other.reports(home)]
