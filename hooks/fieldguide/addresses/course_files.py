"""Where the files of the course kit stand in the site, and which pages are chapters of a course."""

from __future__ import annotations

FOLDER = "kit"
WHOLE = f"{FOLDER}/genai-field-guide.imscc"
# Pages to look things up, and pages about the site.
NO_CHAPTER = ("index.md", "learn/glossary.md", "learn/sources.md", "courses/", "about/")


def cartridge(key: str) -> str:
    """Return the path of a chapter's cartridge; `key` is the id of its title."""
    return f"{FOLDER}/{key}.imscc"


def teaching_kit(key: str) -> str:
    """Return the path of a family's kit; `key` is the id of its page's title."""
    return f"{FOLDER}/{key}.zip"


def is_chapter(path: str) -> bool:
    """Return whether a page is a chapter of a course."""
    return not path.startswith(NO_CHAPTER)
