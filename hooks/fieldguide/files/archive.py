"""The whole site as one reproducible zip, to be read from a disk or a USB stick."""

from __future__ import annotations

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from fieldguide.addresses import course_files
from fieldguide.files import social_card
from fieldguide.files.deterministic_zip import packed

NAME = "genai-field-guide.zip"
FOLDER = "genai-field-guide"
NOTE = "HOW-TO-OPEN.txt"
HOW_TO_OPEN = """\
Generative AI Field Guide, version {version}

1. Unpack this archive. (Windows: right-click it, "Extract All"; looking inside is not enough.)
2. Open the file index.html in the folder {folder} with a browser.

Nothing is installed and nothing is fetched from the network: text, search, formulas and drawings
work from the disk. A browser may keep what it remembers (color scheme, answered questions) for
each page apart.

The cartridges for learning platforms and the books are not in this archive. Take them from the
site from which you have it.

Text: CC BY 4.0. Code: MIT.
"""
NOT_PACKED = ("404.html", "sitemap.xml", NAME)
KITS = f"{course_files.FOLDER}/"  # most of it is of use where there is a network
BOOKS = f"{course_files.EDITIONS}/"
LEFT_OUT = (KITS, BOOKS, f"{social_card.FOLDER}/")
UP = re.compile(r"((?:\.{1,2}/)*)(.*)", re.DOTALL)  # an address: the way up, and what is there


def write(site_dir: Path, version: str, site_url: str = "") -> Path:
    """Pack the built site into itself and return the archive's path.

    `version` is an ISO date; every entry carries it, so that equal sites give equal bytes.
    What is left out is linked at `site_url`, or else explained by the note.
    """
    note = HOW_TO_OPEN.format(version=version, folder=FOLDER).encode()
    entries = {f"{FOLDER}/{NOTE}": note, NOTE: note}
    for file in sorted(path for path in site_dir.rglob("*") if path.is_file()):
        name = file.relative_to(site_dir).as_posix()
        if name in NOT_PACKED or name.endswith((".gz", ".br")) or left_out(name):
            continue
        content = file.read_bytes()
        if name.endswith(".html"):
            content = _at_home(content, site_url)
        entries[f"{FOLDER}/{name}"] = content
    target = site_dir / NAME
    target.write_bytes(packed(dict(sorted(entries.items())), version))
    return target


def left_out(name: str) -> bool:
    """Return whether a file is on the hosted site only; what teachers print and run is packed."""
    return name.startswith(LEFT_OUT) and not course_files.is_for_class(name)


def _at_home(html: bytes, site_url: str) -> bytes:
    """Return a page whose links to what is not packed lead elsewhere.

    A copy on disk cannot hold itself: its link to the archive leads to the note instead.
    """
    if not any(each.encode() in html for each in (NAME, KITS, BOOKS)):
        return html
    tree = LexborHTMLParser(html.decode())
    for link in tree.css(f'a[href$="{NAME}"], a[href*="{KITS}"], a[href*="{BOOKS}"]'):
        up, target = UP.fullmatch(str(link.attrs["href"])).groups()  # type: ignore[union-attr]
        if course_files.is_for_class(target):
            continue
        if target.startswith((KITS, BOOKS)) and site_url:
            link.attrs["href"] = f"{site_url}{target}"
        elif target == NAME or target.startswith((KITS, BOOKS)):
            link.attrs["href"] = f"{up}{NOTE}"
    return (tree.html or "").encode()
