"""A deck of a chapter as `.pptx`, written by python-pptx; its bytes depend on the edition alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from selectolax.lexbor import LexborNode

from fieldguide.decks import items, pages, pictures, runs
from fieldguide.decks.kinds import Picture
from fieldguide.decks.pages import Slide
from fieldguide.decks.runs import Run, UnheldError
from fieldguide.editions.chapters import Book, Chapter
from fieldguide.files import deterministic_zip
from fieldguide.html import finished
from fieldguide.source.pages import Page

NEEDED = "slides need python-pptx: python -m pip install '.[slides]'"


class DeckError(Exception):
    """There is no deck, for a reason that can be told in a line."""


@dataclass(frozen=True)
class Section:
    """A heading by its id, and what stands below it up to the next one."""

    id: str
    title: list[Run]
    nodes: list[LexborNode]


def make(chapter: Chapter, book: Book, page: Page, root: Path, cache: Path) -> bytes:
    """Return the deck of a chapter; DeckError names the line of what no slide can hold."""
    try:
        from fieldguide.decks import powerpoint
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "pptx":
            raise
        raise DeckError(NEEDED) from None
    drawn = Drawn(root, cache)
    deck = powerpoint.Deck(chapter.title, book.name, book.edition)
    for at, section in enumerate(sections(chapter)):
        try:
            held = [item for node in section.nodes for item in items.of(node)]
            divided = pages.paged(held, drawn.size) or [Slide()]
        except UnheldError as error:
            line = next((each.line for each in page.headings if each.id == section.id), 1)
            raise DeckError(f"docs/{page.path}:{line}: {error} (section {section.id})") from None
        where = f"{book.site_url}{chapter.path}#{section.id}" if book.site_url else ""
        for number, slide in enumerate(divided):
            notes = told(slide, divided[:number], section, where, book)
            more = f" ({number + 1} of {len(divided)})" if len(divided) > 1 else ""
            deck.add(section.title, more, slide, notes, drawn.png, first=not at and not number)
    return repacked(deck.saved(), book.edition)


def sections(chapter: Chapter) -> Iterator[Section]:
    """Yield the parts of a chapter: what stands below its title, then each of its sections."""
    title = finished.only(chapter.text, "h1")
    key, words = chapter.id, runs.of(title)
    nodes: list[LexborNode] = []
    for node in finished.only(chapter.text, "body").iter(include_text=True):
        if node.tag == "h2":
            yield Section(key, words, nodes)
            key, words, nodes = str(node.attrs.get("id") or ""), runs.of(node), []
        elif node.tag != "h1":
            nodes.append(node)
    yield Section(key, words, nodes)


def told(slide: Slide, before: list[Slide], section: Section, where: str, book: Book) -> str:
    """Return the notes of a slide: its text in full, and the sources that stand in it."""
    said = {id(box.item) for each in before for box in each.boxes}
    notes = list(dict.fromkeys(box.item.notes for box in slide.boxes if id(box.item) not in said))
    cited = {
        runs.plain(runs.of(link))
        for node in section.nodes
        if node.tag not in ("-text", "_comment")
        for link in node.css("a.cite")
    }
    if cited and not before:
        notes.append(f"Sources of this section: {'; '.join(sorted(cited))}.")
    notes.append(f"{book.name}, version {book.edition}, CC BY 4.0. {where}".strip())
    return "\n\n".join(filter(None, notes))


class Drawn:
    """The pictures of a deck, each drawn once."""

    def __init__(self, root: Path, cache: Path) -> None:
        self._root, self._cache = root, cache
        self._known: dict[int, tuple[Picture, bytes]] = {}

    def png(self, item: Picture) -> bytes:
        """Return a picture as PNG."""
        if id(item) not in self._known:
            content = (
                pictures.formula(item.node, self._cache)
                if item.formula
                else pictures.drawing(item.node, self._root, self._cache)
            )
            self._known[id(item)] = item, content  # kept, so that its id stays its own
        return self._known[id(item)][1]

    def size(self, item: Picture) -> tuple[float, float]:
        """Return the width and height of a picture in points."""
        width, height = pictures.pixels(self.png(item))
        scale = 1 / pictures.SHARP if item.formula else 0.5
        return width * scale, height * scale


def repacked(content: bytes, edition: str) -> bytes:
    """Return a package with the day of the edition for the time of writing."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        entries = {name: package.read(name) for name in package.namelist()}
    return deterministic_zip.packed(entries, edition)
