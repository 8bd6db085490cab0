"""Every page in a real browser: no complaint, no request to anybody else, no barrier, no scrolling sideways."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

Watch = Callable[..., Any]

PAGES = ["/", "/help"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_barrier_or_a_complaint(scheme: str, watched: Watch) -> None:
    browser = watched(color_scheme=scheme)
    for path in PAGES:
        page = browser.goto(path)
        found = Axe().run(page).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]

        assert grave == [], path
    assert browser.is_content(), browser.said


def test_no_page_scrolls_sideways_on_a_telephone(watched: Watch) -> None:
    browser = watched(viewport={"width": 360, "height": 740})
    for path in PAGES:
        assert browser.goto(path).evaluate("document.documentElement.scrollWidth") == 360, path


def test_keys_open_the_help_and_lead_from_page_to_page(watched: Watch) -> None:
    browser = watched()
    page = browser.goto("/help")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog#keys").is_visible()

    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url(browser.node.address)


def test_the_colours_are_kept_for_the_next_page_without_a_script(watched: Watch) -> None:
    browser = watched(java_script_enabled=False, color_scheme="light")
    page = browser.goto("/")
    page.click("details.menu summary")
    page.click("text=Dark")
    page.goto(browser.node.address + "help")

    assert page.get_attribute("html", "data-theme") == "dark"
