"""What readers type, typed into the real search, from a disk and from a server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect
from support import recipes, searching
from support.searching import Search, title_ids

pytestmark = [pytest.mark.browser, pytest.mark.full]

QUERIES = Path(__file__).with_name("queries.yml")
SEEN = 3  # results, each a page with the section that fits best
SHARE = 0.9
HIDDEN = ("forms", "also", "about", "misspelled")  # fields of the index
RISKS = (
    *("misinformation", "bias", "energy", "copyright"),
    *("deepfakes", "privacy", "security", "regulation"),
)


@pytest.fixture(scope="module", params=["file", "http"])
def search(
    request: pytest.FixtureRequest, browser: Browser, site: Path, unpacked: Path
) -> Iterator[Search]:
    """The search, from a disk in a folder with an awkward name, and from a server."""
    folder = unpacked if request.param == "file" else site
    with recipes.serving(folder) as served:
        base = served if request.param == "http" else folder.as_uri() + "/"
        with searching.opened(browser, folder, base) as found:
            yield found


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
    search.page.locator("[data-md-component=search-query]").press("Shift")  # it waits for a key
    suggestion = search.page.locator("[data-md-component=search-suggest]")
    search.page.wait_for_function(
        "() => document.querySelector('[data-md-component=search-suggest]').textContent"
    )
    assert suggestion.text_content() == "transformer"


def test_a_result_leads_to_the_section_and_marks_the_words(search: Search) -> None:
    assert "models/gans.md#gan-objective" in search.places("objective of a gan", 1)
    search.page.locator('.md-search-result__item > a[href$="#gan-objective"]').click()
    search.page.wait_for_url(re.compile(r"/models/gans\.html\?.*#gan-objective$"))
    expect(search.page.locator("mark[data-md-highlight]").first).to_be_visible()
