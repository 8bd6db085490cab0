"""The claims board and the page of a claim: what is shown, what people decide, what nobody may see."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace

from watchfloor.core.audit import Note
from watchfloor.core.claim import Claim
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.admission import alone
from watchfloor.web.differences import against
from watchfloor.web.node import Node

Client = TestClient[Litestar]
Token = Callable[..., str]


def widest(client: Client) -> dict[str, Any]:
    """The claim that most reports carry."""
    found: list[dict[str, Any]] = client.get("/claims?format=json&sort=reports").json()["data"]
    return found[0]


def one(client: Client, id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/claims/{id}?format=json").json()["data"]
    return found


def test_the_board_has_a_row_for_each_claim_and_three_different_counts(client: Client) -> None:
    text = client.get("/claims").text

    assert text.count("<tr data-item") == 100
    for word in ("reports", "outlets", "origins"):
        assert f">{word}</th>" in text


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("topic=figure", lambda claim: claim["topic"] == "figure"),
        ("solid=two or more", lambda claim: claim["origins_min"] > 1),
        ("stance=denies", lambda claim: any(p["stance"] == "denies" for p in claim["positions"])),
        ("party=NATO", lambda claim: any("NATO" in (p["party"], p["speaks_for"]) for p in claim["positions"])),
        ("words=12,000", lambda claim: "12,000" in str(claim)),
        ("contested=1", lambda claim: claim["rivals"] or any(p["stance"] != "asserts" for p in claim["positions"])),
    ],
)
def test_a_filter_in_the_address_narrows_the_board(
    query: str, holds: Callable[[dict[str, Any]], bool], client: Client
) -> None:
    found = client.get(f"/claims?{query}&format=json").json()["data"]

    assert 0 < len(found) < len(client.get("/claims?format=json").json()["data"])
    assert all(holds(claim) for claim in found)


def test_a_filter_that_means_nothing_is_as_if_it_were_not_there(client: Client) -> None:
    everything = client.get("/claims?format=json").json()["data"]

    assert client.get("/claims?stance=xx&solid=%00&page=99999&sort=%F0&format=json").json()["data"] == everything
    assert client.get("/claims?page=99999999999").status_code == 200


def test_no_claim_fits_is_said(client: Client) -> None:
    assert "No claim fits." in client.get("/claims?words=zzzzzz").text


def test_the_sheet_has_the_claims_of_the_board(client: Client) -> None:
    answer = client.get("/claims.csv?words=12,000")
    rows = list(csv.DictReader(StringIO(answer.text)))

    assert answer.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    assert rows
    assert {row["marking"] for row in rows} == {"TLP:CLEAR | releasable to partner-a"}


def test_every_wording_stands_beside_the_others_and_leads_to_its_report(client: Client) -> None:
    claim = widest(client)
    text = client.get(f"/claims/{claim['id']}").text

    assert text.count('<li data-item class="wording">') == len(claim["positions"])
    assert 'mark class="number"' in text
    way = text.split('class="from"><a href="')[1].split('"')[0]
    sentence = client.get(way).headers["location"]
    assert sentence.startswith("/r/rep_")
    assert f'id="{sentence.split("#")[1]}"' in client.get(sentence).text


def test_every_edge_of_the_graph_has_its_reason_in_the_table(client: Client) -> None:
    claim = widest(client)
    edges = one(client, claim["id"])["edges"]
    text = client.get(f"/claims/{claim['id']}").text

    assert edges
    assert '<svg class="origins"' in text
    for edge in edges:
        assert edge["detail"].split(";")[0] in text


def test_a_route_that_is_cut_adds_an_origin_and_comes_back(client: Client, form_token: Token) -> None:
    claim = widest(client)
    edge = next(e for e in one(client, claim["id"])["edges"] if e["reason"] == "copy")
    fields = {"child": edge["child"], "parent": edge["parent"], "token": form_token(client)}
    where = f"/claims/{claim['id']}/route"

    cut = client.post(where, data={**fields, "do": "cut", "reason": "it had a source of its own"})
    after = one(client, claim["id"])
    assert cut.status_code == 303
    assert (edge["child"], edge["parent"]) not in {(e["child"], e["parent"]) for e in after["edges"]}
    assert "it had a source of its own" in client.get(f"/claims/{claim['id']}").text

    client.post(where, data={**fields, "do": "leave"})
    assert edge in one(client, claim["id"])["edges"]
    assert one(client, claim["id"])["origins_max"] == claim["origins_max"]


def test_an_assessment_is_marked_as_its_reports_or_higher_and_what_takes_its_place_is_too(
    node: Node, client: Client, form_token: Token
) -> None:
    claim, token = widest(client), form_token(client)
    where = f"/claims/{claim['id']}/assess"
    free, cleared = (Reader(name="x", partner=None, clearance=level) for level in ("GREEN", "RED"))

    client.post(where, data={"credibility": "3", "token": token})
    client.post(where, data={"likelihood": "likely", "level": "RED", "reason": "told in confidence", "token": token})
    client.post(where, data={"reason": "a note on it", "token": token})
    client.post(where, data={"undo": "1", "token": token})

    levels = [one.marking.level for one in node.store.assessments(cleared) if one.marking]
    assert levels == ["CLEAR", "RED", "RED", "RED"]
    assert [one.credibility for one in node.store.assessments(free)] == ["3"]
    assert one(client, claim["id"])["assessment"]["marking"] == "RED"


def test_an_assessment_is_gone_from_every_page_for_who_may_not_see_a_report_that_it_rests_on(
    peopled: Node, stranger: Client, sign_in: Callable[..., None], form_token: Token
) -> None:
    sign_in(stranger, "ann")
    claim = widest(stranger)
    fields = {"credibility": "3", "reason": "secretive, as the first paper has it", "token": form_token(stranger)}
    stranger.post(f"/claims/{claim['id']}/assess", data=fields)
    peopled.store.people.change_person(
        alone("tests", "RED", peopled.now()).reader,
        "rita",
        lambda person: replace(person, clearance="GREEN"),
        Note(at=peopled.now(), who="tests", verb="people", what="rita"),
    )
    sign_in(stranger, "rita")
    assert "secretive" in stranger.get(f"/claims/{claim['id']}").text

    first = one(stranger, claim["id"])["positions"][0]["report"]
    peopled.store.marks.keep_marking(
        first, Marking(level="RED"), Note(at=peopled.now(), who="ann", verb="mark", what=first)
    )

    spans, board = words_of(claim), stranger.get("/claims?format=json").json()["data"]
    left = [f"/claims/{other['id']}" for other in board if words_of(other) & spans]
    assert left
    for page in ("/", "/claims", "/brief", "/changes", "/search?q=note:secretive", *left):
        for form in ("", "format=json"):
            answer = stranger.get(page + ("&" if "?" in page else "?") + form)
            assert answer.status_code == 200
            assert "secretive," not in answer.text


def words_of(claim: dict[str, Any]) -> set[tuple[str, int]]:
    return {(position["report"], position["start"]) for position in claim["positions"]}


def test_an_assessment_is_signed_and_taken_back(client: Client, form_token: Token) -> None:
    claim = widest(client)
    where, token = f"/claims/{claim['id']}/assess", form_token(client)

    client.post(where, data={"credibility": "2", "token": token})
    client.post(where, data={"credibility": "3", "likelihood": "likely", "token": token})
    assert one(client, claim["id"])["assessment"]["credibility"] == "3"
    client.post(where, data={"reason": "seen by two of us", "token": token})
    noted = one(client, claim["id"])["assessment"]
    assert (noted["credibility"], noted["reason"], noted["by"]) == ("3", "seen by two of us", "analyst")

    for expected in ("3", "2", None):
        assert client.post(where, data={"undo": "1", "token": token}).status_code == 303
        assert (one(client, claim["id"])["assessment"] or {}).get("credibility") == expected
    assert client.post(where, data={"undo": "1", "token": token}).status_code == 400


def test_confirmed_needs_two_origins_and_is_refused_in_words(client: Client, form_token: Token) -> None:
    claim = widest(client)
    answer = client.post(f"/claims/{claim['id']}/assess", data={"credibility": "1", "token": form_token(client)})

    assert answer.status_code == 400
    assert "needs 2 independent origins" in answer.text


def places_of(client: Client, id: str) -> list[str]:
    found: list[str] = one(client, id)["places"]
    return found


def claim_with(client: Client, place: str) -> dict[str, Any]:
    for claim in client.get("/claims?format=json").json()["data"]:
        if place in places_of(client, claim["id"]):
            found: dict[str, Any] = one(client, claim["id"])
            return found
    raise AssertionError(place)


def test_words_that_do_not_belong_are_a_claim_of_their_own_until_it_is_taken_back(
    client: Client, form_token: Token
) -> None:
    claim, token = widest(client), form_token(client)
    keys = places_of(client, claim["id"])
    out = client.post(f"/claims/{claim['id']}/words", data={"do": "no", "words": keys[-1], "token": token})
    left = out.headers["location"].split("/claims/")[1].split("?")[0]

    assert places_of(client, left) == keys[:-1]
    assert one(client, left)["reports"] == claim["reports"] - 1
    text = client.get(f"/claims/{left}").text
    decision = text.split('name="decision" value="')[1].split('"')[0]
    back = client.post(f"/claims/{left}/words", data={"do": "undo", "decision": decision, "token": token})

    assert back.headers["location"].split("/claims/")[1].split("?")[0] == claim["id"]
    assert {k: v for k, v in one(client, claim["id"]).items() if k in claim} == claim


def test_two_claims_are_made_one_and_words_chosen_are_split_off(client: Client, form_token: Token) -> None:
    token = form_token(client)
    said = client.get("/claims?topic=statement&sort=reports&format=json").json()["data"]
    first, second = said[0], said[1]
    both = client.post(f"/claims/{first['id']}/words", data={"do": "merge", "other": second["id"], "token": token})
    merged = one(client, both.headers["location"].split("/claims/")[1].split("?")[0])

    assert len(merged["positions"]) == len(first["positions"]) + len(second["positions"])
    mine = places_of(client, merged["id"])
    apart = client.post(f"/claims/{merged['id']}/words", data={"do": "split", "words": mine[-2:], "token": token})
    assert apart.status_code == 303
    assert set(mine[-2:]) <= set(places_of(client, claim_with(client, mine[-1])["id"]))


@pytest.mark.parametrize(
    "data",
    [
        {"do": "no", "words": "statement rep_0:1-2"},
        {"do": "no"},
        {"do": "merge", "other": "clm_0"},
        {"do": "undo", "decision": "dec_0"},
    ],
)
def test_a_decision_about_what_is_not_there_is_refused_in_words(
    data: dict[str, str], client: Client, form_token: Token
) -> None:
    answer = client.post(f"/claims/{widest(client)['id']}/words", data={**data, "token": form_token(client)})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_claim_that_is_not_to_be_seen_is_answered_as_one_that_is_not_there(
    peopled: Node, stranger: Client, sign_in: Callable[..., None]
) -> None:
    sign_in(stranger, "ann")
    claim = widest(stranger)
    for report in {position["report"] for position in claim["positions"]}:
        note = Note(at=peopled.now(), who="tests", verb="mark", what=report)
        peopled.store.marks.keep_marking(report, Marking(level="RED"), note)
    peopled.store.people.change_person(
        alone("tests", "RED", peopled.now()).reader,
        "ann",
        lambda person: replace(person, clearance="GREEN"),
        Note(at=peopled.now() + timedelta(seconds=1), who="tests", verb="people", what="ann"),
    )
    hidden, missing = stranger.get(f"/claims/{claim['id']}"), stranger.get("/claims/clm_00000000000000000000")

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert _plain(hidden.text, claim["id"]) == _plain(missing.text, "clm_00000000000000000000")


def _plain(text: str, id: str) -> str:
    return text.replace(id, "")


def test_what_is_read_and_decided_is_written_down_once_people_are_registered(
    peopled: Node, stranger: Client, sign_in: Callable[..., None], form_token: Token
) -> None:
    sign_in(stranger, "ann")
    claim = widest(stranger)
    stranger.post(f"/claims/{claim['id']}/assess", data={"credibility": "2", "token": form_token(stranger)})
    stranger.get("/claims.csv")
    log = [(e.note.who, e.note.verb, e.note.what, e.note.outcome) for e in peopled.store.audit.entries(_us(peopled))]

    assert ("ann", "see", "GET /claims", "done") in log
    assert ("ann", "judge", "POST /claims/{id}/assess", "done") in log
    assert ("ann", "export", "GET /claims.csv", "done") in log


def _us(node: Node) -> Any:
    return alone("tests", "RED", node.now()).reader


def test_what_only_one_wording_has_is_marked_and_other_numbers_twice() -> None:
    kinds = {
        (one.text.strip(), one.kind) for one in against("about 11,000 soldiers left", "about 12,000 soldiers came")
    }

    assert kinds == {("about", "same"), ("11,000", "number"), ("soldiers", "same"), ("left", "other")}


def test_the_same_wording_differs_in_nothing(situation: Picture) -> None:
    claims: tuple[Claim, ...] = situation.claims
    for position in claims[0].positions:
        assert {one.kind for one in against(position.quote, position.quote)} == {"same"}


def test_claims_stand_under_their_story_with_its_lead_and_its_own_counts(client: Client) -> None:
    page = client.get("/claims?group=story").text
    page += client.get("/claims?group=story&page=2").text
    data = client.get("/claims?group=story&format=json").json()["data"]
    flat = client.get("/claims?format=json").json()["data"]

    assert page.count('<tr class="story"') - page.count("(goes on)") == len(data)
    assert sorted(claim["id"] for one in data for claim in one["claims"]) == sorted(claim["id"] for claim in flat)
    assert data[0]["claims"][0]["id"] == flat[0]["id"]
    for one in data:
        assert one["name"] or one["story"]
        assert re.search(rf'id="{one["story"]}".*?{one["reports"]} reports?', page, re.DOTALL)
    assert '<option value="story" selected>' in page
    assert '<tr class="story"' not in client.get("/claims?group=other").text
