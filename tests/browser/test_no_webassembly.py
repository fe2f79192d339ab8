"""Without WebAssembly every live model computes in plain loops, and comes to the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.live import alive, settle
from support.models import DIGITS
from support.visits import Visit, watch

pytestmark = [pytest.mark.browser, pytest.mark.full]
GONE = "delete window.WebAssembly"
DONE = "() => !document.querySelector('guide-lab').ui.work.now"
INK = """() => [...document.querySelectorAll("guide-lab canvas.lab-fine")]
  .filter((one) => one.checkVisibility())
  .flatMap((one) => Array.from(one.getContext("2d").getImageData(0, 0, one.width, one.height).data)
    .filter((_, i) => i % 4 === 3))"""


def made(page: Page) -> tuple[str, list[int]]:
    """Return what is told, and how strong every pixel of its pictures is, once all is made."""
    page.wait_for_function(DONE)
    settle(page)
    return page.locator("guide-lab .lab-status").inner_text(), page.evaluate(INK)


@pytest.mark.parametrize("key", DIGITS)
def test_a_sample_is_made_and_told_the_same(
    browser: Browser, fresh: Visit, unpacked: Path, key: str
) -> None:
    fast = alive(fresh, unpacked, key)
    assert fast.evaluate("typeof WebAssembly") == "object"
    told, ink = made(fast)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(GONE)
    visit = watch(context)
    plain = alive(visit, unpacked, key)
    assert plain.evaluate("typeof WebAssembly") == "undefined"
    told_plain, ink_plain = made(plain)
    assert told_plain == told and len(told) > 20
    assert len(ink_plain) == len(ink) and max(ink) > 200
    # What lies at the edge of a level of ink may fall to either side.
    apart = [abs(a - b) for a, b in zip(ink, ink_plain, strict=True)]
    assert max(apart) <= 37 and sum(v > 1 for v in apart) <= 0.002 * len(apart)
    assert visit.errors == [] and fresh.errors == []
    context.close()
