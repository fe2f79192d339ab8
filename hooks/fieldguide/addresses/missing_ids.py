"""Ids for headings and blocks that have none, made of the key of their page and their own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from fieldguide.addresses.anchors import anchors
from fieldguide.source import inline
from fieldguide.source.fixing import Fix
from fieldguide.source.pages import Page

PREFIX = {"formula": "eq-", "question": "q-", "problem": "p-", "derivation": "d-"}
WORD = re.compile(r"[a-z0-9]+")
SMALL = set("a an and are as at by does do for from how in is it of on or the to what why".split())
MOST = 3  # words of a title that go into an id
OWN = re.compile(r"[ ]+id *:")


def fixes(
    read: Iterable[Page], locked: Iterable[str] = (), moved: Iterable[str] = ()
) -> Iterator[Fix]:
    """Give an id that no page has yet to each heading and each block without one.

    Both are places, page.md#id: the page on which a locked id stood may have it again, and what
    is moved stands nowhere again.
    """
    pages, places = list(read), [place.partition("#") for place in locked]
    gone = {place.partition("#")[2] for place in moved}
    live = {anchor.id for anchor in anchors(pages, None)}
    for page in pages:
        taken = _Taken(live, gone | {own for path, _, own in places if path != page.path})
        lines = page.text.split("\n")
        key = page.headings[0].id if page.headings else ""
        key = key or "-".join(WORD.findall(PurePosixPath(page.path).stem.lower()))
        for heading in page.headings:
            line = lines[heading.line - 1]
            if not heading.id and not line.rstrip().endswith("}"):
                own = key if heading.level == 1 else _made(f"{key}-", heading.title)
                if own := taken.free(own):
                    title = line.rstrip().rstrip("#").rstrip()
                    yield Fix(page.source, heading.line, line, f"{title} {{ #{own} }}")
        for block in page.blocks:
            line = lines[block.line - 1]
            given = any(map(OWN.match, lines[block.line : block.text_line - 1]))
            if not given and (own := taken.free(_made(f"{PREFIX[block.name]}{key}-", block.title))):
                yield Fix(page.source, block.line, line, f"{line}\n    id: {own}")


def _made(before: str, title: str) -> str:
    """Return an id of the first words of a title that say something; nothing without words."""
    words = WORD.findall(inline.plain(title).lower())
    chosen = [word for word in words if word not in SMALL] or words
    return before + "-".join(chosen[:MOST]) if chosen else ""


class _Taken:
    """The ids that a page can't have: those of the site, and those that stood elsewhere."""

    def __init__(self, live: set[str], elsewhere: set[str]) -> None:
        self.live, self.elsewhere = live, elsewhere

    def free(self, made: str) -> str:
        """Return an id, with a number if it is taken; it is taken then."""
        number, own = 1, made
        while own in self.live or own in self.elsewhere:
            number += 1
            own = f"{made}-{number}"
        self.live.add(own)
        return own
