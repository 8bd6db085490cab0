"""How long whoever failed to come in must wait: nothing at first, then twice as long each time, up to a limit."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from watchfloor.core.errors import AccessDenied
from watchfloor.core.marking import Reader
from watchfloor.store.people import Attempts
from watchfloor.store.store import Store

FREE_OF_ACCOUNT = 5  # failures of one account before anybody waits (assumed: slips of the finger)
FREE_OF_ADDRESS = 20  # failures from one address: a whole office may share one (assumed)
LONGEST = timedelta(minutes=15)  # so that whoever locks somebody out never does for long (assumed)
FADES = timedelta(hours=1)  # after which an address begins anew (assumed)


def wait(failures: int, free: int) -> timedelta:
    """Return how long to wait after the last of so many failures.

    >>> [wait(n, 5).seconds for n in (4, 5, 6, 9, 1000)]
    [0, 1, 2, 16, 900]
    """
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free, 20)), LONGEST)


def enter(store: Store, account: str, address: str | None, now: datetime) -> None:
    """Count an attempt before it is looked at, so that many at once get no more tries than one after the other.

    Raises AccessDenied with the seconds to wait; an attempt that must wait is not counted, else anybody could keep
    somebody out for ever. `left` takes the count back when the attempt was good.
    """
    subjects = _subjects(account, address)

    def count(known: Mapping[str, Attempts]) -> dict[str, Attempts | None]:
        waits = [_left(known.get(subject), free, now) for subject, free in subjects.items()]
        if max(waits) > timedelta(0):
            seconds = -(-max(waits) // timedelta(seconds=1))
            raise AccessDenied(f"too many failed attempts; try again in {seconds} seconds", retry_after=seconds)
        return {subject: Attempts(_failures(subject, known.get(subject), now) + 1, now) for subject in subjects}

    store.people.change_attempts(subjects, count, now)


def left(store: Store, account: str, address: str | None, now: datetime) -> None:
    """Take a counted attempt back: it was good. The account begins anew; of the address only this one is forgotten."""
    subjects = _subjects(account, address)

    def forgive(known: Mapping[str, Attempts]) -> dict[str, Attempts | None]:
        changed: dict[str, Attempts | None] = {}
        for subject in subjects:
            before = known.get(subject)
            stays = subject.startswith("address:") and before is not None and before.failures > 1
            changed[subject] = Attempts(before.failures - 1, before.last) if stays and before else None
        return changed

    store.people.change_attempts(subjects, forgive, now)


def waiting(store: Store, reader: Reader, accounts: Iterable[str], now: datetime) -> dict[str, timedelta]:
    """Return which of these accounts must wait now before they can try again, and how long."""
    subjects = {f"account:{_short(account)}": account for account in accounts}
    found = store.people.attempts(reader, subjects)
    waits = {subjects[subject]: _left(known, FREE_OF_ACCOUNT, now) for subject, known in found.items()}
    return {account: wait_ for account, wait_ in sorted(waits.items()) if wait_ > timedelta(0)}


def _subjects(account: str, address: str | None) -> dict[str, int]:
    """Return who is counted, hashed: somebody may have typed a password where the name goes."""
    subjects = {f"account:{_short(account)}": FREE_OF_ACCOUNT}
    if address is not None:
        subjects[f"address:{_short(address)}"] = FREE_OF_ADDRESS
    return subjects


def _short(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _left(known: Attempts | None, free: int, now: datetime) -> timedelta:
    return timedelta(0) if known is None else known.last + wait(known.failures, free) - now


def _failures(subject: str, known: Attempts | None, now: datetime) -> int:
    if known is None or (subject.startswith("address:") and now - known.last > FADES):
        return 0
    return known.failures
