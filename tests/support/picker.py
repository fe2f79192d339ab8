"""The picker of the page for course authors, as a reader handles it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

PLACE = "courses/index.html"


def picker(page: Page) -> Page:
    """Bring the picker into view and wait until it is there."""
    page.locator("#courses-pick").scroll_into_view_if_needed()
    page.locator(".picker-on").wait_for()
    return page


def query(page: Page) -> str:
    """Return what stands after the path of the address, as the page itself knows it."""
    return str(page.evaluate("location.search"))


def order(page: Page) -> list[str]:
    """Return the names of the picked sections in order."""
    return page.locator(".picker-order .picker-name").all_text_contents()


def saved(page: Page, name: str) -> tuple[str, bytes]:
    """Choose a download; return its name and content."""
    with page.expect_download() as waiting:
        page.locator(".picker-downloads button", has_text=name).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()
