"""What a process and those of its crew say to each other: typed messages in JSON, each after its length, in two pipes.

Nothing is pickled: whoever parses hostile pages is believed no more than its types allow.
"""

from collections.abc import Callable, Mapping
from struct import Struct as Layout
from typing import IO

import msgspec

from watchfloor.clean.host_memory import Memory
from watchfloor.flow.made import Again, Failed, Made, Order
from watchfloor.store.host_lines import HostLines

_LENGTH = Layout("<I")


class Setup(msgspec.Struct, frozen=True, tag=True):
    """How to annotate: the settings of these names."""

    parts: tuple[str, ...]
    gazetteer: str | None


class Ready(msgspec.Struct, frozen=True, tag=True):
    """Set up; annotates by this recipe."""

    recipe: str


class Wrong(msgspec.Struct, frozen=True, tag=True):
    """The set-up is wrong, in words for a person."""

    message: str


class HostAsked(msgspec.Struct, frozen=True, tag=True):
    """What is known of these lines of a host? Answered by a Memory."""

    host: str
    address: str
    keys: tuple[bytes, ...]


class ReadingsAsked(msgspec.Struct, frozen=True, tag=True):
    """Which readings of a version are kept? Answered by their bodies, by key."""

    version: str
    keys: tuple[str, ...]


class Cleaned(msgspec.Struct, frozen=True, tag=True):
    """The page is cleaned; its lines."""

    lines: HostLines | None


class Unspeakable(msgspec.Struct, frozen=True, tag=True):
    """What was made holds half a character, which no message can."""


Said = Ready | Wrong | HostAsked | ReadingsAsked | Cleaned | Made | Failed | Unspeakable
Told = Setup | Order | Again

_encode = msgspec.json.Encoder().encode
said: Callable[[bytes], Said] = msgspec.json.Decoder(Said).decode
told: Callable[[bytes], Told] = msgspec.json.Decoder(Told).decode
memory: Callable[[bytes], Memory] = msgspec.json.Decoder(Memory).decode
readings: Callable[[bytes], dict[str, bytes]] = msgspec.json.Decoder(dict[str, bytes]).decode


def send(pipe: IO[bytes], message: Said | Told | Memory | Mapping[str, bytes]) -> None:
    """Write a message; raises UnicodeEncodeError, with nothing written, when it holds half a character."""
    written = _encode(message)
    pipe.write(_LENGTH.pack(len(written)))
    pipe.write(written)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Return the next message as it was written, None when there will be none."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    written = pipe.read(size)
    return written if len(written) == size else None
