"""What learns on a page keeps its room, rests when nobody looks, and a figure stands without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support.models import POINTS
from support.visits import watch
from support.watching import alive, ask, rest

pytestmark = pytest.mark.browser


def test_it_rests_when_nobody_looks(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1300})
    visit = watch(context)
    page = alive(visit, unpacked, "autoregressive")
    page.locator(".arena-go").click()
    page.wait_for_function("() => document.querySelector('guide-watch').watcher.steps > 20")
    assert page.locator(".arena-go").inner_text() == "Pause"
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function("() => !document.querySelector('guide-watch').watcher.awake")
    steps = ask(page, "w.steps")
    page.wait_for_timeout(200)
    assert ask(page, "w.steps") == steps
    page.locator(".watch-figures").scroll_into_view_if_needed()
    page.wait_for_function(f"() => document.querySelector('guide-watch').watcher.steps > {steps}")
    page.locator(".arena-go").click()
    rest(page)
    assert page.locator(".arena-go").inner_text() == "Go on"
    assert visit.errors == []
    context.close()


ROOM = """
() => {
  const host = document.querySelector("guide-watch");
  const full = host.getBoundingClientRect().height;
  host.classList.remove("watch-on");
  host.firstChild.hidden = true;
  host.firstChild.style.display = "none";
  const kept = host.getBoundingClientRect().height;
  return [full, kept, document.documentElement.scrollWidth - innerWidth];
}
"""


@pytest.mark.parametrize(("key", "width"), [("gan", 320), ("flow", 390), ("matching", 1280)])
def test_its_room_is_kept(browser: Browser, unpacked: Path, key: str, width: int) -> None:
    rooms(browser, unpacked, key, width)


@pytest.mark.full
@pytest.mark.parametrize("key", POINTS)
@pytest.mark.parametrize("width", [320, 390, 600, 768, 1024, 1280, 1600])
def test_rooms_at_all_widths(browser: Browser, unpacked: Path, key: str, width: int) -> None:
    rooms(browser, unpacked, key, width)


def rooms(browser: Browser, folder: Path, key: str, width: int) -> None:
    """Nothing below moves when it comes, and the page has no sideways scroll."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce", color_scheme="dark"
    )
    page = alive(watch(context), folder, key)
    full, kept, over = page.evaluate(ROOM)
    assert kept == pytest.approx(full, abs=1)
    assert over <= 0
    context.close()


def test_nothing_is_lost_where_it_cannot_run(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1300})
    visit = watch(context)
    visit.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = visit.open(unpacked / "models" / "gans.html", "#gan-watch")
    page.locator("guide-watch").scroll_into_view_if_needed()
    note = page.locator("guide-watch .arena-note")
    note.wait_for()
    assert note.inner_text().startswith("This browser offers no canvas")
    context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / "models" / "gans.html").as_uri())
    assert page.locator(".watch-still").is_visible()
    box = page.locator("guide-watch").bounding_box()
    assert box and box["height"] < 80
    context.close()
