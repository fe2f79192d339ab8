"""Where the editions stand in a release, and how they are made there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fieldguide.addresses import course_files
from fieldguide.editions import chapters, epub, pdf


def write(site: Path, root: Path) -> list[str]:
    """Write the editions of a finished site into it; return their paths."""
    book = chapters.read(site)
    made = {
        course_files.PDF: pdf.make(book, site, root),
        course_files.EPUB: epub.make(book, book.name, "guide", site, root),
    }
    for chapter in book.chapters:
        alone = replace(book, chapters=(chapter,))
        title = f"{chapter.title} ({book.name})"
        made[course_files.chapter_epub(chapter.id)] = epub.make(
            alone, title, chapter.id, site, root
        )
    for path, content in made.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    return list(made)
