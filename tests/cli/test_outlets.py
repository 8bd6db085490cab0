import json
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., str]
ONE = "The Harbour Post\n\nDam holds\n\n5 Oct 2024\n\nMayor Ann Lee said on Friday that the dam will hold.\n"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, shell_in: Callable[[Path], Shell]) -> Shell:
    folder = tmp_path_factory.mktemp("outlets")
    typed = shell_in(folder)
    for name, outlet in (("a", "Harbour Post"), ("b", "Hill Herald")):
        (folder / f"{name}.txt").write_text(ONE.replace("The Harbour Post", outlet) + f"It was {name}.\n", "utf-8")
        typed("add", "--outlet", outlet, f"{name}.txt")
    return typed


def test_an_outlet_is_of_unknown_reliability_until_somebody_grades_it(shell: Shell) -> None:
    before = {one["outlet"]: one for one in json.loads(shell("outlets", "list", "--json"))}
    told = shell("outlets", "grade", "Harbour Post", "B", "--because", "seldom corrected")
    shell("outlets", "grade", "Harbour Post", "C", "--because", "two corrections in a week")
    after = {one["outlet"]: one for one in json.loads(shell("outlets", "list", "--json"))}

    assert before["Harbour Post"]["reliability"] == "F"
    assert "Harbour Post is graded B" in told
    assert (after["Harbour Post"]["reliability"], after["Hill Herald"]["reliability"]) == ("C", "F")
    assert [one["reliability"] for one in after["Harbour Post"]["grades"]] == ["B", "C"]
    assert "two corrections in a week" in shell("outlets", "list")


def test_the_last_report_of_an_outlet_is_the_one_that_came_out_last_whichever_was_added_last(
    tmp_path: Path, shell_in: Callable[[Path], Shell]
) -> None:
    typed = shell_in(tmp_path)
    for day in ("7 Oct 2024", "5 Oct 2024"):
        (tmp_path / "a.txt").write_text(ONE.replace("5 Oct 2024", day) + f"It was {day}.\n", "utf-8")
        typed("add", "--outlet", "Harbour Post", "a.txt")

    (line,) = [one for one in typed("outlets", "list").splitlines() if one.startswith("Harbour Post")]
    assert "7 Oct 2024" in line


def test_a_claim_shows_how_far_its_outlets_are_trusted(shell: Shell) -> None:
    shown = "".join(shell("show", claim["id"]) for claim in json.loads(shell("claims", "--json")))

    assert "Harbour Post (reliability C)" in shown
    assert "Hill Herald (not graded)" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Harbor Post", "B", "--because", "x"), "did you mean"),
        (("Nobody at all", "B", "--because", "x"), "outlets list"),
        (("Hill Herald", "G", "--because", "x"), "expected A, B, C, D, E or F"),
        (("Hill Herald", "B", "--because", " "), "without a reason"),
    ],
)
def test_a_grade_that_cannot_be_given_says_why(shell: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in " ".join(shell("outlets", "grade", *words, code=2).replace("│", " ").split())


def test_a_search_says_what_it_looked_for_and_asks_the_picture_for_counts(shell: Shell) -> None:
    assert "Looked for reports spoken by “lee”." in shell("search", "speaker:lee")
    assert "2 reports" in shell("search", "origins:1 dam")
    assert "Nothing found" in shell("search", "outlets:>5")
