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


def fixes(read: Iterable[Page]) -> Iterator[Fix]:
    """Give an id that no page has yet to each heading and each block without one."""
    pages = list(read)
    taken = {anchor.id for anchor in anchors(pages, None)}
    for page in pages:
        lines = page.text.split("\n")
        key = page.headings[0].id if page.headings else ""
        key = key or "-".join(WORD.findall(PurePosixPath(page.path).stem.lower()))
        for heading in page.headings:
            line = lines[heading.line - 1]
            if not heading.id and not line.rstrip().endswith("}"):
                own = key if heading.level == 1 else _made(f"{key}-", heading.title)
                if own := _free(own, taken):
                    title = line.rstrip().rstrip("#").rstrip()
                    yield Fix(page.source, heading.line, line, f"{title} {{ #{own} }}")
        for block in page.blocks:
            line = lines[block.line - 1]
            given = any(map(OWN.match, lines[block.line : block.text_line - 1]))
            if not given and (
                own := _free(_made(f"{PREFIX[block.name]}{key}-", block.title), taken)
            ):
                yield Fix(page.source, block.line, line, f"{line}\n    id: {own}")


def _made(before: str, title: str) -> str:
    """Return an id of the first words of a title that say something; nothing without words."""
    words = WORD.findall(inline.plain(title).lower())
    chosen = [word for word in words if word not in SMALL] or words
    return before + "-".join(chosen[:MOST]) if chosen else ""


def _free(made: str, taken: set[str]) -> str:
    """Return an id, with a number if it is taken; it is taken then."""
    number, own = 1, made
    while own in taken:
        number += 1
        own = f"{made}-{number}"
    taken.add(own)
    return own
