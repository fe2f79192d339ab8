"""A link to a section lands on its heading and stays there; what comes late moves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support import landing

FAR = 4  # pixels that a section may be from its place
GAP = (0, 120)  # pixels between what is fixed at the top and the section
# Below live models, below what scripts add, on a page that is looked up, and at a page's end.
LINKS = (
    *("gan-idea", "transformer-limits", "diffusion-objective", "emerging-check", "paths-week"),
    *("network-scale", "home-promise", "courses-edx", "adv-progress", "balance-limitations"),
    *("families-columns", "measured-limits", "applications-evidence"),
)
KINDS = (
    *("index.html", "models/gans.html", "models/autoregressive.html", "learn/paths.html"),
    *("basics/neural-networks.html", "how/a-chat-answer.html", "courses/index.html"),
)
SHIFT = 0.01  # of the layout; 0.1 is what Lighthouse calls good
MOVED = 0.1  # the same, where one lands in the middle of a page of tables


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.full)])
def test_a_short_link_lands_on_its_section(browser: Browser, unpacked: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.add_init_script(landing.SHIFTS)
    page = context.new_page()
    missed = {}
    for key in LINKS:
        page.goto((unpacked / f"s/{key}.html").as_uri(), wait_until="commit")
        page.wait_for_url(f"**#{key}")
        found = page.evaluate(landing.measure())
        placed = GAP[0] <= found["free"] <= GAP[1] or (found["end"] and found["free"] > 0)
        moved = sum(value for value, _ in page.evaluate("window.shifted"))
        if abs(found["error"]) > FAR or not placed or moved > MOVED:
            missed[key] = (found, moved)
    context.close()
    assert missed == {}


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.full)])
def test_nothing_moves_while_a_page_comes(browser: Browser, unpacked: Path, width: int) -> None:
    shifts = {}
    for path in KINDS:
        context = browser.new_context(viewport={"width": width, "height": 844})
        context.add_init_script(landing.SHIFTS)
        page = context.new_page()
        page.goto((unpacked / path).as_uri())
        before, after, shifted = page.evaluate(landing.THROUGH)
        total = sum(value for value, _ in shifted)
        if total > SHIFT:
            shifts[path] = (total, before, after, shifted)
        context.close()
    assert shifts == {}
