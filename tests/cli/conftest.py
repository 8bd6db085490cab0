"""A folder to work in and a way to type commands there, through the real program."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Shell = Callable[..., str]


@pytest.fixture(scope="session")
def shell_in() -> Callable[[Path], Shell]:
    """Return a way to type commands in a folder; each gives what it printed, on an error what it said of it."""

    def work_in(folder: Path) -> Shell:
        def typed(*words: str, given: bytes = b"", code: int = 0) -> str:
            done = subprocess.run(
                [sys.executable, "-c", "from watchfloor.cli.main import run; run()", *words],
                cwd=folder,
                input=given,
                capture_output=True,
                timeout=120,
                check=False,
                env={**os.environ, "WATCHFLOOR_NOW": "2024-11-01T12:00:00Z", "COLUMNS": "120", "NO_COLOR": "1"},
            )
            assert done.returncode == code, done.stderr.decode()
            return (done.stdout if code in (0, 3) else done.stderr).decode()

        return typed

    return work_in
