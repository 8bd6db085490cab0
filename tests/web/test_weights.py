"""What pages weigh, how they are sent, and what is said of how long they took."""

import gzip
from collections.abc import Callable

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.web import permitted
from watchfloor.web.node import Node
from watchfloor.web.pages import brief as brief_page
from watchfloor.web.pages import changes as changes_page

Client = TestClient[Litestar]
HEAVIEST = 300_000  # bytes of a page, uncompressed (issue 8)
OWN = {"sec-fetch-site": "same-origin", "accept-encoding": "gzip"}


def test_no_page_of_the_sample_is_heavier_than_promised(client: Client) -> None:
    without_parameter = [key.partition(" ")[2] for key in permitted.DOES if key.startswith("GET ") and "{" not in key]
    pages = [path for path in without_parameter if not path.endswith(("export", ".csv", ".atom")) and path != "/world"]
    heavy = {path: len(client.get(path).content) for path in pages}
    heavy["/map"] = len(client.get("/map").text.partition("<svg")[0]) + len(
        client.get("/map").text.rpartition("</svg>")[2]
    )

    assert {path: size for path, size in heavy.items() if size >= HEAVIEST} == {}


def test_what_a_page_of_this_node_asks_for_is_packed_and_what_another_site_asks_for_is_not(client: Client) -> None:
    plain = client.get("/claims")
    own = client.get("/claims", headers=OWN)

    assert own.headers["content-encoding"] == "gzip"
    assert own.text == plain.text
    for site in ("cross-site", "same-site", ""):
        sent = client.get("/search?q=guess", headers={"accept-encoding": "gzip", "sec-fetch-site": site})
        assert "content-encoding" not in sent.headers
    assert "content-encoding" not in client.get("/claims", headers={**OWN, "accept-encoding": "br"}).headers


def test_files_that_hold_no_secret_are_packed_for_everybody_who_takes_it(stranger: Client) -> None:
    packed = stranger.get("/static/app.css", headers={"accept-encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == stranger.get("/static/app.css", headers={"accept-encoding": ""}).content
    assert len(gzip.compress(packed.content)) < len(packed.content)


@pytest.mark.usefixtures("peopled")
def test_times_are_told_to_administrators_and_to_no_other_machine(
    from_elsewhere: Client, sign_in: Callable[..., None]
) -> None:
    sign_in(from_elsewhere, "rita")
    assert "server-timing" not in from_elsewhere.get("/claims").headers

    sign_in(from_elsewhere, "root")
    assert "total;dur=" in from_elsewhere.get("/help").headers["server-timing"]


def test_times_are_told_at_this_machine(client: Client) -> None:
    assert "template;dur=" in client.get("/claims").headers["server-timing"]


def test_the_overview_leads_to_all_changes_and_they_come_page_by_page_and_by_kind(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes_page, "ROWS", 5)
    every = client.get("/?since=2024-10-24&format=json").json()["data"]["changes"]
    pages = -(-len(every) // 5)
    shown = [client.get(f"/changes?since=2024-10-24&page={at + 1}").text.count("data-item") for at in range(pages)]
    kind = every[0]["kind"]

    assert "/changes?since=2024-10-24" in client.get("/?since=2024-10-24").text
    assert sum(shown) == len(every)
    assert client.get(f"/changes?since=2024-10-24&kind={kind}").text.count("data-item") == min(
        5, sum(one["kind"] == kind for one in every)
    )
    assert client.get("/changes?look=yesterday").status_code == 400


def test_a_long_brief_shows_the_first_lines_of_each_section_and_leads_to_all(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief_page, "LINES", 3)
    monkeypatch.setattr(brief_page, "FIRST", 1)
    sections = {
        one["heading"]: len(one["lines"]) for one in client.get("/brief?format=json").json()["data"]["sections"]
    }
    first = client.get("/brief").text
    pages = -(-sections["Contacts"] // 3)
    lines = sum(
        client.get(f"/brief?section=contacts&page={at + 1}").text.count('<li class="plain"') for at in range(pages)
    )

    assert "section=contacts" in first
    assert first.count('<li class="') <= sum(1 for number in sections.values() if number) + first.count("entries")
    assert lines == sections["Contacts"]


def test_a_picture_that_takes_long_is_announced_and_programs_wait_for_it(
    node: Node, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node.pictures, "awaited", lambda *_, **__: 2_000)
    answer = client.get("/claims")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "32")
    assert "2,000 reports" in answer.text
    assert client.get("/claims?format=json").status_code == 200
