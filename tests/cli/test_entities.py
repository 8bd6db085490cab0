import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., str]

ONE = "Canadian Trade Minister Ruth Marsh phoned Ken Mori on Monday. Marsh said the deal was near."
OTHER = "Marsh said that she would resign."


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory, shell_in: Callable[[Path], Shell]) -> Path:
    """A database with two reports."""
    folder = tmp_path_factory.mktemp("added")
    for name, text in (("one.txt", ONE), ("other.txt", OTHER)):
        (folder / name).write_text(f"{name} headline\n\n{text}\n", encoding="utf-8")
    shell_in(folder)("add", "one.txt", "other.txt")
    return folder / "watchfloor.db"


@pytest.fixture
def shell(tmp_path: Path, added: Path, shell_in: Callable[[Path], Shell]) -> Shell:
    shutil.copy(added, tmp_path)
    return shell_in(tmp_path)


def test_people_are_listed_reviewed_judged_and_shown(shell: Shell) -> None:
    listed = shell("entities")
    (doubt,) = json.loads(shell("entities", "review", "--json"))
    told = shell(
        "entities", "judge", doubt["left"]["id"], doubt["right"]["id"], "same", "--note", "same desk", "--by", "ada"
    )

    assert "Trade Minister, Canada" in listed
    assert "Marsh said that she would resign." in doubt["left"]["sentences"][0]["sentence"] + str(doubt["right"])
    assert "same, by ada" in told
    assert "judged the same by ada" in shell("show", "Ruth Marsh")
    assert json.loads(shell("entities", "review", "--json")) == []


def test_a_file_of_identifiers_is_linked_and_bad_lines_are_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "ids.csv").write_text("name,qid\nRuth Marsh,Q5\nKen Mori,none\n", encoding="utf-8")

    said = shell("entities", "link", "ids.csv", code=3)

    assert "Ruth Marsh: Q5" in said
    assert "line 3" in said
    assert "Wikidata Q5" in shell("show", "Ruth Marsh")


def test_entities_leave_as_follow_the_money(shell: Shell) -> None:
    schemas = {json.loads(line)["schema"] for line in shell("export", "--format", "ftm").splitlines()}

    assert {"Article", "Person", "Position", "Occupancy", "Mention"} <= schemas


def test_what_names_nobody_is_told(shell: Shell) -> None:
    assert "no entity has the id or the name" in shell("entities", "judge", "Nobody", "Ruth Marsh", "same", code=1)
    assert "is no verdict" in shell("entities", "judge", "Marsh", "Ruth Marsh", "perhaps", code=2)
