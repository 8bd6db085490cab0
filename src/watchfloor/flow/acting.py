"""Who is at the command line, what they are about to do, and the entry in the log that says so."""

import getpass
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from msgspec import Struct, structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ReleaseDenied
from watchfloor.core.marking import Level, Reader
from watchfloor.core.permission import IN_PERSON, Verb, allowed
from watchfloor.flow import clock
from watchfloor.flow.admission import DOOR, Admitted, admitted, alone, authenticate, by_password, cleared
from watchfloor.store.store import Store

PERSON = "WATCHFLOOR_PERSON"
"""Environment variable: who is working, when it is not who the operating system says."""

KEY = "WATCHFLOOR_KEY"
"""Environment variable: a key to work with, as programs do."""


class Presented(Struct, frozen=True, kw_only=True):
    """What whoever is at the command line says of themselves."""

    name: str | None = None
    password: str | None = None


class Command(Struct, frozen=True, kw_only=True):
    """What is about to be done. words: the command's name. given: its arguments, for the log.

    notes_itself: what it does writes better entries of its own. serves: it begins the service, which is nobody: it
    shows nothing to whoever began it, and asks everybody who comes who they are.
    """

    verb: Verb
    words: str
    given: Mapping[str, str] = {}
    notes_itself: bool = False
    serves: bool = False


PRESENTED: ContextVar[Presented] = ContextVar("PRESENTED", default=Presented())  # noqa: B039 - it is frozen
SERVICE = "service"
"""What the log calls the service where the account that began it is nobody's."""

COMMAND: ContextVar[Command | None] = ContextVar("COMMAND", default=None)


def acting(store: Store, clearance: Level, now: datetime, *, key: str | None = None) -> Admitted:
    """Return who is at the command line, or in a notebook, cleared no higher than this machine is. key: given by hand.

    A key, a password, or the account on the operating system says who; a name alone does for what needs no proof.
    Where no people are registered, whoever holds the file does everything that does not take two.
    The service may be begun by an account that is nobody's: that is the machine's own.
    Raises AccessDenied for nobody known.
    """
    said = PRESENTED.get()
    name = (said.name or os.environ.get(PERSON) or "").strip().lower()
    if key is None and not any(person.partner is None for person in store.people.people(DOOR)):
        return alone(name or _login(), clearance, now)
    given = os.environ.get(KEY)
    if key is None and not name and not given and _is_begun_by_nobody(store):
        return _service(clearance, now)
    who = authenticate(store, key, now) if key is not None else _known(store, name, said.password, given, now)
    return cleared(who, clearance)


def _is_begun_by_nobody(store: Store) -> bool:
    command = COMMAND.get()
    return command is not None and command.serves and store.people.person_of_login(DOOR, _login()) is None


def _service(clearance: Level, now: datetime) -> Admitted:
    reader = Reader(name=SERVICE, partner=None, clearance=clearance, at=now)
    return Admitted(name=SERVICE, person=None, reader=reader, may=frozenset({"audit"}), how="service")


def _known(store: Store, name: str, password: str | None, key: str | None, now: datetime) -> Admitted:
    login = _login()
    if key and not name:
        return authenticate(store, key, now)
    if not name:
        person = store.people.person_of_login(DOOR, login)
        if person is None or person.disabled:
            raise AccessDenied(
                f"people are registered here, and the account {login!r} is none of theirs; say who you are: "
                "watchfloor --as NAME --password-stdin ..., or set WATCHFLOOR_KEY"
            )
        return admitted(store, person, now, how="login")
    if password is not None:
        return by_password(store, name, password, now)
    person = store.people.person(DOOR, name)
    if person is None or person.disabled:
        raise AccessDenied(f"{name!r} is nobody who may come in here; see: watchfloor people list")
    if person.login == login:
        return admitted(store, person, now, how="login")
    who = admitted(store, person, now, how="named")
    return structs.replace(who, may=who.may - IN_PERSON)


@contextmanager
def noted(store: Store, by: Admitted) -> Iterator[None]:
    """Refuse the command that is about to run if it may not be done, and write down what became of it.

    What is only read is written down once people are registered: before, there is nobody to tell apart.
    """
    command = COMMAND.get()
    if command is None:
        yield
        return
    try:
        if by.how == "named" and command.verb in IN_PERSON & _by_role(by):
            raise AccessDenied(
                f"this takes proof that you are {by.name}: add --password-stdin, or work from your own account",
                known=True,
            )
        by.require(command.verb)
    except AccessDenied:
        _keep(store, by, command, "refused")
        raise
    try:
        yield
    except BaseException as error:
        if command.verb != "see" or by.person is not None:
            _keep(store, by, command, _outcome(error))
        raise
    if not command.notes_itself and (command.verb != "see" or by.person is not None):
        _keep(store, by, command, "done")


def _keep(store: Store, by: Admitted, command: Command, outcome: str) -> None:
    detail = {**command.given, "as": by.how}
    if by.how in ("named", "service"):
        detail["account"] = _login()
    store.audit.keep_note(
        Note(at=clock.now(), who=by.name, verb=command.verb, what=command.words, outcome=outcome, detail=detail)
    )


def _by_role(by: Admitted) -> frozenset[Verb]:
    return frozenset() if by.person is None else allowed(by.person.roles, partner=by.person.partner)


def _outcome(error: BaseException) -> str:
    if isinstance(error, AccessDenied | ReleaseDenied):
        return "refused"
    if getattr(error, "exit_code", None) in (0, 3):  # an early but good end of a command
        return "done"
    return "failed" if isinstance(error, Exception) else "stopped"


def _login() -> str:
    """Return the account on the operating system."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a process without an account, as in some containers
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"
