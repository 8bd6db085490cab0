"""The overview: what changed since a day or a look, and how solid it is."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace

from watchfloor.core.claim import Claim
from watchfloor.core.picture import Picture
from watchfloor.watch.solidity import SOLIDITIES, counted, is_contested, solidity
from watchfloor.web.figures_svg import undated
from watchfloor.web.node import Node

Client = TestClient[Litestar]


def test_the_first_look_is_compared_with_the_day_before_the_newest_report(client: Client) -> None:
    data = client.get("/?format=json").json()["data"]

    assert data["since"] == "2024-10-31"
    assert data["changes"]


def test_a_day_in_the_address_decides_and_every_change_has_its_words(client: Client) -> None:
    data = client.get("/?since=2024-10-24&format=json").json()["data"]
    kinds = {one["kind"] for one in data["changes"]}

    assert "newly independent" in kinds
    assert all(one["evidence"] for one in data["changes"] if one["kind"] != "no longer carried")


def test_what_came_since_the_last_look_is_what_was_collected_since(node: Node, client: Client) -> None:
    client.get("/")
    now = node.now()
    node.now = lambda: now + timedelta(hours=3)
    text = client.get("/").text

    assert "Since you last looked" in text
    assert "Nothing has changed." in text


def test_values_that_no_chart_shows_because_their_day_is_not_known_are_counted(situation: Picture) -> None:
    counted_one = next(one for one in situation.claims if one.topic == "figure" and len(one.figures) > 1)
    first, *rest = counted_one.figures

    assert undated([counted_one]) == 0
    assert undated([replace(counted_one, figures=(replace(first, as_of=None), *rest))]) == 1


def test_the_counts_of_solidity_add_up(client: Client) -> None:
    data = client.get("/?format=json").json()["data"]["claims"]

    assert sum(data["by_independent_origins"].values()) == data["all"]


def test_the_rows_of_how_solid_add_up_for_whoever_counts_them(client: Client) -> None:
    panel = client.get("/").text.partition('aria-labelledby="solid"')[2].partition("</dl>")[0]
    total, *rows, _contested = (int(number) for number in re.findall(r"<dd>(\d+)</dd>", panel))

    assert sum(rows) == total


def test_the_page_as_of_a_day_counts_what_was_known_then(client: Client) -> None:
    then = client.get("/?as_of=2024-10-19&format=json").json()["data"]["counts"]["reports"]

    assert 0 < then < client.get("/?format=json").json()["data"]["counts"]["reports"]


@pytest.mark.parametrize("query", ["since=yesterday", "as_of=x", "since=2024-11-01&as_of=2024-10-20"])
def test_a_day_that_is_none_is_told_in_words(query: str, client: Client) -> None:
    answer = client.get(f"/?{query}")

    assert answer.status_code == 400
    assert "expected" in answer.text


def test_before_any_report_the_page_says_what_to_do(client: Client) -> None:
    assert "watchfloor add" in client.get("/?as_of=2001-01-01").text


def test_the_tips_are_hidden_for_good(client: Client, form_token: Callable[..., str]) -> None:
    assert "Three things to try" in client.get("/").text
    client.post("/look", data={"tips": "off", "next": "/", "token": form_token(client)})

    assert "Three things to try" not in client.get("/").text


def test_solidity_is_counted_of_origins_and_a_denial_contests(situation: Picture) -> None:
    solid = counted(situation.claims)

    assert set(solid.by) == set(SOLIDITIES)
    assert solid.contested == sum(is_contested(one) for one in situation.claims)
    assert [solidity(one) for one in situation.claims if one.circular] == ["a circle"] * sum(
        one.circular for one in situation.claims
    )


def test_a_claim_from_one_origin_or_two_is_neither_one_nor_two(situation: Picture) -> None:
    first: Claim = situation.claims[0]
    assert solidity(replace(first, origins_min=1, origins_max=2, circular=False)) == "one or more"
    assert solidity(replace(first, origins_min=2, origins_max=2, circular=False)) == "two or more"
    assert solidity(replace(first, origins_min=1, origins_max=1, circular=False)) == "one"
