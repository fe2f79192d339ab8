"""On paper: the light scheme wherever the reader was, and every cell of every table."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
# A page of each kind, and the view for frames.
KINDS = (
    *("index.html", "models/gans.html", "models/measured.html", "courses/index.html"),
    "models/gans.html?embed#gan-objective",
)
TABLES = ("models/index.html", "models/measured.html")

COLORS = """() => [...document.querySelectorAll("body, body *")]
  .filter((one) => one.checkVisibility()).map((one) => {
  const style = getComputedStyle(one);
  const names = ["color", "backgroundColor", "fill", "stroke", "borderTopColor"];
  const dark = style.colorScheme === "dark";
  return [one.localName, ...names.map((name) => style[name]), dark].join(" ");
})"""
CELLS = """() => [...document.querySelectorAll(".md-content table")].flatMap(
  (table) => [...table.rows].flatMap((row) => [...row.cells].map((cell) => cell.innerText)))"""


LIVE = ("guide-lab", "guide-text", "guide-watch", "guide-arena")  # elements that scripts fill


def opened(page: Page, site: Path, path: str) -> Page:
    """Open a page of the site by its path, with what follows it in the address."""
    name = re.split("[?#]", path)[0]
    page.goto((site / name).as_uri() + path.removeprefix(name))
    return page


@pytest.mark.parametrize("path", KINDS)
def test_paper_is_light(browser: Browser, unpacked: Path, path: str) -> None:
    seen = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
        page = opened(context.new_page(), unpacked, path)
        assert page.locator("body").get_attribute("data-md-color-scheme") == (
            "slate" if scheme == "dark" else "default"
        )
        settle(page)
        page.emulate_media(media="print", color_scheme=scheme)
        seen.append(page.evaluate(COLORS))
        context.close()
    assert len(seen[0]) > 50
    assert seen[0] == seen[1]


def settle(page: Page) -> None:
    """Go to everything live that can be seen, which loads it, and wait until it is there."""
    for live in page.locator(",".join(LIVE)).filter(visible=True).all():
        live.scroll_into_view_if_needed()
        live.and_(page.locator("[class*='-on']")).wait_for()


@pytest.mark.parametrize("paper", ["A4", "Letter", "A5"])
@pytest.mark.parametrize("path", TABLES)
def test_no_table_loses_a_column(browser: Browser, unpacked: Path, path: str, paper: str) -> None:
    """What lies beyond the edge of the paper is not in the PDF."""
    context = browser.new_context()
    page = opened(context.new_page(), unpacked, path)
    cells = page.evaluate(CELLS)
    written = letters(printed(page, paper))
    context.close()
    assert len(cells) >= 40
    assert [cell for cell in cells if letters(cell) not in written] == []


def printed(page: Page, paper: str) -> str:
    """Return the text of a page as it is printed on some paper."""
    document = pypdfium2.PdfDocument(page.pdf(format=paper))
    try:
        return "".join(sheet.get_textpage().get_text_range() for sheet in document)
    finally:
        document.close()


def letters(text: str) -> str:
    """Return the letters and digits of a text; a PDF has no other spaces than gaps."""
    return "".join(letter for letter in text if letter.isalnum())


QUESTIONS = "basics/what-is-generative-ai.html"


def test_answers_stand_together_at_the_end(browser: Browser, unpacked: Path) -> None:
    """What is right is not told beside the question, even if the reader has opened it."""
    context = browser.new_context()
    page = opened(context.new_page(), unpacked, QUESTIONS)
    page.locator("guide-question summary").first.click()
    question, right, why, problem, solution = (
        letters(page.locator(selector).first.text_content() or "")
        for selector in (
            *(".question-text", "details[data-right=yes] summary"),
            *("details[data-right=yes] .why p:not(.verdict)", ".problem-head + p"),
            ".solution p",
        )
    )
    written = letters(printed(page, "A4"))
    assert written.index(question) < written.index(problem) < written.index("Answers1")
    assert written.count(right) == 2 and written.rindex(right) > written.index("Answers1")
    for told in (why, solution):
        assert written.count(told) == 1 and written.index(told) > written.index("Answers1")
    assert written.count("Notthisone") == 0
    expect(page.locator(".answers")).to_have_count(0)
    context.close()


def test_what_is_right_looks_like_the_rest(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context()
    page = opened(context.new_page(), unpacked, QUESTIONS)
    page.emulate_media(media="print")
    looks = page.locator("guide-question details").evaluate_all(
        "(all) => all.map((one) => { one.open = true; const own = getComputedStyle(one);"
        " return [own.borderColor, own.backgroundColor, own.fontWeight].join(); })"
    )
    assert len(looks) > 5 and len(set(looks)) == 1
    context.close()
