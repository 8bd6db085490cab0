"""Who comes in: passwords, sessions, keys, and how long whoever fails must wait."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.core.marking import Level
from watchfloor.core.partner import Approval, Partner
from watchfloor.core.permission import Role
from watchfloor.core.person import Person, Team
from watchfloor.flow import passwords
from watchfloor.flow.admission import (
    DOOR,
    IDLE,
    KEY_LASTS,
    LONGEST,
    Admitted,
    admitted,
    authenticate,
    cleared,
    make_key,
    revoke_key,
    sign_in,
    sign_out,
)
from watchfloor.flow.people import set_password
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
RIGHT = "a long enough sentence"
DONE = Note(at=NOW, who="test", verb="people", what="test")

pytestmark = pytest.mark.usefixtures("cheap")


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords that cost nothing, so that tests take no time."""
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()
    for name, value in (("TIME_COST", 1), ("MEMORY_COST", 8)):
        monkeypatch.setattr(passwords, name, value)
    yield
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", create=True) as opened:
        yield opened


Add = Callable[..., Admitted]


@pytest.fixture
def add(store: Store) -> Add:
    """Add a person with the right password; return them as let in."""

    def make(
        name: str,
        *roles: Role,
        clearance: Level = "RED",
        partner: str | None = None,
        team: str | None = None,
        password: str | None = RIGHT,
    ) -> Admitted:
        person = Person(name=name, roles=frozenset(roles), clearance=clearance, added=NOW, partner=partner, team=team)
        store.people.keep_person(person, DONE)
        if password is not None:
            store.people.keep_password(name, passwords.encoded(password), DONE)
        return admitted(store, person, NOW, how="password")

    return make


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def agree(store: Store, name: str, **fields: object) -> None:
    approvals = (Approval(by="a", at=NOW), Approval(by="b", at=NOW))
    values: dict[str, object] = {
        "name": name,
        "terms": "none",
        "clearance": "AMBER",
        "proposed_by": "a",
        "proposed": NOW,
        "expires": NOW + timedelta(days=30),
        "approvals": approvals,
        "standing": "approved",
    }
    store.partners.keep_partner(Partner(**(values | fields)), DONE)  # type: ignore[arg-type]


def refused(store: Store, presented: str, now: datetime = NOW, address: str | None = None) -> AccessDenied:
    with pytest.raises(AccessDenied) as caught:
        authenticate(store, presented, now, address=address)
    return caught.value


def test_the_right_password_lets_in_with_the_rights_of_the_roles(store: Store, add: Add) -> None:
    add("ann", "reader", clearance="AMBER")

    who = authenticate(store, basic("Ann", RIGHT), NOW)

    assert (who.name, who.how) == ("ann", "password")
    assert who.may == {"see", "keys"}
    assert (who.reader.partner, who.reader.clearance, who.reader.at) == (None, "AMBER", NOW)


@pytest.mark.parametrize(
    "presented",
    ["", "Basic", "Basic !!", basic("ann", "wrong"), basic("eve", RIGHT), "Bearer wf_a_b", "Bearer x", "wf__"],
)
def test_whatever_else_is_presented_is_refused_in_the_same_words(store: Store, add: Add, presented: str) -> None:
    add("ann", "reader")

    error = refused(store, presented)

    assert str(error).startswith("not known here")
    assert (error.known, error.retry_after) == (False, None)


