"""The reader view of browsers keeps the fact card, every section, and every line of them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from fieldguide.html import reader
from support import crawl


def test_a_reader_view_drops_nothing(site: Path, root: Path) -> None:
    node = shutil.which("node")
    if not node or not (root / ".ci/node_modules/@mozilla/readability").is_dir():
        pytest.skip("needs Node.js, and `npm ci --prefix .ci`")
    pages = [
        path.relative_to(site).as_posix()
        for path in crawl.pages(site)
        if '<article class="md-content__inner' in path.read_text(encoding="utf-8")
        and path.name != "404.html"
    ]
    assert len(pages) > 30
    done = subprocess.run(
        [node, str(root / ".ci/reader.mjs"), str(site), *pages],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found = json.loads(done.stdout)
    dropped = {
        f"{page}: {kind}: {line[:60]}"
        for page in pages
        for kind, lines in found[page]["lost"].items()
        for line in lines
    }
    assert dropped == set()
    cards = sum(found[page]["counted"][1] > 0 for page in pages)
    assert cards == 10


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<h2 id="features-media">', '<h2 id="features-media" class="content">'),
        (
            '<p class="a" id="x-related" lang="en">',
            '<p id="x-related" class="a content" lang="en">',
        ),
        (
            '<figure class="drawing" id="fig-benefits-share">',
            '<figure class="drawing"><span class="alias" id="fig-benefits-share"></span>',
        ),
        ('<h2 id="gan-idea">', '<h2 id="gan-idea">'),
        ('<a class="x" href="#media">', '<a class="x" href="#media">'),
    ],
)
def test_an_id_that_looks_like_clutter(before: str, after: str) -> None:
    assert reader.kept(before) == after
