"""The sample situation, added once for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import watchfloor as wf
from watchfloor.core.marking import Marking
from watchfloor.flow.sample import reports
from watchfloor.flow.situation import situation
from watchfloor.notebook.view import View


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `watchfloor demo` has run."""
    made = tmp_path_factory.mktemp("notebook")
    (made / "demo").mkdir()
    with situation(made / "demo" / "situation.db", create=True) as opened:
        opened.add([str(reports())], marking=Marking(level="CLEAR", releasable_to=frozenset({"partner-a"})))
    return made


@pytest.fixture(scope="session")
def pic(folder: Path) -> Iterator[View]:
    with wf.open(folder / "demo" / "situation.db") as opened:
        yield opened
