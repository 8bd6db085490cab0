import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.annotate.conllu import document

Row = list[str]


def sentences(text: str) -> list[list[Row]]:
    """The rows of each sentence, words and multiword tokens, as a stranger would read the lines."""
    found: list[list[Row]] = []
    for block in "\n".join(document("a", text)).split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("# ")]
        if rows:
            found.append(rows)
    return found


def rebuilt(sentence: list[Row]) -> str:
    """The text of a sentence from its tokens and what is said of their spaces."""
    parts = []
    covered = 0
    for row in sentence:
        if "-" in row[0]:
            covered = int(row[0].partition("-")[2])
        elif int(row[0]) <= covered:
            continue
        parts.append(row[1] + ("" if row[9] == "SpaceAfter=No" else " "))
    return "".join(parts)


def comments(text: str, name: str) -> list[str]:
    return [line.partition(" = ")[2] for line in document("a", text) if line.startswith(f"# {name} = ")]


TEXTS = [
    "The dam holds.",
    "Ana Ruiz can't go. We'll stay, she shouldn't've said.",
    "Two  blanks and a\ttab.\n\n\nA second paragraph (short)\n“Third.”",
    "평양은 24일 성명을 냈다. 😀 Cafe\u0301 a\u200bb",
    "# no comment\n1\t_\t_",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_row_has_ten_columns_and_none_is_empty(text: str) -> None:
    for sentence in sentences(text):
        assert {len(row) for row in sentence} == {10}
        assert all(column and not any(letter.isspace() for letter in column) for row in sentence for column in row)


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_numbered_from_one_and_one_of_them_is_the_root(text: str) -> None:
    for sentence in sentences(text):
        nodes = [row for row in sentence if "-" not in row[0]]
        assert [int(row[0]) for row in nodes] == list(range(1, len(nodes) + 1))
        assert [row[7] for row in nodes if row[6] == "0"] == ["root"]
        assert all(0 <= int(row[6]) <= len(nodes) and row[6] != row[0] for row in nodes)


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_is_rebuilt_from_its_words(text: str) -> None:
    assert "".join(rebuilt(sentence) for sentence in sentences(text)).rstrip() == " ".join(text.split())
    assert [rebuilt(sentence).rstrip() for sentence in sentences(text)] == comments(text, "text")


@settings(max_examples=25)
@given(st.text(alphabet=st.sampled_from("aA. '’n't\n\t#1-_") | st.characters(), max_size=40))
def test_any_text_is_rebuilt_from_its_words(text: str) -> None:
    assert "".join(rebuilt(sentence) for sentence in sentences(text)).rstrip() == " ".join(text.split())
    assert all(len(row) == 10 for sentence in sentences(text) for row in sentence)


def test_a_contraction_is_one_token_of_two_words() -> None:
    rows = [row for sentence in sentences("They don't.") for row in sentence]

    (joined,) = [row for row in rows if "-" in row[0]]
    assert joined[1:] == ["don't", *"_______", "SpaceAfter=No"]
    assert [row[1] for row in rows if "-" not in row[0]] == ["They", "do", "n't", "."]


def test_sentences_and_paragraphs_have_names_of_their_own() -> None:
    text = "One.\nTwo.\n\nThree."

    assert comments(text, "newpar id") == ["a-p0", "a-p5", "a-p11"]
    assert comments(text, "sent_id") == [f"a-{number + 1}" for number in range(len(sentences(text)))]


def test_a_name_of_several_lines_stays_on_one() -> None:
    assert next(document("a\nb", "One.")) == "# newdoc id = a b"


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_text_has_no_lines(text: str) -> None:
    assert list(document("a", text)) == []
