"""A folder to work in and a way to type commands there, through the real program."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.programs import CLI, Program

Shell = Callable[..., str]


@pytest.fixture(scope="session")
def shell_in() -> Callable[[Path], Shell]:
    """Return a way to type commands in a folder; each gives what it printed, on an error what it said of it."""

    def work_in(folder: Path) -> Shell:
        def typed(*words: str, given: bytes = b"", code: int = 0) -> str:
            environment = {"WATCHFLOOR_NOW": "2024-11-01T12:00:00Z", "COLUMNS": "120", "NO_COLOR": "1"}
            program = Program(CLI, *words, folder=folder, given=given, **environment)
            assert program.ended() == code, program.complained
            return program.said if code in (0, 3) else program.complained

        return typed

    return work_in
