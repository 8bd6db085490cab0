"""The sample situation, whose truth was written down apart from the tool: what clean must find in each file."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchfloor.clean.reports import clean
from watchfloor.core.capture import Capture
from watchfloor.core.report import Report

SITUATION = Path(__file__).resolve().parents[2] / "examples" / "situation"
MEDIA_TYPES = {".html": "text/html", ".txt": "text/plain", ".md": "text/markdown", ".eml": "message/rfc822"}

Told = dict[str, object]


def truth() -> dict[str, object]:
    whole = json.loads((SITUATION / "expected.json").read_text("utf-8"))
    assert isinstance(whole, dict)
    return whole


FILES: list[Told] = truth()["files"]  # type: ignore[assignment]
OUTLETS: list[Told] = truth()["outlets"]  # type: ignore[assignment]
NAMES = [str(told["file"]) for told in FILES]


def cleaned(told: Told) -> Report:
    path = SITUATION / "reports" / str(told["file"])
    return clean(
        Capture(
            id="c",
            locator=path.name,
            feed="t",
            sha256="0",
            media_type=MEDIA_TYPES[path.suffix],
            collected=datetime(2024, 11, 30, tzinfo=UTC),
            data=path.read_bytes(),
        )
    )


def running(report: Report) -> str:
    parts = report.parts("body", "subhead")
    return "\n".join(" ".join(report.text[part.start : part.end].split()) for part in parts)


def strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


def flags(told: Told) -> set[str]:
    listed = told["flags"]
    assert isinstance(listed, list)
    return {f"{one['name']}:{one['certainty']}" for one in listed}


@pytest.mark.parametrize("told", FILES, ids=NAMES)
def test_headline_writers_and_day_are_those_of_the_file(told: Told) -> None:
    report = cleaned(told)
    dated = told["published"]

    assert report.headline == told["headline"]
    assert {name.lower() for name in report.authors} == {name.lower() for name in strings(told["authors"])}
    assert (report.published.value if report.published else None) == (
        dated["value"] if isinstance(dated, dict) else None
    )


@pytest.mark.parametrize("told", FILES, ids=NAMES)
def test_outlet_and_address_are_those_of_the_file(told: Told) -> None:
    report = cleaned(told)
    names = next([str(one["domain"]), *strings(one["names"])] for one in OUTLETS if one["domain"] == told["outlet"])

    assert report.outlet in names
    assert report.url == told["address"]


@pytest.mark.parametrize("told", FILES, ids=NAMES)
def test_the_flags_are_those_of_the_file(told: Told) -> None:
    assert {f"{flag.name}:{flag.certainty}" for flag in cleaned(told).flags} == flags(told)


@pytest.mark.parametrize("told", FILES, ids=NAMES)
def test_the_body_is_the_report_and_nothing_else(told: Told) -> None:
    report = cleaned(told)
    text = running(report)

    assert [words for words in strings(told["not_body"]) if words in text] == []
    assert text.startswith(str(told.get("body_first", "")))
    assert text.endswith(str(told.get("body_last", "")))
    assert len(report.parts("body")) == told.get("paragraphs", 0)  # what is no report has no body
