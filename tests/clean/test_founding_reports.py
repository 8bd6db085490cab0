"""The founding reports are an acceptance set: they are read where they lie and never copied here."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchfloor.clean.reports import clean
from watchfloor.core.capture import Capture
from watchfloor.core.report import Report

pytestmark = pytest.mark.shared

MIN_BODY_F1 = 0.99
MAX_SECONDS = 0.05


def gold(shared: Path) -> list[dict[str, object]]:
    documents = json.loads((shared / "bench/clean/seeds/gold.json").read_text("utf-8"))["documents"]
    assert isinstance(documents, list)
    return documents


def captured(path: Path) -> Capture:
    return Capture(
        id="c",
        locator=path.name,
        feed="t",
        sha256="0",
        media_type="text/plain",
        collected=datetime(2026, 11, 22, tzinfo=UTC),
        data=path.read_bytes(),
    )


def letters(text: str, ranges: object) -> set[int]:
    assert isinstance(ranges, list)
    return {place for start, end in ranges for place in range(start, end) if not text[place].isspace()}


def body_f1(report: Report, document: dict[str, object]) -> float:
    optional = letters(report.text, document["subheads"])
    found = letters(report.text, [[one.start, one.end] for one in report.parts("body")]) - optional
    expected = letters(report.text, document["body"]) - optional
    return 2 * len(found & expected) / (len(found) + len(expected))


def test_the_body_is_found(shared: Path) -> None:
    for document in gold(shared):
        report = clean(captured(shared / "seeds" / str(document["file"])))

        assert body_f1(report, document) >= MIN_BODY_F1, document["file"]


def test_headline_writers_date_and_flags_are_found(shared: Path) -> None:
    for document in gold(shared):
        report = clean(captured(shared / "seeds" / str(document["file"])))
        title, dated, flags = document["title"], document["date"], document["flags"]
        assert isinstance(dated, dict)
        assert isinstance(flags, list)

        assert report.headline == (title["text"] if isinstance(title, dict) else None)
        assert list(report.authors) == document["authors"]
        assert (report.published.value if report.published else None) == dated["text_only"]
        assert {(one.name, one.certainty) for one in report.flags} == {(one["flag"], one["certainty"]) for one in flags}


def test_every_founding_report_is_cleaned_in_time(shared: Path, in_time: Callable[..., bool]) -> None:
    paths = sorted((shared / "seeds").glob("*.txt"))
    for path in paths:
        capture = captured(path)
        clean(capture)  # loads the language model

        assert in_time(lambda capture=capture: clean(capture), MAX_SECONDS), path.name
