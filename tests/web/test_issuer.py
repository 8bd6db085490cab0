"""The way to an identity provider and back, in a browser's place."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
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
