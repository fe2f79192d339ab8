"""Where the files of the course kit stand in the site, and which pages are chapters of a course."""

from __future__ import annotations

import os

FOLDER = "kit"
WHOLE = f"{FOLDER}/genai-field-guide.imscc"
WHOLE_LINKS = f"{FOLDER}/genai-field-guide-links.imscc"
MOODLE = f"{FOLDER}/genai-field-guide.moodle.xml"
EDX = f"{FOLDER}/genai-field-guide.edx.tar.gz"
GIFT = f"{FOLDER}/questions.gift.txt"
CSV = f"{FOLDER}/questions.csv"
PROBLEMS = f"{FOLDER}/problem-sheets.zip"
EDITIONS = "editions"  # books of the guide, in a release that was asked for them
EPUB = f"{EDITIONS}/genai-field-guide.epub"
PDF = f"{EDITIONS}/genai-field-guide.pdf"
LANGUAGE = "language"  # the notebook of the language lab
LAB = "lab.zip"  # every file of the lab, so that each of them runs
ASKED = "FIELDGUIDE_EDITIONS"  # set where they will be put into the site after the build
# Pages to look things up, and pages about the site.
NO_CHAPTER = ("index.md", "learn/glossary.md", "learn/sources.md", "courses/", "about/")


def cartridge(key: str) -> str:
    """Return the path of a chapter's cartridge; `key` is the id of its title."""
    return f"{FOLDER}/{key}.imscc"


def link_cartridge(key: str) -> str:
    """Return the path of a chapter's cartridge of links alone."""
    return f"{FOLDER}/{key}-links.imscc"


def moodle(key: str) -> str:
    """Return the path of a chapter's question bank for Moodle."""
    return f"{FOLDER}/{key}.moodle.xml"


def scorm(key: str) -> str:
    """Return the path of a chapter's SCORM package."""
    return f"{FOLDER}/{key}.scorm.zip"


def teaching_kit(key: str) -> str:
    """Return the path of a family's kit; `key` is the id of its page's title."""
    return f"{FOLDER}/{key}.zip"


def is_for_class(path: str) -> bool:
    """Return whether a file is a family's kit, or the sheets of problems."""
    return path.startswith(f"{FOLDER}/") and path.endswith(".zip") and ".scorm." not in path


def chapter_epub(key: str) -> str:
    """Return the path of a chapter as a book; `key` is the id of its title."""
    return f"{EDITIONS}/{key}.epub"


def deck(key: str) -> str:
    """Return the path of the slides of a page; `key` is the id of its title."""
    return f"{EDITIONS}/{key}.pptx"


def notebook(key: str) -> str:
    """Return the path of a notebook; `key` is the id of a family, or `LANGUAGE`."""
    return f"{EDITIONS}/{key}.ipynb"


def with_editions() -> bool:
    """Return whether this build is for a release with editions."""
    return bool(os.environ.get(ASKED))


def is_chapter(path: str) -> bool:
    """Return whether a page is a chapter of a course."""
    return not path.startswith(NO_CHAPTER)
