"""Questions: complete without JavaScript, counted with it, and nothing leaves the device."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser
PAGE = "models/gans.html"
FIRST = "guide-question >> nth=0"


def test_the_first_option_opened_counts_and_is_kept(fresh: Any, unpacked: Path) -> None:
    page = fresh.open(unpacked / PAGE)
    question = page.locator(FIRST)
    question.locator('details[data-right="no"] summary').first.press("Enter")
    expect(question.locator(".verdict").first).to_have_text("Not this one.")
    expect(page.locator(".score")).to_contain_text("0 of 1 right at the first try")
    question.locator('details[data-right="yes"] summary').press("Enter")
    expect(page.locator(".score")).to_contain_text("0 of 1 right")
    page.reload()
    expect(page.locator(".score")).to_contain_text("0 of 1 right")
    page.locator(".score button").click()
    expect(page.locator(".score")).to_have_text("")
    assert fresh.outside == []
    assert fresh.errors == []


def test_options_open_to_their_explanation_without_javascript(
    browser: Browser, unpacked: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / PAGE).as_uri())
    right = page.locator(FIRST).locator('details[data-right="yes"]')
    right.locator("summary").click()
    expect(right.locator(".verdict")).to_be_visible()
    assert len(right.locator(".why").inner_text()) > 40
    context.close()


def test_blocked_storage_loses_the_score_and_says_so(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })"
    )
    page.goto((unpacked / PAGE).as_uri())
    page.locator(FIRST).locator('details[data-right="yes"] summary').click()
    expect(page.locator(".score")).to_contain_text("1 of 1 right")
    expect(page.locator(".score")).to_contain_text("keeps nothing")
    context.close()
