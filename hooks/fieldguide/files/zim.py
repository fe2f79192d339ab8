"""The whole site as one `.zim` file, for Kiwix readers; needs the optional package `libzim`.

It holds what the zip holds. Each entry is read back and compared before the file counts as made.
"""

from __future__ import annotations

import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import resvg_py

from fieldguide.files import archive

NAME = "genai-field-guide.zim"
HOME, ICON = "index.html", "assets/favicon.svg"
METADATA = {
    "Name": "genai-field-guide",
    "Title": "Generative AI Field Guide",
    "Description": "Ten families of generative models, explained, sourced, measured.",
    "Language": "eng",
    "Creator": "Generative AI Field Guide",
    "Publisher": "Generative AI Field Guide",
    "License": "CC-BY-4.0",
    "Tags": "_ftindex:yes",
}
# Python's own table leaves some of these open, and is filled from the system that it runs on.
TYPES = {
    ".bib": "application/x-bibtex",
    ".css": "text/css",
    ".html": "text/html",
    ".inv": "application/octet-stream",
    ".js": "text/javascript",
    ".json": "application/json",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "application/yaml",
}


class ZimError(Exception):
    """The file cannot be made, or what is read back is not what was put in."""


def entries(packed: Path) -> dict[str, bytes]:
    """Return the content of each file of the zip by its path in the site."""
    start = f"{archive.FOLDER}/"
    with zipfile.ZipFile(packed) as opened:
        names = (name for name in opened.namelist() if name.startswith(start))
        return {name.removeprefix(start): opened.read(name) for name in names}


def write(packed: Path, target: Path, edition: str) -> int:
    """Make the file from the zip, read every entry back, and return how many there are."""
    try:
        from libzim.reader import Archive
        from libzim.writer import Creator, Hint, Item, StringProvider
    except ImportError as error:
        raise ZimError("libzim is missing: pip install '.[zim]'") from error

    class Entry(Item):
        """One file of the site."""

        def __init__(self, path: str, content: bytes) -> None:
            super().__init__()
            self.path, self.content = path, content

        def get_path(self) -> str:
            return self.path

        def get_title(self) -> str:
            return title(self.path, self.content)

        def get_mimetype(self) -> str:
            return mimetype(self.path)

        def get_contentprovider(self) -> Any:
            return StringProvider(self.content)

        def get_hints(self) -> dict[Any, int]:
            front = self.path.endswith(".html") and not self.path.startswith("s/")
            return {Hint.FRONT_ARTICLE: int(front)}

    content = entries(packed)
    with Creator(target).config_indexing(True, "eng").config_nbworkers(1) as creator:
        creator.set_mainpath(HOME)
        for key, value in {**METADATA, "Date": edition}.items():
            creator.add_metadata(key, value)
        creator.add_illustration(48, icon(content[ICON].decode()))
        for path in sorted(content):
            creator.add_item(Entry(path, content[path]))
    verify(Archive(target), content)
    return len(content)


def verify(opened: Any, content: dict[str, bytes]) -> None:
    """Read every entry back; ZimError if one is missing, too many, or not what was put in."""
    if not opened.check():
        raise ZimError("the checksum of the file is wrong")
    found = {}
    for number in range(opened.entry_count):
        entry = opened._get_entry_by_id(number)
        if not entry.is_redirect:
            found[entry.path] = bytes(entry.get_item().content)
    different = {path for path in found.keys() | content if found.get(path) != content.get(path)}
    if different:
        raise ZimError(f"{len(different)} entries differ, first {min(different)}")
    if opened.main_entry.get_item().path != HOME:
        raise ZimError(f"the first page is not {HOME}")


def mimetype(path: str) -> str:
    """Return the type of a file by its ending."""
    return TYPES.get(Path(path).suffix, "application/octet-stream")


def title(path: str, content: bytes) -> str:
    """Return the title of a page, or the path of another file."""
    _, opening, rest = content.partition(b"<title>")
    if not path.endswith(".html") or not opening:
        return path
    return unescape(rest.partition(b"</title>")[0].decode()).strip()


def icon(drawing: str, size: int = 48) -> bytes:
    """Return the site's icon as a PNG, which readers of ZIM files demand."""
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=size, skip_system_fonts=True))
