"""The decks of a finished site, by the names of their files."""

from __future__ import annotations

from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

from fieldguide.decks import deck
from fieldguide.editions import chapters
from fieldguide.model.site import Site


def missing() -> str:
    """Return what is needed and not there, as one line, or nothing."""
    return "" if find_spec("pptx") else deck.NEEDED


def files(built: Path, site: Site, only: Collection[str] = ()) -> dict[str, bytes]:
    """Return the deck of each chapter, or of those whose ids are in `only`, by its file's name."""
    if lacking := missing():
        raise deck.DeckError(lacking)
    book = chapters.read(built)
    return {
        f"{chapter.id}.pptx": deck.make(
            chapter,
            book,
            site.pages[chapter.path.removesuffix(".html") + ".md"],
            site.root,
            site.root / ".cache",
        )
        for chapter in book.chapters
        if not only or chapter.id in only
    }
