import pytest

from watchfloor.annotate.runs import runs
from watchfloor.annotate.tokens import tokens


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("met Ana Ruiz in Oslo", ["Ana Ruiz", "Oslo"]),
        ("met von der Berg again", ["von der Berg"]),
        ("met Khalid al-Nuri again", ["Khalid al-Nuri"]),
        ("of the Ministry of Trade there", ["Ministry of Trade"]),
        ("on Monday Mr. Vos left", ["Mr. Vos"]),
    ],
)
def test_a_run_holds_a_name_with_its_small_words(text: str, names: list[str]) -> None:
    words = list(tokens(text, 0, len(text)))

    assert [text[words[begin].start : words[end - 1].end] for begin, end in runs(words)] == names
