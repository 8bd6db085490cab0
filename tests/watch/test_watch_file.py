from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.watch.toml_lines import lines
from watchfloor.watch.watch_file import read

RIGHT = """
[[indicator]]
id = "tanks"
title = "Tanks move"
over = "claims"
when = "independent origins"
at_least = 3
words = ["tank*"]
window = "3d"
cool_down = "6h"
notify = ["desk", "role:watch officer"]

[[measure]]
id = "call"
title = "Call somebody"
step = 2
indicators = ["tanks"]
owner = "release officer"

[[measure]]
id = "wait"
title = "Wait"
step = 1
"""


def test_indicators_and_measures_are_read_with_the_ladder_in_order() -> None:
    watch, problems = read(RIGHT)

    assert problems == ()
    (tanks,) = watch.indicators
    assert (tanks.at_least, tanks.window, tanks.cool_down) == (3, timedelta(days=3), timedelta(hours=6))
    assert [one.id for one in watch.measures] == ["wait", "call"]


@pytest.mark.parametrize(
    ("was", "now", "line", "told"),
    [
        ('over = "claims"', 'over = "claim"', 5, "expected one of claims, events"),
        ('over = "claims"', 'over = "claim"', 5, "did you mean claims?"),
        ("at_least = 3", 'at_least = "3"', 7, "found '3', expected a whole number from 1"),
        ("at_least = 3", "at_leat = 3", 7, "did you mean at_least?"),
        ('words = ["tank*"]', 'words = "tank*"', 8, "expected a list in brackets"),
        ('window = "3d"', 'window = "soon"', 9, 'expected a time such as "30m"'),
        ('title = "Tanks move"\n', "", 2, "key title: found nothing"),
        ('id = "tanks"', 'id = "Tanks!"', 3, "expected small letters"),
        ('when = "independent origins"', 'when = "figure above"', None, "key above: found nothing, expected a number"),
        ('when = "independent origins"', 'when = "silence broken"', None, "key speakers: found nothing"),
        ('over = "claims"', 'over = "contacts"\nkinds = ["cal"]', 6, "did you mean call?"),
        ('indicators = ["tanks"]', 'indicators = ["tank"]', 17, "did you mean tanks?"),
        ('owner = "release officer"', 'owner = "boss"', 18, "expected one of reader, analyst"),
        ('id = "wait"', 'id = "call"', 21, "found it a second time"),
        ("[[measure]]", "[measure", 13, "expected TOML 1.0"),
        ('words = ["tank*"]', "", 2, "found no query"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_what_was_found_and_what_was_expected(
    was: str, now: str, line: int | None, told: str
) -> None:
    _, problems = read(RIGHT.replace(was, now, 1))

    assert any(told in str(one) for one in problems), problems
    assert line is None or any(one.line == line and told in str(one) for one in problems), problems


def test_everything_that_is_wrong_is_told_at_once() -> None:
    _, problems = read(RIGHT.replace("at_least = 3", "at_least = 0").replace("step = 2", "step = 0"))

    assert [one.line for one in problems] == [7, 16]


def test_a_table_of_another_name_is_told() -> None:
    _, problems = read(RIGHT + "\n[indicators]\nx = 1\n")

    assert "expected one of [[indicator]], [[measure]]" in str(problems[0])


def test_lines_are_found_behind_texts_of_several_lines() -> None:
    found = lines('[[a]]\nx = """\n[[b]]\ny = 1\n"""\nz = 2\n')

    assert found == {("a", 0, None): 1, ("a", 0, "x"): 2, ("a", 0, "z"): 6}


@given(st.text())
def test_any_text_is_read_or_its_faults_are_told(text: str) -> None:
    watch, problems = read(text)

    assert problems or watch.indicators == ()


KEYS = st.sampled_from(["id", "title", "over", "when", "words", "above", "window", "kinds"])
VALUES = st.one_of(st.integers(), st.booleans(), st.text(alphabet="abc\"'[]=\n", max_size=5))


@given(st.dictionaries(KEYS, VALUES))
def test_any_values_are_read_or_their_faults_are_told(values: dict[str, object]) -> None:
    said = "\n".join(
        f"{key} = {str(value).lower() if not isinstance(value, str) else repr(value)}" for key, value in values.items()
    )
    _, problems = read(f"[[indicator]]\n{said}")

    assert problems
