"""The order of the pages as readers meet it, and titles and summaries as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from fieldguide.source import inline, settings
from fieldguide.source.pages import Heading, Page
from fieldguide.source.prose import prose_lines

SENTENCE = re.compile(r"(?<=[a-z0-9)\]”\"'])[.!?](?=\s+[A-Z“\"])")
NOT_PROSE = ("#", "|", "<", "!!!", "???", "///", "- ", "* ", "+ ", ">", "$$", ":   ", "    ", "1. ")
LONGEST = 240


@dataclass(frozen=True)
class Group:
    """A named part of the navigation and its pages, in order."""

    name: str
    pages: list[str]


def groups(root: Path, paths: list[str]) -> list[Group]:
    """Return the parts of the navigation; pages that it does not name come last."""
    known = set(paths)
    found = [
        Group(name, [path for path in targets if path in known]) for name, targets in _nav(root)
    ]
    named = {path for group in found for path in group.pages}
    rest = [path for path in paths if path not in named]
    return [group for group in [*found, Group("", rest)] if group.pages]


def _nav(root: Path) -> list[tuple[str, list[str]]]:
    """Return name and pages of each part of the navigation of the settings."""
    nav = settings.read(root).value.get("nav")
    return [
        (str(name), [target for _, target in settings.targets(value)])
        for entry in (nav if isinstance(nav, list) else [])
        for name, value in (entry.items() if isinstance(entry, dict) else [("", entry)])
    ]


def summary(text: str) -> str:
    """Return the first sentences of some Markdown as plain text, or nothing if it has no prose."""
    paragraph: list[str] = []
    for _, line in prose_lines(text):
        if not line.strip() or (not paragraph and line.startswith(NOT_PROSE)):
            if paragraph:
                break
            continue
        paragraph.append(line.strip())
    enough = " ".join(paragraph)[: 10 * LONGEST]  # markup takes far less than nine tenths of it
    return _cut(inline.plain(enough))


def _cut(text: str) -> str:
    """Return whole sentences of a text as far as they fit, or words if the first is too long."""
    text = re.sub(r"\s+([.,;:])", r"\1", text)
    if len(text) <= LONGEST:
        return text
    ends = [match.end() for match in SENTENCE.finditer(text) if match.end() <= LONGEST]
    return text[: ends[-1]] if ends else text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"


@dataclass(frozen=True)
class Outlined:
    """A heading with the titles above it on its page, its own text, and all text below it.

    `lines` are those of the heading and of all text below it.
    """

    heading: Heading
    title: str
    above: list[str]
    own: str
    whole: str
    lines: range


# Several exports and tables go through the parts of a page, which are kept as long as it is.
_parts: WeakKeyDictionary[Page, list[Outlined]] = WeakKeyDictionary()


def outlined(page: Page) -> list[Outlined]:
    """Return the headings of a page, each with its text; the cost grows with the text alone."""
    if page not in _parts:
        _parts[page] = _outlined(page)
    return _parts[page]


def _outlined(page: Page) -> list[Outlined]:
    lines = page.text.split("\n")
    headings = page.headings
    ends = [heading.line - 1 for heading in headings[1:]] + [len(lines)]
    titles = [inline.plain(heading.title) for heading in headings]
    found = []
    open_parts: list[int] = []
    for index, heading in enumerate(headings):
        while open_parts and headings[open_parts[-1]].level >= heading.level:
            open_parts.pop()
        last = index
        while last + 1 < len(headings) and headings[last + 1].level > heading.level:
            last += 1
        own = "\n".join(lines[heading.line : ends[index]])
        whole = "\n".join(lines[heading.line : ends[last]])
        above = [titles[number] for number in open_parts]
        inside = range(heading.line, ends[last] + 1)
        found.append(Outlined(heading, titles[index], above, own, whole, inside))
        open_parts.append(index)
    return found
