"""At 320 pixels nothing scrolls sideways, with the live models running in every tab."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support import crawl
from support.visits import watch

pytestmark = [pytest.mark.browser, pytest.mark.full]
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What a window that shrinks its content to fit, as phones' do, would hide.
PAST = """() => [...document.querySelectorAll("guide-lab *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.className)"""


def test_live_models_fit_into_a_narrow_window(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    visit = watch(context)
    tried = 0
    for path in crawl.pages(unpacked):
        if "<guide-lab" not in path.read_text(encoding="utf-8"):
            continue
        page = visit.open(path)
        for lab in page.locator("guide-lab").all():
            lab.scroll_into_view_if_needed()
            lab.locator(".lab-live").wait_for()
            tabs = lab.get_by_role("tab").all()
            for tab in tabs or [None]:
                if tab:
                    tab.click()
                tried += 1
                assert page.evaluate(OVER) <= 0, path.name
                assert page.evaluate(PAST) == [], path.name
    assert tried > 15
    assert visit.errors == []
    context.close()
