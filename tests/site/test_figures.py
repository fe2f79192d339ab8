"""The figures of the real site: each has its number, and keeps its id."""

from __future__ import annotations

import re
from pathlib import Path

from support import crawl

FIGURE = re.compile(r'<figure [^>]*\bclass="drawing\b')
NUMBER = re.compile(r'<b class="figure-number">Figure (\d+)\.</b>')


def test_every_figure_has_the_next_number_of_its_page(site: Path) -> None:
    numbered = 0
    for path in crawl.pages(site):
        html = path.read_text(encoding="utf-8")
        numbers = [int(number) for number in NUMBER.findall(html)]
        assert numbers == list(range(1, len(FIGURE.findall(html)) + 1)), path
        numbered += len(numbers)
    assert numbered > 50
