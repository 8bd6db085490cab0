"""Sharing, users, keys, audit log and health: whole stories through the browser, and who may not take part in them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.core.marking import Reader
from watchfloor.flow.auditing import of_file
from watchfloor.web.node import Node

Client = TestClient[Litestar]
HOME = Reader(name="t", partner=None, clearance="RED")
PASSWORD = "a long enough sentence"


@pytest.fixture
def as_(
    peopled: Node, stranger: Client, sign_in: Callable[..., None], form_token: Callable[..., str]
) -> Callable[..., Client]:
    """Return the browser with somebody signed in, whoever was before."""

    def come(name: str) -> Client:
        stranger.cookies.clear()
        sign_in(stranger, name)
        return stranger

    return come


@pytest.fixture
def send(form_token: Callable[..., str]) -> Callable[..., tuple[int, str]]:
    """Send a form as the page would; return the status and where it leads, or what it says."""

    def post(client: Client, path: str, **fields: "str | list[str]") -> tuple[int, str]:
        answer = client.post(path, data={"token": form_token(client), **fields})
        return answer.status_code, answer.headers.get("location", answer.text)

    return post


Come = Callable[..., Client]
Send = Callable[..., tuple[int, str]]
TERMS = {"name": "Birch", "terms": "As agreed.", "clearance": "GREEN", "until": "2025-06-30", "contact": ""}


@pytest.fixture
def partner() -> str:
    """A partner that is admitted, with a person of its own called pat."""
    return "partner-a"


def test_a_partner_needs_two_different_people(as_: Come, send: Send, peopled: Node) -> None:
    send(as_("olga"), "/sharing/partners", **TERMS)
    send(as_("olga"), "/sharing/partners/Birch", action="approve")
    status, said = send(as_("olga"), "/sharing/partners/Birch", action="approve")

    assert (status, "a second, different person must" in said) == (400, True)
    assert "proposed, waits for 1 approval" in as_("olga").get("/sharing").text
    kept = peopled.store.partners.partner(HOME, "Birch")
    assert kept is not None
    assert kept.standing == "proposed"
    assert send(as_("root"), "/sharing/partners/Birch", action="approve") == (303, "/sharing/partners/Birch")
    assert "approved" in as_("olga").get("/sharing/partners/Birch").text


def test_a_brief_is_previewed_asked_for_decided_by_another_delivered_and_acknowledged(
    as_: Come, send: Send, partner: str, peopled: Node
) -> None:
    seen = as_("ann").get(f"/sharing/ask?partner={partner}").text
    assert "As partner-a would read it" in seen
    fields = {"partner": partner, "reason": "they asked", "title": "Situation brief", "way": "release"}
    assert send(as_("ann"), "/sharing/ask", **fields, as_of="", since="") == (303, "/sharing#queue")
    (request,) = peopled.store.products.requests(HOME)
    path = f"/sharing/requests/{request.id}"

    assert send(as_("ann"), path, action="approve")[0] == 403
    assert "they asked" in as_("olga").get("/sharing").text
    assert send(as_("olga"), path, action="refuse", reason="")[0] == 400
    assert send(as_("olga"), path, action="approve") == (303, path)
    client = as_("olga")
    status, data = send(client, path + "/deliver", how="by hand", to="Pat")
    assert (status, data.startswith("**TLP:CLEAR")) == (200, True)
    (made,) = peopled.store.products.disseminations(HOME)
    assert send(client, f"/sharing/deliveries/{made.id}", by="Pat")[0] == 303
    log = client.get("/sharing/log").text
    assert "by hand" in log
    assert "Pat" in log


def test_a_partners_person_reads_and_takes_what_was_released_and_is_told_of_nothing_else(
    as_: Come, send: Send, partner: str, peopled: Node
) -> None:
    for title, way in (("For you", "release"), ("Only to read", "show"), ("Not decided", "release")):
        fields = {"partner": partner, "reason": "secret reason", "title": title, "way": way, "as_of": "", "since": ""}
        send(as_("ann"), "/sharing/ask", **fields)
    titles = {one.id: one.title for one in peopled.store.products.products(HOME)}
    named = {titles[one.product]: one for one in peopled.store.products.requests(HOME)}
    keep, read, waits = named["For you"], named["Only to read"], named["Not decided"]
    for one in (keep, read):
        send(as_("olga"), f"/sharing/requests/{one.id}", action="approve")

    client = as_("pat")
    page = client.get("/sharing").text
    assert "For you" in page
    assert "Only to read" in page
    for hidden in ("Not decided", "secret reason", "ann", "olga", "Propose a partner", "Waiting for a decision"):
        assert hidden not in page.split('<main id="main"', 1)[1].split("</main>", 1)[0], hidden
    assert client.get(f"/sharing/products/{read.product}").status_code == 200
    assert send(client, f"/sharing/products/{read.product}")[0] == 403
    assert send(client, f"/sharing/products/{keep.product}")[1].startswith("**TLP:CLEAR")
    for other in (f"/sharing/products/{waits.product}", f"/sharing/requests/{keep.id}", "/sharing/partners/partner-b"):
        assert client.get(other).status_code == 404, other
    assert client.get("/brief/drafts/drf_0").status_code == 404
    got = {one.how for one in peopled.store.products.disseminations(HOME)}  # at one moment: the clock stands still
    assert got == {"read here", "in the browser"}


def test_what_rests_on_a_report_is_recalled_and_the_partner_reads_the_correction(
    as_: Come, send: Send, partner: str, peopled: Node
) -> None:
    fields = {"partner": partner, "reason": "r", "title": "Brief", "way": "release", "as_of": "", "since": ""}
    send(as_("ann"), "/sharing/ask", **fields)
    (request,) = peopled.store.products.requests(HOME)
    send(as_("olga"), f"/sharing/requests/{request.id}", action="approve")
    report = peopled.store.reports(HOME)[0]

    assert send(as_("ann"), "/sharing/recalls", report=report.id, reason="it was wrong")[0] == 403
    assert send(as_("olga"), "/sharing/recalls", report=report.id, reason="it was wrong")[0] == 303
    (recall,) = peopled.store.recalls.recalls(HOME)
    assert "CORRECTION" not in as_("pat").get("/sharing").text
    assert send(as_("olga"), f"/sharing/recalls/{recall.id}")[0] == 303
    page = as_("pat").get("/sharing").text
    assert "it was wrong" in page
    assert f"/sharing/products/{request.product}" not in page
    assert send(as_("pat"), f"/sharing/recalls/{recall.id}/acknowledge")[0] == 303
    assert "acknowledged" in as_("olga").get("/sharing").text


def test_a_person_is_added_given_roles_and_let_in_no_more(as_: Come, send: Send, peopled: Node) -> None:
    fields = {"full_name": "Bo Berg", "role": ["reader", "analyst"], "clearance": "AMBER", "password": PASSWORD}
    assert send(as_("root"), "/users", name="Bo", **fields) == (303, "/users/bo")
    kept = peopled.store.people.person(HOME, "bo")
    assert kept is not None
    assert (kept.roles, kept.clearance) == (frozenset({"reader", "analyst"}), "AMBER")
    assert as_("bo").get("/review").status_code == 200

    send(as_("root"), "/users/bo", action="roles", role="reader")
    assert as_("bo").get("/review").status_code == 404
    send(as_("root"), "/users/bo", action="disable", reason="left")
    answer = as_("root").get("/users").text
    assert "disabled" in answer
    assert "Bo Berg" in answer


def test_a_role_that_is_smuggled_in_gives_nothing(as_: Come, send: Send, peopled: Node) -> None:
    before = {one.name: one.roles for one in peopled.store.people.people(HOME)}

    for name, path, fields in (
        ("ann", "/keys/password", {"password": PASSWORD, "again": PASSWORD, "role": "administrator"}),
        ("ann", "/keys", {"scope": "people", "days": "9", "note": ""}),
        ("ann", "/users/ann", {"action": "roles", "role": "administrator"}),
        ("ann", "/users", {"name": "eve", "role": "administrator", "clearance": "RED"}),
        ("root", "/users/root", {"action": "roles", "role": "release officer"}),
        ("root", "/users/ann", {"action": "clearance", "clearance": "RED", "partner": "partner-a"}),
        ("root", "/users", {"name": "eve", "role": "god", "clearance": "RED"}),
        ("root", "/users", {"name": "eve", "clearance": "RED", "login": "root"}),
    ):
        assert send(as_(name), path, **fields)[0] in (400, 403), (name, path)

    assert {one.name: one.roles for one in peopled.store.people.people(HOME)} == before


def test_a_key_is_shown_once_works_and_is_revoked(as_: Come, send: Send, peopled: Node) -> None:
    status, page = send(as_("ann"), "/keys", scope=["see"], days="9", note="a script")
    secret = re.findall(r'id="secret">(wf_[^<]+)<', page)[0]

    assert status == 200
    client = as_("ann")
    assert secret not in client.get("/keys").text
    client.cookies.clear()
    header = {"authorization": f"Bearer {secret}", "accept": "application/json"}
    assert client.get("/brief", headers=header).status_code == 200
    prefix = secret.split("_")[1]
    assert send(as_("rita"), f"/keys/{prefix}")[0] == 404
    assert send(as_("ann"), f"/keys/{prefix}") == (303, "/keys")
    client.cookies.clear()
    assert client.get("/brief", headers=header).status_code == 401
    assert all(secret not in json.dumps(one.note.detail) for one in peopled.store.audit.entries(HOME))


def test_who_failed_too_often_is_seen_and_let_try_again(as_: Come, send: Send, form_token: Callable[..., str]) -> None:
    client = as_("root")
    client.cookies.clear()
    for _ in range(6):
        wrong = {"name": "ann", "password": "not the right one", "next": "/", "token": form_token(client, "/sign-in")}
        client.post("/sign-in", data=wrong)

    assert "locked out for" in as_("root").get("/users").text
    assert send(as_("root"), "/users/ann", action="try")[0] == 303
    assert "locked out for" not in as_("root").get("/users").text
    assert as_("ann").get("/brief").status_code == 200


def test_the_log_is_filtered_checked_and_taken_along(as_: Come, send: Send, tmp_path: Path) -> None:
    send(as_("root"), "/users", name="bo", clearance="RED")
    client = as_("root")
    page = client.get("/audit?who=root&verb=people").text
    assert "change: added" in page
    assert "sign in" not in page.split("<tbody>", 1)[1]
    assert "No entries." in client.get("/audit?outcome=stopped").text
    seal = re.findall(r"<code>(\d+:[0-9a-f]{64})</code>", page)[0]

    assert "entries hold" in send(client, "/audit/verify", anchor=seal)[1]
    assert "does not hold" in send(client, "/audit/verify", anchor=f"1:{'0' * 64}")[1]
    assert send(client, "/audit/verify", anchor="nonsense")[0] == 400
    (tmp_path / "log.jsonl").write_bytes(client.get("/audit/export").content)
    verdict = of_file(tmp_path / "log.jsonl", seal)
    assert (verdict.broken, verdict.entries > 3) == (None, True)


def test_health_tells_sizes_and_checks_the_database(as_: Come, send: Send, client: Client) -> None:
    page = as_("root").get("/health").text
    assert "never, as far as the log knows" in page
    assert "SQLite" in page or "sqlite" in page
    assert "it takes the right to see" in page

    status, page = send(as_("root"), "/health/check")

    assert status == 200
    assert "Everything was read, and it holds together." in page


@pytest.mark.parametrize(
    ("name", "here", "missing"),
    [
        ("rita", "jhy", "qule"),
        ("ann", "jhqy", "ule"),
        ("olga", "jhyle", "qu"),
        ("root", "uyle", "bjhq"),
    ],
)
def test_the_navigation_has_what_a_role_may_and_the_rest_is_not_there(
    as_: Come, name: str, here: str, missing: str
) -> None:
    client = as_(name)
    page = client.get("/help").text
    paths = dict(re.findall(r'href="(/\w*)"[^>]*data-go="(\w)"', page))
    letters = set(paths.values())

    assert set(here) <= letters
    assert not set(missing) & letters
    every = {"b": "/brief", "j": "/jobs", "h": "/sharing", "q": "/review", "u": "/users", "l": "/audit", "e": "/health"}
    for letter in missing:
        assert client.get(every[letter]).status_code == 404, letter


def test_a_form_of_another_site_changes_nothing(as_: Come, send: Send, peopled: Node) -> None:
    client = as_("root")
    fields = {"name": "eve", "role": "administrator", "clearance": "RED"}

    assert client.post("/users", data=fields).status_code == 403
    assert client.post("/users", data={**fields, "token": "0" * 64}).status_code == 403
    headers = {"origin": "https://evil.example"}
    assert client.post("/users", data=fields, headers=headers).status_code == 403
    assert client.post("/users", json=fields).status_code == 403
    assert peopled.store.people.person(HOME, "eve") is None


def test_names_and_reasons_of_people_are_inert(as_: Come, send: Send, partner: str) -> None:
    evil = "<script>alert(1)</script>\u202e{{ 7 * 7 }}"
    fields = {"partner": partner, "reason": evil, "title": evil, "way": "release", "as_of": "", "since": ""}
    send(as_("ann"), "/sharing/ask", **fields)
    send(as_("root"), "/users", name="mallory", full_name=evil, clearance="RED")

    for name, paths in (("olga", ["/sharing", "/audit"]), ("root", ["/users", "/users/mallory"])):
        for path in paths:
            page = as_(name).get(path).text
            assert "<script>alert" not in page
            assert "\u202e" not in page
            assert "49" not in page.split("alert", 1)[1][:60] if "alert" in page else True


def test_before_people_are_registered_the_pages_say_how_to_begin(client: Client) -> None:
    assert "releasing takes two different ones" in client.get("/sharing").text
    assert "Nobody is registered" in client.get("/users").text
    assert "nobody is registered here yet" in client.get("/keys").text
    assert "No feed is collected from." in client.get("/jobs").text
