"""The real site, built strict, looked at from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fieldguide.files import archive
from support import crawl


@pytest.fixture(scope="module", params=["built", "unpacked"])
def copy(request: pytest.FixtureRequest, site: Path, unpacked: Path) -> Path:
    """The site as it is hosted, and as it comes out of the archive."""
    return site if request.param == "built" else unpacked


def test_every_address_leads_somewhere(copy: Path) -> None:
    documents = crawl.read(copy)
    assert len(documents) > 5
    assert crawl.broken(copy, documents) == []


def test_every_page_is_whole(copy: Path) -> None:
    assert crawl.faults(crawl.read(copy)) == []


def test_the_search_finds_places_that_exist(site: Path) -> None:
    documents = crawl.read(site)
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert len(index["docs"]) > len(documents) / 2
    for entry in index["docs"]:
        page, _, fragment = entry["location"].partition("#")
        assert page in documents, entry["location"]
        assert not fragment or fragment in documents[page].ids, entry["location"]


def test_only_pages_and_what_they_need_is_published(site: Path) -> None:
    names = [file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()]
    wrong = ("__pycache__", ".map", "overrides/", "lunr/", ".md", ".gz", ".DS_Store")
    assert [name for name in names if any(part in name for part in wrong)] == []


def test_the_archive_is_linked_and_is_the_site(site: Path, unpacked: Path) -> None:
    linking = [
        path
        for path, document in crawl.read(site).items()
        if any(address.endswith(archive.NAME) for _, _, address in document.addresses)
    ]
    assert "index.html" in linking
    left = {f.relative_to(site).as_posix() for f in site.rglob("*") if f.is_file()}
    right = {f.relative_to(unpacked).as_posix() for f in unpacked.rglob("*") if f.is_file()}
    hosted_only = {"404.html", "sitemap.xml", archive.NAME}
    assert {path for path in left - right if not path.startswith(archive.KITS)} <= hosted_only
    assert right - left == {archive.NOTE}
    for path in sorted(left & right):
        same = (site / path).read_bytes() == (unpacked / path).read_bytes()
        assert same or path in linking, path
    assert (unpacked.parent / archive.NOTE).is_file()


def test_without_an_address_nothing_claims_one(site: Path) -> None:
    assert not (site / "sitemap.xml").exists()
    for path, document in crawl.read(site).items():
        assert 'rel="canonical"' not in document.attributes, path
