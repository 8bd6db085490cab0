"""Brief, review queue, sharing, users, audit and health in a real browser: no barrier, no sideways scrolling, keys."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

Watch = Callable[..., Any]

PAGES = [
    "/brief?since=2024-10-28",
    "/review",
    "/jobs",
    "/sharing",
    "/sharing/ask",
    "/users",
    "/keys",
    "/audit",
    "/health",
]


def begin(browser: Any) -> Any:
    """Begin a draft; return its page."""
    page = browser.goto("/brief?since=2024-10-30")
    page.click("text=Edit this brief")
    page.wait_for_url("**/brief/drafts/drf_*")
    return page


@pytest.mark.parametrize(("scheme", "pages"), [("light", PAGES), ("dark", PAGES[:2] + PAGES[-2:])])
def test_no_page_of_the_desk_has_a_serious_barrier_or_a_complaint(
    scheme: str, pages: list[str], watched: Watch
) -> None:
    browser = watched(color_scheme=scheme)
    for path in pages:
        found = Axe().run(browser.goto(path)).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]

        assert grave == [], path
    assert browser.is_content(), browser.said


def test_a_draft_has_no_serious_barrier_with_its_forms_open(watched: Watch) -> None:
    browser = watched(color_scheme="dark")
    page = begin(browser)
    for at in (0, 1):
        page.locator("details.edit summary").nth(at).click()
    found = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
    assert browser.is_content(), browser.said


def test_no_page_of_the_desk_scrolls_sideways_on_a_telephone(watched: Watch) -> None:
    browser = watched(viewport={"width": 360, "height": 740})
    for path in PAGES:
        assert browser.goto(path).evaluate("document.documentElement.scrollWidth") == 360, path
    assert begin(browser).evaluate("document.documentElement.scrollWidth") == 360


def test_a_sentence_is_worded_anew_without_a_script(watched: Watch) -> None:
    browser = watched(java_script_enabled=False)
    page = begin(browser)
    page.locator("details.edit summary").first.click()
    page.locator('textarea[name="text"]').first.fill("It was said by one report alone.")
    page.locator('button[value="reword"]').first.click()

    assert "It was said by one report alone." in page.locator("#p0s0").inner_text()
    assert "worded by analyst" in page.locator("#p0s0").inner_text()


def test_a_question_is_walked_to_and_answered_with_the_keyboard_alone(watched: Watch) -> None:
    browser = watched()
    page = browser.goto("/review")
    before = page.locator("article.question").count()
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.wait_for_url("**/review?done=*")

    assert page.locator("article.question").count() == before - 1
    assert "are different" in page.locator('[role="status"]').inner_text()
    page.click("text=Take back")
    page.wait_for_url(browser.node.address + "review")


def test_a_brief_prints_with_its_marking_and_without_its_forms(watched: Watch) -> None:
    browser = watched()
    page = begin(browser)
    page.emulate_media(media="print")

    assert page.locator(".banner").first.is_visible()
    assert not page.locator(".beside").is_visible()
    assert not page.locator("details.edit").first.is_visible()
    assert page.locator(".evidence blockquote").first.is_visible()
