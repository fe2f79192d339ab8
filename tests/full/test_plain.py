"""The way out: plain Markdown, built by a program without our code, holds what ours does."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from fieldguide.__main__ import main
from fieldguide.addresses import lock
from support import crawl

ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
COUNTED = {
    "tables": re.compile(r"<table\b"),
    "formulas": re.compile(r"<math\b"),
    "citations": re.compile(r'href="[^"]*#src-'),
    "drawings": re.compile(r'\bid="fig-'),
    "questions": re.compile(r"<guide-question\b"),
    "answers": re.compile(r"<details\b"),
}


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that Zensical builds from the plain Markdown."""
    program = Path(os.environ.get("ZENSICAL") or root / ".cache/zensical/bin/zensical")
    if not program.is_file():
        pytest.skip("no Zensical in .cache/zensical; .ci/full puts it there")
    out = tmp_path_factory.mktemp("plain") / "guide"
    assert main(["--root", str(root), "expand", "--out", str(out)]) == 0
    done = subprocess.run(
        [program, "build", "--strict"], cwd=out, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out / "site"


def article(file: Path) -> str:
    """Return the content of a page."""
    found = ARTICLE.search(file.read_text(encoding="utf-8"))
    assert found, file
    return found[0]


def test_every_locked_address_stands(root: Path, built: Path) -> None:
    pages = {path: set(document.ids) for path, document in crawl.read(built).items()}
    missing = []
    for place in lock.read(root)[0]:
        path, _, key = place.partition("#")
        if key not in pages.get(path.removesuffix(".md") + ".html", ()):
            missing.append(place)
    assert missing == []


@pytest.mark.parametrize("what", COUNTED)
def test_each_page_holds_as_many_as_ours(site: Path, built: Path, what: str) -> None:
    counts = {
        path: tuple(len(COUNTED[what].findall(article(of / path))) for of in (site, built))
        for path in crawl.read(site)
        if not path.startswith("s/") and path != "404.html"
    }
    assert sum(ours for ours, _ in counts.values()) > 30
    assert {path: pair for path, pair in counts.items() if pair[0] != pair[1]} == {}


def test_every_link_leads_somewhere(built: Path) -> None:
    documents = crawl.read(built)
    problems = [each for each in crawl.broken(built, documents) if not each.startswith("404.html")]
    assert problems == []
