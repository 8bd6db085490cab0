import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.pieces import pieces, vocabulary

KNOWN = vocabulary("[UNK]\ntroop\n##s\n-\nsoul\ntroops\n##h\n李\nцар\n")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("troops", ["troops"]),
        ("Troop", ["troop"]),
        ("troopsh", ["troops", "##h"]),
        ("Sôul", ["soul"]),
        ("troop-soul", ["troop", "-", "soul"]),
        ("troopx", ["[UNK]"]),
        ("李李", ["李", "李"]),
        ("ЦАР", ["цар"]),
        ("so\u200bul", ["soul"]),
        ("\u200b", []),
        ("s" * 101, ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces_known(word: str, found: list[str]) -> None:
    names = {number: piece for piece, number in KNOWN.items()}

    assert [names[number] for number in pieces(word, KNOWN)] == found


@given(st.text(max_size=40))
def test_any_word_gives_numbers_of_the_vocabulary(word: str) -> None:
    assert set(pieces(word, KNOWN)) <= set(KNOWN.values())
