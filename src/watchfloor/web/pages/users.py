"""Users: people, teams, roles, who is locked out; and everybody's own keys and password."""

from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import LEVELS
from watchfloor.core.permission import AT_A_PARTNER, HERE, ROLES, VERBS, allowed
from watchfloor.core.person import Person, Team
from watchfloor.flow import lockout, people
from watchfloor.flow.admission import KEY_LASTS_AT_MOST, key_state, keys_of, make_key, revoke_key
from watchfloor.web.answering import onward, there
from watchfloor.web.form import Form
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.rendering import page
from watchfloor.web.visit import Visit

LONGEST_PASSWORD = 1_024
ACTIONS = ("roles", "clearance", "disable", "enable", "try", "password")


@get("/users", sync_to_thread=True)
def users(visit: Visiting) -> Response[bytes]:
    """Show the people and teams."""
    found, teams = people.listed(visit.node.store, visit.admitted)
    now = visit.node.now()
    return page(
        visit,
        "users.html",
        title=visit.words.gettext("Users"),
        data={"people": found, "teams": teams},
        people=found,
        teams=teams,
        waits=lockout.waiting(visit.node.store, visit.reader, [one.name for one in found], now),
        roles=ROLES,
        rights=HERE,
        partner_rights=AT_A_PARTNER,
        levels=LEVELS,
        partners=[one.name for one in visit.node.store.partners.partners(visit.reader)],
    )


@post("/users", sync_to_thread=True)
def add(visit: Visiting, form: Sent) -> Response[Any]:
    """Add a person."""
    form.only("name", "full_name", "role", "clearance", "partner", "team", "password")
    level = form.one_of("clearance", LEVELS)
    if level is None:
        raise ConfigError("a person needs a clearance: the highest level they may see")
    person = Person(
        name=form.text("name", 100).lower(),
        roles=frozenset(_roles(form)),
        clearance=level,  # type: ignore[arg-type]  # one of LEVELS
        added=visit.node.now(),
        full_name=form.text("full_name", 200) or None,
        partner=form.text("partner", 200) or None,
        team=form.text("team", 100) or None,
    )
    people.add(visit.node.store, visit.admitted, person, visit.node.now(), _password(form))
    return onward(visit, visit.to(f"/users/{person.name}"))


@post("/users/teams", sync_to_thread=True)
def team(visit: Visiting, form: Sent) -> Response[Any]:
    """Make a team, or change how high its members are cleared at most."""
    form.only("name", "clearance")
    level = form.one_of("clearance", LEVELS)
    if level is None:
        raise ConfigError("a team needs a clearance")
    made = Team(name=form.text("name", 100), clearance=level)  # type: ignore[arg-type]  # one of LEVELS
    people.form_team(visit.node.store, visit.admitted, made, visit.node.now())
    return onward(visit, visit.to("/users") + "#teams")


@get("/users/{name:str}", sync_to_thread=True)
def user(visit: Visiting, name: FromPath[str]) -> Response[bytes]:
    """Show a person: what they may do, their keys, whether they must wait."""
    one = _person(visit, name)
    store, now = visit.node.store, visit.node.now()
    return page(
        visit,
        "user.html",
        title=one.full_name or one.name,
        data=one,
        one=one,
        may=sorted(allowed(one.roles, partner=one.partner)),
        keys=[key for key in keys_of(store, visit.admitted, everybody=True) if key.person == one.name],
        key_state=key_state,
        now=now,
        waits=lockout.waiting(store, visit.reader, [one.name], now).get(one.name),
        roles=ROLES,
        levels=LEVELS,
        is_me=one.name == visit.admitted.name,
    )


