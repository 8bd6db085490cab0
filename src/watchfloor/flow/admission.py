"""Who comes in, and as whom: passwords, sessions, keys. Everything is handed the time."""

import base64
import binascii
import hmac
import secrets
from datetime import datetime, timedelta

from msgspec import Struct, structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.core.marking import LEVELS, Level, Reader
from watchfloor.core.partner import standing
from watchfloor.core.permission import VERBS, Verb, allowed
from watchfloor.core.person import Key, Person, Session
from watchfloor.flow import lockout, passwords
from watchfloor.flow.tokens import hashed
from watchfloor.store.store import Store

IDLE = timedelta(minutes=30)  # without a request a session ends (OWASP: 15 to 30 minutes)
LONGEST = timedelta(hours=12)  # a session ends whatever happens (NIST SP 800-63B: 12 hours)
SEEN_EVERY = timedelta(minutes=1)  # how exactly it is kept when a session or a key was last used
KEY_LASTS = timedelta(days=90)  # unless said otherwise
KEY_LASTS_AT_MOST = timedelta(days=366)
KEY = "wf"  # how a key begins, so that scanners for secrets can find one
_UNKNOWN = "not known here: name, password or key is wrong, has ended, or is disabled"

SOMEBODY = "somebody"  # who is in the log when no such person is known: what was typed may have been a password

DOOR = Reader(name="signing in", partner=None, clearance="CLEAR")
"""Who asks while nobody is known yet: reads people and keys, which carry no marking, and nothing else."""


class Admitted(Struct, frozen=True, kw_only=True):
    """Somebody who is known. reader: with whom the store is asked. may: what they may do, by role and key.

    how: "password", "key", "session", "login" (the operating system vouches), "named" (nobody vouches), "alone" (no
    people are registered here) or "service" (it is the service of this machine). person: None only for the last two.
    """

    name: str
    person: Person | None
    reader: Reader
    may: frozenset[Verb]
    how: str

    def require(self, verb: Verb) -> None:
        """Raise AccessDenied unless this may be done."""
        if verb not in self.may:
            roles = ", ".join(sorted(self.person.roles)) if self.person and self.person.roles else "no role"
            raise AccessDenied(f"{self.name} ({roles}) may not do this: it takes the right {verb!r}", known=True)


def cleared(who: Admitted, most: Level) -> Admitted:
    """Return somebody cleared no higher than this node is."""
    level = min(who.reader.clearance, most, key=LEVELS.index)
    return structs.replace(who, reader=structs.replace(who.reader, clearance=level))


def authenticate(
    store: Store, presented: str, now: datetime, *, address: str | None = None, verb: Verb | None = None
) -> Admitted:
    """Return who presents a header "Bearer KEY", "Basic NAME:PASSWORD" (base64; a key may stand for the password), or a
    bare key or session token.

    address: where the request comes from, for its rate. verb: what is to be done, checked here when given.
    Raises AccessDenied: `known` False is 401 (429 with retry_after), True is 403.
    """
    scheme, _, rest = presented.strip().partition(" ")
    if scheme.lower() == "basic":
        name, password = _basic(rest)
        admitted = (
            _by_key(store, password, now, address, name)
            if password.startswith(f"{KEY}_")
            else by_password(store, name, password, now, address=address)
        )
    else:
        token = rest.strip() if scheme.lower() == "bearer" else presented.strip()
        by_token = _by_key if token.startswith(f"{KEY}_") else by_session
        admitted = by_token(store, token, now, address)
    if verb is not None:
        admitted.require(verb)
    return admitted


def by_password(store: Store, name: str, password: str, now: datetime, *, address: str | None = None) -> Admitted:
    """Return the person of this name and password; raise AccessDenied after the same time for any other."""
    account = name.strip().lower()
    lockout.enter(store, account, address, now)
    kept = store.people.password(DOOR, account)
    person = store.people.person(DOOR, account)
    right = passwords.is_right(password, kept)
    if not right or person is None or person.disabled:
        _note_refusal(store, account if person else SOMEBODY, "password", address, now)
        raise AccessDenied(_UNKNOWN)
    lockout.left(store, account, address, now)
    if kept is not None and passwords.is_outdated(kept):
        store.people.keep_password(account, passwords.encoded(password))
    return admitted(store, person, now, how="password")


