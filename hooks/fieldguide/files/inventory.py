"""objects.inv: the inventory from which Sphinx, MyST, MkDocs and Quarto resolve references.

Format: Sphinx inventory version 2. Only explicit ids are in it, since an entry is a promise; what
has moved is in it too, with the address where it stands now.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from fieldguide.addresses.permalinks import Links, address

NAME = "objects.inv"
HEADER = """\
# Sphinx inventory version 2
# Project: {name}
# Version: {version}
# The remainder of this file is compressed using zlib.
"""


def inventory(links: Links) -> bytes:
    """Return the inventory of every page and every address of the site."""
    header = HEADER.format(name=" ".join(links.name.split()), version=links.edition)
    lines = sorted(_lines(links))
    return header.encode() + zlib.compress("".join(lines).encode(), 9)


def _lines(links: Links) -> Iterator[str]:
    """Yield `name domain:role priority address title`; a `$` ends an address that ends in name."""
    for path, title in links.pages.items():
        yield f"{path.removesuffix('.md')} std:doc -1 {address(path)} {_title(title)}\n"
    for key, place in links.short().items():
        page, _, goal = place.partition("#")
        anchor = links.anchors.get(goal)
        target = f"{page}#$" if goal == key else place
        title = links.full_title(anchor) if anchor else key
        yield f"{key} std:label -1 {target} {_title(title)}\n"


def _title(text: str) -> str:
    return " ".join(text.split()) or "-"
