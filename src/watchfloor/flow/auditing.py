"""The audit log for the faces: read it, check it, take it along."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from watchfloor.core.audit import Entry, Verdict, checked
from watchfloor.core.errors import ConfigError
from watchfloor.flow.admission import Admitted
from watchfloor.store.store import Store


def entries(
    store: Store,
    by: Admitted,
    *,
    after: int = 0,
    most: int | None = None,
    who: str | None = None,
    verb: str | None = None,
) -> tuple[Entry, ...]:
    """Return entries of the log by number: of a person, of one kind of deed, after a number."""
    by.require("audit")
    return tuple(store.audit.entries(by.reader, after=after, most=most, who=who, verb=verb))


def latest(
    store: Store,
    by: Admitted,
    *,
    before: int | None = None,
    most: int = 100,
    who: str | None = None,
    verb: str | None = None,
    outcome: str | None = None,
) -> tuple[Entry, ...]:
    """Return the last entries, the newest first: of a person, of one kind of deed, with an outcome, before a number."""
    by.require("audit")
    return store.audit.latest(by.reader, before=before, most=most, who=who, verb=verb, outcome=outcome)


def exported(store: Store, by: Admitted) -> Iterator[bytes]:
    """Return the whole log as lines of JSON, which `of_file` checks anywhere."""
    by.require("audit")
    return (msgspec.json.encode(entry) + b"\n" for entry in store.audit.entries(by.reader))


def sealed(store: Store, by: Admitted) -> str:
    """Return number and hash of the last entry, to be kept elsewhere: the anchor."""
    by.require("audit")
    number, last = store.audit.last(by.reader)
    return f"{number}:{last}"


def verified(store: Store, by: Admitted, anchor: str | None = None) -> Verdict:
    """Return whether the log holds; anchor: what `sealed` gave earlier. Raises ConfigError when that is none."""
    by.require("audit")
    return store.audit.verify(by.reader, None if anchor is None else anchored(anchor))


def of_file(file: Path, anchor: str | None = None) -> Verdict:
    """Return whether an exported log holds; raises ConfigError when the file is none."""
    known = None if anchor is None else anchored(anchor)
    try:
        with file.open("rb") as lines:
            return checked((msgspec.json.decode(line, type=Entry) for line in lines if line.strip()), known)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}; name a file that `audit export` wrote") from None
    except msgspec.DecodeError as error:
        raise ConfigError(
            f"{file} holds a line that is no entry ({error}); name a file that `audit export` wrote"
        ) from None


def anchored(text: str) -> tuple[int, str]:
    """Return number and hash of an anchor as somebody typed it."""
    number, _, last = text.strip().partition(":")
    if not (number.isascii() and number.isdigit()) or len(last) != 64:
        raise ConfigError(f"{text[:80]!r} is no anchor; expected NUMBER:HASH as the seal was shown")
    return int(number), last


def told(verdict: Verdict) -> str:
    """Return a verdict in words."""
    if verdict.broken is None:
        return f"{verdict.entries} entries hold; the last is {verdict.entries}:{verdict.last}"
    return f"entry {verdict.broken} does not hold: {verdict.why}; the {verdict.entries} before it do"
