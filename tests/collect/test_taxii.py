"""Servers with habits of their own; what is asked of them always comes to an end."""

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.taxii import MOST_PAGES, Pulled, pull
from watchfloor.core.errors import SourceError
from watchfloor.core.exchange import Exchange, Fetch

NOW = datetime(2024, 11, 1, tzinfo=UTC)
COLLECTION = "https://partner.example/api/collections/1/"
Shelf = list[tuple[str, str]]
"""Times of adding and ids, in order."""


def answer(url: str, page: dict[str, Any], last: str | None = None) -> Fetch:
    headers = (("X-TAXII-Date-Added-Last", last),) if last else ()
    body = json.dumps(page).encode()
    exchange = Exchange(
        url=url, asked=NOW, seconds=0, method="GET", request=(), status=200, reason="OK", headers=headers, body=body
    )
    return Fetch(address=url, outcome="got", exchanges=(exchange,), content=body)


def server(shelf: Shelf, size: int, *, cursor: bool, inclusive: bool = False) -> Callable[[str], Fetch]:
    """A server that sends so many objects a page, with `next` or without, and whose added_after may be inclusive."""

    def ask(url: str) -> Fetch:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        after = asked.get("added_after", "")
        found = [one for one in shelf if one[0] > after or (inclusive and one[0] == after)]
        start = int(asked.get("next", 0))
        page = found[start : start + size]
        more = start + size < len(found)
        told: dict[str, Any] = {"objects": [{"type": "note", "id": id} for _, id in page]}
        told |= {"more": True} if more else {}
        told |= {"next": str(start + size)} if more and cursor else {}
        return answer(url, told, page[-1][0] if page else None)

    return ask


def at(microseconds: int) -> str:
    return f"2024-10-21T09:00:00.{microseconds:06d}Z"


def ids(pages: list[Pulled]) -> list[str]:
    return [one["id"] for page in pages for one in page.objects]


SHELVES = {
    "all at different times": [(at(n + 1), f"note--{n}") for n in range(25)],
    "some at one time": [(at(n // 4 + 1), f"note--{n}") for n in range(25)],
}


@pytest.mark.parametrize("cursor", [True, False])
@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize("shelf", SHELVES)
def test_everything_is_had_once_from_servers_of_every_habit(shelf: str, inclusive: bool, cursor: bool) -> None:
    given = SHELVES[shelf]

    pages = list(pull(server(given, 5, cursor=cursor, inclusive=inclusive), COLLECTION, None))

    assert ids(pages) == [id for _, id in given]
    assert (pages[-1].last, pages[-1].ended) == (given[-1][0], "all of it")


def test_the_next_run_asks_from_the_last_object_on_and_gets_what_came_at_its_time_afterwards() -> None:
    first = SHELVES["some at one time"][:10]
    (*_, end) = pull(server(first, 5, cursor=True), COLLECTION, None)

    again = list(pull(server(SHELVES["some at one time"], 50, cursor=True), COLLECTION, end.last))

    assert set(ids(again)) >= {id for _, id in SHELVES["some at one time"][10:]}


@pytest.mark.parametrize(
    "page",
    [
        {"more": True, "objects": [{"id": "note--1"}]},
        {"more": True, "next": "x", "objects": [{"id": "note--1"}]},
        {"more": True, "next": "x"},
        {"more": True},
    ],
)
@pytest.mark.parametrize("last", [None, at(7), "nonsense"])
def test_a_server_that_always_has_more_is_left_in_the_end(page: dict[str, Any], last: str | None) -> None:
    asked: list[str] = []

    def ask(url: str) -> Fetch:
        asked.append(url)
        return answer(url, page, last)

    pages = list(pull(ask, COLLECTION, None))

    assert len(asked) <= 4
    assert pages[-1].ended not in (None, "all of it")


def test_a_server_whose_cursor_never_ends_is_asked_so_often_and_no_more() -> None:
    asked: list[str] = []

    def ask(url: str) -> Fetch:
        asked.append(url)
        return answer(url, {"more": True, "next": str(len(asked)), "objects": [{"id": f"note--{len(asked)}"}]})

    assert list(pull(ask, COLLECTION, None))[-1].ended == "as much as one run takes; the next one goes on"
    assert len(asked) == MOST_PAGES


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"objects":{}}', b'{"objects":[1]}', b"[" * 100_000])
def test_what_is_no_envelope_is_an_error_of_the_source(body: bytes) -> None:
    with pytest.raises(SourceError):
        list(pull(lambda url: Fetch(address=url, outcome="got", content=body), COLLECTION, None))


def test_a_server_that_refuses_is_an_error_of_the_source() -> None:
    with pytest.raises(SourceError, match="401"):
        list(pull(lambda url: Fetch(address=url, outcome="blocked", detail="401"), COLLECTION, None))


@given(st.binary(max_size=60), st.text(max_size=30))
def test_any_answer_is_read_or_refused(body: bytes, last: str) -> None:
    exchange = answer("x", {}, last or None).exchanges

    with contextlib.suppress(SourceError):
        list(pull(lambda url: Fetch(address=url, outcome="got", content=body, exchanges=exchange), COLLECTION, None))
