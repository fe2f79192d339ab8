"""Where the editions stand in a release, and how they are made there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fieldguide.addresses import course_files
from fieldguide.editions import chapters, epub, notebooks, pdf
from fieldguide.model.site import Site


def write(built: Path, site: Site, repository: str) -> list[str]:
    """Write the editions of a finished site into it; return their paths."""
    book = chapters.read(built)
    root = site.root
    made = {
        course_files.PDF: pdf.make(book, built, root),
        course_files.EPUB: epub.make(book, book.name, "guide", built, root),
    }
    for chapter in book.chapters:
        alone = replace(book, chapters=(chapter,))
        title = f"{chapter.title} ({book.name})"
        made[course_files.chapter_epub(chapter.id)] = epub.make(
            alone, title, chapter.id, built, root
        )
    for name, content in notebooks.files(site, book.site_url, repository).items():
        made[f"{course_files.EDITIONS}/{name}"] = content
    for path, content in made.items():
        (built / path).parent.mkdir(parents=True, exist_ok=True)
        (built / path).write_bytes(content)
    return list(made)
