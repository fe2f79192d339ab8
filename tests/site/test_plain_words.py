"""How easy the first pages are to read, and how often any page breaks off for a citation."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import textstat
from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).parents[2]
ROOMS = ("basics", "how", "use", "limits")  # where a reader who knows nothing goes first
# Dale-Chall: below 9, what a pupil of 13 to 15 reads with ease. `textstat` counts each name, number
# and plural as hard, so a page of laws or of dates needs very short words between them.
HARDEST = 8.5
LONG = {  # words: whoever starts here gets a whole story, and no more than can be read at once
    "basics/neural-networks": (900, 1500),
    "how/a-chat-answer": (900, 1500),
    "how/a-picture-from-words": (900, 1500),
}
CITED = 2.5  # citations in a hundred words
# What is no running text, or is said by somebody else.
APART = (
    *(
        "figure",
        "table",
        "pre",
        "math",
        "svg",
        "details",
        "guide-question",
        ".problem",
        "guide-lab",
    ),
    *("guide-text", "guide-fit", ".turns", "a.headerlink", ".text-note", ".page-facts"),
)


def pages() -> list[str]:
    """Return the addresses of all pages that are written by hand."""
    return sorted(
        path.relative_to(ROOT / "docs").with_suffix("").as_posix()
        for path in (ROOT / "docs").rglob("*.md")
    )


@cache
def article(site: Path, page: str) -> str:
    """Return the HTML of a page's text, without its sources."""
    tree = LexborHTMLParser((site / f"{page}.html").read_text(encoding="utf-8"))
    body = tree.css_first("article.md-content__inner")
    assert body is not None
    return re.split(r'<h2 id="[\w-]+-sources"', str(body.html))[0]


def without(html: str, selectors: tuple[str, ...]) -> LexborHTMLParser:
    """Return HTML as a tree without some of its elements."""
    tree = LexborHTMLParser(html)
    for selector in selectors:
        for node in tree.css(selector):
            node.decompose()
    return tree


def prose(html: str) -> str:
    """Return the sentences of paragraphs and items, without citations."""
    tree = without(html, (*APART, "a.cite"))
    parts = [" ".join(node.text().split()) for node in tree.css("p, li")]
    plain = [re.sub(r" ?\([; ]*\)", "", part) for part in parts if part]
    return "\n".join(part if part[-1] in ".?!:" else f"{part}." for part in plain)


def introductions() -> list[str]:
    """Return the pages of the rooms that a reader who knows nothing goes to first."""
    return [page for page in pages() if page.partition("/")[0] in ROOMS]


def test_the_measure_tells_easy_from_hard() -> None:
    """Otherwise a page that is read wrongly would pass."""
    easy = "The dog ran to the house. It was cold. The man gave it food. "
    hard = "Variational inference approximates intractable posteriors by optimizing surrogates. "
    assert textstat.dale_chall_readability_score(easy * 5) < 6
    assert textstat.dale_chall_readability_score(hard * 5) > 12


def density(html: str) -> float:
    """Return the citations in a hundred words of running text and of what is below figures.

    A table is apart: its rows are looked up one by one, and each has its sources at its end.
    """
    shown = without(html, APART)
    captions = LexborHTMLParser(html).css("figcaption")
    cited = len(shown.css("a.cite")) + sum(len(caption.css("a.cite")) for caption in captions)
    words = (
        prose(html) + "\n" + prose("".join(f"<p>{caption.inner_html}</p>" for caption in captions))
    )
    return 100 * cited / max(textstat.lexicon_count(words), 1)


def test_citations_are_counted() -> None:
    """A citation counts in running text and below a figure, and its own words are no text."""
    cite = '(<a class="cite" href="#">Kingma and Welling 2014</a>)'
    text = f"<p>Four words are here {cite}.</p><figure><figcaption>One {cite}</figcaption></figure>"
    assert density(f"{text}<table><tr><td>{cite} and more</td></tr></table>") == 40.0


@pytest.mark.parametrize("page", introductions())
def test_a_first_page_is_easy_to_read(site: Path, page: str) -> None:
    text = prose(article(site, page))
    count = textstat.lexicon_count(text)
    score = textstat.dale_chall_readability_score(text)
    print(f"{page}: {count} words, {score:.2f}")
    assert score <= HARDEST
    least, most = LONG.get(page, (0, count))
    assert least <= count <= most


@pytest.mark.parametrize("page", pages())
def test_no_page_breaks_off_for_citations_too_often(site: Path, page: str) -> None:
    cited = density(article(site, page))
    print(f"{page}: {cited:.2f} citations in 100 words")
    assert cited <= CITED
