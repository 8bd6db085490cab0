from threading import Thread

import pytest

from watchfloor.collect.politeness import Politeness
from watchfloor.core.errors import SetAside


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def politeness(clock: Clock) -> Politeness:
    return Politeness(5.0, 120.0, clock.now, clock.sleep)


def test_the_first_request_does_not_wait_and_the_second_does(politeness: Politeness, clock: Clock) -> None:
    begun = []
    for _ in range(3):
        with politeness.turn("news.example"):
            begun.append(clock.at)
            clock.at += 1.0  # the request takes a second

    assert begun == [0.0, 6.0, 12.0]


def test_hosts_do_not_wait_for_each_other(politeness: Politeness, clock: Clock) -> None:
    for host in ("a.example", "b.example", "c.example"):
        with politeness.turn(host):
            pass

    assert clock.at == 0.0


def test_a_host_may_ask_for_a_longer_pause_but_not_for_a_shorter_one(politeness: Politeness, clock: Clock) -> None:
    politeness.slow_down("slow.example", 30.0)
    politeness.slow_down("hasty.example", 0.1)
    for host in ("slow.example", "hasty.example"):
        with politeness.turn(host):
            pass

    assert (politeness.wait("slow.example"), politeness.wait("hasty.example")) == (30.0, 5.0)


def test_a_host_that_wants_to_be_left_alone_is_waited_for(politeness: Politeness, clock: Clock) -> None:
    politeness.hold("news.example", 60.0)
    with politeness.turn("news.example"):
        pass

    assert clock.at == 60.0


def test_a_host_that_wants_to_be_left_alone_for_long_is_not_waited_for(politeness: Politeness, clock: Clock) -> None:
    politeness.hold("news.example", 3_600.0)

    with pytest.raises(SetAside, match="another 3600 s"), politeness.turn("news.example"):
        pass
    assert clock.at == 0.0


def test_a_failed_request_counts_as_one(politeness: Politeness) -> None:
    with pytest.raises(RuntimeError), politeness.turn("news.example"):
        raise RuntimeError

    assert politeness.wait("news.example") == 5.0


def test_two_threads_never_have_the_turn_of_one_host_together(politeness: Politeness) -> None:
    inside, most = [0], [0]

    def visit() -> None:
        for _ in range(50):
            with politeness.turn("news.example"):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1]


def test_hosts_whose_pause_is_over_are_forgotten(clock: Clock) -> None:
    politeness = Politeness(5.0, 120.0, clock.now, clock.sleep)
    for number in range(30_000):
        clock.at += 0.01
        with politeness.turn(f"{number}.example"):
            pass

    assert len(politeness._hosts) <= 10_000
