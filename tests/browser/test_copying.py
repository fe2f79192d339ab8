"""What a reader copies can be read: formulas as TeX, tables with their heads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
# Select what lies between two places, copy it, and return what was put on the clipboard.
COPY = """([from, to]) => {
  let text = null;
  const told = (event) => (text = event.clipboardData.getData("text/plain"));
  document.addEventListener("copy", told);
  const range = document.createRange();
  const place = (selector) => document.querySelector(selector);
  range.setStart(place(from), 0);
  range.setEnd(place(to), place(to).childNodes.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  document.execCommand("copy");
  document.removeEventListener("copy", told);
  return text;
}"""


@pytest.fixture
def page(fresh: Any, unpacked: Path) -> Page:
    opened: Page = fresh.open(unpacked / "models/vaes.html")
    return opened


def test_formulas_are_copied_as_tex(page: Page) -> None:
    block = "figure.formula"
    page.locator(".read-so-far").wait_for(state="attached")  # the last part that a page adds
    before = page.locator("body > div").count()
    copied = page.evaluate(COPY, [block, block])
    displayed = page.locator(f"{block} math").first.get_attribute("alttext")
    inline = page.locator(f"{block} li math").first.get_attribute("alttext")
    assert f"$${displayed}$$" in copied and f"${inline}$" in copied
    assert "\n" in copied, "lines stay lines"
    assert page.locator("body > div").count() == before, "nothing is left behind"


def test_half_a_formula_is_copied_whole(page: Page) -> None:
    math = page.locator("figure.formula math").first
    assert math.locator("mi").count() > 1
    math.evaluate("one => one.querySelectorAll('mi')[0].classList.add('from')")
    math.evaluate("one => one.querySelectorAll('mi')[1].classList.add('to')")
    assert page.evaluate(COPY, [".from", ".to"]).strip() == f"$${math.get_attribute('alttext')}$$"


def test_text_without_formulas_is_left_to_the_browser(page: Page) -> None:
    assert page.evaluate(COPY, ["h1", "h1"]) == ""


def test_no_head_of_a_table_is_inside_a_button(fresh: Any, unpacked: Path) -> None:
    """Firefox copies no text of buttons."""
    page = fresh.open(unpacked / "models/index.html")
    heads = page.locator("div.comparison th")
    assert heads.count() == 7 == page.locator("div.comparison th button").count()
    outside = """(all) => all.map((head) => [...head.childNodes]
      .filter((node) => node.nodeName !== "BUTTON").map((node) => node.textContent).join("").trim())
    """
    assert all(heads.evaluate_all(outside))
    heads.nth(1).click(position={"x": 5, "y": 5})
    assert "sort=1" in page.url
