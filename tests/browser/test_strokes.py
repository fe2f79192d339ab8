"""Digits drawn with a pen through the browser are read right, or the page says it is unsure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from support.live import alive, settle
from support.strokes import Stroke, drawings
from support.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.full]
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
MARGIN = 0.2  # of the field, around what is drawn
# Each pad: where it stands, and what its summary says of the digit that it reads.
PADS = {
    "the judge": ("multimodal", "?lab-tab=read", r"a caption, says (\w+)"),
    "the words": ("multimodal", "?lab-tab=read", r"The nearest word is (\w+)"),
    "the flow": ("flow", "?lab-tab=rate", r"Most likely an? (\d)"),
    "the VAE": ("vae", "", r"fits the map of the (\d) best"),
}
UNSURE = r"is not sure|too surprising|too plain"


def draw(page: Page, strokes: list[Stroke]) -> str:
    """Draw on the empty field with the mouse; return what is told then."""
    field = page.locator("guide-lab .lab-field-canvas")
    field.press("Delete")
    box = field.bounding_box()
    assert box
    for stroke in strokes:
        points = [
            (box["x"] + box["width"] * at(x), box["y"] + box["height"] * at(y)) for x, y in stroke
        ]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point)
        page.mouse.up()
    settle(page)
    return page.locator("guide-lab .lab-status").inner_text()


def at(share: float) -> float:
    return MARGIN + (1 - 2 * MARGIN) * share


@pytest.mark.parametrize("pad", PADS)
def test_what_a_pen_draws_is_read(fresh: Visit, unpacked: Path, pad: str) -> None:
    key, query, says = PADS[pad]
    page = alive(fresh, unpacked, key, query)
    page.wait_for_function("() => !document.querySelector('guide-lab').ui.work.now")
    page.locator("guide-lab .lab-field-canvas").scroll_into_view_if_needed()
    right, unsure, wrong = 0, 0, []
    for digit, strokes in drawings():
        told = draw(page, strokes)
        found = re.search(says, told)
        if not found:
            assert re.search(UNSURE, told), told
            unsure += 1
        elif found[1] in (str(digit), WORDS[digit]):
            right += 1
        else:
            wrong.append(f"{digit} as {found[1]}")
    count = right + unsure + len(wrong)
    assert count >= 60
    summary = f"{right} right, {unsure} unsure, {len(wrong)} wrong: {', '.join(wrong)}"
    assert (right + unsure) / count >= 0.9, summary
    assert len(wrong) / count < 0.1, summary
    assert right / count >= 0.3, summary  # who never commits itself is never wrong
    assert fresh.errors == []
