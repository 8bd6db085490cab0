from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.store.terms import stream, terms


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Choe Son-hui", "choe son hui"),
        ("Déploiement", "deploiement"),
        ("De\u0301ploiement", "deploiement"),
        ("ЛАВРОВ", "лавров"),
        ("STRASSE Straße", "strasse strasse"),
        ("파병", "파병 병"),
        ("NATO는", "nato 는"),
        ("北", "北"),
        ("ﾌﾟｰﾁﾝ", "プー ーチ チン ン"),
        ("12,000", "12 000"),
        ("\x00\ud800 -- ?!", ""),
    ],
)
def test_a_text_is_cut_into_folded_words_and_pairs(text: str, cut: str) -> None:
    assert stream(text) == cut


def test_every_term_points_at_where_it_stands() -> None:
    text = "A 대통령은 b"

    assert [text[term.start : term.end] for term in terms(text)] == ["A", "대통", "통령", "령은", "은", "b"]


def test_decomposed_hangul_points_at_the_whole_run() -> None:
    text = normalize("NFD", "파병")

    assert [(term.term, term.start, term.end) for term in terms(text)] == [("파병", 0, 5), ("병", 0, 5)]


@given(st.text(alphabet=st.sampled_from("ab Zé_'-1⑴한국韓ㄱカﾞ゙ \u0301.ßİ\n") | st.characters()))
def test_the_index_takes_the_terms_that_a_query_is_cut_into(text: str) -> None:
    assert stream(text) == " ".join(term.term for term in terms(text))
