"""Section ids: explicit, lowercase, unique over the site, and permanent.

An address of the site is a place, `page.md#id`. What stands at one is an anchor: a heading, a term,
a source, a question, a formula, a figure, or a row of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from fieldguide.addresses import lock, redirects
from fieldguide.model import citations
from fieldguide.model.records import Guide
from fieldguide.source import inline
from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page

ID = re.compile(r"^[a-z][a-z0-9-]*$")
ID_FORM = "lowercase letters, digits, hyphens"
# What Python-Markdown reads as a heading although it does not look like one of ours: it would get
# an id that is made from its words.
STRAY = (
    (re.compile(r"^#{1,6}[^#\s]"), "a space is missing after the #"),
    (re.compile(r"^[ \t>*+-]+#{1,6}[ \t]+\S"), "a heading stands at the start of its line"),
    (re.compile(r"<h[1-6]\b", re.IGNORECASE), "write the heading in Markdown, not in HTML"),
)
UNDERLINE = re.compile(r"^(=+|-+)[ ]*$")
SETEXT = "a line of === or --- makes the text above it a heading; write # or a blank line"


@dataclass(frozen=True)
class Anchor:
    """What stands at a permanent address; `level` is 0 for what is not a heading."""

    id: str
    page: str
    title: str
    kind: str
    line: int
    level: int = 0

    @property
    def place(self) -> str:
        """Return `page.md#id`, from docs/."""
        return f"{self.page}#{self.id}"

    @property
    def source(self) -> str:
        """Return where its id is written, as faults show it."""
        return f"docs/{self.page}:{self.line}"


def anchors(read: Iterable[Page], guide: Guide | None) -> list[Anchor]:
    """Return every anchor of the pages in the order of the text; tables need the data."""
    return [anchor for page in read for anchor in page_anchors(page, guide)]


def page_anchors(page: Page, guide: Guide | None) -> list[Anchor]:
    """Return the anchors of a page, in the order of its text."""
    found: list[Anchor] = []
    for heading in page.headings:
        if heading.id:
            title = inline.plain(heading.title)
            found.append(
                Anchor(heading.id, page.path, title, "heading", heading.line, heading.level)
            )
    for block in page.blocks:
        if key := block.options["id"]:
            title = inline.plain(block.title) or key
            found.append(Anchor(key, page.path, title, block.name, block.line))
    for line, marker in page.markers:
        found += table_anchors(marker, page.path, line, guide)
    return sorted(found, key=lambda anchor: anchor.line)


def sentence(caption: str) -> str:
    """Return the first sentence of a caption without its full stop."""
    return re.split(r"(?<=[.!?])\s", inline.plain(caption))[0].rstrip(".")


def table_anchors(
    marker: re.Match[str], page: str, line: int, guide: Guide | None
) -> Iterator[Anchor]:
    """Yield the anchors of the table or drawing that a marker asks for."""
    name = marker["name"]
    if name == "diagram" or name in FIGURES:
        drawing, _, caption = (part.strip() for part in marker["argument"].partition("|"))
        drawing = FIGURES.get(name, drawing)
        yield Anchor(f"fig-{drawing}", page, sentence(caption) or drawing, "figure", line)
    elif name == "walk":
        drawing, _, caption = (part.strip() for part in marker["argument"].partition("|"))
        if not drawing.startswith(NOT_DRAWN):
            yield Anchor(f"fig-walk-{drawing}", page, sentence(caption) or drawing, "figure", line)
    elif guide and name in ROWS:
        for kind, key, title in ROWS[name](guide):
            yield Anchor(key, page, title, kind, line, 2 * (kind == "index"))


def _terms(guide: Guide) -> Iterator[tuple[str, str, str]]:
    names = sorted((term.term for term in guide.terms.values()), key=str.casefold)
    for letter, _ in groupby(names, key=lambda name: name[0].upper()):
        yield "index", f"glossary-{letter.lower()}", f"Glossary: {letter}"
    for term in guide.terms.values():
        yield "term", f"term-{term.id}", term.term


def _sources(guide: Guide) -> Iterator[tuple[str, str, str]]:
    entries = guide.sources.values()
    for letter in sorted({citations.names(source)[0][0].upper() for source in entries}):
        yield "index", f"sources-{letter.lower()}", f"Sources: {letter}"
    for source in entries:
        yield "source", f"src-{source['id']}", citations.label(source)


# The drawings that are made from data: the name of each figure.
FIGURES = {
    "timeline-drawing": "timeline",
    "prerequisites": "prerequisites",
    "measured-passes": "lab-passes",
    "text-measured-places": "text-places",
    "ten-digits": "ten-digits",
}
NOT_DRAWN = ("before-", "context")  # parts of the recorded walks that are no drawings
# The tables whose rows have ids: kind, id and title of each.
ROWS: dict[str, Callable[[Guide], Iterable[tuple[str, str, str]]]] = {
    "glossary": _terms,
    "sources": _sources,
    "advantages": lambda guide: (("row", row.id, row.title) for row in guide.advantages),
    "limitations": lambda guide: (("row", row.id, row.title) for row in guide.limitations),
    "timeline": lambda guide: (("row", row.id, row.title) for row in guide.timeline),
}


def check(
    root: Path, read: list[Page], guide: Guide | None = None, today: date | None = None
) -> list[Fault]:
    """Return a fault for each id that is missing, malformed, used twice, or locked and gone.

    An id may seem gone that is merely hidden behind another fault: what is locked is compared when
    the ids are in order, and the rows of tables when the data are. `today` is the latest date on
    which something may have been removed.
    """
    faults = [fault for page in read for fault in heading_faults(page)]
    found = anchors(read, guide)
    faults += duplicates(found)
    live = {anchor.place: anchor.title for anchor in found}
    moves, more = redirects.read(root, today)
    faults += more
    if guide and not faults:
        faults += redirects.check(moves, live)
    if not faults:
        locked, more = lock.read(root)
        faults += more or lock.gone(_comparable(locked, root, read, guide), live, moves)
    return faults


def has_rows(page: Page) -> bool:
    """Return whether a page has a table whose rows have ids."""
    return any(marker["name"] in ROWS for _, marker in page.markers)


def _comparable(
    locked: dict[str, int], root: Path, read: list[Page], guide: Guide | None
) -> dict[str, int]:
    """Return the locked places on pages of which it is known what stands there."""
    known = {page.path for page in read}
    unsure = {place.partition("#")[0] for place in locked} - known
    unsure = {path for path in unsure if (root / "docs" / path).is_file()}
    if guide is None:
        unsure |= {page.path for page in read if has_rows(page)}
    return {place: line for place, line in locked.items() if place.partition("#")[0] not in unsure}


def heading_faults(page: Page) -> list[Fault]:
    """Return the faults of a page's headings: their number, their form, and their ids."""
    faults = []
    top = [heading for heading in page.headings if heading.level == 1]
    if len(top) != 1:
        first = top[1].line if len(top) > 1 else page.body_line
        faults.append(page.fault(first, f"{len(top)} headings of level 1; a page has one"))
    elif page.headings[0] is not top[0]:
        message = f"the heading '{page.headings[0].title}' stands before the one of level 1"
        faults.append(page.fault(page.headings[0].line, f"{message}; a page begins with that"))
    for heading in page.headings:
        if not heading.id:
            message = f"the heading '{heading.title}' has no id; write {{ #page-concept }}"
            faults.append(page.fault(heading.line, message))
        elif not ID.match(heading.id):
            message = f"the id '{heading.id}' is malformed; {ID_FORM}"
            faults.append(page.fault(heading.line, message))
    known = {heading.line for heading in page.headings}
    before = ""
    for number, line in page.prose:
        if number not in known:
            for pattern, remedy in STRAY if "#" in line or "<" in line else ():
                if pattern.search(line):
                    message = f"a heading that would get an id made from its words: {remedy}"
                    faults.append(page.fault(number, message))
                    break
            if before.strip() and UNDERLINE.match(line):
                faults.append(page.fault(number, SETEXT))
        before = line
    return faults


def duplicates(found: Iterable[Anchor]) -> list[Fault]:
    """Return a fault for each id that stands at two places; a table that does is one fault."""
    faults: dict[tuple[str, int, int], Fault] = {}
    seen: dict[str, Anchor] = {}
    for anchor in found:
        first = seen.setdefault(anchor.id, anchor)
        if first is not anchor:
            message = f"the id '{anchor.id}' stands already at {first.source}"
            fault = Fault(f"docs/{anchor.page}", anchor.line, "", message)
            faults.setdefault((anchor.page, anchor.line, first.line), fault)
    return list(faults.values())
