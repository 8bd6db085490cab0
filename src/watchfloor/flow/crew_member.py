"""One process of a crew: makes reports of captures until nobody asks any more, and asks back what the store knows."""

import gc
import os
import signal
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from watchfloor import __version__
from watchfloor.clean.host_memory import Memory
from watchfloor.core.errors import ConfigError
from watchfloor.flow import crew_words as words
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.deadline import paused
from watchfloor.flow.made import Asked, Order, make, make_again
from watchfloor.flow.parts import Part, configured, recipe
from watchfloor.store.host_lines import HostLines

_LOOK_AFTER = (20_000, 20, 50)
"""New objects after which rubbish is looked for: a report makes several thousand that end with it. Looking as often as
Python does took 4 ms of 50 (measured)."""


class _HalfACharacter(BaseException):
    """What was to be said holds half a character; not an Exception, so that nobody on the way takes it for theirs."""


def main() -> None:
    """Serve over standard input and output, which are nobody else's.

    To be stopped is for whoever started this, who may want the report in hand: this ends when nobody asks any more.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with os.fdopen(os.dup(0), "rb") as given, answers:
        try:
            serve(given, answers)
        except BrokenPipeError:
            os._exit(1)  # who asked is gone, and with it what was not sent yet


def serve(given: IO[bytes], answers: IO[bytes]) -> None:
    """Do what is asked, one after the other, until the pipe ends."""
    parts: tuple[Part, ...] = ()
    asked = _asking(given, answers)
    while (written := words.receive(given)) is not None:
        order = words.told(written)
        if isinstance(order, words.Setup):
            try:
                parts = configured(Configuration(parts=order.parts, gazetteer=order.gazetteer))
            except ConfigError as error:
                words.send(answers, words.Wrong(str(error)))
                return
            words.send(answers, words.Ready(recipe(parts, __version__)))
            gc.freeze()  # what is loaded by now stays: it need not be looked at again and again
            gc.set_threshold(*_LOOK_AFTER)
            continue
        try:
            made = make(order, parts, asked) if isinstance(order, Order) else make_again(order, parts, asked)
            words.send(answers, made)
        except ConfigError as error:
            words.send(answers, words.Wrong(str(error)))
            return
        except (_HalfACharacter, UnicodeEncodeError):
            words.send(answers, words.Unspeakable())


def _asking(given: IO[bytes], answers: IO[bytes]) -> Asked:
    def say(message: words.Said) -> None:
        try:
            words.send(answers, message)
        except UnicodeEncodeError:
            raise _HalfACharacter from None

    def ask(question: words.HostAsked | words.ReadingsAsked) -> bytes:
        with paused():  # the time that an answer takes is not the report's
            say(question)
            written = words.receive(given)
        if written is None:
            raise BrokenPipeError
        return written

    def host(name: str, address: str, keys: Sequence[bytes]) -> Memory:
        return words.memory(ask(words.HostAsked(name, address, tuple(keys))))

    def readings(version: str, keys: Iterable[str]) -> Mapping[str, bytes]:
        return words.readings(ask(words.ReadingsAsked(version, tuple(keys))))

    def cleaned(lines: HostLines | None) -> None:
        say(words.Cleaned(lines))

    return Asked(host=host, readings=readings, cleaned=cleaned)


if __name__ == "__main__":
    main()
