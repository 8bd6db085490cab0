"""Search, reports, kept searches and their feeds, what was set aside, feeds."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.core.feed import FeedState
from watchfloor.core.marking import Reader
from watchfloor.flow.schedule import is_due
from watchfloor.web.node import Node

Client = TestClient[Litestar]
US = Reader(name="us", partner=None, clearance="RED")
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_search_says_what_it_looked_for_and_marks_the_words(client: Client) -> None:
    text = client.get("/search?q=soldiers").text

    assert "Looked for reports with “soldiers”." in text
    assert text.count("<mark>soldiers</mark>") > 3
    assert re.search(r'href="/r/rep_[0-9a-f]+#s\d+"', text)


def test_what_is_no_proper_search_is_read_as_words_and_it_says_so(client: Client) -> None:
    answer = client.get("/search", params={"q": '(soldiers AND "russia speaker:'})

    assert answer.status_code == 200
    assert "Not all was read as typed" in answer.text


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60))
def test_no_search_is_an_error(client: Client, typed: str) -> None:
    assert client.get("/search", params={"q": typed.encode("utf-8", "replace")}).status_code == 200


def test_the_numbers_of_the_facets_are_those_of_the_searches_to_which_they_lead(client: Client) -> None:
    text = client.get("/search?q=soldiers").text
    links = re.findall(r'<li><a href="(/search\?q=[^"]+)"><bdi>[^<]+</bdi> <span class="quiet">(\d+)</span>', text)

    assert len(links) > 5
    for link, number in links:
        found = client.get(unescape(link) + "&format=json").json()["data"]
        assert found["total"] == int(number), link


def test_reports_are_listed_and_narrowed_by_what_they_are(client: Client, node: Node) -> None:
    everything = client.get("/reports?format=json").json()["data"]
    assert everything["total"] == len(node.store.reports(US))

    korean = client.get("/reports?lang=ko&format=json").json()["data"]["reports"]
    assert {one["language"] for one in korean} == {"ko"}
    text = client.get("/reports?outlet=NordWire").text
    assert 'aria-current="true"' in text
    assert "show all" in text


def test_a_page_beyond_the_last_is_empty_and_no_error(client: Client) -> None:
    for path in ("/search?q=soldiers&page=400", "/reports?page=99999", "/setaside?page=77", "/search?page=-1&q=%00"):
        assert client.get(path).status_code == 200, path


def keep(client: Client, form_token: Callable[..., str], name: str = "Soldiers") -> str:
    """Keep a search; return its id."""
    form = {"token": form_token(client), "name": name, "q": "soldiers", "next": "/search?q=soldiers"}
    answer = client.post("/searches", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=soldiers")
    return str(client.get("/searches?format=json").json()["data"][0]["id"])


def test_a_search_is_kept_looked_at_and_removed(client: Client, form_token: Callable[..., str]) -> None:
    id = keep(client, form_token)
    before = client.get("/searches?format=json").json()["data"][0]
    opened = client.get(f"/searches/{id}")
    after = client.get("/searches?format=json").json()["data"][0]

    assert opened.headers["location"] == "/search?q=soldiers&sort=new"
    assert before["new"] == before["total"] > after["new"] == 0
    assert "Kept as Soldiers." in client.get("/search?q=soldiers").text
    client.post(f"/searches/{id}/remove", data={"token": form_token(client)})
    assert client.get("/searches?format=json").json()["data"] == []


def test_a_feed_is_had_at_a_secret_address_by_whoever_has_it_and_by_nobody_else(
    client: Client, stranger: Client, form_token: Callable[..., str]
) -> None:
    id = keep(client, form_token)
    page = client.post(f"/searches/{id}/address", data={"token": form_token(client)}).text
    secret = page.split("/feeds/searches/", 1)[1].split("<", 1)[0]
    answer = stranger.get(f"/feeds/searches/{secret}")

    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    assert len(root.findall(f"{ATOM}entry")) > 5
    assert answer.content == stranger.get(f"/feeds/searches/{secret}").content
    assert secret not in client.get("/searches").text
    assert stranger.get("/feeds/searches/guessed.atom").status_code == 404
    assert stranger.get(f"/searches/{id}/feed").status_code == 303
    assert client.get(f"/searches/{id}/feed").status_code == 200
    client.post(f"/searches/{id}/address", data={"token": form_token(client)})
    assert stranger.get(f"/feeds/searches/{secret}").status_code == 404


def test_searches_of_others_are_not_there(
    peopled: Node, stranger: Client, sign_in: Any, form_token: Callable[..., str]
) -> None:
    sign_in(stranger, "ann")
    id = keep(stranger, form_token, "Hers")
    stranger.post("/sign-out", data={"token": form_token(stranger)})
    sign_in(stranger, "rita")

    assert "Hers" not in stranger.get("/searches").text
    assert stranger.get(f"/searches/{id}").status_code == 404
    assert stranger.get(f"/searches/{id}/feed").status_code == 404
    assert stranger.post(f"/searches/{id}/remove", data={"token": form_token(stranger)}).status_code == 400


def test_what_was_set_aside_says_why_and_is_tried_again(
    client: Client, node: Node, form_token: Callable[..., str]
) -> None:
    text = client.get("/setaside").text
    assert "no paragraph of running text" in text
    one = node.store.asides(US)[0]
    answer = client.post("/setaside/replay", data={"token": form_token(client), "id": one.id, "reason": ""})

    assert answer.headers["location"] == "/setaside?tried=1&good=0"
    assert "1 item was tried again; 0 can be read now." in client.get(answer.headers["location"]).text
    original = client.get(f"/setaside/{one.capture}/original")
    assert original.headers["content-security-policy"].startswith("sandbox")
    assert original.headers["content-disposition"].startswith("attachment")
    (report, *_) = node.store.reports(US)
    assert client.get(f"/setaside/{report.capture}/original").status_code == 404


FEED = {"name": "wire", "address": "https://wire.example/rss", "kind": "", "every": "2h", "outlet": "Wire"}


def test_a_feed_is_added_paused_and_asked_for_without_asking_any_site(
    client: Client, node: Node, form_token: Callable[..., str]
) -> None:
    token = form_token(client)
    form = {"token": token, **FEED, "level": "GREEN", "releasable": "partner-a, Alliance"}
    answer = client.post("/feeds", data=form)
    assert answer.headers["location"] == "/feeds?name=wire&done=added"
    (feed,) = node.store.feeds(US)
    assert (feed.kind, feed.every) == ("feed", 7_200)
    assert feed.marking is not None
    assert feed.marking.releasable_to == {"partner-a", "Alliance"}

    later = FeedState(tried=node.now(), outcome="failed", failures=3, next_try=node.now().replace(year=2030))
    node.store.keep_feed_state("wire", later)
    assert "failing" in client.get("/feeds").text
    client.post("/feeds/ask", data={"token": token, "name": "wire"})
    assert is_due(feed, node.store.feed_states(US)["wire"], node.now())
    client.post("/feeds/pause", data={"token": token, "name": "wire", "paused": "yes"})
    assert node.store.feeds(US)[0].paused
    assert client.post("/feeds/ask", data={"token": token, "name": "wire"}).status_code == 400
    assert "It was not asked yet." in client.get("/feeds/one?name=wire").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"address": "/etc/passwd"}, "expected a web address"),
        ({"address": "javascript:alert(1)"}, "expected a web address"),
        ({"every": "1s"}, "at least 60s"),
        ({"kind": "folder"}, "expected one of page"),
        ({"name": "a\u0007"}, "that can be printed"),
        ({"releasable": "partner-a"}, "choose one"),
    ],
)
def test_what_is_no_feed_is_refused_and_what_was_typed_stays(
    client: Client, node: Node, form_token: Callable[..., str], change: dict[str, str], said: str
) -> None:
    answer = client.post("/feeds", data={"token": form_token(client), **FEED, "level": "", **change})

    assert answer.status_code == 400
    assert said in unescape(answer.text)
    assert 'value="Wire"' in answer.text
    assert node.store.feeds(US) == ()


def test_a_reader_sees_feeds_and_changes_none(
    peopled: Node, stranger: Client, sign_in: Any, form_token: Callable[..., str]
) -> None:
    sign_in(stranger, "rita")
    assert '<form method="post" action="/feeds' not in stranger.get("/feeds").text
    for path in ("/feeds", "/feeds/ask", "/feeds/pause", "/setaside/replay"):
        assert stranger.post(path, data={"token": form_token(stranger), "name": "x"}).status_code == 403
