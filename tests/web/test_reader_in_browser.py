"""The reader and the lists in a real browser: keys, selecting words, no script, a telephone, both colours, paper."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from watchfloor.core.marking import Reader
from watchfloor.flow.correcting import listed
from watchfloor.web.node import Node

Watch = Callable[..., Any]
US = Reader(name="us", partner=None, clearance="RED")


@pytest.fixture
def path(served: Node) -> str:
    """The page of a report with contacts, statements and a flag."""
    found = next(one for one in served.store.reports(US) if one.headline and "lawmakers told" in one.headline)
    return f"/r/{found.id}"


def pages(served: Node, path: str) -> list[str]:
    embedded = next(one for one in served.store.reports(US) if one.parts("embedded"))
    return [
        path,
        f"{path}?add=contact",
        f"/r/{embedded.id}?kinds=all",
        "/reports",
        "/search?q=soldiers",
        "/search",
        "/searches",
        "/setaside",
        "/feeds",
    ]


@pytest.mark.parametrize("number", range(9))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_barrier_or_a_complaint(
    scheme: str, number: int, watched: Watch, served: Node, path: str
) -> None:
    browser = watched(color_scheme=scheme)
    page = browser.goto(pages(served, path)[number])
    found = Axe().run(page).response["violations"]
    grave = [(v["id"], v["nodes"][0]["html"][:300]) for v in found if v["impact"] in ("serious", "critical")]

    assert grave == [], page.url
    assert browser.is_content(), browser.said


def test_no_page_scrolls_sideways_on_a_telephone(watched: Watch, served: Node, path: str) -> None:
    browser = watched(viewport={"width": 360, "height": 740})
    for one in pages(served, path):
        assert browser.goto(one).evaluate("document.documentElement.scrollWidth") == 360, one


def test_keys_walk_the_findings_mark_their_words_and_decide(watched: Watch, served: Node, path: str) -> None:
    browser = watched()
    page = browser.goto(path)
    page.keyboard.press("j")
    first = page.locator(".f.now").all_inner_texts()
    for _ in range(2):
        page.keyboard.press("j")
    second = page.locator(".f.now").all_inner_texts()
    for _ in range(2):
        page.keyboard.press("k")
    assert first
    assert first != second
    assert page.locator(".f.now").all_inner_texts() == first

    with page.expect_navigation():
        page.keyboard.press("n")
    assert page.locator(".finding.rejected").count() == 1
    assert page.locator(".finding.current").get_attribute("data-n") == "2"
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("h")
    assert page.locator(".finding.rejected").count() == 0
    assert [fate.state for fate in listed(served.store, US)] == ["undo", "undone"]
    assert browser.is_content(), browser.said


SELECT = """() => {
  const piece = [...document.querySelectorAll("[data-at]")].find((one) => one.textContent.includes("families"));
  const at = piece.textContent.indexOf("families");
  getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + 8);
}"""


def test_selected_words_become_a_finding(watched: Watch, served: Node, path: str) -> None:
    browser = watched()
    page = browser.goto(path)
    page.evaluate(SELECT)
    page.wait_for_selector(".picked:not([hidden])")
    with page.expect_navigation():
        page.click(".picked [data-sort=mention]")
    assert page.input_value("textarea[name=words]") == "families"
    page.select_option("select[name=v_type]", "group")
    with page.expect_navigation():
        page.click("text=Add it")
    page = browser.goto(f"{path}?kinds=names")

    assert page.locator(".finding.added").inner_text().startswith("Name")
    assert browser.is_content(), browser.said


def test_without_a_script_a_finding_is_corrected_and_furniture_unfolds(watched: Watch, path: str) -> None:
    browser = watched(java_script_enabled=False)
    page = browser.goto(path)
    page.click(".finding >> nth=2 >> text=Correct…")
    page.fill("input[name=reason]", "read again")
    page.click("text=It is not so")
    assert page.locator(".finding.rejected .verdict").first.inner_text().endswith("read again")
    page.click("details.folded summary")
    assert page.locator("details.folded .why").first.is_visible()


def test_on_paper_there_is_text_and_what_was_found_and_no_button(watched: Watch, path: str) -> None:
    browser = watched()
    page = browser.goto(path)
    page.emulate_media(media="print")

    assert page.locator(".text .para").first.is_visible()
    assert page.locator(".finding").first.is_visible()
    assert not [one for one in page.locator("button").all() if one.is_visible()]
