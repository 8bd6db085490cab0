"""Who is let in and what is refused: sessions, forms, host names, addresses to go on to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.web.address import safe_next
from watchfloor.web.alone import Alone
from watchfloor.web.app import MAX_BYTES
from watchfloor.web.messages import chosen, read
from watchfloor.web.node import Node

Client = TestClient[Litestar]
SignIn = Callable[[Client, str], None]
Token = Callable[..., str]


def test_an_invitation_lets_one_browser_in_once(node: Node, stranger: Client) -> None:
    told: list[str] = []
    node.told = told.append
    entrance = node.entrance()
    first = stranger.get(entrance)
    stranger.cookies.clear()

    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert stranger.get(entrance).headers["location"].startswith("/sign-in")
    assert len(told) == 1
    assert told[0] != entrance


def test_what_the_invitation_gave_is_for_pages_only_and_cannot_be_read_by_scripts(node: Node, stranger: Client) -> None:
    cookie = stranger.get(node.entrance()).headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_served_at_all_addresses_the_way_in_has_the_name_that_browsers_know(peopled: Node) -> None:
    made = Node(peopled.store, peopled.settings, host="0.0.0.0", names=("watch.example",))

    assert made.entrance() == "http://watch.example:8764/"


def test_over_tls_the_cookie_is_for_this_host_and_never_sent_in_clear(peopled: Node, stranger: Client) -> None:
    peopled.https = True
    page = stranger.get("/sign-in")
    before = _cookies(page)[0].partition(";")[0]
    token = page.text.split('name="token" value="')[1].split('"')[0]
    fields = {"name": "ann", "password": "a long enough sentence", "token": token}
    given = [
        one for one in _cookies(stranger.post("/sign-in", data=fields, headers={"cookie": before})) if '="' not in one
    ]

    assert given[0].startswith("__Host-watchfloor")
    assert "Secure" in given[0]


def _cookies(answer: Any) -> list[str]:
    return [value for name, value in answer.headers.multi_items() if name == "set-cookie"]


def test_an_invitation_ends_after_twelve_hours(node: Node) -> None:
    now = [node.now()]
    alone = Alone(lambda: now[0])
    session = alone.enter(alone.invited()) or ""
    assert alone.knows(session)

    now[0] += timedelta(hours=12)

    assert not alone.knows(session)
    assert not alone.knows("")


def test_from_another_machine_no_invitation_and_no_session_of_this_one_is_good(
    node: Node, client: Client, from_elsewhere: Client
) -> None:
    assert from_elsewhere.get(node.entrance()).headers["location"].startswith("/sign-in")
    session = client.cookies.get(node.cookie)

    assert from_elsewhere.get("/", headers={"cookie": f"{node.cookie}={session}"}).status_code == 303
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8764", "", "127.0.0.1.evil.example"])
def test_a_name_of_somebody_else_that_leads_here_is_refused(host: str, client: Client) -> None:
    answer = client.get("/", headers={"host": host})

    assert answer.status_code == 400
    assert "Watchfloor" in answer.text


def test_everybody_else_must_say_who_they_are_and_comes_back_to_where_they_were_going(
    peopled: Node, stranger: Client, form_token: Token
) -> None:
    way = stranger.get("/claims?party=NATO").headers["location"]
    assert way == "/sign-in?next=%2Fclaims%3Fparty%3DNATO"
    page = stranger.get(way)
    assert 'name="next" value="/claims?party=NATO"' in page.text
    fields = {"name": "ann", "password": "a long enough sentence", "next": "/claims?party=NATO"}
    token = page.text.split('name="token" value="')[1].split('"')[0]

    assert stranger.post("/sign-in", data={**fields, "token": token}).headers["location"] == "/claims?party=NATO"
    assert stranger.get("/claims").status_code == 200


def test_a_session_that_was_there_before_is_not_the_one_after(peopled: Node, stranger: Client, sign_in: SignIn) -> None:
    stranger.cookies.set(peopled.cookie, "chosen-by-somebody-else", domain="127.0.0.1", path="/")
    sign_in(stranger, "ann")
    first = stranger.cookies.get(peopled.cookie)
    sign_in(stranger, "ann")

    assert first not in ("chosen-by-somebody-else", stranger.cookies.get(peopled.cookie))
    stranger.cookies.clear()
    assert stranger.get("/", headers={"cookie": f"{peopled.cookie}={first}"}).status_code == 303


def test_who_signs_out_is_out(peopled: Node, stranger: Client, sign_in: SignIn, form_token: Token) -> None:
    sign_in(stranger, "ann")
    kept = stranger.cookies.get(peopled.cookie)
    stranger.post("/sign-out", data={"token": form_token(stranger)})

    assert stranger.get("/", headers={"cookie": f"{peopled.cookie}={kept}"}).headers["location"].startswith("/sign-in")


def test_wrong_passwords_have_to_wait_and_are_told_how_long(peopled: Node, stranger: Client, form_token: Token) -> None:
    for _ in range(6):
        token = form_token(stranger, "/sign-in")
        answer = stranger.post("/sign-in", data={"name": "ann", "password": "wrong", "token": token})

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "1"
    assert "Too many failed attempts" in answer.text


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(
    peopled: Node, stranger: Client, form_token: Token
) -> None:
    told = []
    for name in ("ann", "nobody"):
        fields = {"name": name, "password": "wrong", "token": form_token(stranger, "/sign-in")}
        answer = stranger.post("/sign-in", data=fields)
        told.append((answer.status_code, answer.text.split("<main")[1].split("token")[0]))

    assert told[0] == told[1]


def test_a_disabled_person_is_out_at_once(peopled: Node, stranger: Client, sign_in: SignIn) -> None:
    from watchfloor.flow.admission import alone
    from watchfloor.flow.people import disable

    sign_in(stranger, "ann")
    disable(peopled.store, alone("tests", "RED", peopled.now()), "ann", "left", peopled.now())

    assert stranger.get("/").status_code == 303


def test_a_key_is_as_good_as_a_session_for_programs(peopled: Node, stranger: Client) -> None:
    from watchfloor.flow.admission import alone, make_key

    by = alone("tests", "RED", peopled.now())
    secret, _ = make_key(peopled.store, by, "ann", frozenset({"see"}), peopled.now())
    headers = {"authorization": f"Bearer {secret}"}

    assert stranger.get("/claims?format=json", headers=headers).status_code == 200
    assert stranger.get("/claims.csv", headers=headers).status_code == 404
    assert stranger.get("/claims?format=json", headers={"authorization": "Bearer wf_a_b"}).status_code == 401


@pytest.mark.parametrize("path", ["/look", "/sign-out"])
@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({}, {}),
        ({"token": "0" * 64}, {}),
        ({"token": "right"}, {"origin": "https://evil.example"}),
        ({"token": "right"}, {"origin": "null"}),
        ({"token": "right"}, {"sec-fetch-site": "cross-site"}),
    ],
)
def test_a_form_of_another_site_changes_nothing(
    path: str, data: dict[str, str], headers: dict[str, str], client: Client, form_token: Token
) -> None:
    sent = {**data, "token": form_token(client)} if data.get("token") == "right" else data

    assert client.post(path, data=sent, headers=headers).status_code == 403
    assert client.get("/").status_code == 200


def test_what_is_no_form_is_refused(client: Client) -> None:
    assert client.post("/look", json={"theme": "dark"}).status_code == 403


def test_a_field_that_the_form_does_not_have_is_refused(client: Client, form_token: Token) -> None:
    answer = client.post("/look", data={"theme": "dark", "roles": "administrator", "token": form_token(client)})

    assert answer.status_code == 400
    assert "look=" not in str(answer.headers)


def test_a_choice_that_is_none_is_refused(client: Client, form_token: Token) -> None:
    assert client.post("/look", data={"theme": "pink", "token": form_token(client)}).status_code == 400


def test_too_much_at_once_is_refused(client: Client) -> None:
    body = b"theme=" + b"x" * (MAX_BYTES + 1)
    headers = {"content-type": "application/x-www-form-urlencoded"}

    assert client.post("/look", content=body, headers=headers).status_code == 413


@pytest.mark.parametrize(
    "given",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: a=b",
        "",
        "claims",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(given: str, peopled: Node, stranger: Client) -> None:
    page = stranger.get("/sign-in", params={"next": given})
    token = page.text.split('name="token" value="')[1].split('"')[0]
    fields = {"name": "ann", "password": "a long enough sentence", "next": given, "token": token}

    assert stranger.post("/sign-in", data=fields).headers["location"] == "/"


@settings(max_examples=50)
@given(st.text())
def test_where_to_go_on_is_always_a_page_of_this_node(given: str) -> None:
    way = safe_next(given)

    assert way.startswith("/")
    assert not way.startswith("//")
    assert "\n" not in way


@pytest.mark.parametrize(
    "path",
    [
        "/static/../node.py",
        "/static/%2e%2e/node.py",
        "/static/..%2fnode.py",
        "/static//etc/passwd",
        "/static/vendor/../../../../../etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_files(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


def test_every_answer_has_its_headers(client: Client) -> None:
    for path in ("/", "/nowhere", "/static/app.css", "/taxii2/", "/claims?format=json"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]

        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")
    assert client.get("/").headers["cache-control"] == "no-store"


def test_no_page_has_script_or_style_of_its_own(client: Client) -> None:
    for path in ("/", "/claims", "/help", "/nowhere"):
        text = client.get(path).text

        assert "<style" not in text
        assert " style=" not in text
        assert not [part for part in text.split("<script")[1:] if not part.startswith(" src=")]


def test_partners_programs_are_served_from_the_same_process(client: Client) -> None:
    answer = client.get("/taxii2/", headers={"accept": "application/taxii+json;version=2.1"})

    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/taxii+json")


@settings(max_examples=50)
@given(st.text())
def test_no_header_of_languages_and_no_catalogue_is_an_error(text: str) -> None:
    assert chosen(text)
    read(text.replace('"', ""))
