"""What a reader's browser has to fetch, against the theme as it comes with the same text."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from fieldguide.files import archive, font
from support import crawl, site_build, stock

# Formulas, live models and what they measured have budgets of their own.
MORE_THAN_TEXT = re.compile(
    r"<math|/(?:lab|pictures|text|arena)/[\w-]+\.js|/lab\.css|lab/results\.json"
)
FONT = 62_000
ARCHIVE = 12_000_000


def weight(folder: Path, path: str) -> int:
    """Return the compressed bytes of HTML, styles and scripts that a page loads at once."""
    document = crawl.Document(path)
    document.feed((folder / path).read_text(encoding="utf-8"))
    needed = {path}
    for tag, name, address in document.addresses:
        found = crawl.target(path, address)
        if found and ((tag, name) == ("script", "src") or found[0].endswith(".css")):
            needed.add(found[0])
    return sum(len(gzip.compress((folder / file).read_bytes(), 6)) for file in needed)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same text and navigation, built with the theme as it comes."""
    folder = tmp_path_factory.mktemp("stock")
    stock.write(folder, stock.expanded(), stock.settings())
    done = site_build.run(folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_a_text_page_is_no_heavier_than_stock(site: Path, plain: Path) -> None:
    text_pages = [
        path
        for path in crawl.read(site)
        if (plain / path).is_file()
        and path != "404.html"
        and not MORE_THAN_TEXT.search((site / path).read_text(encoding="utf-8"))
    ]
    assert len(text_pages) > 5
    above = {path: weight(site, path) - weight(plain, path) for path in text_pages}
    heaviest = max(above, key=lambda path: above[path])
    print(f"heaviest text page: {heaviest}, {above[heaviest]} bytes above stock")
    assert {path: size for path, size in above.items() if size > 0} == {}


def test_the_math_font_is_small_and_only_where_a_formula_is(site: Path) -> None:
    assert (site / font.FONT).stat().st_size <= FONT
    for path in crawl.read(site):
        html = (site / path).read_text(encoding="utf-8")
        assert ("math.css" in html) == ("<math" in html), path


def test_the_archive_fits(site: Path) -> None:
    assert (site / archive.NAME).stat().st_size <= ARCHIVE
