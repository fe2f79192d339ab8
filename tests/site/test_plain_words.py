"""How easy the pages of the way in are to read, and how often they break off for a citation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import textstat
from selectolax.lexbor import LexborHTMLParser

# The pages that a reader who knows nothing is sent to first.
PLAIN = ("basics/neural-networks", "how/a-chat-answer", "how/a-picture-from-words")
HARDEST = 8.5  # Dale-Chall: below 9, what a pupil of 13 to 15 reads with ease
CITED = 2.5  # citations in a hundred words
WORDS = (900, 1500)
# What is no running text, or is said by somebody else.
APART = (
    *("figure", "table", "pre", "math", "svg", "details", "guide-question", "guide-lab"),
    *("guide-text", "guide-fit", ".turns", "a.headerlink", ".text-note", ".page-facts"),
)


def article(site: Path, page: str) -> LexborHTMLParser:
    """Return a page's text alone, without its sources."""
    tree = LexborHTMLParser((site / f"{page}.html").read_text(encoding="utf-8"))
    body = tree.css_first("article.md-content__inner")
    assert body is not None
    kept = LexborHTMLParser(str(body.html).partition('-sources">')[0])
    for selector in APART:
        for node in kept.css(selector):
            node.decompose()
    return kept


def prose(tree: LexborHTMLParser) -> str:
    """Return the sentences of paragraphs and items, without citations."""
    for node in tree.css("a.cite"):
        node.decompose()
    parts = [" ".join(node.text().split()) for node in tree.css("p, li")]
    plain = [re.sub(r" ?\([; ]*\)", "", part) for part in parts if part]
    return "\n".join(part if part[-1] in ".?!:" else f"{part}." for part in plain)


def test_the_measure_tells_easy_from_hard() -> None:
    """Otherwise a page that is read wrongly would pass."""
    easy = "The dog ran to the house. It was cold. The man gave it food. "
    hard = "Variational inference approximates intractable posteriors by optimizing surrogates. "
    assert textstat.dale_chall_readability_score(easy * 5) < 6
    assert textstat.dale_chall_readability_score(hard * 5) > 12


@pytest.mark.parametrize("page", PLAIN)
def test_a_first_page_is_easy_to_read(site: Path, page: str) -> None:
    tree = article(site, page)
    cited = len(tree.css("a.cite"))
    text = prose(tree)
    count = textstat.lexicon_count(text)
    score = textstat.dale_chall_readability_score(text)
    print(f"{page}: {count} words, {100 * cited / count:.2f} citations in 100, {score:.2f}")
    assert WORDS[0] <= count <= WORDS[1]
    assert score <= HARDEST
    assert cited and 100 * cited / count <= CITED
