"""Every command says what it does before it may; and what the program writes down of it."""

import getpass
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from watchfloor.cli.main import app
from watchfloor.cli.permitted import DOES, OWN, SAYS_ITSELF
from watchfloor.core.errors import WatchfloorError
from watchfloor.core.permission import VERBS
from watchfloor.flow import passwords
from watchfloor.flow.acting import COMMAND, PRESENTED, Presented

Typed = Callable[..., str]


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


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """Type a command in an empty folder, in this process; give what it printed, or said of an error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WATCHFLOOR_NOW", "2024-11-01T12:00:00Z")
    for name, value in (("TIME_COST", 1), ("MEMORY_COST", 8)):
        monkeypatch.setattr(passwords, name, value)
    passwords._hasher.cache_clear()

    def run(*words: str, given: str = "") -> str:
        PRESENTED.set(Presented())
        done = CliRunner().invoke(app, list(words), input=given)
        if done.exception is not None and not isinstance(done.exception, SystemExit | WatchfloorError):
            raise done.exception
        said = str(done.exception) if isinstance(done.exception, WatchfloorError) else ""
        return done.output + said

    yield run
    passwords._hasher.cache_clear()
    PRESENTED.set(Presented())
    COMMAND.set(None)


def test_once_people_are_registered_everybody_says_who_they_are_and_is_written_down(typed: Typed) -> None:
    typed("init")
    assert "No people are registered" in typed("people", "list")

    typed("people", "add", "ann", "--role", "analyst", "--role", "administrator", "--login", "nobody-here")
    assert "is none of theirs" in typed("status")
    assert "reports" in typed("--as", "ann", "status")
    assert "proof that you are ann" in typed("--as", "ann", "people", "list")
    assert "there is no terminal" in typed("--as", "ann", "people", "password", "ann")
    log = json.loads(typed("--as", "ann", "audit", "list", "--json"))

    assert [(one["note"]["who"], one["note"]["verb"], one["note"]["outcome"]) for one in log[-3:]] == [
        ("ann", "see", "done"),
        ("ann", "people", "refused"),
        ("ann", "keys", "failed"),
    ]
    assert "entries hold" in typed("--as", "ann", "audit", "verify")


def test_the_service_is_begun_by_an_account_that_is_nobodys_and_the_log_says_by_which(typed: Typed) -> None:
    typed("people", "add", "ann", "--role", "administrator", "--login", "nobody-here")

    assert "is none of theirs" in typed("status")
    assert "is none of theirs" in typed("jobs", "list")
    assert typed("run", "--once") == ""
    assert typed("work", "--once") == ""
    log = [one["note"] for one in json.loads(typed("--as", "ann", "audit", "list", "--json"))]
    assert [(one["who"], one["what"], one["outcome"], one["detail"]["account"]) for one in log[-2:]] == [
        ("service", "run", "done", getpass.getuser()),
        ("service", "work", "done", getpass.getuser()),
    ]


def test_the_service_is_not_begun_by_a_person_who_does_not_keep_the_node(typed: Typed) -> None:
    secret = "a long enough sentence\n"
    typed("people", "add", "ann", "--role", "administrator", "--password-stdin", given=secret)
    bea = ("people", "add", "bea", "--role", "reader", "--login", getpass.getuser())
    typed("--as", "ann", "--password-stdin", *bea, given=secret)

    assert "bea (reader) may not do this" in typed("run", "--once")
    assert "'cid' is nobody who may come in here" in typed("--as", "cid", "run", "--once")


def test_a_password_on_standard_input_proves_who_works(typed: Typed) -> None:
    secret = "a long enough sentence\n"
    typed("people", "add", "root", "--role", "administrator", "--password-stdin", given=secret)

    assert "ann: reader" in typed(
        "--as", "root", "--password-stdin", "people", "add", "ann", "--role", "reader", given=secret
    )
    wrong = typed("--as", "root", "--password-stdin", "people", "list", given="wrong\n")
    assert "not known here" in wrong
    assert "root" not in wrong


def test_a_changed_log_is_named_with_its_entry_and_an_exported_one_is_checked_anywhere(
    typed: Typed, tmp_path: Path
) -> None:
    for _ in range(3):
        typed("init")
    seal = typed("audit", "seal").strip()
    typed("audit", "export", "-o", "log.jsonl")
    assert "entries hold" in typed("audit", "verify", "--anchor", seal, "--file", "log.jsonl")
    lines = (tmp_path / "log.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "log.jsonl").write_text("".join(lines[:1] + lines[2:]))

    assert "entry 2 does not hold" in typed("audit", "verify", "--file", "log.jsonl")


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
def test_where_there_is_nothing_the_program_says_so(typed: Typed, words: tuple[str, ...], said: str) -> None:
    typed("init")

    assert said in typed(*words)
