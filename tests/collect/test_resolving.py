import socket
from threading import Event
from time import monotonic

import pytest

from watchfloor.collect.resolving import resolve


def test_every_address_of_a_name_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [
        (2, 1, 6, "", ("9.9.9.9", 80)),
        (2, 2, 17, "", ("9.9.9.9", 80)),
        (10, 1, 6, "", ("2620:fe::9", 80, 0, 0)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *name, **more: answers)

    assert resolve("news.example", 80, 1.0) == ("9.9.9.9", "2620:fe::9")


def test_an_address_is_its_own_answer() -> None:
    assert resolve("127.0.0.1", 80, 5.0) == ("127.0.0.1",)


def test_a_name_that_cannot_be_one_has_no_address() -> None:
    with pytest.raises(OSError, match="label"):
        resolve("a" * 70 + ".example", 80, 5.0)


def test_a_system_that_does_not_answer_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    over = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *name, **more: over.wait(10) and [])
    begun = monotonic()

    with pytest.raises(TimeoutError):
        resolve("news.example", 80, 0.05)

    assert monotonic() - begun < 2
    over.set()
