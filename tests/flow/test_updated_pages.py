"""A page that is updated at its address is a version of the same report, and keeps its day of publication."""

from datetime import date
from pathlib import Path

import pytest

from watchfloor.flow.situation import situation

BODY = (
    "<p>The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement.</p>"
    "<p>Some forty families left their homes before dawn and found shelter in the school on the hill, it added.</p>"
)
ADDED = (
    "<p>On Monday the mayor, Ida Holm, thanked the volunteers and asked people to stay away from the old bridge.</p>"
)


def page(body: str, changed: str) -> str:
    return (
        "<html><head><title>River Aar floods Lower Norddal</title>"
        "<link rel='canonical' href='https://courier.example/flood'>"
        "<meta property='article:published_time' content='2025-03-02T18:01:00+01:00'>"
        f"<meta property='article:modified_time' content='{changed}'></head>"
        f"<body><article><h1>River Aar floods Lower Norddal</h1><p>Updated {changed[:10]}</p>{body}</article></body>"
        "</html>"
    )


def test_an_updated_page_is_a_version_with_the_first_one_s_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watchfloor.toml").write_text('parts = ["quantities"]\n')
    with situation(create=True) as opened:
        monkeypatch.setenv("WATCHFLOOR_NOW", "2025-03-02T20:00:00Z")
        (tmp_path / "first.html").write_text(page(BODY, "2025-03-02T18:01:00+01:00"))
        first = opened.add(["first.html"])
        monkeypatch.setenv("WATCHFLOOR_NOW", "2025-03-04T20:00:00Z")
        (tmp_path / "second.html").write_text(page(BODY + ADDED, "2025-03-03T09:30:00+01:00"))
        second = opened.add(["second.html"])
        versions = opened.store.versions(opened.reader, "https://courier.example/flood")

    assert (first.new, second.new, second.new_versions) == (1, 0, 1)
    assert [("Ida Holm" in one.report.text, one.current) for one in versions] == [(False, False), (True, True)]
    assert [one.report.published.low if one.report.published else None for one in versions] == [date(2025, 3, 2)] * 2


def test_the_same_page_again_is_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watchfloor.toml").write_text('parts = ["quantities"]\n')
    with situation(create=True) as opened:
        for name, changed in (("a.html", "2025-03-02T18:01:00+01:00"), ("b.html", "2025-03-02T18:01:00+01:00")):
            (tmp_path / name).write_text(page(BODY, changed))
        opened.add(["a.html"])
        again = opened.add(["b.html"])

    assert (again.new, again.new_versions) == (0, 0)
