"""People of this node and of its partners, and how they come in."""

from datetime import datetime

from msgspec import Struct

from watchfloor.core.marking import Level
from watchfloor.core.permission import Role, Verb


class Team(Struct, frozen=True, kw_only=True):
    """People who work together; none of them is cleared higher than the team.

    name: of the team. clearance: the highest TLP level its members see.
    """

    name: str
    clearance: Level


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who may come in.

    name: what they are called here, unique, lower case. full_name: as others know them.
    roles: what they may do (core.permission); none is nothing. clearance: the highest TLP level they may see.
    partner: the partner body they belong to; None for this node's own staff. team: None without one.
    login: name of their account on the operating system, by which the command line knows them.
    subject: whom an identity provider knows them as, its address and its id; None for who comes in otherwise.
    disabled: nothing is open to them any more; they are kept, because the log names them.
    """

    name: str
    roles: frozenset[Role]
    clearance: Level
    added: datetime
    full_name: str | None = None
    partner: str | None = None
    team: str | None = None
    login: str | None = None
    subject: str | None = None
    disabled: bool = False


class Key(Struct, frozen=True, kw_only=True):
    """A secret by which a program acts for a person; only its hash is kept.

    prefix: how it begins, by which it is found and told from others. scopes: of what the person may do, what the key
    may. made, expires, revoked, used: aware, UTC; used is about when it was last used.
    """

    prefix: str
    person: str
    scopes: frozenset[Verb]
    made: datetime
    expires: datetime
    note: str | None = None
    revoked: datetime | None = None
    used: datetime | None = None


class Session(Struct, frozen=True, kw_only=True):
    """Somebody who came in with a password and has not left.

    seen: when the last request came. ends: when it is over whatever they do.
    """

    person: str
    made: datetime
    seen: datetime
    ends: datetime
