import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., str]

ONE = "The ferry Halde ran aground off Norrvik on Monday; 212 people were taken off."
TWO = "All 212 people were taken off the ferry Halde, which lies aground off Norrvik."


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory, shell_in: Callable[[Path], Shell]) -> Path:
    """A database with two reports on one happening."""
    folder = tmp_path_factory.mktemp("added")
    for name, text in (("one.txt", ONE), ("two.txt", TWO)):
        (folder / name).write_text(f"Ferry Halde aground off Norrvik, {name}\n\n{text}\n", encoding="utf-8")
    shell_in(folder)("add", "one.txt", "two.txt")
    return folder / "watchfloor.db"


@pytest.fixture
def shell(tmp_path: Path, added: Path, shell_in: Callable[[Path], Shell]) -> Shell:
    shutil.copy(added, tmp_path)
    return shell_in(tmp_path)


def test_a_story_is_listed_with_reasons_and_split(shell: Shell) -> None:
    (story,) = json.loads(shell("stories", "list", "--json"))
    parted = shell(
        "stories", "split", story["id"], story["reports"][1]["report"], "--by", "ada", "--reason", "two ships"
    )
    log = shell("stories", "log")

    assert "Halde" in story["reports"][1]["why"]
    assert parted.count("1 report,") == len(story["reports"])
    assert "judged by ada: two ships" in log
    assert "do not belong together" in log


def test_a_story_is_shown_with_why_each_report_stands_there(shell: Shell) -> None:
    assert "opens the story (1.00)" in shell("stories", "show", "sto_")


def test_a_story_that_is_not_there_is_told(shell: Shell) -> None:
    assert "0 stories have an id" in shell("stories", "show", "sto_x", code=1)
