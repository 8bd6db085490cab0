"""The audit log: who saw, changed, released what, in a chain in which every entry vouches for the one before."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

import msgspec
from msgspec import Struct

FIRST = "0" * 64
"""What stands for the hash before the first entry."""


class Note(Struct, frozen=True, kw_only=True):
    """What is to be written down.

    who: name of the person, or of the account on the operating system where no people are registered.
    verb: what they did, a word of core.permission or of signing in. what: the thing, by id or name; never content.
    outcome: "done", "refused", "failed" or "stopped". detail: further facts, such as the reason given.
    """

    at: datetime
    who: str
    verb: str
    what: str
    outcome: str = "done"
    detail: dict[str, str] = {}


class Entry(Struct, frozen=True, kw_only=True):
    """One entry of the log. number counts from 1; hash is over the previous hash and all the rest (see `digest`)."""

    number: int
    note: Note
    previous: str
    hash: str


class Verdict(Struct, frozen=True, kw_only=True):
    """What checking a chain gave.

    entries: how many hold. last: the hash of the last of them: with the number, the anchor of the log up to here.
    broken: number of the first entry that does not hold, None when all do. why: in words.
    """

    entries: int
    last: str
    broken: int | None = None
    why: str | None = None


def digest(number: int, note: Note, previous: str) -> str:
    """Return the hash of an entry: SHA-256 over canonical JSON (keys sorted, no blanks, UTF-8) of [n, note, previous].

    The previous hash is in it, so no entry can be changed, left out or moved without changing all that come after.
    """
    return sha256(msgspec.json.encode([number, note, previous], order="sorted")).hexdigest()


def linked(previous: Entry | None, note: Note) -> Entry:
    """Return the entry that comes after another one, or the first."""
    number, before = (previous.number + 1, previous.hash) if previous else (1, FIRST)
    return Entry(number=number, note=note, previous=before, hash=digest(number, note, before))


def checked(entries: Iterable[Entry], anchor: tuple[int, str] | None = None) -> Verdict:
    """Return whether the chain holds, told in order; else which entry is the first that does not.

    anchor: number and hash of an entry as somebody wrote them down earlier: the log must still hold it.
    """
    number, last = 0, FIRST
    for entry in entries:
        if entry.number != number + 1:
            why = f"found number {entry.number}, expected {number + 1}: entries are missing or were moved"
            return Verdict(entries=number, last=last, broken=number + 1, why=why)
        if entry.previous != last or digest(entry.number, entry.note, entry.previous) != entry.hash:
            return Verdict(entries=number, last=last, broken=entry.number, why="it was changed after it was written")
        number, last = entry.number, entry.hash
        if anchor is not None and number == anchor[0] and last != anchor[1]:
            return Verdict(entries=number - 1, last=entry.previous, broken=number, why="it is not the entry anchored")
    if anchor is not None and number < anchor[0]:
        why = f"the log ends with entry {number}, the anchor says {anchor[0]}: entries were cut off at its end"
        return Verdict(entries=number, last=last, broken=number + 1, why=why)
    return Verdict(entries=number, last=last)