@post("/users/{name:str}", sync_to_thread=True)
def change(visit: Visiting, form: Sent, name: FromPath[str]) -> Response[Any]:
    """Change a person: roles, clearance, whether they may come in, their password."""
    form.only("action", "role", "clearance", "reason", "password")
    one, action = _person(visit, name), form.one_of("action", ACTIONS)
    store, by, now = visit.node.store, visit.admitted, visit.node.now()
    if action == "roles":
        people.give_roles(store, by, one.name, _roles(form), now)
    elif action == "clearance":
        level = form.one_of("clearance", LEVELS)
        if level is None:
            raise ConfigError("choose a clearance")
        people.give_clearance(store, by, one.name, level, now)  # type: ignore[arg-type]  # one of LEVELS
    elif action == "disable":
        people.disable(store, by, one.name, form.text("reason", 1000), now)
    elif action == "enable":
        people.enable(store, by, one.name, now)
    elif action == "try":
        people.let_try(store, by, one.name, now)
    elif action == "password":
        people.set_password(store, by, one.name, _password(form) or "", now)
    else:
        raise ConfigError("choose what to change")
    return onward(visit, visit.to(f"/users/{one.name}"))


@get("/keys", sync_to_thread=True)
def keys(visit: Visiting) -> Response[bytes]:
    """Show one's own keys, and where to change one's password."""
    return _keys(visit)


@post("/keys", sync_to_thread=True, status_code=200)
def make(visit: Visiting, form: Sent) -> Response[Any]:
    """Make a key and show it, this once."""
    form.only("scope", "days", "note")
    scopes = form.texts("scope")
    strange = [one for one in scopes if one not in VERBS]
    days = form.text("days", 4)
    if strange or not (days.isascii() and days.isdigit()):
        raise ConfigError(f"expected some of {', '.join(VERBS)}, and a number of days")
    secret, key = make_key(
        visit.node.store,
        visit.admitted,
        visit.admitted.name,
        frozenset(scopes),  # type: ignore[arg-type]  # each one of VERBS
        visit.node.now(),
        lasts=timedelta(days=int(days)),
        note=form.text("note", 200) or None,
    )
    visit.noted({"said": "itself"})
    return _keys(visit, secret=secret, made=key.prefix)


@post("/keys/password", sync_to_thread=True)
def password(visit: Visiting, form: Sent) -> Response[Any]:
    """Give oneself a new password; all sessions end, this one too."""
    form.only("password", "again")
    if form.secret("password", LONGEST_PASSWORD) != form.secret("again", LONGEST_PASSWORD):
        raise ConfigError("the two passwords are not the same; type it again")
    people.set_password(visit.node.store, visit.admitted, visit.admitted.name, _password(form) or "", visit.node.now())
    return onward(visit, "/sign-in")


@post("/keys/{prefix:str}", sync_to_thread=True)
def revoke(visit: Visiting, form: Sent, prefix: FromPath[str]) -> Response[Any]:
    """End a key for good: one's own, or as an administrator anybody's."""
    form.only("back")
    every = keys_of(visit.node.store, visit.admitted, everybody=visit.may("people"))
    found = there(next((one for one in every if one.prefix == prefix), None))
    revoke_key(visit.node.store, visit.admitted, found.prefix, visit.node.now())
    visit.noted({"said": "itself"})
    theirs = form.text("back", 20) == "user" and visit.may("people")
    return Redirect(visit.to(f"/users/{found.person}" if theirs else "/keys"), status_code=303)


def _keys(visit: Visit, *, secret: str = "", made: str = "") -> Response[bytes]:
    found = keys_of(visit.node.store, visit.admitted)
    return page(
        visit,
        "keys_own.html",
        title=visit.words.gettext("Keys and password"),
        data=found,
        keys=found,
        key_state=key_state,
        now=visit.node.now(),
        secret=secret,
        made=made,
        may=sorted(visit.admitted.may),
        most_days=KEY_LASTS_AT_MOST.days,
        is_peopled=visit.node.is_peopled(),
    )


def _person(visit: Visit, name: str) -> Person:
    found, _ = people.listed(visit.node.store, visit.admitted)
    return there(next((one for one in found if one.name == name), None))


def _roles(form: Form) -> list[Any]:
    given = form.texts("role")
    strange = [one for one in given if one not in ROLES]
    if strange:
        raise ConfigError(f"{strange[0][:40]!r} is no role; expected some of {', '.join(ROLES)}")
    return list(given)


def _password(form: Form) -> str | None:
    return form.secret("password", LONGEST_PASSWORD) or None


HANDLERS = [users, add, team, user, change, keys, make, password, revoke]
