"""The first page: a model draws, step by step or standing still, and says so when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.visits import Visit, watch

END = "Drawn just now, in your browser"


def at(page: Page) -> int:
    """Return the step that is shown."""
    return int(page.locator(".hero-time input").input_value())


def wait_for_end(page: Page) -> None:
    """Wait until the digits are drawn."""
    page.locator(".hero-told").filter(has_text=END).wait_for(timeout=30_000)


def test_it_draws_on_load_step_by_step(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / "index.html")
    page.wait_for_selector(".hero-sheet canvas")
    page.wait_for_function("() => Number(document.querySelector('.hero-time input').value) > 2")
    assert page.locator(".hero-told").inner_text().startswith("Step ")
    wait_for_end(page)
    assert at(page) == 24
    canvas = page.locator(".hero-sheet canvas")
    digits = canvas.screenshot()
    page.locator(".hero-time input").fill("0")
    assert page.locator(".hero-told").inner_text().startswith("Step 0 of 24")
    assert canvas.screenshot() != digits
    page.locator(".hero-time input").fill("24")
    assert canvas.screenshot() == digits
    assert fresh.errors == []


def test_its_two_buttons_lead_to_a_live_model_and_onto_the_path(
    fresh: Visit, unpacked: Path
) -> None:
    page = fresh.open(unpacked / "index.html")
    tried, read = page.locator(".hero-button").all()
    assert str(tried.get_attribute("href")).endswith("transformers.html#transformer-try")
    read.click()
    page.locator(".path-bar .path-next").wait_for()
    assert "One hour 1 of " in " ".join(page.locator(".path-bar").inner_text().split())
    assert fresh.errors == []


def test_it_draws_the_number_that_is_typed(fresh: Visit, unpacked: Path) -> None:
    page = fresh.open(unpacked / "index.html")
    wait_for_end(page)
    field = page.locator(".hero-ask input")
    field.fill("4 and 7")
    page.locator(".hero-ask button").click()
    wait_for_end(page)
    assert page.locator(".hero-sheet canvas").get_attribute("aria-label") == (
        "The digits 4 7, drawn by the model"
    )
    field.fill("word")
    page.locator(".hero-ask button").click()
    assert "digits only" in page.locator(".hero-told").inner_text()
    assert fresh.errors == []


def test_with_reduced_motion_nothing_moves_by_itself(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(reduced_motion="reduce")
    visit = watch(context)
    page = visit.open(unpacked / "index.html")
    wait_for_end(page)
    before = page.locator(".hero-sheet canvas").screenshot()
    page.wait_for_timeout(400)
    assert page.locator(".hero-sheet canvas").screenshot() == before
    page.locator(".hero-time input").press("ArrowLeft")
    assert at(page) == 23
    assert visit.errors == []
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_without_its_weights_or_scripts_the_picture_stays(
    browser: Browser, unpacked: Path, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script)
    context.route("**/lab/pictures/weights/*", lambda route: route.abort())
    page = context.new_page()
    page.goto((unpacked / "index.html").as_uri())
    told = "could not be loaded" if script else "Drawn by the model beforehand"
    page.locator(".hero-told").filter(has_text=told).wait_for(timeout=30_000)
    assert page.locator(".hero-sheet svg").is_visible()
    assert page.locator("ul.samples > li").count() == 10
    context.close()


def test_the_weights_come_after_all_that_a_first_look_needs(fresh: Visit, unpacked: Path) -> None:
    fresh.page.add_init_script(
        """new MutationObserver((all) => {
          for (const { addedNodes } of all)
            for (const node of addedNodes)
              if (String(node.src).includes("weights")) window.asked = document.readyState;
        }).observe(document, { childList: true, subtree: true });"""
    )
    page = fresh.open(unpacked / "index.html")
    wait_for_end(page)
    assert page.evaluate("window.asked") == "complete"
