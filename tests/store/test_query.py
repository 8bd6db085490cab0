import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.store.query import All, Any, Near, Node, Not, Query, understand
from watchfloor.store.query_fields import FIELDS, Field
from watchfloor.store.query_terms import Phrase

NORTH, KOREA = Phrase(("north",)), Phrase(("korea",))
DRILL = Phrase(("drill",))


def root(typed: str) -> Node | None:
    return understand(typed).root


def test_words_are_wanted_each() -> None:
    assert root("North Korea") == root("north AND korea") == All((NORTH, KOREA))


@pytest.mark.parametrize("typed", ['"north korea"', "“north korea”", "«north korea»", "north-korea"])
def test_a_phrase_is_wanted_as_one(typed: str) -> None:
    assert root(typed) == Phrase(("north", "korea"))


def test_a_star_wants_the_beginning_of_a_word() -> None:
    assert root("deploy*") == root('"deploy"*') == Phrase(("deploy",), prefix=True)


def test_a_minus_before_a_word_phrase_or_bracket_excludes_it() -> None:
    query = understand('troops -drill -"joint exercise"')

    assert query.root == All((Phrase(("troops",)), Not(DRILL), Not(Phrase(("joint", "exercise")))))
    assert query.wanted == (Phrase(("troops",)),)
    assert root("north -(drill OR korea)") == All((NORTH, Not(Any((DRILL, KOREA)))))
    assert root("NOT drill") == Not(DRILL)


def test_a_single_han_character_is_the_beginning_of_a_pair() -> None:
    assert root("北") == Phrase(("北",), prefix=True)


def test_and_binds_closer_than_or_and_brackets_closest() -> None:
    assert root("north korea OR drill") == Any((All((NORTH, KOREA)), DRILL))
    assert root("north (korea OR drill)") == All((NORTH, Any((KOREA, DRILL))))


def test_words_near_each_other_have_a_distance() -> None:
    assert root("north NEAR korea") == Near(NORTH, KOREA, 10)
    assert root('north NEAR/3 "joint exercise"') == Near(NORTH, Phrase(("joint", "exercise")), 3)
    assert root("north NEAR korea NEAR/2 drill") == All((Near(NORTH, KOREA, 10), Near(KOREA, DRILL, 2)))
    assert root("north NEAR/99999 korea") == Near(NORTH, KOREA, 100)


def test_small_letters_are_words_and_no_operators() -> None:
    assert root("north or near") == All((NORTH, Phrase(("or",)), Phrase(("near",))))


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("date:2024", "2024-01-01", "2024-12-31"),
        ("date:2024-02", "2024-02-01", "2024-02-29"),
        ("date:2024-10-05", "2024-10-05", "2024-10-05"),
        ("date:2024-10..", "2024-10-01", None),
        ("date:..2024", None, "2024-12-31"),
        ("date:2024-10..2024-11-15", "2024-10-01", "2024-11-15"),
        ("date:>2024", "2025-01-01", None),
        ("date:>=2024-10", "2024-10-01", None),
        ("date:<2024-10", None, "2024-09-30"),
        ("date:<=2024", None, "2024-12-31"),
    ],
)
def test_a_date_is_a_stretch_of_days(typed: str, low: str | None, high: str | None) -> None:
    found = root(typed)

    assert isinstance(found, Field)
    assert (found.low and str(found.low), found.high and str(found.high)) == (low, high)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("figure:>1000", 1001, None),
        ("figure:>=1,000", 1000, None),
        ("figure:12000", 12000, 12000),
        ("figure:<10", None, 9),
        ("origins:2..4", 2, 4),
        ("outlets:3..", 3, None),
        ("reports:..3", None, 3),
    ],
)
def test_a_number_is_a_range(typed: str, low: int | None, high: int | None) -> None:
    found = root(typed)

    assert isinstance(found, Field)
    assert (found.low, found.high) == (low, high)


def test_fields_are_asked_of_a_report() -> None:
    found = root('speaker:"Choe Son Hui" -outlet:harbour* lang:ko stance:denies marking:amber')

    assert isinstance(found, All)
    speaker, outlet, lang, stance, marking = found.parts
    assert isinstance(speaker, Field)
    assert speaker.words == Phrase(("choe", "son", "hui"))
    assert isinstance(outlet, Not)
    assert isinstance(outlet.part, Field)
    assert outlet.part.words == Phrase(("harbour",), prefix=True)
    assert [one.value for one in (lang, stance, marking) if isinstance(one, Field)] == ["ko", "deny", "AMBER"]


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("", "no word"),
        ("?!", "no word"),
        ("NOT", "read as words"),
        ('troops "north', "quotation mark"),
        ("a" * 3_000, "first 2,000 characters"),
        (" ".join(f"w{n}" for n in range(100)), "first 64 words"),
        ("troops OR", "OR without two sides"),
        ("AND troops", "AND without two sides"),
        ("troops NEAR", "NEAR without two sides"),
        ("troops NOT", "nothing behind"),
        ("NEAR troops", "NEAR without two sides"),
        ("troops NEAR lang:en", "read as AND"),
        ("troops NEAR troops", "read as AND"),
        ("(troops", "closed at the end"),
        ("troops)", "closing bracket"),
        ("(" * 30 + "a" + ")" * 30, "deeper than 20"),
        ("colour:red", "is no field"),
        ("date:2024-13", "date: needs"),
        ("date:>9999-12-31", "date: needs"),
        ("figure:many", "figure: needs a number"),
        ("figure:..", "figure: needs a number"),
        ("lang:english", "language code"),
        ("marking:secret", "marking: knows"),
        ("stance:shrugs", "stance: knows"),
        ("speaker:", "no word behind it"),
    ],
)
def test_what_was_read_otherwise_is_said(typed: str, note: str) -> None:
    assert note in (understand(typed).note or "")


@pytest.mark.parametrize("typed", ['"north korea" -drill deploy*', "https://harbour.example/a", "at 12:30", "-troops"])
def test_a_query_read_as_typed_carries_no_note(typed: str) -> None:
    assert understand(typed).note is None


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("north korea -drill", "reports with “north” and “korea”, not “drill”"),
        ("speaker:choe date:2024-10..", "reports spoken by “choe”, dated 2024-10-01 or later"),
        ("(a OR b) figure:>1000", "reports (with “a” or with “b”), with a figure of 1,001 or more"),
        ("북한군 NEAR/5 deploy*", "reports with “북한군” near “deploy…” (at most 5 words between)"),
        ("-lang:en", "reports not in the language “en”"),
        ("", ""),
    ],
)
def test_a_search_explains_itself(typed: str, meaning: str) -> None:
    assert understand(typed).meaning == meaning


PIECES = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/3",
    "(",
    ")",
    "-(",
    '"',
    "-",
    "*",
    "north",
    "korea",
    "북한",
    ":",
    "2024",
    "..",
]


@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from([*PIECES, *(f"{one}:" for one in FIELDS)])).map(" ".join))
)
def test_any_string_is_a_query_that_explains_itself(typed: str) -> None:
    query = understand(typed)

    assert isinstance(query, Query)
    assert (query.root is None) == (query.meaning == "")
    assert query.root is not None or query.note
