"""Every page from disk, out of the archive, in a folder with an awkward name, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from support import crawl

pytestmark = pytest.mark.browser


def test_every_page_opens_from_disk(desk: Any, unpacked: Path) -> None:
    """No request leaves the site, nothing fails, nothing is wider than the window."""
    pages = crawl.pages(unpacked)
    assert len(pages) > 5
    wide = []
    for path in pages:
        page = desk.open(path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path.relative_to(unpacked).as_posix())
    assert desk.outside == []
    assert desk.errors == []
    assert wide == []


@pytest.mark.full
def test_no_page_scrolls_sideways_on_a_phone(fresh: Any, unpacked: Path) -> None:
    fresh.page.set_viewport_size({"width": 390, "height": 844})
    wide = []
    for path in crawl.pages(unpacked):
        page = fresh.open(path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path.relative_to(unpacked).as_posix())
    assert wide == []


@pytest.mark.parametrize("start", ["index.html", "models/gans.html"])
def test_the_search_answers_from_disk(fresh: Any, unpacked: Path, start: str) -> None:
    page = fresh.open(unpacked / start)
    page.keyboard.press("/")
    page.keyboard.type("mode collapse")
    first = page.locator(".md-search-result__item a").first
    expect(first).to_be_visible(timeout=15_000)
    target = first.get_attribute("href") or ""
    first.click()
    page.wait_for_url(f"**/{target.rpartition('/')[2].partition('?')[0]}*")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith("file:") and ".html" in page.url
    assert "collapse" in page.locator("main").inner_text().lower()
    assert fresh.outside == [] and fresh.errors == []


def test_dark_colors_can_be_chosen_and_are_kept(fresh: Any, unpacked: Path) -> None:
    page = fresh.open(unpacked / "index.html")
    background = "getComputedStyle(document.body).backgroundColor"
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "default"
    light = page.evaluate(background)
    page.locator('label[title="Switch to dark colors"]').click()
    assert page.evaluate(scheme) == "slate"
    dark = page.evaluate(background)
    assert brightness(dark) < 80 < 200 < brightness(light)
    page.reload()
    assert page.evaluate(scheme) == "slate"


def test_dark_colors_follow_the_system(browser: Any, unpacked: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto((unpacked / "index.html").as_uri())
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    context.close()


def brightness(color: str) -> float:
    """Return how bright a CSS color `rgb(r, g, b)` is, from 0 to 255."""
    numbers = color.partition("(")[2].rstrip(")").split(",")
    return sum(float(number) for number in numbers[:3]) / 3


def test_pages_are_readable_without_scripts(browser: Any, unpacked: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / "models/index.html").as_uri())
    assert page.locator("table").count() >= 2
    expect(page.locator("div.comparison table")).to_be_visible()
    assert page.locator("form.comparison-tools").count() == 0
    page.goto((unpacked / "models/gans.html").as_uri())
    question = page.locator("guide-question").first
    option = question.locator("details").first
    option.locator("summary").click()
    expect(option.locator(".why")).to_be_visible()
    context.close()


def test_a_term_explains_itself_to_pointer_and_keyboard(fresh: Any, unpacked: Path) -> None:
    page = fresh.open(unpacked / "models/gans.html")
    term = page.locator(".md-content a.term").first
    meaning = term.get_attribute("title") or term.get_attribute("data-title") or ""
    term.focus()
    assert page.evaluate("document.activeElement.classList.contains('term')")
    tip = page.locator(".md-tooltip2__inner, .md-tooltip__inner, [role=tooltip]").first
    expect(tip).to_be_visible(timeout=5_000)
    assert len(tip.inner_text()) > 20
    assert not meaning or meaning[:20] in tip.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#term-*")
    target = page.url.partition("#")[2]
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


def test_formulas_are_drawn_with_the_math_font(fresh: Any, unpacked: Path) -> None:
    page = fresh.open(unpacked / "models/gans.html")
    assert page.locator("math").count() > 3
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert any("STIX Two Math" in family for family in loaded)
    family = page.locator("math").first.evaluate("math => getComputedStyle(math).fontFamily")
    assert "stix two math" in family.lower()  # names of fonts have no case
    page = fresh.open(unpacked / "basics/why-it-matters.html")
    assert page.locator("math").count() == 0
    assert page.evaluate("document.fonts.size") == 0
