"""The page in a real browser: no request, no overflow, no overlap. Skipped with a reason where there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from watchfloor.core.picture import Picture
from watchfloor.watch.brief import brief
from watchfloor.web.brief_page import render

OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('svg text')].map(t => [t.ownerSVGElement, t.getBBox(), t.textContent]);
  const bad = [];
  for (const [i, [svg, a, s]] of boxes.entries()) {
    const room = svg.viewBox.baseVal;
    if (a.x < 0 || a.y < 0 || a.x + a.width > room.width || a.y + a.height > room.height + 1) bad.push(['cut', s]);
    for (const [other, b, t] of boxes.slice(i + 1)) {
      if (svg === other && a.x < b.x + b.width && b.x < a.x + a.width
          && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height) bad.push([s, t]);
    }
  }
  return bad;
}"""


@pytest.fixture
def path(situation: Picture, tmp_path: Path) -> Path:
    written = tmp_path / "brief.html"
    written.write_text(render(brief(situation), situation), encoding="utf-8")
    return written


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_no_request_leaves_and_the_browser_has_nothing_to_complain_of(opened: Page, path: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))

    opened.goto(path.as_uri())

    assert (asked, said) == ([path.as_uri()], [])


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_never_scrolls_sideways(width: int, opened: Page, path: Path) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    opened.goto(path.as_uri())

    assert opened.evaluate("document.documentElement.scrollWidth") == width


def test_no_text_in_a_picture_is_cut_or_lies_on_another(opened: Page, path: Path) -> None:
    opened.goto(path.as_uri())

    assert opened.evaluate(OVERLAPS) == []


def test_text_in_a_picture_stays_legible_on_a_small_screen(opened: Page, path: Path) -> None:
    opened.set_viewport_size({"width": 360, "height": 800})
    opened.goto(path.as_uri())

    scale = "t => 12.5 * t.getBoundingClientRect().height / t.getBBox().height"
    sizes = opened.evaluate(f"[...document.querySelectorAll('svg text')].map({scale})")
    assert min(sizes) >= 11


def test_long_names_and_endless_words_neither_overflow_nor_overlap(
    situation: Picture, opened: Page, tmp_path: Path
) -> None:
    endless = "Wide" * 500
    claims = tuple(
        replace(c, proposition=endless, positions=tuple(replace(p, party=endless, quote=endless) for p in c.positions))
        for c in situation.claims
    )
    reports = tuple(replace(report, outlet=endless, headline=endless) for report in situation.reports)
    made = replace(situation, claims=claims, reports=reports)
    written = tmp_path / "long.html"
    written.write_text(render(brief(made, title=endless), made), encoding="utf-8")
    opened.set_viewport_size({"width": 360, "height": 800})

    opened.goto(written.as_uri())

    assert opened.evaluate("document.documentElement.scrollWidth") == 360
    assert opened.evaluate(OVERLAPS) == []


def test_a_citation_is_reached_and_left_with_the_keyboard(opened: Page, path: Path) -> None:
    opened.goto(path.as_uri())
    opened.focus("a.skip")
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")

    assert opened.evaluate("location.hash").startswith("#e")
    assert opened.evaluate("getComputedStyle(document.querySelector('.entries li:target')).outlineStyle") == "solid"
