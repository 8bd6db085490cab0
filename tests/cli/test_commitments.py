"""Transfers and commitments as a person asks for them, through the real program."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., str]
ShellIn = Callable[[Path], Shell]

NOTE = (
    "Patrol boats for Windhoek\n\nBy Ann Lee\n2024-10-21\n\n"
    "Brazil's navy donated two patrol boats to Namibia on Monday. "
    "Chad and Niger signed a defence pact in Niamey last week. "
    "France will consider sending instructors to Ukraine if Kyiv asks for them, the ministry in Paris said.\n"
)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, shell_in: ShellIn) -> Shell:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "one.txt").write_text(NOTE, encoding="utf-8")
    typed = shell_in(folder)
    typed("add", "one.txt")
    return typed


def test_transfers_are_listed_with_their_words_and_reasons(shell: Shell) -> None:
    (one,) = json.loads(shell("transfers", "--kind", "arms", "--party", "namibia", "--json"))

    assert (one["giver"][0]["sector"], one["receiver"][0]["country"], one["status"]) == ("MIL", "NAM", "actual")
    assert one["quote"].startswith("Brazil's navy")
    assert "donate" in one["because"]
    assert "Namibia" in shell("transfers")


def test_commitments_have_party_measure_and_condition(shell: Shell) -> None:
    (one,) = json.loads(shell("commitments", "--kind", "promises", "--json"))
    start = one["start"]

    assert [party["country"] for party in one["parties"]] == ["FRA"]
    assert one["quote"][one["condition"][0] - start : one["condition"][1] - start] == "if Kyiv asks for them"
    assert "defence pact" in shell("commitments", "--kind", "signs")


def test_what_nobody_gives_is_said(shell: Shell) -> None:
    assert shell("transfers", "--party", "Atlantis").strip() == "No transfer."
    assert shell("commitments", "--kind", "ends").strip() == "No commitment."


def test_a_report_shows_them_among_what_was_found(shell: Shell) -> None:
    report = json.loads(shell("transfers", "--json"))[0]["report"]
    shown = shell("show", report)

    assert "transfer, actual: arms, two patrol boats, " in shown
    assert "commitment, actual: " in shown


def test_nothing_was_known_the_day_before(shell: Shell) -> None:
    assert shell("transfers", "--as-of", "2024-10-20").strip() == "No transfer."
