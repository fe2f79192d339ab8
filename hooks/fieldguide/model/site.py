"""Everything that was read and checked, in one value that the rest of the generator works from."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from fieldguide.model.records import Guide, OtherWords, ReadingPath
from fieldguide.source.pages import Page

SOURCES_PAGE = "learn/sources.md"
GLOSSARY_PAGE = "learn/glossary.md"


@dataclass(frozen=True)
class Place:
    """A section of a page: where a citation stands, or where an id leads."""

    page: str
    id: str
    title: str

    @property
    def target(self) -> str:
        """Return `page.md#id`, from docs/."""
        return f"{self.page}#{self.id}"


@dataclass(frozen=True)
class Site:
    """The checked input of a build."""

    root: Path
    guide: Guide
    pages: dict[str, Page]
    values: dict[str, str]
    drawings: dict[str, str]
    paths: dict[str, ReadingPath] = field(default_factory=dict)
    other_words: OtherWords = field(default_factory=OtherWords)
    citing: dict[str, list[Place]] = field(default_factory=dict)
    site_url: str = ""
    rendered: dict[tuple[str, str, str], str] = field(default_factory=dict)  # by page and marker


@cache  # a build asks for few of these, and for each of them very often
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder)


@dataclass(frozen=True)
class Context:
    """What a table may use: the site, and the page that it is rendered for."""

    site: Site
    page: str

    @property
    def guide(self) -> Guide:
        """Return the data of the tables."""
        return self.site.guide

    def link(self, target: str) -> str:
        """Return `page.md#id`, which starts from docs/, as a link relative to the page."""
        path, mark, section = target.partition("#")
        return _relative(path, posixpath.dirname(self.page) or ".") + mark + section

    def more(self, target: str) -> str:
        """Return a Markdown link to a section that says where it leads."""
        path, _, section = target.partition("#")
        page = self.site.pages[path]
        # The pages of the families share their headings: only with the family do they say which.
        family = next((f"{row.short}: " for row in self.guide.families if row.page == path), "")
        named = (family + heading.title for heading in page.headings if heading.id == section)
        title = next(named, str(page.meta["title"]))
        return f"[More: {title}]({self.link(target)})"


def with_citations(site: Site, citing: dict[str, list[Place]]) -> Site:
    """Return the site with the sections that cite each source."""
    return replace(site, citing=citing)
