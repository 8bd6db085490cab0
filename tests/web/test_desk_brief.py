"""The brief, its drafts and the review queue as a browser without scripts meets them."""

import re
from collections.abc import Callable

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.core.marking import Reader
from watchfloor.web.node import Node

Client = TestClient[Litestar]
Token = Callable[..., str]
SignIn = Callable[[Client, str], None]
WORDS = "The National Intelligence Service counts on more."


@pytest.fixture
def draft(client: Client, form_token: Token) -> str:
    """The path of a draft that was just begun of what changed since a day."""
    answer = client.post("/brief/drafts", data={"token": form_token(client), "since": "2024-10-28", "as_of": ""})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def change(client: Client, path: str, token: Token, **fields: str) -> "tuple[int, str]":
    answer = client.post(path, data={"token": token(client), **fields})
    return answer.status_code, answer.text


def sentences(page: str) -> list[str]:
    text = page.split('<div class="text">', 1)[1].split('<section class="evidence"', 1)[0]
    return re.findall(r'<li (?:class="(?:lead|plain|note)"|id="p\d+s\d+" data-item)>(.*?)</li>', text, re.S)


@pytest.mark.parametrize("address", ["/brief", "/brief?since=2024-10-28", "/brief?as_of=2024-10-25"])
def test_every_sentence_leads_to_evidence_that_is_on_the_page_and_the_marking_stands_at_both_ends(
    client: Client, address: str
) -> None:
    page = client.get(address).text

    found = sentences(page)
    assert len(found) > 10
    for one in found:
        numbers = re.findall(r'href="#(e\d+)"', one)
        assert numbers, one
        assert all(f'id="{number}"' in page for number in numbers)
    assert page.count("TLP:CLEAR | releasable to partner-a") == 2


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("md", b"**TLP:CLEAR"), ("html", b"<!doctype html>")])
def test_the_brief_is_handed_out_with_its_marking(client: Client, form: str, begins: bytes) -> None:
    answer = client.get(f"/brief/export?form={form}&since=2024-10-28")

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f'filename="brief-2024-11-05.{form}"' in answer.headers["content-disposition"]


def test_a_form_that_is_none_and_a_day_before_another_say_what_was_expected(client: Client) -> None:
    assert "expected one of docx, md, html" in client.get("/brief/export?form=exe").text
    assert client.get("/brief?since=2024-10-28&as_of=2024-10-20").status_code == 400
    assert client.get("/brief?since=yesterday").status_code == 400


def test_a_sentence_that_rests_on_nothing_is_refused_and_what_was_typed_is_not_lost(
    client: Client, draft: str, form_token: Token
) -> None:
    status, text = change(
        client, draft, form_token, action="add", version="1", part="0", text=WORDS, citations="", assessed=""
    )

    assert status == 400
    assert "rests on nothing: cite the words it rests on, or mark it as your assessment" in text
    assert WORDS in text
    assert "version 1" in client.get(draft).text


@pytest.mark.parametrize("cited", ["2", "[1] [2]", "1, 2", "the two sides signed", "rep"])
def test_a_sentence_is_added_with_a_number_or_the_very_words_of_a_report(
    client: Client, node: Node, draft: str, form_token: Token, cited: str
) -> None:
    report = node.store.reports(Reader(name="t", partner=None, clearance="RED"))[0]
    typed = {"rep": f"{report.id}:0-40", "the two sides signed": " ".join(report.text.split()[:9])}.get(cited, cited)

    status, _ = change(client, draft, form_token, action="add", version="1", part="0", text=WORDS, citations=typed)

    assert status == 303
    (added,) = [one for one in sentences(client.get(draft).text) if WORDS in one]
    assert 'href="#e' in added
    assert "worded by" in added


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ("9999", "the page has evidence 1 to"),
        ("too short", "is no evidence of the page"),
        ("words that no report has ever had in it", "no report that you may see has the words"),
        ("rep_00000000000000000000:1-5", "there is no place"),
    ],
)
def test_what_is_no_evidence_says_what_was_expected(
    client: Client, draft: str, form_token: Token, cited: str, said: str
) -> None:
    status, text = change(client, draft, form_token, action="add", version="1", part="0", text=WORDS, citations=cited)

    assert (status, said in text) == (400, True)


def test_an_assessment_bears_the_name_of_the_person_and_makes_the_brief_stay_here(
    client: Client, draft: str, form_token: Token
) -> None:
    fields = {"part": "0", "text": "This is likely to go on.", "citations": "", "assessed": "yes"}
    status, _ = change(client, draft, form_token, action="add", version="1", **fields)
    page = client.get(draft).text

    assert status == 303
    assert "assessment by analyst" in page
    assert "UNMARKED | for this node only, not to be shared" in page
    exported = client.get(f"/brief/export?form=md&draft={draft.rpartition('/')[2]}").text
    assert "Assessment by analyst" in exported
    assert exported.startswith("**UNMARKED")


