"""Short links, and addresses that sections once had, lead to where they stand now."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from support.sections import PAGE, SECTION, Copy, Opener

pytestmark = [pytest.mark.browser, pytest.mark.full]


def comes_into_view(page: Page, selector: str, below: int) -> bool:
    """Return whether an element is scrolled to soon, less than `below` from the top."""
    for _ in range(50):
        box = page.locator(selector).bounding_box()
        if box and 0 <= box["y"] < below:
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("scripts", [True, False])
def test_short_links_lead_to_their_sections(hosted: Copy, opened: Opener, scripts: bool) -> None:
    for key, goal in (
        (SECTION, f"{PAGE}#{SECTION}"),
        ("home", "index.html#home"),
        ("term-mode-collapse", "learn/glossary.html#term-mode-collapse"),
    ):
        page = opened(f"{hosted.address}s/{key}.html", java_script_enabled=scripts)
        page.wait_for_url(hosted.address + goal)
        assert comes_into_view(page, f"#{key}", 700)


def test_short_links_from_a_disk(unpacked: Path, opened: Opener) -> None:
    for scripts in (True, False):
        page = opened((unpacked / f"s/{SECTION}.html").as_uri(), java_script_enabled=scripts)
        page.wait_for_url((unpacked / PAGE).as_uri() + f"#{SECTION}")


def test_short_links_keep_the_view(hosted: Copy, opened: Opener) -> None:
    page = opened(f"{hosted.address}s/{SECTION}.html?embed")
    page.wait_for_url(f"{hosted.address}{PAGE}?embed#{SECTION}")
    assert page.locator(".section-source").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_old_addresses(moved: Copy, opened: Opener, scripts: bool) -> None:
    here = moved.address
    size = {"width": 800, "height": 300}

    def visit(address: str) -> Page:
        return opened(here + address, java_script_enabled=scripts, viewport=size)

    page = visit("models/gans.html#gan-renamed")
    assert page.url.endswith("#gan-renamed")
    assert comes_into_view(page, "#gan-check", 200)
    page = visit("models/gans.html#gan-moved")
    if scripts:
        page.wait_for_url(here + "index.html#home-tables")
    else:
        note = page.locator("#gan-moved")
        assert note.is_visible() and not page.locator("#gan-dropped").is_visible()
        note.locator("a").click()
        page.wait_for_url(here + "index.html#home-tables")
    page = visit("models/gans.html#gan-dropped")
    assert "removed on 2026-11-01: It was wrong." in page.locator("#gan-dropped").inner_text()
    page = visit("models/gans.html")
    assert not page.locator("#gan-moved").is_visible()
    page = visit("models/old.html#old-part")
    if scripts:
        page.wait_for_url(here + "models/gans.html#gan-check")
        visit("models/old.html").wait_for_url(here + "models/gans.html")
        visit("models/old.html?embed#old").wait_for_url(here + "models/gans.html?embed#gan")
    else:
        assert page.locator("#old-part").is_visible() and page.locator("#old").is_visible()
