"""Corrections and saved searches as they are typed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from watchfloor.cli.main import app
from watchfloor.core.errors import WatchfloorError
from watchfloor.flow.acting import COMMAND, PRESENTED, Presented

TEXT = """Envoys meet in Oslo

OSLO, October 21, 2024 - Foreign Minister Ann Lee of Norway met her counterpart Bob Roy of Sweden in Oslo on Monday.

"Some 1,200 Norwegian soldiers will be sent to the border," Lee told reporters.
"""
Typed = Callable[..., str]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one report, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "a.txt").write_text(TEXT)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("WATCHFLOOR_NOW", "2024-11-01T12:00:00Z")
        CliRunner().invoke(app, ["add", "a.txt", "--outlet", "Oslo Herald", "--published", "2024-10-21"])
    return folder / "watchfloor.db"


@pytest.fixture
def typed(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """Type commands in a folder with one report, in this process; give what was printed, or said of an error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watchfloor.db").write_bytes(filled.read_bytes())
    monkeypatch.setenv("WATCHFLOOR_NOW", "2024-11-01T12:00:00Z")

    def run(*words: str) -> str:
        PRESENTED.set(Presented())
        done = CliRunner().invoke(app, list(words))
        if done.exception is not None and not isinstance(done.exception, SystemExit | WatchfloorError):
            raise done.exception
        said = str(done.exception) if isinstance(done.exception, WatchfloorError) else ""
        return done.output + said

    yield run
    PRESENTED.set(Presented())
    COMMAND.set(None)


def test_a_finding_is_rejected_by_its_id_and_comes_back(typed: Typed) -> None:
    found = json.loads(typed("corrections", "findings", "rep_", "--json"))
    contact = next(one for one in found if one["finding"]["annotation"] == "contact")
    assert contact["id"][:16] in typed("corrections", "findings", "rep_")
    assert len(json.loads(typed("contacts", "--json"))) == 1

    said = typed("correct", "rep_", "reject", contact["id"], "--reason", "a day later")
    entry = said.split(":", 1)[0]
    assert json.loads(typed("contacts", "--json")) == []
    assert "a day later" in typed("corrections", "list")
    assert "is taken back" in typed("corrections", "undo", entry[:10])
    assert len(json.loads(typed("contacts", "--json"))) == 1
    assert "undone" in typed("corrections", "list", "rep_")


def test_a_finding_is_changed_and_one_added_by_field_and_words(typed: Typed) -> None:
    found = json.loads(typed("corrections", "findings", "rep_", "--json"))
    contact = next(one for one in found if one["finding"]["annotation"] == "contact")
    typed("correct", "rep_", "change", contact["id"], "contact_type=call", "date=2024-10-20")
    assert [
        one["type"] if "type" in one else one["contact_type"] for one in json.loads(typed("contacts", "--json"))
    ] == ["call"]

    made = json.loads(typed("correct", "rep_", "add", "place", "name=Oslo", "--words", "border", "--json"))
    assert made["made"]["country"] == "NOR"
    assert "(a person's)" in typed("corrections", "findings", "rep_")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("correct", "rep_", "praise", "fnd_"), "nothing to do here"),
        (("correct", "rep_", "add", "place"), "--words"),
        (("correct", "rep_", "change", "fnd_", "speaker"), "FIELD=VALUE"),
        (("correct", "rep_", "reject", "fnd_zz"), "0 findings"),
        (("correct", "rep_zz", "reject", "fnd_"), "0 reports"),
        (("corrections", "undo", "cor_"), "0 corrections"),
        (("corrections", "list"), "Nothing was corrected"),
        (("searches", "list"), "No saved searches"),
        (("searches", "run", "nothing"), "no saved search"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_was_expected(typed: Typed, words: tuple[str, ...], said: str) -> None:
    assert said in typed(*words)


def test_a_search_is_kept_run_followed_and_removed(typed: Typed, tmp_path: Path) -> None:
    assert "for you alone" in typed("searches", "save", "Soldiers", "soldiers", "-drill")
    assert "1 report, 1 new: soldiers -drill" in typed("searches", "list")
    assert "rep_" in typed("searches", "run", "soldiers")
    assert "1 report, 0 new" in typed("searches", "list")
    typed("searches", "feed", "soldiers", "-o", "feed.atom", "--site", "https://watch.example")
    root = ElementTree.fromstring((tmp_path / "feed.atom").read_text())
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    assert "/feeds/searches/" in typed("searches", "address", "soldiers")
    assert "have ended" in typed("searches", "remove", "soldiers")
    assert "No saved searches" in typed("searches", "list")
