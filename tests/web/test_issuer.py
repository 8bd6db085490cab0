"""The way to an identity provider and back, in a browser's place."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

pytest.importorskip("joserfc")

from tests.flow.fake_issuer import FakeIssuer, running

from watchfloor.core.audit import Note
from watchfloor.core.issuer import Grant, Issuer
from watchfloor.core.person import Person
from watchfloor.flow.configuration import Configuration
from watchfloor.store.connection import open_store
from watchfloor.web.app import application
from watchfloor.web.node import Node
from watchfloor.web.pages.issuer import _written

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
EXAMPLES = int(os.environ.get("WATCHFLOOR_EXAMPLES", "10"))
Client = TestClient[Litestar]


@pytest.fixture(scope="module")
def server() -> Iterator[FakeIssuer]:
    with running() as made:
        yield made


@pytest.fixture
def client(server: FakeIssuer, tmp_path: Path) -> Iterator[Client]:
    issuer = Issuer(
        address=server.address,
        client="watchfloor",
        redirect="http://127.0.0.1/sign-in/issuer/back",
        grants=(Grant(value="watch", roles=("analyst",), clearance="AMBER"),),
    )
    with open_store(tmp_path / "a.db", create=True) as store:
        root = Person(name="root", roles=frozenset({"administrator"}), clearance="RED", added=NOW)
        store.people.keep_person(root, Note(at=NOW, who="test", verb="people", what="root"))
        node = Node(store, Configuration(issuer=issuer), now=lambda: NOW)
        with TestClient(application(node), base_url="http://127.0.0.1") as made:
            made.follow_redirects = False
            yield made
        assert node.provider is not None


def begun(client: Client, server: FakeIssuer, groups: list[str]) -> dict[str, str]:
    """Go to the provider; return what it sends the browser back with."""
    sent = client.get("/sign-in/issuer?next=/help")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}
    seconds = int(NOW.timestamp())
    said = {
        "iss": server.address,
        "aud": "watchfloor",
        "sub": "1",
        "exp": seconds + 60,
        "iat": seconds,
        "nonce": asked["nonce"],
        "preferred_username": "ann",
        "groups": groups,
    }
    server.token = {"id_token": server.signed(said)}
    return {"state": asked["state"], "code": "c0de"}


def test_who_is_vouched_for_comes_to_the_page_they_wanted_in_a_session_of_their_own(
    client: Client, server: FakeIssuer
) -> None:
    back = client.get("/sign-in/issuer/back", params=begun(client, server, ["watch"]))

    assert (back.status_code, back.headers["location"]) == (303, "/help")
    session = next(one for one in back.headers.get_list("set-cookie") if "-visit" not in one)
    assert "httponly" in session.lower()
    assert client.get("/help").status_code == 200


def test_who_is_not_let_in_is_told_so_and_the_visit_is_over(client: Client, server: FakeIssuer) -> None:
    told = begun(client, server, ["staff"])
    back = client.get("/sign-in/issuer/back", params=told)
    again = client.get("/sign-in/issuer/back", params=told)

    assert (back.status_code, again.status_code) == (401, 401)
    assert "did not let you in" in back.text
    assert client.get("/help").status_code in (303, 401)


def test_a_way_back_without_a_visit_or_with_a_made_up_one_lets_nobody_in(client: Client, server: FakeIssuer) -> None:
    told = begun(client, server, ["watch"])
    client.cookies.clear()
    signed_by_another = _written(b"another node's", (told["state"], "n", "v", "1730462400", "/"))
    for cookie in (
        "",
        "a.b.c.d.e",
        "....",
        "a.b.c.99999999999.%2F",
        f"{told['state']}.n.v.1730462400.%2F",
        signed_by_another,
    ):
        headers = {"cookie": f"watchfloor8764-visit={cookie}"}
        assert client.get("/sign-in/issuer/back", params=told, headers=headers).status_code == 401


def test_the_page_offers_it_where_it_is_set_and_an_onward_address_stays_here(
    client: Client, server: FakeIssuer
) -> None:
    assert "/sign-in/issuer?next=" in client.get("/sign-in").text
    sent = client.get("/sign-in/issuer?next=https://evil.example/")
    assert "evil" not in str(sent.headers)


_ANYTHING = st.one_of(
    st.text(max_size=30), st.none(), st.integers(), st.booleans(), st.lists(st.text(max_size=5), max_size=3)
)
_CLAIM = st.sampled_from(["iss", "aud", "sub", "exp", "iat", "nonce", "preferred_username", "groups"])
_TOLD = st.dictionaries(st.sampled_from(["state", "code", "error", "iss", "session_state", "x"]), st.text(max_size=40))


@settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(told=_TOLD, cut=st.integers(0, 400), put=st.text(alphabet="abc.%=0", max_size=5), whole=st.booleans())
def test_whatever_a_browser_brings_back_is_answered_and_lets_nobody_in_but_for_the_visit_it_began(
    client: Client, server: FakeIssuer, told: dict[str, str], cut: int, put: str, whole: bool
) -> None:
    client.cookies.clear()
    mine = begun(client, server, ["watch"])
    cookie = next(iter(client.cookies.jar))
    brought = str(cookie.value)
    changed = brought if whole else brought[:cut] + put + brought[cut:]
    client.cookies.clear()
    params = {**mine, **told}
    answer = client.get("/sign-in/issuer/back", params=params, headers={"cookie": f"{cookie.name}={changed}"})

    is_theirs = changed == brought and all(params[name] == value for name, value in mine.items())
    assert answer.status_code < 500 or (is_theirs and "error" in params)
    assert (answer.status_code == 303) <= is_theirs


@settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(changed=st.dictionaries(_CLAIM, _ANYTHING, min_size=1), more=st.dictionaries(st.text(max_size=8), _ANYTHING))
def test_whatever_a_provider_says_of_somebody_is_answered_without_an_error_of_ours(
    client: Client, server: FakeIssuer, changed: dict[str, Any], more: dict[str, Any]
) -> None:
    client.cookies.clear()
    told = begun(client, server, ["watch"])
    said = {"iss": server.address, "aud": "watchfloor", "sub": "1", "groups": ["watch"], "preferred_username": "ann"}
    server.token = {"id_token": server.signed({**more, **said, **changed})}
    answer = client.get("/sign-in/issuer/back", params=told)

    assert answer.status_code == 401  # no changed claim is fresh, ours, and of this visit
