"""Watch in the browser's place: the board, alerts, moves, and the file that is only changed when it is right."""

import html
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from litestar import Litestar
from litestar.testing import TestClient
from msgspec import structs

from watchfloor.core.marking import Reader
from watchfloor.flow.picture import picture
from watchfloor.flow.sample import watch_file
from watchfloor.flow.watch_file import digest_of
from watchfloor.flow.watch_file import watched as read_file
from watchfloor.flow.watch_page import watch_page
from watchfloor.flow.watching import past
from watchfloor.web.node import Node

Token = Callable[..., str]


@pytest.fixture
def watching(node: Node, tmp_path: Path) -> Node:
    """The node with the sample's file, which has looked at its past."""
    path = tmp_path / "watch.toml"
    path.write_text(watch_file().read_text(encoding="utf-8"), encoding="utf-8")
    node.settings = structs.replace(node.settings, watch=str(path))
    _look_back(node)
    return node


def _look_back(node: Node) -> None:
    """Raise the alerts of two days."""
    home = Reader(name="us", partner=None, clearance="RED", at=datetime(2024, 11, 1, tzinfo=UTC))
    since, until = date(2024, 10, 28), date(2024, 10, 29)
    past(
        node.store,
        home,
        node.settings,
        read_file(node.settings),
        lambda day: picture(node.store, home, day),
        since,
        until,
    )


def test_where_nothing_is_watched_for_the_page_says_how_to_begin(node: Node, client: TestClient[Litestar]) -> None:
    node.settings = structs.replace(node.settings, watch="no such file")

    assert "Nothing is watched for yet." in client.get("/watch").text


def test_where_there_is_no_file_the_form_begins_with_what_the_reports_here_say_marked_as_they_are(
    node: Node, client: TestClient[Litestar]
) -> None:
    node.settings = structs.replace(node.settings, watch="no such file")

    shown = client.get("/watch/edit").text

    assert "There is no file yet: this is one to begin with." in shown
    assert "Taken from the figures" in shown
    assert client.get("/claims").text.partition("<header")[0][-200:] == shown.partition("<header")[0][-200:]


def test_states_and_measures_are_in_the_language_of_the_page_and_a_rung_says_what_happened(
    watching: Node, client: TestClient[Litestar]
) -> None:
    shown = client.get("/watch", headers={"Accept-Language": "de"}).text
    rung = client.get("/watch?format=json").json()["data"]["ladder"][0]

    assert "noch nicht bewegt" in shown
    assert '<option value="agreed">vereinbart</option>' in shown
    assert not any(word in shown for word in (" of 2 origins", "not moved yet", ">below", ": 1 bis 1"))
    assert rung["alerts"][0]["sentence"][:60] in html.unescape(shown).partition('class="ladder"')[2]


def test_a_partner_is_shown_nothing_of_what_is_watched_for(watching: Node) -> None:
    theirs = Reader(name="b", partner="B", clearance="RED", at=datetime(2024, 11, 1, tzinfo=UTC))

    shown = watch_page(watching.store, theirs, watching.settings)

    assert (shown.board.rows, shown.board.ladder, shown.alerts) == ((), (), ())


def test_the_board_shows_indicators_ladder_and_alerts_with_their_words(
    watching: Node, client: TestClient[Litestar], form_token: Token
) -> None:
    shown = client.get("/watch").text

    assert "Why not before" in shown
    assert "Technology passes, or may pass, to the North" in shown
    assert "Called for, and not moved since:" in shown
    assert "/reports/rep_" in shown
    data = client.get("/watch?format=json").json()["data"]
    assert data["open"] == len(data["alerts"]) > 0
    assert client.get("/watch/alerts.atom").headers["Content-Type"].startswith("application/atom+xml")
    before = client.get("/watch?as_of=2024-10-01&format=json").json()["data"]
    assert before["open"] == 0


def test_an_alert_is_acknowledged_and_a_measure_moved_and_taken_back(
    watching: Node, client: TestClient[Litestar], form_token: Token
) -> None:
    token = form_token(client)
    alert = client.get("/watch?format=json").json()["data"]["alerts"][0]["alert"]["id"]

    assert client.post("/watch/acknowledge", data={"token": token, "alert": alert, "note": "seen"}).status_code == 303
    assert alert not in {one["alert"]["id"] for one in client.get("/watch?format=json").json()["data"]["alerts"]}
    assert "Acknowledged by" in client.get("/watch?alerts=all").text
    sent = {"token": token, "measure": "consult", "status": "agreed", "because": "<b>Two</b> origins now"}
    assert client.post("/watch/move", data=sent).status_code == 303
    assert "&lt;b&gt;Two&lt;/b&gt; origins now" in client.get("/watch").text
    assert client.post("/watch/undo", data={"token": token, "measure": "consult"}).status_code == 303
    ladder = client.get("/watch?format=json").json()["data"]["ladder"]
    consult = next(one for one in ladder if one["measure"]["id"] == "consult")
    assert (consult["status"], len(consult["moves"])) == (None, 2)
    assert client.post("/watch/move", data=sent | {"owner": "me"}).status_code == 400


def test_the_text_is_checked_tried_and_saved_only_when_it_is_right_and_nobody_changed_it_meanwhile(
    watching: Node, client: TestClient[Litestar], form_token: Token, tmp_path: Path
) -> None:
    path = tmp_path / "watch.toml"
    text = path.read_text(encoding="utf-8")
    token = form_token(client)
    only = text[: text.index("[[indicator]]", text.index("[[indicator]]") + 5)]
    sent = {"token": token, "text": only, "instead_of": digest_of(text), "since": "2024-10-28", "until": "2024-10-29"}

    wrong = client.post("/watch/edit", data=sent | {"text": only.replace("figures", "figure"), "do": "save"})
    assert (wrong.status_code, "did you mean figures?" in wrong.text, path.read_text()) == (422, True, text)
    assert "The text is right." in client.post("/watch/edit", data=sent | {"do": "check"}).text
    tried = client.post("/watch/edit", data=sent | {"do": "test"})
    assert (tried.status_code, "It would have fired" in tried.text) == (200, True)
    far = client.post("/watch/edit", data=sent | {"do": "test", "since": "2020-01-01"})
    assert (far.status_code, "at most 62" in far.text) == (422, True)
    stale = client.post("/watch/edit", data=sent | {"do": "save", "instead_of": "0" * 64})
    assert (stale.status_code, "somebody has changed" in stale.text) == (422, True)
    assert client.post("/watch/edit", data=sent | {"do": "save"}).status_code == 303
    assert len(read_file(watching.settings).indicators) == 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_pages_have_no_serious_barrier_no_complaint_and_do_not_scroll_sideways(
    served: Node, watched: Callable[..., Any], tmp_path: Path, scheme: str, width: int
) -> None:
    (tmp_path / "watch.toml").write_text(watch_file().read_text(encoding="utf-8"), encoding="utf-8")
    served.settings = structs.replace(served.settings, watch=str(tmp_path / "watch.toml"))
    _look_back(served)
    browser = watched(color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in ("/watch", "/watch/edit"):
        page = browser.goto(path)
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
    assert browser.is_content(), browser.said


def test_on_a_telephone_a_short_page_begins_right_under_the_way_to_the_others(
    served: Node, watched: Callable[..., Any]
) -> None:
    served.settings = structs.replace(served.settings, watch="no such file")
    page = watched(color_scheme="dark", viewport={"width": 360, "height": 2400}).goto("/watch")

    top = "document.querySelector('%s').getBoundingClientRect().top"
    assert page.evaluate(top % "main") - page.evaluate(top % ".side") < 80
