from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from watchfloor.core.marking import Reader
from watchfloor.core.report import Passage, Report
from watchfloor.store.connection import open_store
from watchfloor.store.query_terms import Phrase
from watchfloor.store.search import places
from watchfloor.store.store import Store


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("대통령은 파병을 비난했다.", "대통령"),
        ("대통령은 파병을 비난했다.", "파병"),
        ("대통령은 파병을 비난했다.", '"대통령은 파병"'),
        ("북한군", "군"),
        ("北朝鮮軍が露に", "朝鮮"),
        ("プーチン大統領", "大統領"),
        ("Le déploiement", "deploiement"),
        ("Le deploiement", "déploiement"),
        ("Заявил Лавров.", "лавров"),
        ("President Zelenskyy", "zelensk*"),
        ("Minister Choe Son-hui", '"choe son hui"'),
        ("NATO는 말했다", "nato"),
        ("Troops AND tanks", "AND"),
    ],
)
def test_a_word_finds_its_text(kept: Callable[..., Report], store: Store, home: Reader, text: str, query: str) -> None:
    report = kept(text)

    assert [hit.report for hit in store.search(home, query).hits] == [report]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Troops and tanks.", "troops planes"),
        ("Troops and tanks.", '"troops tanks"'),
        ("Troops and tanks.", "troops -tanks"),
        ("Troops and tanks.", "tank"),
        ("북한 군인", "한군"),
        ("", "troops"),
    ],
)
def test_what_does_not_fit_is_not_found(
    kept: Callable[..., Report], store: Store, home: Reader, text: str, query: str
) -> None:
    kept(text)

    assert store.search(home, query).total == 0


def test_hits_point_at_the_words_in_the_text(kept: Callable[..., Report], store: Store, home: Reader) -> None:
    report = kept("Des troupes déployées; 대통령은 말했다.", headline="Déployées")

    (hit,) = store.search(home, "deploy* 대통령").hits

    assert [report.text[span.start : span.end] for span in hit.hits] == ["déployées", "대통령"]
    assert hit.headline_hits == ((0, 9),)


def test_a_snippet_stands_around_the_first_hit_and_is_cut_between_words(
    kept: Callable[..., Report], store: Store, home: Reader
) -> None:
    report = kept("lorem " * 100 + "Zebra" + " ipsum" * 100)

    (hit,) = store.search(home, "zebra").hits

    snippet = report.text[hit.snippet.start : hit.snippet.end]
    assert "Zebra" in snippet
    assert set(snippet.split()) == {"lorem", "Zebra", "ipsum"}
    assert len(snippet) < 300


def test_a_snippet_keeps_out_of_the_furniture_of_its_page(
    kept: Callable[..., Report], store: Store, home: Reader
) -> None:
    text = "Zebra menu News\n\nA zebra crossed the bridge.\n\nRead more zebra stories"
    body = text.index("A zebra"), text.index("Read") - 2
    passages = (
        Passage(start=0, end=15, kind="boilerplate"),
        Passage(start=body[0], end=body[1], kind="body"),
        Passage(start=text.index("Read"), end=len(text), kind="boilerplate"),
    )
    report = kept(text, passages=passages)

    (hit,) = store.search(home, "zebra").hits

    assert report.text[hit.snippet.start : hit.snippet.end] == "A zebra crossed the bridge."


def test_a_hit_in_the_headline_only_shows_the_beginning_of_the_text(
    kept: Callable[..., Report], store: Store, home: Reader
) -> None:
    kept("Troops moved.", headline="Zebra")

    (hit,) = store.search(home, "zebra").hits

    assert (hit.hits, hit.snippet.start, hit.snippet.end) == ((), 0, 13)


def test_a_word_in_the_headline_comes_before_a_word_in_the_text(
    kept: Callable[..., Report], store: Store, home: Reader
) -> None:
    kept("Troops here.", locator="1", headline="Nothing")
    best = kept("Nothing here.", locator="2", headline="Troops")

    assert store.search(home, "troops").hits[0].report == best


def test_pages_follow_each_other_and_the_total_counts_all(
    kept: Callable[..., Report], store: Store, home: Reader
) -> None:
    for n in range(5):
        kept(f"Troops {n}.", locator=str(n))

    pages = [store.search(home, "troops", limit=2, offset=offset) for offset in (0, 2, 4)]

    assert [len(page.hits) for page in pages] == [2, 2, 1]
    assert {page.total for page in pages} == {5}
    assert len({hit.report.id for page in pages for hit in page.hits}) == 5


def test_only_the_current_version_is_found(kept: Callable[..., Report], store: Store, home: Reader) -> None:
    kept("Troops: 10,000.")
    new = kept("Troops: 12,000.", collected="2024-11-02")

    assert [hit.report for hit in store.search(home, "troops").hits] == [new]


def test_a_limit_beyond_reason_is_no_error(kept: Callable[..., Report], store: Store, home: Reader) -> None:
    kept("Troops.")

    assert store.search(home, "troops", limit=10**30, offset=-5).total == 1


def test_a_longer_phrase_swallows_what_it_covers() -> None:
    wanted = (Phrase(("a",)), Phrase(("c",)), Phrase(("a", "b", "c", "d")))

    assert places("a b c d a", wanted) == ((0, 7), (8, 9))


@pytest.fixture(scope="module")
def asked(empty: Path, tmp_path_factory: pytest.TempPathFactory, item: Callable[..., Any]) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("asked") / "a.db"
    path.write_bytes(empty.read_bytes())
    with open_store(path, create=False) as store:
        capture, report, annotations = item("Troops 대통령은 \x00 NEAR(a b) déjà.", headline="북한")
        store.keep_capture(capture)
        store.keep_report(report, annotations, "1")
        yield store


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="\"*-+^:(){}AND OR NOT NEAR,/\\'대통北ー\x00é", max_size=40))
@example('headline:troops OR "')
@example("NEAR(troops, 2)")
@example("'; DROP TABLE reports; --")
@example('"' * 2_001)
@example("﷽ ½ ㎏ ﬁ \u1160\uffa0")
def test_every_string_is_a_query(asked: Store, home: Reader, typed: str) -> None:
    found = asked.search(home, typed)

    assert found.total >= len(found.hits)
    assert found.total or found.note or typed.strip()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_the_index_finds_the_marks_find_too(asked: Store, home: Reader, data: st.DataObject) -> None:
    text = asked.reports(home)[0].text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    found = asked.search(home, f'"{text[start:end]}"')

    assert all(hit.hits or hit.headline_hits for hit in found.hits)