def sign_in(
    store: Store, name: str, password: str, now: datetime, *, address: str | None = None
) -> tuple[str, Admitted]:
    """Return a new session's token, to be given back with each request, and who came in."""
    return open_session(store, by_password(store, name, password, now, address=address), now, address=address)


def open_session(store: Store, who: Admitted, now: datetime, *, address: str | None = None) -> tuple[str, Admitted]:
    """Return the token of a new session of somebody who was let in, and who they are in it."""
    token = secrets.token_urlsafe(32)
    session = Session(person=who.name, made=now, seen=now, ends=now + LONGEST)
    detail = {"address": address} if address else {}
    store.people.keep_session(
        hashed(token), session, Note(at=now, who=who.name, verb="sign in", what=who.name, detail=detail)
    )
    return token, structs.replace(who, how="session")


def by_session(store: Store, token: str, now: datetime, address: str | None = None) -> Admitted:
    """Return whose session the token is; raise AccessDenied when it is over or nobody's."""
    digest = hashed(token)
    session = store.people.session(DOOR, digest)
    if session is None or now >= session.ends or now >= session.seen + IDLE:
        raise AccessDenied(_UNKNOWN)
    person = store.people.person(DOOR, session.person)
    if person is None or person.disabled:
        raise AccessDenied(_UNKNOWN)
    if now >= session.seen + SEEN_EVERY:
        store.people.keep_seen(digest, structs.replace(session, seen=now))
    return admitted(store, person, now, how="session")


def sign_out(store: Store, token: str, now: datetime) -> None:
    """End a session; one that is over already is no error."""
    digest = hashed(token)
    session = store.people.session(DOOR, digest)
    if session is not None:
        store.people.end_session(digest, Note(at=now, who=session.person, verb="sign out", what=session.person))


def make_key(
    store: Store,
    by: Admitted,
    person: str,
    scopes: frozenset[Verb],
    now: datetime,
    *,
    lasts: timedelta = KEY_LASTS,
    note: str | None = None,
) -> tuple[str, Key]:
    """Return a new key for a person, which is shown this once, and what is kept of it.

    Scopes are of what the person may do now; the key never does more than the person may later. Raises ConfigError.
    """
    by.require("keys" if person == by.name else "people")
    owner = store.people.person(DOOR, person)
    if owner is None or owner.disabled:
        raise ConfigError(f"there is nobody called {person!r} who may come in; see: watchfloor people list")
    most = allowed(owner.roles, partner=owner.partner)
    if person == by.name:
        most &= by.may  # a key makes no key that does more than itself
    beyond = scopes - most
    if beyond or not scopes:
        may = ", ".join(sorted(most)) or "nothing"
        found = ", ".join(sorted(beyond)) or "no scope"
        raise ConfigError(f"found {found}, expected some of what {person} may do: {may}")
    if not timedelta(0) < lasts <= KEY_LASTS_AT_MOST:
        raise ConfigError(f"a key lasts from 1 to {KEY_LASTS_AT_MOST.days} days; found {lasts.days}")
    prefix = secrets.token_hex(6)
    secret = f"{KEY}_{prefix}_{secrets.token_urlsafe(32)}"
    key = Key(prefix=prefix, person=person, scopes=scopes, made=now, expires=now + lasts, note=note)
    detail = {"person": person, "scopes": ", ".join(sorted(scopes)), "expires": key.expires.date().isoformat()}
    store.people.keep_key(key, hashed(secret), Note(at=now, who=by.name, verb="keys", what=prefix, detail=detail))
    return secret, key


def keys_of(store: Store, by: Admitted, *, everybody: bool = False) -> tuple[Key, ...]:
    """Return the keys of whoever asks, or everybody's."""
    by.require("people" if everybody else "keys")
    return store.people.keys(DOOR, None if everybody else by.name)


