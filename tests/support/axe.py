"""axe-core with every rule of WCAG 2.2 A and AA and its best practices."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# By tag, since axe leaves out the rule of 2.2 AA, the size of targets, unless it is named.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}


def violations(page: Page, part: str | None = None) -> list[str]:
    """Return a line for each rule that a page, or the part that a selector names, breaks now."""
    found = Axe().run(page, part, OPTIONS).response["violations"]
    return [
        f"{one['id']}, {len(one['nodes'])} times, first at {one['nodes'][0]['target']}: "
        f"{one['nodes'][0]['html'][:120]}"
        for one in found
    ]
