"""The drawn pages in a real browser: no barrier, nobody else is asked, arrow keys, the map that pans, paper."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

Watch = Callable[..., Any]

PAGES = ["/timeline", "/contacts", "/contacts?view=matrix", "/contacts?view=graph", "/map"]
HERE = "document.activeElement.getAttribute('aria-label')"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_drawn_page_has_a_serious_barrier_or_a_complaint(path: str, scheme: str, watched: Watch) -> None:
    browser = watched(color_scheme=scheme)
    page = browser.goto(path)
    found = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
    assert browser.is_content(), browser.said


def test_no_drawn_page_scrolls_sideways_on_a_telephone(watched: Watch) -> None:
    browser = watched(viewport={"width": 360, "height": 740})
    for path in PAGES:
        assert browser.goto(path).evaluate("document.documentElement.scrollWidth") == 360, path


def test_arrow_keys_move_between_the_marks_of_a_timeline_and_enter_opens_the_words(watched: Watch) -> None:
    page = watched().goto("/timeline?by=kind&zoom=week")
    page.evaluate("document.querySelector('svg.drawing a.mark').focus()")
    first = page.evaluate(HERE)
    page.keyboard.press("ArrowRight")
    second = page.evaluate(HERE)
    page.keyboard.press("ArrowDown")
    third = page.evaluate(HERE)
    page.keyboard.press("Home")

    assert len({first, second, third}) == 3
    assert page.evaluate(HERE) == first
    page.keyboard.press("Enter")
    item = page.locator("li.current")
    assert item.locator("blockquote").first.is_visible()


def test_arrow_keys_go_from_place_to_place_on_a_map(watched: Watch) -> None:
    page = watched().goto("/map")
    page.evaluate(
        "[...document.querySelectorAll('svg.drawing a.mark')].find(a => a.ariaLabel.startsWith('Moscow')).focus()"
    )
    page.keyboard.press("ArrowLeft")

    assert page.evaluate(HERE).startswith(("Brussels", "Kursk", "Ukraine"))


def test_the_map_pans_over_the_same_base_map_from_this_node_alone(watched: Watch) -> None:
    browser = watched()
    page = browser.goto("/map")
    page.click("button[data-pan]")
    page.wait_for_selector("#pan .leaflet-marker-icon")

    assert page.locator("#pan .leaflet-marker-icon").count() == 15
    assert page.locator("#pan path").count() > 200
    page.locator("#pan .leaflet-marker-icon").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".leaflet-popup-content a").is_visible()
    assert browser.is_content(), browser.said


def test_everything_is_there_without_a_script(watched: Watch) -> None:
    browser = watched(java_script_enabled=False)
    for path in PAGES:
        page = browser.goto(path)
        assert page.locator("svg.drawing").count() == (0 if path == "/contacts" else 1), path
        assert page.locator("[data-item]").count() > 10, path
    page.click("svg.drawing a.mark >> nth=0")
    assert "#p-" in page.url


def test_no_text_of_a_drawing_is_cut_or_lies_on_another(watched: Watch) -> None:
    browser = watched(viewport={"width": 1280, "height": 900})
    for path in ("/timeline", "/timeline?zoom=month&by=kind", "/contacts?view=graph", "/map"):
        page = browser.goto(path)
        clashes = page.evaluate(
            """() => {
              const svg = document.querySelector('svg.drawing');
              const room = svg.getBoundingClientRect();
              const all = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
              const out = all.filter(([, b]) => b.width && (b.left < room.left - 1 || b.right > room.right + 1));
              const on = [];
              all.forEach(([t, a], i) => all.slice(i + 1).forEach(([u, b]) => {
                const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (x > 1 && y > 4) on.push([t, u]);
              }));
              return [out.map(([t]) => t), on];
            }"""
        )
        assert clashes == [[], []], path


def test_on_paper_there_are_the_drawing_and_the_list_and_no_controls(watched: Watch) -> None:
    page = watched().goto("/map")
    page.emulate_media(media="print")

    assert not page.locator("form.filters").is_visible()
    assert page.locator("svg.drawing").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
