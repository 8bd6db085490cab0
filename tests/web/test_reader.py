"""The reader: what it shows of a report, deciding and correcting by forms alone, the original as a file."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.core.translation import Rendered, Translation
from watchfloor.flow.correcting import listed
from watchfloor.flow.picture import picture
from watchfloor.flow.reading_room import address, opened, stretched
from watchfloor.web.node import Node

Client = TestClient[Litestar]
US = Reader(name="us", partner=None, clearance="RED")


@pytest.fixture
def report(node: Node) -> Report:
    """A report of the sample situation that has a contact, counts and statements, and was corrected."""
    return next(one for one in node.store.reports(US) if one.headline and "lawmakers told" in one.headline)


def embedded(node: Node) -> Report:
    return next(one for one in node.store.reports(US) if one.parts("embedded"))


def fields(text: str, action: str) -> dict[str, str]:
    """The hidden and filled fields of the first form of an action."""
    form = text.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
    chosen = re.findall(r'<select name="([^"]+)">.*?<option value="([^"]*)" selected', form, re.S)
    texts = re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S)
    return {name: unescape(value) for name, value in (*found, *chosen, *texts)}


def test_every_sign_of_a_report_that_is_not_white_space_is_on_the_page_once(node: Node) -> None:
    for report in node.store.reports(US):
        cut = stretched(report)
        shown = "".join(report.text[one.start : one.end] for one in cut)
        assert "".join(shown.split()) == "".join(report.text.split())
        numbers = [one.number for stretch in cut for one in stretch.sentences]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_place_of_a_report_has_an_address_that_leads_to_its_sentence(client: Client, report: Report) -> None:
    to = address(report, report.text.index("around 10,000"))

    text = client.get(to.partition("#")[0]).text
    sentence = text.split(f'id="{to.partition("#")[2]}"', 1)[1].split('class="s"', 1)[0]
    assert "10,000" in sentence


def test_the_page_shows_text_findings_flags_and_versions(client: Client, report: Report) -> None:
    text = client.get(f"/r/{report.id}").text

    assert '<span class="tag warn">corrected</span>' in text
    assert "The outlet says that it corrected this report." in text
    assert "Found here" in text
    assert text.count('class="finding') > 5
    assert "(current)" in text
    assert "style=" not in text.split("<main", 1)[1]


def test_furniture_is_folded_and_says_why_and_text_of_others_is_not_counted(client: Client, node: Node) -> None:
    text = client.get(f"/r/{embedded(node).id}").text

    folded = text.split('<details class="folded embedded">', 1)[1].split("</details>", 1)[0]
    assert "not counted" in folded
    assert 'class="why"' in folded


def test_what_is_not_there_or_not_to_be_seen_is_not_found(client: Client, report: Report) -> None:
    for path in ("/r/rep_0", "/r/rep_0/original", f"/r/{report.id[:10]}", "/r/..%2f..%2fetc%2fpasswd/original"):
        assert client.get(path).status_code == 404, path


def test_the_original_is_a_file_that_nothing_opens_or_runs(client: Client, node: Node, report: Report) -> None:
    answer = client.get(f"/r/{report.id}/original")

    kept = node.store.capture(US, report.capture)
    assert kept is not None
    assert answer.content == kept.data
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"\.(html?|svg|js|pdf)\b", answer.headers["content-disposition"])


def first_contact(node: Node) -> tuple[Report, str]:
    """A report and the key of a contact in it that is one row of the contact log alone."""
    lone = next(row for row in picture(node.store, US).encounters if len(row.tellings) == 1)
    (span,) = lone.tellings
    found = opened(node.store, US, span.report)
    assert found is not None
    one = next(one for one in found.findings if one.kind == "contact" and one.annotation.span == span)
    return found.report, one.key


def test_a_finding_is_rejected_and_the_counts_follow_and_undone_and_they_come_back(
    client: Client, node: Node, form_token: Callable[..., str]
) -> None:
    report, key = first_contact(node)
    before = len(picture(node.store, US).encounters)
    form = {"token": form_token(client), "finding": key, "verb": "reject", "next": f"/r/{report.id}?f={key}"}
    answer = client.post(f"/r/{report.id}/decide", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/r/{report.id}?f={key}")
    assert len(picture(node.store, US).encounters) == before - 1
    page = client.get(f"/r/{report.id}").text
    assert "Rejected: not counted" in page
    (entry,) = [fate.correction for fate in listed(node.store, US)]
    assert entry.by == "analyst"
    undo = {"token": form_token(client), "entry": entry.id, "next": f"/r/{report.id}"}
    assert client.post(f"/r/{report.id}/undo", data=undo).status_code == 303
    assert len(picture(node.store, US).encounters) == before
    notes = [one.note for one in node.store.audit.entries(US)]
    assert [(one.verb, one.detail["change"]) for one in notes[-2:]] == [("judge", "reject"), ("judge", "undo")]


def test_unsure_takes_back_what_was_said(client: Client, node: Node, form_token: Callable[..., str]) -> None:
    report, key = first_contact(node)
    form = {"token": form_token(client), "finding": key, "next": ""}
    client.post(f"/r/{report.id}/decide", data={**form, "verb": "confirm"})
    (entry,) = [fate.correction for fate in listed(node.store, US)]
    client.post(f"/r/{report.id}/decide", data={**form, "verb": "unsure", "entry": entry.id})

    assert [fate.state for fate in listed(node.store, US)] == ["undo", "undone"]


def test_a_finding_is_corrected_by_a_form_without_a_script(client: Client, node: Node) -> None:
    report, key = first_contact(node)
    path = f"/r/{report.id}"
    sent = fields(client.get(f"{path}?fix={key}").text, f"{path}/change")
    sent |= {"v_contact_type": "letter", "v_date": "2024-10-05", "reason": "it was a letter", "do": "change"}
    answer = client.post(f"{path}/change", data=sent)

    assert answer.status_code == 303
    page = client.get(answer.headers["location"].partition("#")[0]).text
    assert "Corrected by analyst" in page
    assert "it was a letter" in page
    kinds = [row.contact_type for row in picture(node.store, US).encounters]
    assert "letter" in kinds


def test_what_cannot_be_kept_comes_back_with_what_was_typed_and_what_was_expected(client: Client, node: Node) -> None:
    report, key = first_contact(node)
    path = f"/r/{report.id}"
    sent = fields(client.get(f"{path}?fix={key}").text, f"{path}/change")
    answer = client.post(f"{path}/change", data={**sent, "v_date": "next week", "v_topic": "grain <b>", "do": "change"})

    assert answer.status_code == 400
    assert "expected 2024-10-21, 2024-10 or 2024" in answer.text
    assert 'value="next week"' in answer.text
    assert 'value="grain &lt;b&gt;"' in answer.text
    assert listed(node.store, US) == []


def test_something_is_added_on_a_sentence_without_a_script_and_on_selected_words(
    client: Client, node: Node, report: Report
) -> None:
    path = f"/r/{report.id}"
    sent = fields(client.get(f"{path}?add=attribution").text, f"{path}/add")
    sent |= {"sentence": "3", "words": "", "v_speaker": "Lee Seong-kweun", "v_act": "assert"}
    answer = client.post(f"{path}/add", data=sent)
    assert answer.status_code == 303, answer.text.split('role="alert">', 1)[-1][:200]
    start = report.text.index("families")
    page = client.get(f"{path}?add=mention&start={start}&end={start + 8}").text
    chosen = fields(page, f"{path}/add")
    assert chosen["words"] == "families"
    assert client.post(f"{path}/add", data={**chosen, "v_type": "group"}).status_code == 303

    found = opened(node.store, US, report.id)
    assert found is not None
    added = [one for one in found.findings if one.verdict == "added"]
    assert [(one.kind, report.text[one.start : one.end]) for one in added] == [
        ("attribution", "The number includes the 1,500 announced last week."),
        ("mention", "families"),
    ]


@pytest.mark.parametrize("words", ["not in the text", "x" * 3_000])
def test_words_that_do_not_stand_there_are_refused(
    client: Client, node: Node, report: Report, form_token: Callable[..., str], words: str
) -> None:
    sent = {"token": form_token(client), "sort": "place", "sentence": "1", "words": words, "at": "", "v_name": "Oslo"}

    assert client.post(f"/r/{report.id}/add", data=sent).status_code == 400
    assert listed(node.store, US) == []


def test_who_may_only_read_sees_no_forms_and_changes_nothing(
    peopled: Node, stranger: Client, sign_in: Any, form_token: Callable[..., str], report: Report
) -> None:
    sign_in(stranger, "rita")
    page = stranger.get(f"/r/{report.id}?fix=fnd_&add=contact").text

    assert "Found here" in page
    assert f"/r/{report.id}/" not in page.replace(f"/r/{report.id}/original", "")
    sent = {"token": form_token(stranger), "finding": "fnd_0", "verb": "reject", "next": ""}
    assert stranger.post(f"/r/{report.id}/decide", data=sent).status_code == 403


def test_a_form_leads_nowhere_else(client: Client, node: Node, form_token: Callable[..., str]) -> None:
    report, key = first_contact(node)
    form = {"token": form_token(client), "finding": key, "verb": "confirm", "next": "https://other.example/"}

    assert client.post(f"/r/{report.id}/decide", data=form).headers["location"] == "/"


def test_a_translation_stands_beside_the_original_and_says_that_it_is_no_evidence(
    client: Client, node: Node, report: Report
) -> None:
    body = report.parts("body")[0]
    made = Rendered(start=body.start, end=body.end, text="Wörter <script>", language="en")
    node.store.keep_translation(
        Translation(
            report=report.id, target="de", paragraphs=(made,), made_at=node.now(), generated_by="http://t.example"
        )
    )
    text = client.get(f"/r/{report.id}?with=de").text

    assert "Wörter &lt;script&gt;" in text
    assert "no evidence" in text
    assert f"/r/{report.id}?with=de" in client.get(f"/r/{report.id}").text


def test_the_page_as_data_says_the_same(client: Client, report: Report) -> None:
    data = client.get(f"/r/{report.id}?format=json").json()["data"]

    assert data["headline"] == report.headline
    assert all(report.text[one["start"] : one["end"]] == one["text"] for one in data["stretches"])
    assert {"id", "kind", "start", "end", "sentence", "title", "verdict", "generated_by"} <= set(data["findings"][0])
