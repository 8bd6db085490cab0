"""Every page in a real browser: no complaint, no request to anybody else, no barrier, no scrolling sideways."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

Watch = Callable[..., Any]

PAGES = ["/", "/changes?since=2024-10-24", "/claims?topic=figure", "/help", "/nowhere"]


def widest(page: Any) -> str:
    """The address of the claim that most reports carry, from the board."""
    return str(page.locator("main a[data-open]").first.get_attribute("href"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_barrier_or_a_complaint(scheme: str, watched: Watch) -> None:
    browser = watched(color_scheme=scheme)
    for path in [*PAGES, widest(browser.goto("/claims?sort=reports"))]:
        page = browser.goto(path)
        found = Axe().run(page).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]

        assert grave == [], path
    assert [said for said in browser.said if "404" not in said] == []
    assert all(url.startswith(browser.node.address) for url in browser.asked)


def test_no_page_scrolls_sideways_on_a_telephone(watched: Watch) -> None:
    browser = watched(viewport={"width": 360, "height": 740})
    for path in [*PAGES, widest(browser.goto("/claims?sort=reports"))]:
        assert browser.goto(path).evaluate("document.documentElement.scrollWidth") == 360, path


def test_how_many_origins_carry_a_claim_is_seen_on_a_telephone(watched: Watch) -> None:
    page = watched(viewport={"width": 360, "height": 740}).goto("/claims?sort=reports")
    row = page.locator("tr[data-item]").first
    cells = [row.locator(f"td:nth-of-type({number})") for number in (1, 2, 3)]

    assert [cell.get_attribute("data-word") for cell in cells] == ["reports", "outlets", "origins"]
    for cell in cells:
        box = cell.bounding_box()
        assert box is not None
        assert box["width"] > 0
        assert box["x"] + box["width"] <= 360
    assert row.locator("td.party:visible .none").count() == 0


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


def test_a_claim_is_reached_judged_and_undone_with_the_keyboard(watched: Watch) -> None:
    browser = watched()
    page = browser.goto("/claims?sort=reports&topic=figure")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/clm_*")
    reports = page.locator(".facts dd").first.inner_text()
    for _ in range(7):
        page.keyboard.press("j")
    page.keyboard.press("n")
    page.wait_for_url("**done=no*")
    assert int(page.locator(".facts dd").first.inner_text()) == int(reports) - 1

    page.click("button[value=undo]")
    page.wait_for_url("**done=undo*")
    assert page.locator(".facts dd").first.inner_text() == reports


def test_no_text_in_the_graph_of_origins_is_cut_or_lies_on_another(watched: Watch) -> None:
    page = watched().goto("/claims?sort=reports")
    page.goto(page.url.split("/claims")[0] + widest(page))
    lying = page.evaluate("""() => {
      const boxes = [...document.querySelectorAll('svg.origins text')].map(t => [t.getBBox(), t.textContent]);
      return boxes.flatMap(([a, s], i) => boxes.slice(i + 1).filter(([b]) =>
        a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height
      ).map(([, t]) => [s, t]));
    }""")

    assert lying == []


def test_single_keys_can_be_switched_off(watched: Watch) -> None:
    page = watched().goto("/help")
    page.check("main [data-keys-off]")
    page.locator("h1").click()
    page.keyboard.press("?")

    assert not page.locator("dialog#keys").is_visible()


def test_every_page_prints_with_its_marking_and_without_what_is_pressed(watched: Watch) -> None:
    page = watched().goto("/claims")
    page.emulate_media(media="print")

    assert page.locator(".banner").first.is_visible()
    assert not page.locator(".filters").is_visible()
    assert not page.locator("nav.side").is_visible()
