"""The search of a built site, used as a reader uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

# Empty what the last search has shown, so that the next answer cannot be mistaken for it.
FORGET = """() => {
    document.querySelector(".md-search-result__meta").textContent = "...";
    document.querySelector(".md-search-result__list").replaceChildren();
}"""
# The theme tells how many it has found first, and shows them after that.
ANSWERED = """() => {
    const told = document.querySelector(".md-search-result__meta").textContent;
    return told !== "..." && (/^(No|Type)/.test(told) ||
        document.querySelector(".md-search-result__list").childElementCount > 0);
}"""
EMPTY = "() => document.querySelector('.md-search-result__meta').textContent.startsWith('Type')"
# The links of each result that are seen without opening "more on this page".
SHOWN = """() => [...document.querySelectorAll(".md-search-result__item")].map(
    (item) => [...item.querySelectorAll(":scope > a")].map((link) => [link.href, link.innerText])
)"""


@dataclass
class Search:
    """The search of a copy of the site, open in a browser."""

    page: Page
    base: str
    titles: dict[str, str]  # the id of each page's title
    asked: dict[str, list[list[tuple[str, str]]]] = field(default_factory=dict)

    def results(self, query: str) -> list[list[tuple[str, str]]]:
        """Return address and text of each link of each result, as `page.md#id`.

        No key is pressed: text may be pasted, dictated or filled in.
        """
        if query not in self.asked:
            box = self.page.locator("[data-md-component=search-query]")
            box.fill("")
            self.page.wait_for_function(EMPTY)
            self.page.evaluate(FORGET)
            box.fill(query)
            self.page.wait_for_function(ANSWERED)
            shown = self.page.evaluate(SHOWN)
            self.asked[query] = [
                [(self.place(address), text) for address, text in links] for links in shown
            ]
        return self.asked[query]

    def place(self, address: str) -> str:
        """Return the place, as the source names it, that an address leads to."""
        match = re.fullmatch(r"(.*?)\.html(?:\?[^#]*)?(?:#(.*))?", address.removeprefix(self.base))
        assert match, address
        return f"{match[1]}.md#{match[2] or self.titles[match[1]]}"

    def places(self, query: str, results: int) -> list[str]:
        """Return the places of the first results."""
        return [place for links in self.results(query)[:results] for place, _ in links]


def title_ids(folder: Path) -> dict[str, str]:
    """Return the id of the title of each page, by its path without the ending."""
    found = {}
    for file in folder.rglob("*.html"):
        if match := re.search(r'<h1 id="([^"]+)"', file.read_text(encoding="utf-8")):
            found[file.relative_to(folder).with_suffix("").as_posix()] = match[1]
    return found


@contextmanager
def opened(browser: Browser, folder: Path, base: str) -> Iterator[Search]:
    """Open the first page of a copy of the site at an address, with its search ready."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(base + "index.html")
    page.keyboard.press("/")
    page.wait_for_function(EMPTY)
    assert page.locator(".md-search-result__meta").is_visible()
    yield Search(page, base, title_ids(folder))
    context.close()
