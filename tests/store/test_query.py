import pytest

from watchfloor.store.query import Phrase, understand


def test_words_are_wanted_each() -> None:
    assert understand("North Korea").wanted == (Phrase(("north",)), Phrase(("korea",)))


@pytest.mark.parametrize("typed", ['"north korea"', "“north korea”", "«north korea»", "north-korea"])
def test_a_phrase_is_wanted_as_one(typed: str) -> None:
    assert understand(typed).wanted == (Phrase(("north", "korea")),)


def test_a_star_wants_the_beginning_of_a_word() -> None:
    assert understand("deploy*").wanted == (Phrase(("deploy",), prefix=True),)


def test_a_minus_before_a_word_or_phrase_excludes_it() -> None:
    query = understand('troops -drill -"joint exercise"')

    assert query.unwanted == (Phrase(("drill",)), Phrase(("joint", "exercise")))


def test_a_single_han_character_is_the_beginning_of_a_pair() -> None:
    assert understand("北").wanted == (Phrase(("北",), prefix=True),)


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("", "no word"),
        ("?!", "no word"),
        ('troops "north', "quotation mark"),
        ("-troops", "nothing but exclusions"),
        ("a" * 3_000, "first 2,000 characters"),
        (" ".join(f"w{n}" for n in range(100)), "first 64 words"),
    ],
)
def test_what_was_read_otherwise_is_said(typed: str, note: str) -> None:
    assert note in (understand(typed).note or "")


def test_a_query_read_as_typed_carries_no_note() -> None:
    assert understand('"north korea" -drill deploy*').note is None


def test_only_exclusions_are_read_as_plain_words() -> None:
    assert understand("-troops").wanted == (Phrase(("troops",)),)
