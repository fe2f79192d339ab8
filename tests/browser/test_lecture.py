"""Derivations and problems: folded until asked for, by hand or by an address."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_an_address_unfolds_its_derivation(browser: Browser, unpacked: Path) -> None:
    page = browser.new_context().new_page()
    page.goto((unpacked / "models/gans.html").as_uri() + "#d-gan-jsd")
    page.locator("#d-gan-jsd[open] .steps").wait_for()
    assert page.locator(".derivation[open]").count() == 1
    page.evaluate("location.hash = 'd-gan-best-verdict'")
    page.locator("#d-gan-best-verdict[open] .steps").wait_for()
    page.context.close()


def test_a_solution_is_hidden_until_it_is_opened(browser: Browser, unpacked: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((unpacked / "models/gans.html").as_uri())
    problem = page.locator("#p-gan-verdicts")
    solution = problem.locator(".solution")
    assert problem.is_visible() and not solution.locator("p").first.is_visible()
    solution.locator("summary").click()
    assert solution.locator("p").first.is_visible()
    page.context.close()
