"""The server is killed while it takes objects in: what it acknowledged is there. bench/partners.py does it 20 times."""

from pathlib import Path

import pytest
from tests.web.killed_server import killed_while_writing


@pytest.mark.parametrize(("number", "after"), [(0, 9), (1, 23)])
def test_a_killed_server_has_lost_nothing_that_it_acknowledged(tmp_path: Path, number: int, after: int) -> None:
    found = killed_while_writing(str(tmp_path / "a.db"), number, after)

    assert found.acknowledged >= after
    assert (found.lost, found.halved, found.findings) == (0, 0, 0)
