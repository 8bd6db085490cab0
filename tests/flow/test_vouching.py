"""Coming in by an identity provider: what it must say, and what opens nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec import structs

pytest.importorskip("joserfc")

from joserfc.jwk import RSAKey
from tests.flow.fake_issuer import FakeIssuer, running

from watchfloor.collect.issuer_wire import MOST_BYTES, IssuerWire
from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError, SourceError
from watchfloor.core.issuer import Grant, Issuer
from watchfloor.core.person import Person, Team
from watchfloor.flow.admission import by_session
from watchfloor.flow.vouching import LASTS, Begun, Provider, _challenge, vouched
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
DONE = Note(at=NOW, who="test", verb="people", what="test")
GRANTS = (
    Grant(value="watch", roles=("analyst",), clearance="AMBER", team="Watch"),
    Grant(value="release", roles=("release officer",), clearance="RED"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[FakeIssuer]:
    with running() as made:
        yield made


@pytest.fixture
def issuer(server: FakeIssuer) -> Issuer:
    server.asked.clear()
    server.metadata |= {"issuer": server.address, "token_endpoint": server.address.replace("/realm", "/token")}
    back = "https://node.example/sign-in/issuer/back"
    return Issuer(address=server.address, client="watchfloor", redirect=back, grants=GRANTS)


@pytest.fixture
def provider(issuer: Issuer) -> Iterator[Provider]:
    wire = IssuerWire(issuer.address)
    yield Provider(issuer, wire)
    wire.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", create=True) as opened:
        root = Person(name="root", roles=frozenset({"administrator"}), clearance="RED", added=NOW)
        opened.people.keep_person(root, DONE)
        opened.people.keep_team(Team(name="Watch", clearance="GREEN"), DONE)
        yield opened


def claims(server: FakeIssuer, begun: Begun, **more: object) -> dict[str, Any]:
    said: dict[str, Any] = {
        "iss": server.address,
        "aud": "watchfloor",
        "sub": "8813",
        "exp": int(NOW.timestamp()) + 300,
        "iat": int(NOW.timestamp()),
        "nonce": begun.nonce,
        "preferred_username": "Ann",
        "name": "Ann Lee",
        "groups": ["staff", "watch"],
    }
    return {name: value for name, value in (said | more).items() if value is not None}


def visit(provider: Provider, server: FakeIssuer, token: Callable[[Begun], object] | None = None) -> dict[str, Any]:
    begun = provider.begin(NOW)
    server.token = {"id_token": token(begun) if token else server.signed(claims(server, begun))}
    return provider.claims(begun, {"state": begun.state, "code": "c0de"}, NOW)


def test_the_browser_is_sent_with_a_challenge_and_the_code_is_fetched_with_its_verifier(
    provider: Provider, server: FakeIssuer
) -> None:
    begun = provider.begin(NOW)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.address).query).items()}
    server.token = {"id_token": server.signed(claims(server, begun))}

    told = provider.claims(begun, {"state": begun.state, "code": "c0de", "iss": server.address}, NOW)

    assert asked["code_challenge"] == _challenge(begun.verifier)
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert (asked["state"], asked["nonce"]) == (begun.state, begun.nonce)
    (posted,) = [form for method, _, form, _ in server.asked if method == "POST"]
    assert (posted["code"], posted["code_verifier"], posted["client_id"]) == ("c0de", begun.verifier, "watchfloor")
    assert told["sub"] == "8813"


def test_a_client_with_a_secret_says_it_in_the_header_only(issuer: Issuer, server: FakeIssuer) -> None:
    wire = IssuerWire(issuer.address)
    visit(Provider(structs.replace(issuer, secret="s3cret"), wire), server)
    wire.close()

    ((_, _, form, header),) = [one for one in server.asked if one[0] == "POST"]
    assert header is not None
    assert header.startswith("Basic ")
    assert "s3cret" not in str(form)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "http://127.0.0.1:1/realm"},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["watchfloor", "another"]},  # for several, and none of them says that it was made for us
        {"azp": "another"},
        {"exp": int(NOW.timestamp()) - 61},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"iat": int(NOW.timestamp()) + 120},
        {"iat": int(NOW.timestamp()) - 3600},
        {"iat": None},
        {"nbf": int(NOW.timestamp()) + 120},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
    ],
)
def test_a_token_that_is_not_of_this_visit_for_this_node_and_of_now_lets_nobody_in(
    provider: Provider, server: FakeIssuer, changed: dict[str, object]
) -> None:
    with pytest.raises(AccessDenied, match="does not hold"):
        visit(provider, server, lambda begun: server.signed(claims(server, begun, **changed)))


def test_a_signature_of_another_key_none_at_all_and_a_shared_key_let_nobody_in(
    provider: Provider, server: FakeIssuer
) -> None:
    other = RSAKey.generate_key(2048, {"kid": "one"})
    forged: list[Callable[[Begun], object]] = [
        lambda begun: server.signed(claims(server, begun), key=other),
        lambda begun: server.signed_with_the_public_key(claims(server, begun)),
        lambda begun: server.signed(claims(server, begun)).rpartition(".")[0] + ".",
        lambda begun: "eyJhbGciOiJub25lIn0." + server.signed(claims(server, begun)).split(".")[1] + ".",
        lambda _: "no token",
    ]
    for token in forged:
        with pytest.raises(AccessDenied, match="does not hold"):
            visit(provider, server, token)


def test_a_key_that_is_new_since_is_asked_for_once(provider: Provider, server: FakeIssuer) -> None:
    visit(provider, server)
    old = server.keys
    server.keys = [RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})]
    try:
        told = visit(provider, server, lambda begun: server.signed(claims(server, begun), kid="two"))
    finally:
        server.keys = old

    assert told["sub"] == "8813"
    assert [path for _, path, _, _ in server.asked].count("/keys") == 2


def test_a_visit_that_was_not_begun_here_took_too_long_or_was_refused_lets_nobody_in(
    provider: Provider, server: FakeIssuer
) -> None:
    begun = provider.begin(NOW)
    right = {"state": begun.state, "code": "c0de"}
    for back, now in (
        (right | {"state": "another"}, NOW),
        ({"code": "c0de"}, NOW),
        (right, NOW + LASTS),
        (right | {"error": "access_denied"}, NOW),
        ({"state": begun.state}, NOW),
        (right | {"iss": "https://other.example"}, NOW),
    ):
        with pytest.raises(AccessDenied):
            provider.claims(begun, back, now)
    assert not [one for one in server.asked if one[0] == "POST"]


def test_no_host_but_the_issuers_own_is_ever_asked(issuer: Issuer, server: FakeIssuer) -> None:
    wire = IssuerWire(issuer.address)
    server.metadata["token_endpoint"] = "http://127.0.0.1:1/token"
    with pytest.raises(SourceError, match="do not lie at its own host"):
        Provider(issuer, wire).begin(NOW)
    server.metadata |= {"token_endpoint": server.address, "issuer": "http://127.0.0.1/other"}
    with pytest.raises(SourceError, match="calls itself"):
        Provider(issuer, wire).begin(NOW)
    with pytest.raises(SourceError, match="nothing was asked there"):
        wire.get("https://elsewhere.example/")
    wire.close()
    with pytest.raises(ConfigError, match="over https only"):
        IssuerWire("http://login.example/")


@pytest.mark.parametrize("sent", [b"[]", b"no json", b"[" * 100_000, b" " * (MOST_BYTES + 1), b"\xff"])
def test_whatever_else_comes_back_is_an_error_in_words(provider: Provider, server: FakeIssuer, sent: bytes) -> None:
    begun = provider.begin(NOW)
    server.token = sent

    with pytest.raises(SourceError):
        provider.claims(begun, {"state": begun.state, "code": "c0de"}, NOW)


def test_who_is_vouched_for_comes_in_with_what_the_groups_open_and_no_more(
    store: Store, issuer: Issuer, provider: Provider, server: FakeIssuer
) -> None:
    token, who = vouched(store, issuer, visit(provider, server), NOW, address="192.0.2.1")

    assert (who.name, who.person and who.person.full_name) == ("ann", "Ann Lee")
    assert who.reader.clearance == "GREEN"  # no higher than the team
    assert "judge" in who.may
    assert "decide" not in who.may
    assert by_session(store, token, NOW).name == "ann"
    both = visit(provider, server, lambda begun: server.signed(claims(server, begun, groups=["release", "watch"])))
    _, now = vouched(store, issuer, both, NOW)
    assert "decide" in now.may
    assert now.person is not None
    assert now.person.clearance == "AMBER"  # the lowest of both
    less = visit(provider, server, lambda begun: server.signed(claims(server, begun)))
    assert "decide" not in vouched(store, issuer, less, NOW)[1].may


@pytest.mark.parametrize(
    "changed",
    [
        {"groups": ["staff"]},
        {"groups": None},
        {"groups": {"watch": True}},
        {"groups": "watchers"},
        {"preferred_username": "root"},  # somebody else's name here
        {"preferred_username": "a\u202eb"},
        {"preferred_username": None},
        {"preferred_username": ["ann"]},
    ],
)
def test_what_no_grant_names_opens_nothing_and_no_name_is_taken_over(
    store: Store, issuer: Issuer, provider: Provider, server: FakeIssuer, changed: dict[str, object]
) -> None:
    told = visit(provider, server, lambda begun: server.signed(claims(server, begun, **changed)))

    with pytest.raises(AccessDenied, match="opens nothing here"):
        vouched(store, issuer, told, NOW)
    assert [person.name for person in store.people.people(provider_reader())] == ["root"]


def test_who_lost_every_grant_keeps_no_role_for_keys_and_sessions_of_before(
    store: Store, issuer: Issuer, provider: Provider, server: FakeIssuer
) -> None:
    vouched(store, issuer, visit(provider, server), NOW)
    told = visit(provider, server, lambda begun: server.signed(claims(server, begun, groups=[])))

    with pytest.raises(AccessDenied):
        vouched(store, issuer, told, NOW + timedelta(minutes=1))
    left = store.people.person(provider_reader(), "ann")
    assert left is not None
    assert left.roles == frozenset()


def provider_reader() -> Any:
    from watchfloor.flow.admission import DOOR

    return DOOR


def test_who_was_disabled_here_stays_out_and_without_people_nobody_comes_in(
    store: Store, issuer: Issuer, provider: Provider, server: FakeIssuer, tmp_path: Path
) -> None:
    told = visit(provider, server)
    vouched(store, issuer, told, NOW)
    store.people.change_person(provider_reader(), "ann", lambda person: structs.replace(person, disabled=True), DONE)

    with pytest.raises(AccessDenied):
        vouched(store, issuer, told, NOW + timedelta(minutes=1))
    with open_store(tmp_path / "b.db", create=True) as empty, pytest.raises(AccessDenied, match="no people"):
        vouched(empty, issuer, told, NOW)


def test_an_issuer_without_grants_is_refused(issuer: Issuer) -> None:
    wire = IssuerWire(issuer.address)
    with pytest.raises(ConfigError, match="no grants"):
        Provider(structs.replace(issuer, grants=()), wire)
    wire.close()


def test_a_provider_that_failed_is_left_alone_for_a_while_and_then_asked_again(
    provider: Provider, server: FakeIssuer
) -> None:
    right, server.metadata["issuer"] = server.metadata["issuer"], "http://127.0.0.1:1/realm"
    told = []
    for seconds in (0, 1, 29):
        with pytest.raises(SourceError) as raised:
            provider.begin(NOW + timedelta(seconds=seconds))
        told.append(str(raised.value))
    asked = len(server.asked)
    server.metadata["issuer"] = right

    assert asked == 1
    assert told[2].endswith("it is asked again in 1 s")
    assert provider.left_alone(NOW + timedelta(seconds=10)) == 20
    assert provider.begin(NOW + timedelta(seconds=30)).address.startswith(server.address.removesuffix("/realm"))
    assert provider.left_alone(NOW + timedelta(seconds=31)) == 0
