"""Formulas on a line: what a reader of a search result sees of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fieldguide.search import formula_words
from fieldguide.source.formulas import to_mathml


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\frac12", "1/2"),
        (r"\frac{a+b}{2c}", "(a + b)/(2 c)"),
        (r"\hat x", "x-hat"),
        (r"\sqrt{1-\bar\alpha_t}\,\epsilon", "square root of (1 - alpha-bar_t) epsilon"),
        (r"\sum_{i=1}^{n} x_i^2", "sum from i = 1 to n of x_i^2"),
        (r"\sum_i p_i", "sum over i of p_i"),
        (r"\mathbb{E}_{x\sim p_{\text{data}}}[\log D(x)]", "E_(x ~ p_data)[log D(x)]"),
        (r"\mathrm{KL}(q(z\mid x))", "KL(q(z | x))"),
        (r"10^{-3}", "10^(-3)"),
        (r"x'", "x\u2032"),
        (r"\Sigma\ne\varphi", "Sigma \u2260 phi"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "a = b; c = d"),
        (r"x < 1 \text{ if }y > 0", "x < 1 if y > 0"),
    ],
)
def test_words_of_a_formula(tex: str, words: str) -> None:
    for display in (False, True):
        if display and "sum" in tex:
            continue
        assert formula_words.of(to_mathml(tex, display=display or "sum" in tex)) == words


def test_only_formulas_change() -> None:
    html = f"<p>A &lt; B, {to_mathml('a<b', display=False)} &amp; so on.</p>"
    assert formula_words.in_html(html) == "<p>A &lt; B, a &lt; b &amp; so on.</p>"


def test_the_index_holds_no_markup_of_formulas(site: Path) -> None:
    index = (site / "search/search_index.json").read_text(encoding="utf-8")
    texts = [entry["text"] for entry in json.loads(index)["docs"]]
    assert [text for text in texts if re.search(r"\\(frac|mathbb|log|sum|hat|bar)\b", text)] == []
    assert any("alpha-bar_t" in text for text in texts)


def test_the_pages_keep_their_formulas(site: Path) -> None:
    page = (site / "models/diffusion.html").read_text(encoding="utf-8")
    assert page.count("<math") > 50 and "alpha-bar_t" not in page
