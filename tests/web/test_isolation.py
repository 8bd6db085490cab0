"""A partner's person sees only what is theirs, on every route there is: a new one is tried by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.core.audit import Note
from watchfloor.core.marking import Marking, Reader
from watchfloor.flow import pictures
from watchfloor.web import permitted
from watchfloor.web.node import Node

Client = TestClient[Litestar]
US = Reader(name="tests", partner=None, clearance="RED")


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of a partner are put together once in this test, not once a page: what they hold is what is tested."""
    kept: dict[Any, Any] = {}
    given = pictures.picture

    def picture(store: Any, reader: Reader, *arguments: Any) -> Any:
        key = (reader.partner, reader.clearance, arguments)
        if key not in kept:
            kept[key] = given(store, reader, *arguments)
        return kept[key]

    monkeypatch.setattr(pictures, "picture", picture)


def test_no_route_shows_a_partner_what_is_not_theirs(
    peopled: Node, stranger: Client, sign_in: Callable[..., None], remembered: None
) -> None:
    whole = pictures.picture(peopled.store, US)
    hidden = whole.reports[::2]
    for report in hidden:
        note = Note(at=peopled.now(), who="tests", verb="mark", what=report.id)
        peopled.store.marks.keep_marking(report.id, Marking(level="RED", releasable_to=frozenset()), note)
    seen = [one for one in whole.reports if one not in hidden]
    gone = {one.id for one in hidden}
    secret = {one.id for one in hidden} | {one.headline for one in hidden if one.headline}
    secret -= {one.headline for one in seen}
    claims = [one.id for one in whole.claims if {p.span.report for p in one.positions} <= gone]
    sign_in(stranger, "pat")

    for key in sorted(permitted.DOES):
        method, _, template = key.partition(" ")
        if method != "GET":
            continue
        for id in (hidden[0].id, claims[0]) if "{" in template else ("",):
            path = "/".join(id if part.startswith("{") else part for part in template.split("/"))
            for form in ("", "?format=json", f"?since=2024-10-20&words={seen[0].outlet or 'x'}"):
                answer = stranger.get(path + form)
                text = answer.text.replace(id, "") if id else answer.text

                assert not [one for one in secret if one in text], path + form
                assert id == "" or answer.status_code in (403, 404), path
                assert answer.status_code < 500, path

    board = stranger.get("/claims?format=json").json()["data"]
    assert board
    assert not gone & {p["report"] for claim in board for p in claim["positions"]}


def test_what_a_partner_is_told_is_missing_is_told_as_what_is_not_there(
    peopled: Node, stranger: Client, sign_in: Callable[..., None], remembered: None
) -> None:
    whole = pictures.picture(peopled.store, US)
    for report in whole.reports:
        note = Note(at=peopled.now(), who="tests", verb="mark", what=report.id)
        peopled.store.marks.keep_marking(report.id, Marking(level="RED"), note)
    sign_in(stranger, "pat")
    claim, nothing = whole.claims[0].id, "clm_00000000000000000000"
    told = [
        (one.status_code, one.text.replace(id, ""))
        for id in (claim, nothing)
        for one in [stranger.get(f"/claims/{id}")]
    ]

    assert told[0] == told[1]
    assert "No reports yet." in stranger.get("/claims").text
