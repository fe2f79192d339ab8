"""Of the theme's styles nothing is missed: every part is driven, and no cut rule ever matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import material
import minify
import pytest
import tinycss2
from fieldguide.files import theme_styles
from playwright.sync_api import Page
from support import crawl
from support.visits import Visit

pytestmark = pytest.mark.browser
THEME = Path(material.__file__).parent / "templates" / theme_styles.FOLDER
# What a selector says of a state, or of what is drawn around an element, is no matter here.
STATE = re.compile(
    r"::?(?:-[\w-]+|before|after|placeholder|marker|backdrop|selection|first-line|first-letter|"
    r"hover|focus|focus-visible|focus-within|active|target|checked|disabled|fullscreen)\b"
)
FOUND = """
selectors => selectors.filter(selector => {
  try { return document.querySelector(selector) } catch { return false }
})
"""


def selectors(css: str) -> set[str]:
    """Return each selector of a style."""

    def within(rules: Iterable[Any]) -> Iterator[str]:
        for rule in rules:
            if rule.type == "qualified-rule":
                text = tinycss2.serialize(rule.prelude)
                yield from (each.strip() for each in re.split(r",(?![^()]*\))", text))
            elif rule.type == "at-rule" and rule.content and "keyframes" not in rule.at_keyword:
                yield from within(tinycss2.parse_rule_list(rule.content, True, True))

    return set(within(tinycss2.parse_stylesheet(css, True, True)))


@pytest.fixture(scope="module")
def cut(site: Path) -> list[str]:
    """The selectors of the theme that are in no style of the site, without their states."""
    files = [file for name in theme_styles.THEME for file in THEME.glob(name)]
    stock = "\n".join(file.read_text(encoding="utf-8") for file in files)
    kept = selectors((site / theme_styles.TARGET).read_text(encoding="utf-8"))
    gone = selectors(str(minify.string("text/css", stock))) - kept
    assert len(gone) > 500
    plain = {STATE.sub("", each) for each in gone}
    return sorted(each for each in plain if each and not each.endswith((" ", ">", "+", "~")))


def search(page: Page) -> None:
    """Open the search, look for something, and open what is folded away."""
    page.evaluate("document.getElementById('__search').click()")
    page.locator(".md-search__input").fill("diffus")
    page.locator(".md-search-result__item").first.wait_for()
    for more in page.locator(".md-search-result__more summary").all():
        more.click()


def drawer(page: Page) -> None:
    """Open the menu of small screens, and a part in it."""
    page.evaluate("document.getElementById('__drawer').click()")
    page.wait_for_timeout(300)


def colors(page: Page) -> None:
    """Change to the other colors."""
    page.locator("label[for^=__palette]:visible").click()


def term(page: Page) -> None:
    """Point at a term, whose meaning is shown."""
    page.locator("a.term").first.hover()
    page.locator(".md-tooltip2--active").wait_for()


def end(page: Page) -> None:
    """Read to the end, and turn back a little, so that the way up is offered."""
    page.mouse.wheel(0, 100_000)
    page.wait_for_timeout(300)
    page.mouse.wheel(0, -300)
    page.locator(".md-top:not([hidden])").wait_for()


def menu(page: Page) -> None:
    """Open the menu of a section."""
    page.evaluate("window.scrollTo(0, 0)")
    page.locator(".section-use > button").first.click()
    page.locator(".section-menu").first.wait_for()


WIDE, NARROW = 1280, 390
DRIVEN: list[tuple[str, int, Callable[[Page], None]]] = [
    ("models/gans.html", WIDE, search),
    ("models/gans.html", NARROW, search),
    ("models/gans.html", NARROW, drawer),
    ("index.html", NARROW, drawer),
    ("models/gans.html", WIDE, colors),
    ("models/gans.html", WIDE, term),
    ("models/gans.html", WIDE, end),
    ("models/gans.html", WIDE, menu),
]


@pytest.mark.parametrize(("path", "width", "drive"), DRIVEN)
def test_no_part_that_is_driven_needs_a_rule_that_was_cut(
    unpacked: Path, fresh: Visit, cut: list[str], path: str, width: int, drive: Callable[..., None]
) -> None:
    fresh.page.set_viewport_size({"width": width, "height": 900})
    page = fresh.open(unpacked / path)
    drive(page)
    assert page.evaluate(FOUND, cut) == []


@pytest.mark.full
def test_no_page_needs_a_rule_that_was_cut(unpacked: Path, desk: Visit, cut: list[str]) -> None:
    for path in crawl.read(unpacked):
        if not path.startswith("s/"):
            page = desk.open(unpacked / path)
            assert page.evaluate(FOUND, cut) == [], path


def test_a_rule_that_a_page_needs_would_be_found(unpacked: Path, desk: Visit) -> None:
    page = desk.open(unpacked / "index.html")
    assert page.evaluate(FOUND, [".md-content", ".md-no-such"]) == [".md-content"]
