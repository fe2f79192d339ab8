"""Notes beside citations and terms, contents on a phone, copies of code, the glossary's filter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def gans(fresh: Any, unpacked: Path) -> Page:
    page: Page = fresh.open(unpacked / "models/gans.html")
    page.locator(".read-so-far").wait_for(state="attached")
    return page


def test_the_keyboard_opens_a_note_and_reaches_its_link(gans: Page) -> None:
    cite = gans.locator(".md-content__inner > p a.cite").first
    cite.evaluate("(link) => link.focus({ focusVisible: true })")
    gans.keyboard.press("Shift+Tab")
    gans.keyboard.press("Tab")
    note = gans.locator(".note")
    expect(note.locator("b")).to_have_text(cite.inner_text())
    assert note.evaluate("(one) => getComputedStyle(one).fontSize") == "14px"
    gans.keyboard.press("Tab")
    address = gans.evaluate("document.activeElement.href")
    assert address.startswith("https://") and note.locator("a").count() == 1
    gans.keyboard.press("Escape")
    expect(note).to_have_count(0)


def test_a_term_says_what_it_means(gans: Page) -> None:
    term = gans.locator(".md-content a.term").first
    term.hover()
    expect(gans.locator(".note span")).to_contain_text(".")
    gans.mouse.move(0, 0)
    expect(gans.locator(".note")).to_have_count(0)


def test_the_first_touch_shows_the_note_and_the_second_follows(
    browser: Browser, unpacked: Path
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto((unpacked / "models/gans.html").as_uri())
    page.locator(".contents-open").wait_for()
    cite = page.locator(".md-content p a.cite").first
    cite.tap()
    expect(page.locator(".note")).to_be_visible()
    assert "gans.html" in page.url
    cite.tap()
    page.wait_for_url("**/learn/sources.html#src-*")
    context.close()


def test_contents_on_a_phone(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((unpacked / "models/gans.html").as_uri())
    page.locator(".contents-open").click()
    page.get_by_role("dialog", name="On this page").get_by_role("link", name="The code").click()
    expect(page.locator(".contents-list[open]")).to_have_count(0)
    assert page.url.endswith("#gan-code")
    context.close()


def test_code_has_a_file_name_and_is_copied(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((unpacked / "models/gans.html").as_uri())
    box = page.locator("div.highlight").first
    expect(box.locator(".filename")).to_have_text("pictures/gan.py")
    box.locator(".code-copy").click()
    expect(box.locator(".code-copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == box.locator("code").inner_text()
    context.close()


def test_the_glossary_is_filtered(fresh: Any, unpacked: Path) -> None:
    page = fresh.open(unpacked / "learn/glossary.html")
    box = page.get_by_label("Filter")
    box.fill("lora")
    expect(page.locator("#term-lora")).to_be_visible()
    expect(page.locator("#term-agent")).to_be_hidden()
    box.fill("zebra")
    expect(page.locator(".glossary-tools [role=status]")).to_have_text("No term fits.")
    box.fill("")
    page.locator(".glossary-tools a", has_text="M").click()
    assert page.url.endswith("#glossary-m")


def test_drawings_lead_on(fresh: Any, unpacked: Path) -> None:
    page = fresh.open(unpacked / "learn/timeline.html")
    for link in page.locator("svg a").all()[:3]:
        assert page.locator(f"td{link.get_attribute('href')}").count() == 1
    page = fresh.open(unpacked / "learn/paths.html")
    page.locator("svg a", has_text="Diffusion models").first.click()
    page.wait_for_url("**/models/diffusion.html")


def test_without_scripts_citations_are_links(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / "models/gans.html").as_uri())
    page.locator(".md-content p a.cite").first.click()
    page.wait_for_url("**/learn/sources.html#src-*")
    context.close()
