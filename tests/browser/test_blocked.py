"""Where a browser lets nothing be kept, everything works that does not have to remember."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.visits import Visit, watch

pytestmark = pytest.mark.browser
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {
    get() { throw new DOMException("blocked", "SecurityError"); } });"""


@pytest.fixture
def blocked(browser: Browser) -> Iterator[Visit]:
    """A visit whose pages may keep nothing; at its end nothing has gone wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_init_script(BLOCKED)
    visit = watch(context)
    yield visit
    assert visit.errors == []
    context.close()


def test_the_bar_of_a_path_leads_on(blocked: Visit, unpacked: Path) -> None:
    page = blocked.open(unpacked / "models/transformers.html", "?path=hour#transformer-idea")
    bar = page.locator(".path-bar")
    bar.wait_for()
    bar.get_by_role("link", name="Next").click()
    page.wait_for_url("**/how/a-picture-from-words.html?path=hour*")
    page.locator(".path-bar").wait_for()


def test_tabs_of_a_live_model_change(blocked: Visit, unpacked: Path) -> None:
    page = blocked.open(unpacked / "models/gans.html")
    lab = page.locator("guide-lab").first
    lab.scroll_into_view_if_needed()
    lab.locator(".lab-live").wait_for()
    tabs = lab.get_by_role("tab")
    assert tabs.count() > 1
    tabs.nth(1).click()
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")


def test_sections_are_picked(blocked: Visit, unpacked: Path) -> None:
    page = blocked.open(unpacked / "courses/index.html")
    picker = page.locator("div.picker")
    picker.scroll_into_view_if_needed()
    box = picker.get_by_role("checkbox").first
    box.check()
    expect(box).to_be_checked()


def test_the_palette_and_the_search_answer(blocked: Visit, unpacked: Path) -> None:
    page = blocked.open(unpacked / "learn/paths.html")
    page.locator("label[for=__palette_1]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("textbox", name="Search").fill("lora")
    page.locator(".md-search-result__item").first.wait_for()
