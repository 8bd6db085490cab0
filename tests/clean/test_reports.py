import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.clean.reports import clean
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.identity import content_id
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

TEXT = "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement."


def test_the_id_comes_from_outlet_address_and_text(cleaned: Cleaned) -> None:
    report = cleaned(TEXT, outlet="Courier", url="https://courier.example/1")

    assert report.id == content_id("rep", "Courier", "https://courier.example/1", TEXT)


def test_cleaning_twice_gives_the_same(cleaned: Cleaned) -> None:
    assert cleaned(TEXT) == cleaned(TEXT)


def test_the_user_s_word_on_the_outlet_wins(cleaned: Cleaned) -> None:
    report = cleaned(f"{TEXT}\n\n© 2025 Fjord Press", outlet="Courier")

    assert (report.outlet, report.outlet_how) == ("Courier", "given when it was added")


def test_a_copyright_line_names_the_outlet(cleaned: Cleaned) -> None:
    report = cleaned(f"{TEXT}\n\nCopyright © 2025 Fjord Press. All rights reserved.")

    assert (report.outlet, report.outlet_how) == ("Fjord Press", "copyright line")


def test_a_free_mail_address_says_nothing_about_the_outlet(cleaned: Cleaned) -> None:
    assert cleaned(f"{TEXT}\n\nMara Berg mara@gmail.com").outlet is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("Der Fluss Aar stieg in der Nacht um zwei Meter, teilte das Wasseramt in einer Erklärung mit.", "de"),
        ("강물이 밤사이 이 미터나 불어났다고 수자원 당국이 성명을 통해 월요일 밝혔다고 한다.", "ko"),
        ("The river rose.", None),
    ],
)
def test_the_language_is_told_unless_the_text_is_short(cleaned: Cleaned, text: str, language: str | None) -> None:
    assert cleaned(text).language == language


def test_a_type_that_is_no_report_is_set_aside(cleaned: Cleaned) -> None:
    with pytest.raises(SetAside) as caught:
        cleaned(TEXT, "image/png")

    assert (caught.value.reason, caught.value.locator) == ("unsupported-type", "memory")


def test_one_endless_line_costs_no_more_than_its_length(cleaned: Cleaned, in_time: Callable[..., bool]) -> None:
    assert in_time(lambda: cleaned("word " * 2_000_000), 20)  # about 0.5 on a desk machine


def test_importing_the_room_loads_nothing_heavy() -> None:
    heavy = "{'lxml', 'trafilatura', 'pypdf', 'py3langid', 'numpy'}"
    code = f"import sys, watchfloor.clean.reports; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["text/plain", "text/markdown", "text/html", "message/rfc822", "application/pdf"]),
)
def test_any_bytes_are_a_report_that_can_be_stored_or_set_aside(data: bytes, media_type: str) -> None:
    capture = Capture(
        id="c",
        locator="x",
        feed="t",
        sha256="0",
        media_type=media_type,
        collected=datetime(2026, 1, 5, tzinfo=UTC),
        data=data,
    )
    try:
        report = clean(capture)
    except SetAside:
        return
    msgspec.json.encode(report)
