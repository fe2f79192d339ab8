"""The labels of figures can be read on a desk and on a phone, and none leaves its figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support import crawl
from support.visits import watch

pytestmark = pytest.mark.browser
SMALLEST = 14.0  # pixels on the screen
SAMPLE = ("limits/risks", "models/hybrids", "how/a-chat-answer", "use/trends")
# Of each label its size on the screen, and whether it stays inside.
LABELS = """() => [...document.querySelectorAll("figure.drawing > svg.diagram")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const scale = frame.width / svg.viewBox.baseVal.width;
  const labels = [...svg.querySelectorAll("text")].filter((one) => one.textContent.trim());
  return labels.map((label) => {
    const box = label.getBoundingClientRect();
    const inside = box.left >= frame.left - 1 && box.right <= frame.right + 1;
    return [label.textContent, parseFloat(getComputedStyle(label).fontSize) * scale, inside];
  });
})"""


def look(browser: Browser, pages: list[Path], width: int) -> int:
    """Check the labels of pages in a window; return how many there are."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    visit = watch(context)
    found = 0
    for path in pages:
        page = visit.open(path)
        for label, size, inside in page.evaluate(LABELS):
            assert size >= SMALLEST, f"{path.name}: {label} is shown in {size:.1f} pixels"
            assert inside, f"{path.name}: {label} leaves its figure"
            found += 1
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) <= 0, path.name
    context.close()
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_labels_can_be_read(browser: Browser, unpacked: Path, width: int) -> None:
    pages = [unpacked / f"{name}.html" for name in SAMPLE]
    assert look(browser, pages, width) > 50


@pytest.mark.full
@pytest.mark.parametrize("width", [1280, 390])
def test_labels_can_be_read_on_every_page(browser: Browser, unpacked: Path, width: int) -> None:
    pages = [path for path in crawl.pages(unpacked) if 'class="diagram"' in path.read_text("utf-8")]
    assert look(browser, pages, width) > 500
