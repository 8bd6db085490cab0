"""Adding people, giving roles, ending access: an administrator's work, and the first person's."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.core.marking import Level
from watchfloor.core.permission import AT_A_PARTNER, ROLES, Role
from watchfloor.core.person import Person, Team
from watchfloor.flow import lockout, passwords
from watchfloor.flow.admission import DOOR, Admitted
from watchfloor.store.store import Store


def add(store: Store, by: Admitted, person: Person, now: datetime, password: str | None = None) -> Person:
    """Add a person; the first of this node must be an administrator, who can add the others.

    Raises AccessDenied, and ConfigError for a name that is taken or none, an unknown partner or team, a bad password.
    """
    by.require("people")
    name = person.name
    if not name or name != name.strip().lower() or not name.isprintable() or any(mark in name for mark in " :"):
        raise ConfigError(f"{name!r} is no name to sign in with; expected lower case, without blanks and colons")
    encoded = None if password is None else passwords.encoded(password)
    _check_place(store, person)
    if not _administrators(store) and not (person.partner is None and "administrator" in person.roles):
        raise ConfigError("the first person must be an administrator of this node: --role administrator")
    detail = {"change": "added", **_told(person)}
    if not store.people.keep_person(person, Note(at=now, who=by.name, verb="people", what=name, detail=detail)):
        raise ConfigError(f"there is a {name!r} already; names are not given twice, because the log names them")
    if encoded is not None:
        store.people.keep_password(name, encoded, _note(by, name, now, "password given"))
    return person


def listed(store: Store, by: Admitted) -> tuple[tuple[Person, ...], tuple[Team, ...]]:
    """Return the people and the teams."""
    by.require("people")
    return store.people.people(by.reader), store.people.teams(by.reader)


def give_roles(store: Store, by: Admitted, name: str, roles: Iterable[Role], now: datetime) -> Person:
    """Make the roles of a person exactly these; nobody changes their own."""
    given = frozenset(roles)
    if by.name == name:
        raise AccessDenied("nobody changes their own roles; another administrator must", known=True)

    def change(person: Person) -> Person:
        changed = structs.replace(person, roles=given)
        _check_place(store, changed)
        return changed

    return _changed(store, by, name, change, now, "roles", roles=", ".join(sorted(given)) or "none")


def give_clearance(store: Store, by: Admitted, name: str, clearance: Level, now: datetime) -> Person:
    """Change how high a person is cleared."""
    return _changed(
        store, by, name, lambda one: structs.replace(one, clearance=clearance), now, "clearance", clearance=clearance
    )


def disable(store: Store, by: Admitted, name: str, reason: str, now: datetime) -> Person:
    """Let a person in no more, from now on; sessions end, keys stop working. They stay in the log and the list."""
    if not reason.strip():
        raise ConfigError("found no reason; say why, it is kept in the log: --reason ...")
    return _changed(
        store, by, name, lambda one: structs.replace(one, disabled=True), now, "disabled", reason=reason.strip()
    )


def enable(store: Store, by: Admitted, name: str, now: datetime) -> Person:
    """Let a disabled person in again."""
    return _changed(store, by, name, lambda one: structs.replace(one, disabled=False), now, "enabled")


def let_try(store: Store, by: Admitted, name: str, now: datetime) -> None:
    """Let a person who must wait after failed attempts try again at once."""
    by.require("people")
    if store.people.person(DOOR, name) is None:
        raise ConfigError(f"there is nobody called {name!r}; see: watchfloor people list")
    lockout.left(store, name, None, now)
    store.audit.keep_note(_note(by, name, now, "lock-out ended"))


def set_password(store: Store, by: Admitted, name: str, password: str, now: datetime) -> None:
    """Give a person a new password: an administrator anybody, everybody themselves, but not by a key. Sessions end."""
    if by.name != name or by.how in ("named", "key"):
        by.require("people")
    if store.people.person(DOOR, name) is None:
        raise ConfigError(f"there is nobody called {name!r}; see: watchfloor people list")
    store.people.keep_password(name, passwords.encoded(password), _note(by, name, now, "password changed"))


def form_team(store: Store, by: Admitted, team: Team, now: datetime) -> Team:
    """Make a team, or change how high its members are cleared at most."""
    by.require("people")
    if not team.name or team.name != team.name.strip() or not team.name.isprintable():
        raise ConfigError(f"{team.name!r} is no team's name; give it without blanks around it")
    note = Note(at=now, who=by.name, verb="people", what=team.name, detail={"team": "set", "clearance": team.clearance})
    store.people.keep_team(team, note)
    return team


def _changed(
    store: Store, by: Admitted, name: str, change: Callable[[Person], Person], now: datetime, what: str, **said: str
) -> Person:
    by.require("people")

    def checked(person: Person) -> Person:
        changed = change(person)
        if _administrators(store) == {name} and (changed.disabled or "administrator" not in changed.roles):
            raise ConfigError(f"{name} is the last administrator; make another one first")
        return changed

    note = Note(at=now, who=by.name, verb="people", what=name, detail={"change": what, **said})
    found = store.people.change_person(DOOR, name, checked, note)
    if found is None:
        raise ConfigError(f"there is nobody called {name!r}; see: watchfloor people list")
    return found


def _administrators(store: Store) -> set[str]:
    return {
        one.name
        for one in store.people.people(DOOR)
        if one.partner is None and not one.disabled and "administrator" in one.roles
    }


def _check_place(store: Store, person: Person) -> None:
    if person.team is not None and person.team not in {team.name for team in store.people.teams(DOOR)}:
        raise ConfigError(f"there is no team {person.team!r}; begin with: watchfloor people team")
    if person.partner is None:
        return
    if store.partners.partner(DOOR, person.partner) is None:
        raise ConfigError(f"there is no partner {person.partner!r}; begin with: watchfloor partners propose")
    beyond = sorted(person.roles - AT_A_PARTNER.keys())
    if beyond:
        may = ", ".join(role for role in ROLES if role in AT_A_PARTNER)
        raise ConfigError(f"found {', '.join(beyond)} for a partner's person, expected some of: {may}")


def _note(by: Admitted, name: str, now: datetime, change: str) -> Note:
    return Note(at=now, who=by.name, verb="people", what=name, detail={"change": change})


def _told(person: Person) -> dict[str, str]:
    told = {"roles": ", ".join(sorted(person.roles)) or "none", "clearance": person.clearance}
    return {**told, **({"partner": person.partner} if person.partner else {})}
