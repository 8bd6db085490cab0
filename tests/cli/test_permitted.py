"""Every command says what it does before it may; and what the program writes down of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from watchfloor.cli.main import app
from watchfloor.cli.permitted import DOES, OWN, SAYS_ITSELF
from watchfloor.core.permission import VERBS

Shell = Callable[..., str]


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command there is, by its words; a group that does something without a command too."""
    inside = getattr(command, "commands", None)
    if inside is None or getattr(command, "invoke_without_command", False):
        yield " ".join(path)
    for name, one in (inside or {}).items():
        yield from commands(one, (*path, name))


def test_every_command_is_in_one_of_the_tables_and_only_there() -> None:
    tables = [set(OWN), set(DOES), set(SAYS_ITSELF)]
    found = set(commands(typer.main.get_command(app))) - {""}

    assert found - set().union(*tables) == set()
    assert sum(map(len, tables)) == len(set().union(*tables))
    assert {*DOES.values(), *SAYS_ITSELF.values()} <= set(VERBS)


def test_a_team_from_the_first_person_to_a_checked_log(tmp_path: Path, shell_in: Callable[[Path], Shell]) -> None:
    shell = shell_in(tmp_path)
    (tmp_path / "a.txt").write_text("Port notes\n\n2024-10-21\n\nSome 300 soldiers came to Port Lund, Bob Roy said.\n")
    (tmp_path / "terms.txt").write_text("They keep it to themselves.\n")
    shell("add", "a.txt", "--tlp", "green", "--rel", "Ally")
    assert "No people are registered" in shell("people", "list")

    shell("people", "add", "ann", "--role", "analyst", "--role", "administrator", "--login", "nobody-here")
    assert "is none of theirs" in shell("status", code=1)
    assert "1 reports" in shell("--as", "ann", "brief")
    assert "proof that you are ann" in shell("--as", "ann", "people", "list", code=1)
    assert "there is no terminal" in shell("--as", "ann", "people", "password", "ann", code=2)
    log = json.loads(shell("--as", "ann", "audit", "list", "--json"))
    assert [(one["note"]["who"] == "ann", one["note"]["verb"], one["note"]["outcome"]) for one in log[-3:]] == [
        (True, "see", "done"),
        (True, "people", "refused"),
        (True, "keys", "failed"),
    ]
    assert "entries hold" in shell("--as", "ann", "audit", "verify")


def test_a_password_on_standard_input_proves_who_works(tmp_path: Path, shell_in: Callable[[Path], Shell]) -> None:
    shell = shell_in(tmp_path)
    secret = b"a long enough sentence\n"
    shell("people", "add", "root", "--role", "administrator", "--password-stdin", given=secret)

    told = shell("--as", "root", "--password-stdin", "people", "add", "ann", "--role", "reader", given=secret)

    assert "ann: reader" in told
    wrong = shell("--as", "root", "--password-stdin", "people", "list", given=b"wrong\n", code=1)
    assert "not known here" in wrong
    assert "root" not in wrong


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("partners", "list"), "No partners."),
        (("release", "queue"), "Nothing waits"),
        (("release", "log"), "Nothing was handed over"),
        (("release", "products"), "No products."),
        (("recall", "list"), "Nothing that was released"),
        (("keys", "list"), "No keys."),
        (("markings", "show", "rep_"), "No report"),
    ],
)
def test_where_there_is_nothing_the_program_says_so(
    tmp_path: Path, shell_in: Callable[[Path], Shell], words: tuple[str, ...], said: str
) -> None:
    shell = shell_in(tmp_path)
    shell("init")

    assert said in shell(*words)
