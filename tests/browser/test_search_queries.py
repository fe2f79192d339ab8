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
FIRST = {"typed": 2, "asked": 2}  # kinds whose answer must stand higher
SHARE = 0.9  # of all kinds but these, and those that name `all` that must be seen
HIDDEN = ("forms", "also", "about", "misspelled")  # fields of the index
# Lines, and whether a word is marked within them, of each result that is seen.
TEASER = ".md-search-result__item > a p:not([class])"
TEASERS = """(teaser) => [...document.querySelectorAll(teaser)].map((p) => [
    Math.round(p.clientHeight / parseFloat(getComputedStyle(p).lineHeight)),
    [...p.querySelectorAll("mark")].some((mark) => mark.offsetTop < p.offsetTop + p.clientHeight),
])"""
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
    return [query | {"kind": kind} for kind, rows in kinds.items() for query in rows]


def test_the_file_asks_many_different_things(site: Path) -> None:
    asked = [query["query"] for query in queries()]
    assert len(set(asked)) == len(asked) >= 120
    titles = title_ids(site)
    for query in queries():
        for place in query.get("find", query.get("all")):
            path, _, key = place.partition("#")
            page = (site / path).with_suffix(".html").read_text(encoding="utf-8")
            assert f'id="{key}"' in page, place
            assert path.removesuffix(".md") in titles


def test_readers_find_what_they_look_for(search: Search) -> None:
    old = [query for query in queries() if query["kind"] not in (*FIRST, "versus")]
    missed = [query["query"] for query in old if not answered(search, query)]
    assert len(missed) <= (1 - SHARE) * len(old), missed


def answered(search: Search, query: dict[str, Any]) -> bool:
    """Return whether the first results of a query hold what they should."""
    seen = set(search.places(query["query"], FIRST.get(query["kind"], SEEN)))
    return seen.issuperset(query["all"]) if "all" in query else bool(seen & set(query["find"]))


def test_what_is_typed_and_asked_most_is_answered_at_once(search: Search) -> None:
    for query in queries():
        if query["kind"] in (*FIRST, "versus"):
            assert answered(search, query), (query, search.places(query["query"], SEEN))


def test_a_result_is_two_lines_with_the_words_in_them(search: Search) -> None:
    """Neither the labels of a drawing nor a card's rows, and no stop word that is missing."""
    for query in ("how does mode collapse of a gan work", "what is a token", "diffusion guidance"):
        search.results(query)
        told = search.page.evaluate(TEASERS, TEASER)
        assert len(told) >= 5 and max(lines for lines, _ in told) <= 2
        assert sum(marked for _, marked in told) >= len(told) / 2
        missing = search.page.locator(".md-search-result__terms del").all_text_contents()
        assert not {"how", "does", "of", "a", "what", "is"} & set(missing)


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
