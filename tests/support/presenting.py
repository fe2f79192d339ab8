"""What the screens of a presented page show, read in a browser."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

# Each piece of text that the page shows, by a number that stays with it; what is folded, or is
# for finding one's way on the page alone, is left out.
NUMBERED = """() => {
  window.pieces = [];
  const article = document.querySelector(".md-content__inner");
  const walk = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const apart = `.headerlink, .section-use, .page-facts, .repository, .md-source-file, .path-end,
    script, annotation, guide-lab, guide-text, guide-arena, guide-hero, guide-watch, guide-fit`;
  while (walk.nextNode()) {
    const around = walk.currentNode.parentElement;
    if (walk.currentNode.data.trim() && around.checkVisibility() && !around.closest(apart))
      window.pieces.push(around);
  }
  return window.pieces.length;
}"""
SEEN = """() => [
  window.pieces.flatMap((piece, at) => piece.checkVisibility() ? [at] : []),
  document.documentElement.classList.contains("present-tall"),
  Math.max(0, ...window.pieces
    .filter((piece) => piece.checkVisibility() && !piece.closest(".picker-list"))
    .map((piece) => piece.getBoundingClientRect().bottom)),
  document.querySelector(".present-bar").getBoundingClientRect().top,
  document.documentElement.scrollWidth - innerWidth,
]"""
LOST = """(seen) => window.pieces.flatMap(
  (piece, at) => seen.includes(at) || !piece.isConnected ? [] : [piece.outerHTML]
)"""


@dataclass
class Screens:
    """The screens of a page: what each is called, and what is wrong with them."""

    names: list[str]
    tall: list[str]
    cut: list[str]
    wide: list[str]
    lost: list[str]


def screens(page: Page) -> Screens:
    """Go through the screens of an open page, which presents from its first one."""
    where = page.locator(".present-where:has(span)")
    where.wait_for()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)  # what grows late has grown
    found = Screens([], [], [], [], [])
    seen: set[int] = set()
    while True:
        name = where.inner_text()
        pieces, tall, bottom, bar, wide = page.evaluate(SEEN)
        seen |= set(pieces)
        found.names.append(name)
        if tall:
            found.tall.append(name)
        elif bottom > bar + 2:
            found.cut.append(f"{name}: {bottom} below {bar}")
        if wide > 0:
            found.wide.append(name)
        if page.locator(".present-bar button", has_text="Next").is_disabled():
            found.lost = page.evaluate(LOST, sorted(seen))
            return found
        page.keyboard.press("PageDown")
        while where.inner_text() == name:  # a tall screen is scrolled first
            page.keyboard.press("PageDown")
