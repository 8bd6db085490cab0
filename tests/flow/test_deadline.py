import contextlib
import signal
import threading
import time

import pytest

from watchfloor.core.errors import SetAside
from watchfloor.flow.deadline import deadline, paused


def turn_for_ever() -> None:
    while True:
        pass


def test_what_takes_too_long_is_set_aside() -> None:
    with pytest.raises(SetAside, match="too-slow"), deadline(0.05):
        turn_for_ever()


def test_a_library_that_swallows_every_exception_does_not_swallow_the_deadline() -> None:
    def swallowing() -> None:
        while True:
            with contextlib.suppress(Exception):
                turn_for_ever()

    with pytest.raises(SetAside, match="too-slow"), deadline(0.05):
        swallowing()


def test_a_machine_that_gives_us_no_processor_makes_nothing_late() -> None:
    with deadline(0.02):
        waited = threading.Event().wait(0.08)
    assert not waited


def test_what_uses_no_processor_and_does_not_return_is_late_by_the_clock() -> None:
    with pytest.raises(SetAside, match="too-slow"), deadline(0.005):
        threading.Event().wait(30)


def test_what_is_in_time_goes_through_and_leaves_no_timer() -> None:
    with deadline(0.05):
        pass
    until = time.monotonic() + 0.1
    while time.monotonic() < until:
        pass


def test_time_that_is_spent_waiting_for_others_does_not_count() -> None:
    with deadline(100):
        with paused():
            assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 100
