"""watchfloor serve as people start it: it says where, answers there, and stops."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from watchfloor.cli.serving import serving
from watchfloor.core.errors import ConfigError
from watchfloor.store.connection import open_store

RUN = "from watchfloor.cli.main import run; run()"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    open_store(path, create=True).close()
    return path


def test_serve_says_where_and_the_browser_that_opens_it_is_in(empty: Path) -> None:
    command = [sys.executable, "-c", RUN, "--db", str(empty), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        line = program.stderr.readline()
        found = re.search(r"Open (http://127\.0\.0\.1:\d+/\?t=\S+) in", line)
        assert found is not None, line
        with httpx2.Client(follow_redirects=True, trust_env=False) as browser:
            page = browser.get(found[1])
            again = httpx2.get(found[1], follow_redirects=True, trust_env=False)
        assert page.status_code == 200
        assert "No reports yet." in page.text
        assert "the browser that the terminal opened" in again.text
        program.send_signal(signal.SIGINT)
        program.wait(timeout=30)


def test_where_nobody_is_registered_only_this_machine_is_served(empty: Path) -> None:
    with pytest.raises(ConfigError, match="watchfloor people add"):
        serving(empty, host="0.0.0.0", port=0)


def test_a_port_that_is_taken_is_told(empty: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match="name another --port"):
        serving(empty, port=taken.getsockname()[1])
