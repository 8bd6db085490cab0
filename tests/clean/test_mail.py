from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import mail
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

ONE = "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement."
TWO = "Some forty families left their homes before dawn and found shelter in the school on the hill, it added."
MESSAGE = f"""From: Desk <desk@courier.example>
Subject: Fwd: =?utf-8?q?River_floods_Br=C3=BCckdorf?=
Date: Sun, 02 Mar 2025 18:01:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{ONE}

{TWO}
"""


@pytest.fixture
def eml(cleaned: Cleaned) -> Cleaned:
    return lambda message: cleaned(message, "message/rfc822")


def test_the_subject_is_the_headline_and_the_date_line_the_date(eml: Cleaned) -> None:
    report = eml(MESSAGE)

    assert report.headline == "River floods Brückdorf"
    assert report.published is not None
    assert (report.published.value, "Date line" in report.published.how) == ("2025-03-02T18:01", True)
    assert [passage.kind for passage in report.passages] == ["headline", "body", "body"]


def test_a_date_in_the_text_wins_over_the_mail_s(eml: Cleaned) -> None:
    report = eml(MESSAGE.replace(ONE, f"By Mara Lindqvist, 1 March 2025\n\n{ONE}"))

    assert report.published is not None
    assert report.published.value == "2025-03-01"


def test_the_header_of_a_forwarded_mail_is_furniture(eml: Cleaned) -> None:
    report = eml(MESSAGE.replace(ONE, f"From: Ole Berg\nSent: Sunday\nSubject: flood\n\n{ONE}"))

    assert [passage.kind for passage in report.passages] == ["headline", *["boilerplate"] * 3, "body", "body"]


def test_a_mail_of_markup_is_read_as_a_page(eml: Cleaned) -> None:
    markup = f"<html><body><p>{ONE}</p><p>{TWO}</p></body></html>"
    report = eml(MESSAGE.split("\n\n")[0].replace("text/plain", "text/html") + f"\n\n{markup}")

    assert report.headline == "River floods Brückdorf"
    assert "<p>" not in report.text


def test_attachments_that_are_not_read_are_said(eml: Cleaned) -> None:
    picture = "Content-Type: image/png\nContent-Disposition: attachment\n\nzz"
    parts = f"--x\nContent-Type: text/plain\n\n{ONE}\n--x\n{picture}\n--x--"
    report = eml(f"Subject: River floods town\nContent-Type: multipart/mixed; boundary=x\n\n{parts}")

    assert "1 attachments" in next(flag.detail for flag in report.flags if flag.name == "truncated")


def test_a_mail_without_text_is_set_aside(eml: Cleaned) -> None:
    with pytest.raises(SetAside) as caught:
        eml("Subject: picture\nContent-Type: image/png\n\nzz")

    assert caught.value.reason == "no-body"


def test_parts_nested_without_end_are_set_aside(eml: Cleaned) -> None:
    with pytest.raises(SetAside) as caught:
        eml("Content-Type: message/rfc822\n\n" * 5000)

    assert caught.value.reason == "broken-mail"


HEADERS = st.sampled_from(
    [
        *("Subject: =?x?q?=", "Subject: \udce9 x", "Date: Mon, 99 Foo 0", "Content-Type: ;;==", "--a", "", ONE),
        *("Content-Type: text/html; charset=nope", "Content-Type: multipart/mixed; boundary=a"),
        *("Content-Transfer-Encoding: base64", "Content-Disposition: attachment"),
    ]
)


@given(st.lists(st.one_of(HEADERS, st.text(max_size=30)), max_size=20).map("\n".join))
def test_any_message_is_a_report_or_set_aside(message: str) -> None:
    try:
        draft = mail.draft(message.encode("utf-8", "surrogatepass"), date(2026, 1, 5))
    except SetAside:
        return
    draft.text.encode()


def test_where_the_text_repeats_the_end_of_the_subject_that_is_the_headline(eml: Cleaned) -> None:
    message = MESSAGE.replace("Subject: Fwd: =?utf-8?q?River_floods_Br=C3=BCckdorf?=", "Subject: Courier: River floods")
    report = eml(message.replace(ONE, f"River floods\nBy Mara Lindqvist\n\n{ONE}"))

    assert report.headline == "River floods"
    assert [passage.kind for passage in report.passages] == ["boilerplate", "headline", "byline", "body", "body"]


@pytest.mark.parametrize(
    ("sender", "outlet", "how"),
    [
        ("Norddal Courier <desk@norddal-courier.example>", "Norddal Courier", "sender of the mail"),
        ("Ida Holm <ida@courier.example>", "courier.example", "domain of the mail's sender"),
        ("Ida Holm <ida@gmail.com>", None, None),
    ],
)
def test_the_sender_tells_the_outlet(eml: Cleaned, sender: str, outlet: str | None, how: str | None) -> None:
    report = eml(MESSAGE.replace("Desk <desk@courier.example>", sender).replace("Fwd: ", ""))

    assert (report.outlet, report.outlet_how) == (outlet, how)


def test_who_forwards_a_mail_is_not_its_outlet(eml: Cleaned) -> None:
    assert eml(MESSAGE).outlet is None


def test_the_link_to_the_same_text_on_the_web_is_the_address(eml: Cleaned) -> None:
    report = eml(MESSAGE.replace(ONE, f"Read this in your browser: https://courier.example/flood\n\n{ONE}"))

    assert report.address == "https://courier.example/flood"
    assert "courier" not in "".join(report.text[one.start : one.end] for one in report.parts("body"))


def test_a_mail_of_markup_has_its_address_in_a_link(eml: Cleaned) -> None:
    link = "<a href='https://courier.example/flood'>View online</a>"
    markup = f"<html><body>{link}<p>{ONE}</p><p>{TWO}</p></body></html>"
    report = eml(MESSAGE.split("\n\n")[0].replace("text/plain", "text/html") + f"\n\n{markup}")

    assert report.url == "https://courier.example/flood"


def test_the_footer_of_a_newsletter_is_furniture_to_its_end(eml: Cleaned) -> None:
    footer = "You are receiving this because you asked for it.\nUnsubscribe\nThe Courier is a paper of the valley."
    report = eml(MESSAGE + f"\n{footer}\n")

    assert [passage.kind for passage in report.passages] == ["headline", "body", "body", *["boilerplate"] * 3]
