"""The pictures beside links: their size is the stated one, and they say what they should."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fieldguide import check
from fieldguide.addresses import permalinks
from fieldguide.addresses.permalinks import Links
from fieldguide.files import social_card, svg_to_png
from fieldguide.model.site import Site

URL = "https://example.org/guide/"
SVG = "{http://www.w3.org/2000/svg}"
DIGIT = "a" * 400 + "hh" + "a" * 382


@pytest.fixture(scope="module")
def known(root: Path) -> tuple[Site, Links]:
    """The real site, and its addresses under a public one."""
    site, faults = check.check(root, site_url=URL)
    assert site, faults
    return site, permalinks.links(site, name="The Guide", edition="2026-11-22")


def texts(drawing: str) -> list[str]:
    """Return the texts of a drawing, top to bottom."""
    root = ElementTree.fromstring(drawing)
    found = [(float(text.get("y", "")), text.text or "") for text in root.iter(f"{SVG}text")]
    assert found == sorted(found)
    return [text for _, text in found]


def test_every_page_has_a_picture_of_the_stated_size(
    known: tuple[Site, Links], tmp_path: Path
) -> None:
    site, links = known
    social_card.write(tmp_path / "site", site, links, tmp_path / "cache")
    pictures = set()
    for page in site.pages:
        stated = social_card.metas(site, links, page)
        file = tmp_path / "site" / stated["og:image"].removeprefix(URL)
        content = file.read_bytes()
        assert content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR"
        size = struct.unpack(">II", content[16:24])
        assert size == (int(stated["og:image:width"]), int(stated["og:image:height"]))
        pictures.add(file)
    assert len({file.read_bytes() for file in pictures}) == len(pictures) == 11


def test_a_title_is_parted_and_never_markup(root: Path, tmp_path: Path) -> None:
    title = "A <b> & a very long title that fills more than the two lines of a card"
    drawing = social_card.drawing("The Guide", title, "About <it>", [DIGIT] * 10)
    name, first, second, about = texts(drawing)
    assert (name, about) == ("The Guide", "About <it>")
    assert first == "A <b> & a very long title that" and second.endswith(" …")
    assert svg_to_png.png(svg_to_png.svg(drawing, root), tmp_path).startswith(b"\x89PNG")
    assert texts(social_card.drawing("The Guide", "The Guide", "About", [])) == [
        "",
        "The Guide",
        "About",
    ]


def test_without_an_address_nothing_is_drawn_or_said(
    known: tuple[Site, Links], tmp_path: Path
) -> None:
    site, links = known
    nowhere = replace(links, site_url="")
    social_card.write(tmp_path, site, nowhere, tmp_path / "cache")
    assert not list(tmp_path.iterdir()) and social_card.metas(site, nowhere, "index.md") == {}
