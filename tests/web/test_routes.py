"""Every route has its place in the table of rights, and the table has no route that is not there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from watchfloor.core.permission import VERBS
from watchfloor.web import navigation, permitted
from watchfloor.web.app import application
from watchfloor.web.node import Node

Client = TestClient[Litestar]


def routes(app: Litestar) -> Iterator[str]:
    """Every route below no door of its own, as the tables call it."""
    for route in app.routes:
        assert isinstance(route, HTTPRoute), f"{route.path}: only requests pass the door"
        for method in route.methods - {"OPTIONS", "HEAD"}:
            if not route.path_format.startswith(permitted.OWN_DOOR.rstrip("/")):
                yield permitted.key(method, route.path_format)


def test_every_route_is_in_one_of_the_tables_and_only_there(node: Node) -> None:
    found = set(routes(application(node)))

    assert found - permitted.OPEN - set(permitted.DOES) == set(), "give it a line in web/permitted.py"
    assert (permitted.OPEN | set(permitted.DOES)) - found == set(), "there is no such route"
    assert not permitted.OPEN & set(permitted.DOES)
    assert {verb for verb in permitted.DOES.values() if verb} <= set(VERBS)


def test_what_changes_something_never_takes_only_the_right_to_see() -> None:
    assert [key for key, verb in permitted.DOES.items() if not key.startswith("GET ") and verb == "see"] == []


def filled(template: str) -> str:
    """An address of a route, with something that is not there in the places of its parameters."""
    return "/".join("rep_0" if part.startswith("{") else part for part in template.split("/"))


def test_nobody_unknown_gets_anything_but_the_way_in(node: Node, stranger: Client) -> None:
    for key in permitted.DOES:
        method, _, template = key.partition(" ")
        answer = stranger.request(method, filled(template), headers={"sec-fetch-site": "same-origin"})
        way = answer.headers.get("location", "")

        assert (answer.status_code, way.startswith("/sign-in")) in ((303, True), (401, False)), key
        assert stranger.request(method, filled(template), headers={"accept": "application/json"}).status_code == 401


def test_nobody_without_the_right_gets_further_than_the_door(
    peopled: Node, stranger: Client, sign_in: Callable[..., None], form_token: Callable[..., str]
) -> None:
    sign_in(stranger, "rita")
    for key, verb in permitted.DOES.items():
        method, _, template = key.partition(" ")
        data: dict[str, Any] = {"data": {"token": form_token(stranger)}} if method == "POST" else {}
        status = 0 if verb in ("see", "keys", None) else stranger.request(method, filled(template), **data).status_code

        assert status in (0, 403), key


def test_every_page_of_the_navigation_has_a_letter_of_its_own() -> None:
    letters = [one.letter for one in navigation.ENTRIES]

    assert len(set(letters)) == len(letters)
    assert "g" not in letters


@pytest.mark.parametrize("name", ["rita", "root"])
def test_the_navigation_shows_only_what_one_may(
    name: str, peopled: Node, stranger: Client, sign_in: Callable[..., None]
) -> None:
    sign_in(stranger, name)
    text = stranger.get("/help").text

    assert ('data-go="o"' in text) == (name == "rita")