def key_state(key: Key, now: datetime) -> str:
    """Return in words whether a key works."""
    return "revoked" if key.revoked else "expired" if now >= key.expires else f"until {key.expires:%Y-%m-%d}"


def revoke_key(store: Store, by: Admitted, prefix: str, now: datetime) -> Key:
    """End a key for good; return it. Raises ConfigError when there is none, AccessDenied for another's."""
    found = store.people.key(DOOR, prefix.removeprefix(f"{KEY}_"))
    if found is None:
        raise ConfigError(f"there is no key that begins with {prefix!r}; see: watchfloor keys list")
    key, _ = found
    by.require("keys" if key.person == by.name else "people")
    ended = key if key.revoked else structs.replace(key, revoked=now)
    detail = {"person": key.person, "change": "revoked"}
    store.people.change_key(ended, Note(at=now, who=by.name, verb="keys", what=key.prefix, detail=detail))
    return ended


def admitted(
    store: Store, person: Person, now: datetime, *, how: str, scopes: frozenset[Verb] | None = None
) -> Admitted:
    """Return what a known person may do and see: by role, key, team, and for a partner's person by its agreement.

    Raises AccessDenied when the partner is not approved, is suspended, or its agreement has ended.
    """
    clearance = person.clearance
    groups: frozenset[str] = frozenset()
    if person.team is not None:
        clearance = _lowest(
            clearance, [team.clearance for team in store.people.teams(DOOR) if team.name == person.team]
        )
    if person.partner is not None:
        partner = store.partners.partner(DOOR, person.partner)
        if partner is None or standing(partner, now) != "approved":
            raise AccessDenied(_UNKNOWN)
        clearance = _lowest(clearance, [partner.clearance])
        groups = frozenset(group.name for group in store.partners.groups(DOOR) if person.partner in group.members)
    reader = Reader(name=person.name, partner=person.partner, clearance=clearance, at=now, groups=groups)
    may = allowed(person.roles, partner=person.partner)
    return Admitted(
        name=person.name, person=person, reader=reader, may=may if scopes is None else may & scopes, how=how
    )


def alone(name: str, clearance: Level, now: datetime) -> Admitted:
    """Return whoever works on a database in which no people are registered: all is theirs but what takes two."""
    reader = Reader(name=name, partner=None, clearance=clearance, at=now)
    return Admitted(name=name, person=None, reader=reader, may=frozenset(VERBS), how="alone")


def _by_key(store: Store, secret: str, now: datetime, address: str | None = None, name: str | None = None) -> Admitted:
    parts = secret.split("_", 2)
    prefix = parts[1] if len(parts) == 3 else ""  # the name of keys, prefix, secret
    found = store.people.key(DOOR, prefix)
    subject = f"key {prefix}" if found else f"{SOMEBODY} with a key"
    right = found is not None and hmac.compare_digest(found[1], hashed(secret))
    if found is None or not right:
        lockout.enter(store, subject, address, now)
        _note_refusal(store, subject, "key", address, now)
        raise AccessDenied(_UNKNOWN)
    key, _ = found
    person = store.people.person(DOOR, key.person)
    is_theirs = name is None or name.strip().lower() == key.person
    if key.revoked or now >= key.expires or person is None or person.disabled or not is_theirs:
        raise AccessDenied(_UNKNOWN)
    if key.used is None or now >= key.used + SEEN_EVERY:
        store.people.change_key(structs.replace(key, used=now))
    return admitted(store, person, now, how="key", scopes=key.scopes)


def _basic(encoded: str) -> tuple[str, str]:
    try:
        name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise AccessDenied(_UNKNOWN) from None
    if not colon:
        raise AccessDenied(_UNKNOWN)
    return name, password


def _note_refusal(store: Store, who: str, by: str, address: str | None, now: datetime) -> None:
    detail = {"by": by, **({"address": address} if address else {})}
    store.audit.keep_note(Note(at=now, who=who, verb="sign in", what=who, outcome="refused", detail=detail))


def _lowest(clearance: Level, others: list[Level]) -> Level:
    return min([clearance, *others], key=LEVELS.index)
