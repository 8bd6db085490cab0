"""How the service fares is told on this machine: alive, ready, numbers."""

import http.client

import pytest

from watchfloor.core.errors import ConfigError
from watchfloor.flow.service import Health
from watchfloor.web.operations import answering


def asked(port: int, path: str, method: str = "GET") -> tuple[int, str, str | None]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request(method, path)
    answer = line.getresponse()
    body = answer.read().decode()
    line.close()
    return answer.status, body, answer.getheader("Content-Type")


def test_each_question_has_its_answer_and_nothing_else_is_told() -> None:
    health = Health(is_alive=True, is_ready=False, because=("it is stopping",))
    with answering("127.0.0.1", 0, lambda: health, lambda: "a 1\n") as port:
        assert asked(port, "/healthz")[:2] == (200, "ok\n")
        assert asked(port, "/readyz?x=1")[:2] == (503, "it is stopping\n")
        assert asked(port, "/metrics") == (200, "a 1\n", "text/plain; version=0.0.4; charset=utf-8")
        assert asked(port, "/metrics", "HEAD")[:2] == (200, "")
        assert asked(port, "/")[0] == 404
        assert asked(port, "/healthz", "POST")[0] == 501
        with (
            pytest.raises(ConfigError, match="cannot be listened at"),
            answering("127.0.0.1", port, lambda: health, str),
        ):
            pass
