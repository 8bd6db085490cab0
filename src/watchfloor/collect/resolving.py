"""The addresses of a host name, from the system, within a time."""

import socket
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread

Resolve = Callable[[str, int, float], Sequence[str]]
"""Return every address of (host, port) within so many seconds; raise OSError when there is none."""


def resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """Return every address that the system knows for a host, in its order, without doubles.

    Raise OSError when it knows none, TimeoutError when it takes too long. The system's call cannot be broken off, so
    it runs in a thread of its own, which is left behind when time is up.
    """
    answers: SimpleQueue[tuple[str, ...] | OSError] = SimpleQueue()
    Thread(target=_ask, args=(host, port, answers), name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.001, seconds))
    except Empty:
        raise TimeoutError(f"no answer on the name within {seconds:.0f} s") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _ask(host: str, port: int, answers: "SimpleQueue[tuple[str, ...] | OSError]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        answers.put(error)
    except UnicodeError as error:  # what Python raises for labels that are too long or empty
        answers.put(OSError(str(error)))
    else:
        answers.put(tuple(dict.fromkeys(str(each[4][0]) for each in found)))