def test_sentences_are_reworded_moved_removed_and_an_earlier_version_comes_back(
    client: Client, draft: str, form_token: Token
) -> None:
    before = sentences(client.get(draft).text)
    change(client, draft, form_token, action="down", version="1", part="0", at="0")
    moved = sentences(client.get(draft).text)
    change(client, draft, form_token, action="reword", version="2", part="0", at="0", text=WORDS, citations="1")
    change(client, draft, form_token, action="remove", version="3", part="0", at="1")
    changed = sentences(client.get(draft).text)
    change(client, draft, form_token, action="title", version="4", title="Another <b>title</b>")
    change(client, draft, form_token, action="restore", version="5", restore="1")
    last = client.get(draft).text

    assert moved[0].startswith(before[1][:40])
    assert WORDS in changed[0]
    assert len(changed) == len(before) - 1
    assert [one[:40] for one in sentences(last)] == [one[:40] for one in before]
    assert "version 6" in last
    assert "went back to version 1" in last
    assert "<b>title" not in client.get(f"{draft}?version=5").text


def test_who_comes_second_is_told_that_the_draft_was_changed_meanwhile(
    client: Client, draft: str, form_token: Token
) -> None:
    change(client, draft, form_token, action="remove", version="1", part="0", at="0")
    status, text = change(
        client, draft, form_token, action="reword", version="1", part="0", at="0", text=WORDS, citations="1"
    )

    assert status == 400
    assert "has changed this draft since you opened it (removed a sentence)" in text
    assert WORDS in text


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "reword", "part": "99", "at": "0", "text": "x", "citations": "1"},
        {"action": "remove", "part": "0", "at": "-1"},
        {"action": "up", "part": "x", "at": "y"},
        {"action": "restore", "restore": "77"},
        {"action": "explode"},
        {"action": "add", "part": "0", "text": "y" * 3000, "citations": "1"},
    ],
)
def test_what_cannot_be_done_changes_nothing(
    client: Client, draft: str, form_token: Token, fields: dict[str, str]
) -> None:
    status, _ = change(client, draft, form_token, version="1", **fields)

    assert status == 400
    assert "version 1 by" in client.get(draft).text


def test_a_field_that_the_form_has_not_is_refused(client: Client, draft: str, form_token: Token) -> None:
    status, _ = change(client, draft, form_token, action="title", version="1", title="t", by="olga")

    assert status == 400
    assert "version 1 by" in client.get(draft).text


def test_a_draft_is_missing_for_who_may_not_see_all_that_it_cites(
    peopled: Node, stranger: Client, sign_in: SignIn, form_token: Token
) -> None:
    from watchfloor.core.audit import Note
    from watchfloor.core.marking import Marking

    sign_in(stranger, "ann")
    path = stranger.post("/brief/drafts", data={"token": form_token(stranger)}).headers["location"]
    home = Reader(name="t", partner=None, clearance="RED")
    reports = peopled.store.reports(home)
    low = Reader(name="t", partner=None, clearance="GREEN")
    id = path.rpartition("/")[2]
    assert peopled.store.drafts.versions(low, id)

    for report in reports[:3]:
        note = Note(at=peopled.now(), who="t", verb="mark", what=report.id)
        peopled.store.marks.keep_marking(report.id, Marking(level="RED"), note)

    assert not peopled.store.drafts.versions(low, id)
    assert peopled.store.drafts.drafts(low) == ()
    assert not peopled.store.drafts.versions(Reader(name="p", partner="partner-a", clearance="RED"), id)
    assert stranger.get("/brief/drafts/drf_nothing").status_code == 404


def test_a_question_is_answered_kept_with_its_reason_and_taken_back(client: Client, form_token: Token) -> None:
    page = client.get("/review").text
    assert "Perhaps the same" in page
    fields = dict(re.findall(r'name="(kind|left|right)" value="([^"]+)"', page.split("<article", 2)[1]))
    before = page.count("<article")

    answer = client.post(
        "/review", data={"token": form_token(client), **fields, "verdict": "same", "reason": "one spelling <i>"}
    )
    after = client.get(answer.headers["location"]).text
    judgement = re.findall(r'name="id" value="(jdg_\w+)"', after)[0]

    assert after.count("<article") == before - 1
    assert "one spelling &lt;i&gt;" in after
    client.post("/review/change", data={"token": form_token(client), "id": judgement, "verdict": "unsure"})
    assert "left to the machine" in client.get("/review").text


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "entity", "left": "ent_0", "right": "ent_1", "verdict": "same"},
        {"kind": "story", "left": "rep_0", "right": "rep_1", "verdict": "same"},
        {"kind": "route", "left": "rep_0", "right": "rep_1", "verdict": "different"},
        {"kind": "entity", "left": "a", "right": "b", "verdict": "perhaps"},
        {"kind": "claim", "left": "a", "right": "b", "verdict": "same"},
        {"kind": "entity", "left": "", "right": "", "verdict": "same"},
        {"kind": "entity", "left": "a", "right": "b", "verdict": "same", "by": "olga"},
    ],
)
def test_what_is_no_question_is_not_kept(client: Client, node: Node, form_token: Token, fields: dict[str, str]) -> None:
    assert client.post("/review", data={"token": form_token(client), **fields}).status_code == 400
    assert not node.store.judgements(Reader(name="t", partner=None, clearance="RED"))


def test_the_queue_and_editing_are_not_there_for_a_reader(
    peopled: Node, stranger: Client, sign_in: SignIn, form_token: Token
) -> None:
    sign_in(stranger, "rita")
    page = stranger.get("/brief").text

    assert stranger.get("/review").status_code == 404
    assert 'data-go="q"' not in page
    assert "Edit this brief" not in page
    assert "/brief/export" not in page
    assert stranger.post("/brief/drafts", data={"token": form_token(stranger)}).status_code == 403
    assert peopled.store.drafts.drafts(Reader(name="t", partner=None, clearance="RED")) == ()
