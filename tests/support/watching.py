"""What learns on a family's own page, as tests drive it and read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page
from support.live import path_of
from support.models import POINTS
from support.visits import Visit


def section(key: str) -> str:
    """Return the id of the section in which a family learns."""
    return f"{POINTS[key].family}-watch"


def alive(visit: Visit, folder: Path, key: str, query: str = "") -> Page:
    """Open a family's page, go where it learns, and wait until it is there."""
    page = visit.open(path_of(folder, POINTS[key].family), f"{query}#{section(key)}")
    page.locator("guide-watch").scroll_into_view_if_needed()
    page.wait_for_selector(".watch-on")
    page.locator(".watch-figures").scroll_into_view_if_needed()
    rest(page)
    return page


def ask(page: Page, what: str) -> Any:
    """Evaluate something of the watcher `w`."""
    return page.evaluate(f"((w) => {what})(document.querySelector('guide-watch').watcher)")


def rest(page: Page) -> None:
    """Wait until all that was asked for is learned and drawn."""
    page.wait_for_function(
        "() => ((w) => w.error || (!w.awake && w.stale <= 0 && w.steps >= w.goal))"
        "(document.querySelector('guide-watch').watcher)"
    )


def few(page: Page, steps: int) -> str:
    """Let it make so many steps; return what is told then."""
    ask(page, f"w.few({steps})")
    rest(page)
    return page.locator(".watch .arena-status").inner_text()


def slide(page: Page, key: str, value: str) -> None:
    """Move a slider to one of its values, as its keys would."""
    slider = page.locator(f'.watch input[name="watch-{key}"]')
    place = ask(
        page, f"w.asked.find((o) => o.key === '{key}').options.findIndex((o) => o[0] === '{value}')"
    )
    slider.fill(str(place))
    rest(page)


def read(page: Page, settings: dict[str, str]) -> dict[str, Any]:
    """Return the state that the watcher reads from an address with these settings."""
    query = urlencode({f"watch-{key}": value for key, value in settings.items()})
    found: dict[str, Any] = page.evaluate(
        """(query) => {
          history.replaceState(null, "", `?${query}`);
          const { watcher } = document.querySelector("guide-watch");
          watcher.read();
          return watcher.state;
        }""",
        query,
    )
    return found