@settings(max_examples=10)
@given(text=st.text())
def test_any_header_is_let_in_or_refused_and_nothing_else(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_store(tmp_path_factory.getbasetemp() / "any.db", create=True) as store:
        for presented in (
            text,
            f"Bearer {text}",
            f"Basic {base64.b64encode(text.encode('utf-8', 'replace')).decode()}",
        ):
            with pytest.raises(AccessDenied):
                authenticate(store, presented, NOW)


def test_a_thousand_wrong_passwords_lock_out_and_a_right_one_later_works(store: Store, add: Add) -> None:
    add("ann", "reader")

    errors = [refused(store, basic("ann", "wrong"), NOW + timedelta(seconds=n)) for n in range(1000)]
    tried = sum(error.retry_after is None for error in errors)
    last = NOW + timedelta(seconds=1000)
    locked = refused(store, basic("ann", RIGHT), last)

    assert tried < 20
    assert locked.retry_after is not None
    assert 0 < locked.retry_after <= 900
    assert authenticate(store, basic("ann", RIGHT), last + timedelta(seconds=locked.retry_after)).name == "ann"
    assert refused(store, basic("ann", "wrong"), last + timedelta(seconds=901)).retry_after is None


def test_one_address_that_tries_many_accounts_must_wait_too_and_others_need_not(store: Store, add: Add) -> None:
    add("ann", "reader")
    for n in range(21):
        refused(store, basic(f"eve{n}", "wrong"), NOW, "192.0.2.1")

    assert refused(store, basic("ann", RIGHT), NOW, "192.0.2.1").retry_after
    assert authenticate(store, basic("ann", RIGHT), NOW, address="192.0.2.2").name == "ann"


def test_a_good_attempt_takes_back_one_failure_of_an_address_and_no_more(store: Store, add: Add) -> None:
    add("ann", "reader")
    for n in range(19):
        refused(store, basic(f"eve{n}", "wrong"), NOW, "192.0.2.1")
    authenticate(store, basic("ann", RIGHT), NOW, address="192.0.2.1")
    refused(store, basic("eve", "wrong"), NOW, "192.0.2.1")

    assert refused(store, basic("eve", "wrong"), NOW, "192.0.2.1").retry_after


def test_a_session_ends_when_idle_when_it_is_old_and_when_it_is_left(store: Store, add: Add) -> None:
    add("ann", "reader")
    token, who = sign_in(store, "ann", RIGHT, NOW)
    assert who.how == "session"

    at = NOW
    while at + IDLE / 2 < NOW + LONGEST:
        at += IDLE / 2
        assert authenticate(store, token, at).name == "ann"
    refused(store, token, NOW + LONGEST)

    idle, _ = sign_in(store, "ann", RIGHT, NOW)
    refused(store, f"Bearer {idle}", NOW + IDLE)
    left, _ = sign_in(store, "ann", RIGHT, NOW)
    sign_out(store, left, NOW)
    refused(store, left)


def test_a_new_password_and_being_disabled_end_the_sessions(store: Store, add: Add) -> None:
    add("ann", "reader")
    first, _ = sign_in(store, "ann", RIGHT, NOW)
    store.people.keep_password("ann", passwords.encoded("another long sentence"), DONE)
    refused(store, first)
    second, _ = sign_in(store, "ann", "another long sentence", NOW)
    store.people.change_person(DOOR, "ann", lambda ann: structs.replace(ann, disabled=True), DONE)

    refused(store, second)
    refused(store, basic("ann", "another long sentence"))


def test_a_key_does_what_its_scopes_say_until_it_expires_or_is_revoked(store: Store, add: Add) -> None:
    ann = add("ann", "analyst", "reader")
    secret, key = make_key(store, ann, "ann", frozenset({"see", "export"}), NOW)

    assert authenticate(store, f"Bearer {secret}", NOW).may == {"see", "export"}
    assert authenticate(store, basic("ann", secret), NOW).how == "key"
    refused(store, basic("bob", secret))
    refused(store, secret[:-1])
    refused(store, secret, NOW + KEY_LASTS)
    with pytest.raises(AccessDenied) as caught:
        authenticate(store, secret, NOW, verb="collect")
    assert caught.value.known
    revoke_key(store, ann, key.prefix, NOW)
    refused(store, secret)


def test_a_key_never_does_more_than_its_person_may_by_now(store: Store, add: Add) -> None:
    ann = add("ann", "analyst")
    secret, _ = make_key(store, ann, "ann", frozenset({"see", "collect"}), NOW)
    store.people.change_person(DOOR, "ann", lambda one: structs.replace(one, roles=frozenset({"reader"})), DONE)

    assert authenticate(store, secret, NOW).may == {"see"}


def test_nobody_makes_a_key_for_more_than_they_may_or_for_somebody_else(store: Store, add: Add) -> None:
    ann, root = add("ann", "reader"), add("root", "administrator")
    add("bob", "reader")

    with pytest.raises(ConfigError, match="collect"):
        make_key(store, ann, "ann", frozenset({"collect"}), NOW)
    with pytest.raises(AccessDenied):
        make_key(store, ann, "bob", frozenset({"see"}), NOW)
    secret, _ = make_key(store, root, "bob", frozenset({"see"}), NOW)
    assert authenticate(store, secret, NOW).name == "bob"


def test_a_key_makes_no_key_that_does_more_than_itself_and_sets_no_password(store: Store, add: Add) -> None:
    root = add("root", "administrator")
    secret, _ = make_key(store, root, "root", frozenset({"keys"}), NOW)
    by_key = authenticate(store, secret, NOW)

    with pytest.raises(ConfigError, match="people"):
        make_key(store, by_key, "root", frozenset({"keys", "people"}), NOW)
    with pytest.raises(AccessDenied):
        set_password(store, by_key, "root", "another passphrase of mine", NOW)


def test_nobody_is_cleared_higher_than_the_node_is(store: Store, add: Add) -> None:
    ann = add("ann", "analyst")

    assert cleared(ann, "GREEN").reader.clearance == "GREEN"
    assert cleared(ann, "RED").reader.clearance == ann.reader.clearance


def test_neither_passwords_nor_tokens_nor_keys_stand_in_the_file(store: Store, add: Add, tmp_path: Path) -> None:
    ann = add("ann", "reader")
    token, _ = sign_in(store, "ann", RIGHT, NOW)
    secret, _ = make_key(store, ann, "ann", frozenset({"see"}), NOW)
    refused(store, basic("my password as a name", "x"))
    store.close()

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    for hidden in (RIGHT, token, secret.split("_", 2)[2], "my password as a name"):
        assert hidden.encode() not in kept


def test_a_partners_person_is_let_in_only_while_the_agreement_holds(store: Store, add: Add) -> None:
    agree(store, "Ally")
    add("pat", "reader", partner="Ally")

    who = authenticate(store, basic("pat", RIGHT), NOW)

    assert (who.reader.partner, who.reader.clearance) == ("Ally", "AMBER")
    assert who.may == {"see", "receive", "acknowledge", "keys"}
    refused(store, basic("pat", RIGHT), NOW + timedelta(days=30))
    store.partners.change_partner(DOOR, "Ally", lambda one: structs.replace(one, standing="suspended"), DONE)
    refused(store, basic("pat", RIGHT), NOW)


def test_nobody_is_cleared_higher_than_their_team(store: Store, add: Add) -> None:
    store.people.keep_team(Team(name="desk", clearance="GREEN"), DONE)

    assert add("ann", "reader", team="desk").reader.clearance == "GREEN"


@pytest.mark.parametrize(("password", "is_kept"), [("short", False), ("x" * 12, True), ("x" * 1025, False)])
def test_a_password_is_neither_short_nor_endless(password: str, is_kept: bool) -> None:
    if is_kept:
        assert passwords.is_right(password, passwords.encoded(password))
    else:
        with pytest.raises(ConfigError, match="characters"):
            passwords.encoded(password)


def test_what_comes_in_and_what_does_not_is_in_the_log(store: Store, add: Add) -> None:
    add("ann", "reader")
    sign_in(store, "ann", RIGHT, NOW, address="192.0.2.1")
    refused(store, basic("ann", "wrong"), NOW, "192.0.2.7")

    told = [(entry.note.outcome, entry.note.detail) for entry in store.audit.entries(DOOR, verb="sign in")]

    assert told == [
        ("done", {"address": "192.0.2.1"}),
        ("refused", {"by": "password", "address": "192.0.2.7"}),
    ]
    assert store.audit.verify(DOOR).broken is None
