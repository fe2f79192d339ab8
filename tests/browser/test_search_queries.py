"""What readers type, typed into the real search, from a disk and from a server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page
from support import recipes

pytestmark = [pytest.mark.browser, pytest.mark.full]

QUERIES = Path(__file__).with_name("queries.yml")
SEEN = 3  # results, each a page with the section that fits best
SHARE = 0.9
HIDDEN = ("forms", "also", "about", "misspelled")  # fields of the index
RISKS = (
    *("misinformation", "bias", "energy", "copyright"),
    *("deepfakes", "privacy", "security", "regulation"),
)

# Empty what the last search has shown, so that the next answer cannot be mistaken for it.
FORGET = """() => {
    document.querySelector(".md-search-result__meta").textContent = "...";
    document.querySelector(".md-search-result__list").replaceChildren();
}"""
ANSWERED = "() => document.querySelector('.md-search-result__meta').textContent !== '...'"
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
        """Return address and text of each link of each result, as `page.md#id`."""
        if query not in self.asked:
            box = self.page.locator("[data-md-component=search-query]")
            self.page.evaluate(FORGET)
            box.fill(query)
            box.press("Shift")  # the theme waits for a key
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


@pytest.fixture(scope="module", params=["file", "http"])
def search(
    request: pytest.FixtureRequest, browser: Browser, site: Path, unpacked: Path
) -> Iterator[Search]:
    """The search, from a disk in a folder with an awkward name, and from a server."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    folder = unpacked if request.param == "file" else site
    with recipes.serving(folder) as served:
        base = served if request.param == "http" else folder.as_uri() + "/"
        page = context.new_page()
        page.goto(base + "index.html")
        page.keyboard.press("/")
        meta = page.locator(".md-search-result__meta")
        page.wait_for_function(
            "() => document.querySelector('.md-search-result__meta').textContent.startsWith('Type')"
        )
        assert meta.is_visible()
        yield Search(page, base, title_ids(folder))
        context.close()


def queries() -> list[dict[str, Any]]:
    """Return every query of the file."""
    kinds = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return [query for kind in kinds.values() for query in kind]


def test_the_file_asks_sixty_different_things(site: Path) -> None:
    asked = [query["query"] for query in queries()]
    assert len(set(asked)) == len(asked) >= 60
    titles = title_ids(site)
    for query in queries():
        for place in query["find"]:
            path, _, key = place.partition("#")
            page = (site / path).with_suffix(".html").read_text(encoding="utf-8")
            assert f'id="{key}"' in page, place
            assert path.removesuffix(".md") in titles


def test_readers_find_what_they_look_for(search: Search) -> None:
    missed = []
    for query in queries():
        seen = search.places(query["query"], SEEN)
        if not set(seen) & set(query["find"]):
            missed.append(f"{query['query']!r} finds {seen}")
    found = 1 - len(missed) / len(queries())
    print(f"{len(queries()) - len(missed)} of {len(queries())} queries; not: {missed}")
    assert found >= SHARE, "\n".join(missed)


def test_families_industries_and_risks_are_found_first(search: Search, root: Path) -> None:
    guide = yaml.safe_load((root / "docs/data/guide.yml").read_text(encoding="utf-8"))
    headings = (root / "docs/limits/risks.md").read_text(encoding="utf-8")
    expected: list[tuple[str, str]] = []
    for family in guide["families"]:
        place = f"{family['page']}#{search.titles[family['page'].removesuffix('.md')]}"
        expected += [(family["name"], place), (family["name"] + "s", place)]
    for industry in guide["industries"]:
        expected.append((industry["name"], f"{industry['page']}#{industry['section']}"))
    for key in RISKS:
        name = re.search(rf"^## (.*) {{ #risks-{key} }}$", headings, re.MULTILINE)
        assert name, key
        expected += [(word, f"limits/risks.md#risks-{key}") for word in (key, name[1])]
    assert len(expected) == 10 * 2 + 9 + 8 * 2
    missed = [
        f"{query!r} finds first {search.places(query, 1)}, not {place}"
        for query, place in expected
        if place not in search.places(query, 1)
    ]
    assert missed == []


@pytest.mark.parametrize("query", ["carbon footprint", "difusion", "genai", "hospital"])
def test_what_helps_to_find_is_not_shown(search: Search, site: Path, query: str) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    hidden = [entry[name] for entry in index["docs"] for name in HIDDEN if entry.get(name)]
    shown = [text for links in search.results(query) for _, text in links]
    assert shown
    for text in shown:
        assert not [words for words in hidden if words.count(" ") > 2 and words in text.lower()]


def test_a_word_is_completed(search: Search) -> None:
    search.results("transfor")
    suggestion = search.page.locator("[data-md-component=search-suggest]")
    search.page.wait_for_function(
        "() => document.querySelector('[data-md-component=search-suggest]').textContent"
    )
    assert suggestion.text_content() == "transformer"


def test_a_result_leads_to_the_section_and_marks_the_words(search: Search) -> None:
    assert "models/gans.md#gan-objective" in search.places("objective of a gan", 1)
    search.page.locator('.md-search-result__item > a[href$="#gan-objective"]').click()
    search.page.wait_for_url(re.compile(r"/models/gans\.html\?.*#gan-objective$"))
    assert search.page.locator("mark[data-md-highlight]").count() > 0
