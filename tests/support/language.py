"""The language widgets on their pages, as tests start and read them."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page
from support import live
from support.models import LANGUAGE
from support.visits import Visit

STAYS = "what stands here instead does not change."
HTML = "<img src=x onerror=document.title='run'><script>document.title='run'</script>"
TABS = ("write", "look", "heat", "bits", "near")


def path_of(folder: Path, kind: str) -> Path:
    """Return the page of a widget in a built site."""
    return live.path_of(folder, LANGUAGE[kind].family or "transformer")  # whose lines the game has


def started(page: Page, kind: str) -> Locator:
    """Press the widget's button, wait until it runs, and return it."""
    widget = page.locator(f'guide-text[data-kind="{kind}"]')
    # At once, lest a slow machine dwell at it before it is pressed.
    widget.evaluate("(e) => e.querySelector('.text-start').click()")
    widget.locator(".text-live").wait_for()
    return widget


def alive(visit: Visit, folder: Path, kind: str, query: str = "") -> Locator:
    """Open a widget's page from disk, and start it."""
    return started(visit.open(path_of(folder, kind), query), kind)


def told(widget: Locator, part: str | re.Pattern[str]) -> str:
    """Wait until the summary says `part`, and return the whole of it."""
    status = widget.locator(".lab-status").filter(has_text=part)
    status.wait_for(timeout=20_000)
    return status.inner_text()


def line(widget: Locator) -> str:
    """Return the line that is shown, without ids."""
    words = widget.locator(".text-line .text-chip span").all_inner_texts()
    return "".join(words).replace("\u00b7", " ")
