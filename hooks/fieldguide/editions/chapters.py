"""The chapters of a book: the text of each page without what only a browser can do."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fieldguide.courses import section_feed
from fieldguide.editions import xhtml
from fieldguide.html import finished

TEXT = "article.md-content__inner"
# What is for a browser alone, and what is there for the looks.
NOT_READ = (
    ".headerlink, script, style, button, progress, input, select, [hidden], svg.glyph, "
    ".watch-still, .present-in, .kit-in, .comparison-tools, .path-tools, .path-status, .picker, "
    ".md-tags"
)
LIVE = ("guide-lab", "guide-watch", "guide-text", "guide-arena")
ELEMENT = re.compile(r"guide-[a-z]+")
DROPPED = re.compile(r"data-|on|focusable$|tabindex$|hidden$")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
LEFT_OUT = ("courses/",)  # of use beside the site alone


@dataclass(frozen=True)
class Section:
    """A heading of a chapter by its permanent id."""

    id: str
    title: str


@dataclass(frozen=True)
class Chapter:
    """A page: its path in the site, its title's id, its sections, and its cleaned text."""

    path: str
    id: str
    title: str
    sections: tuple[Section, ...]
    text: LexborHTMLParser

    @property
    def file(self) -> str:
        """The name of its file in a book."""
        return self.path.replace("/", "-").removesuffix(".html") + ".xhtml"


@dataclass(frozen=True)
class Book:
    """The chapters of the guide, with what stands on a title page."""

    name: str
    edition: str
    site_url: str
    chapters: tuple[Chapter, ...]


def read(site: Path) -> Book:
    """Read the pages of a finished site in their order, and clean them."""
    feed = json.loads((site / section_feed.NAME).read_text(encoding="utf-8"))
    pages: dict[str, list[Section]] = {}
    for row in feed["sections"]:
        if row["level"] <= 2 and not row["page"].startswith(LEFT_OUT):
            path = row["page"].removesuffix(".md") + ".html"
            pages.setdefault(path, []).append(Section(row["id"], row["title"]))
    address = str(feed.get("site") or "")
    chapters = tuple(
        Chapter(path, first.id, first.title, tuple(rest), cleaned(site, path, address))
        for path, (first, *rest) in pages.items()
    )
    return Book(str(feed["name"]), str(feed["version"]), address, chapters)


def cleaned(site: Path, path: str, site_url: str) -> LexborHTMLParser:
    """Return the text of a page as a tree of its own."""
    page = LexborHTMLParser((site / path).read_text(encoding="utf-8"))
    tree = LexborHTMLParser(f"<body>{finished.only(page, TEXT).inner_html}</body>")
    for each in tree.css(", ".join(LIVE)):
        each.insert_after(_told(tree, path, site_url))
    for each in tree.css(NOT_READ):
        each.decompose()
    body = finished.only(tree, "body")
    for each in body.css("*"):
        if ELEMENT.fullmatch(each.tag or ""):
            _renamed(tree, each)
    for each in body.css("*"):
        for name in list(each.attrs):
            if DROPPED.match(name):
                del each.attrs[name]
    return tree


def _told(tree: LexborHTMLParser, path: str, site_url: str) -> LexborNode:
    """Return the line that stands for a live model."""
    line = finished.node(tree, "p", {"class": "live"})
    words = "A live model stands here on the website"
    if site_url:
        line.inner_html = f'{words}: <a href="{site_url}{path}">{site_url}{path}</a>.'
    else:
        line.inner_html = f"{words}, on {path}."
    return line


def _renamed(tree: LexborHTMLParser, element: LexborNode) -> None:
    """Put a plain block into the place of an element of our own, or nothing if it is empty."""
    if not element.css_first("*"):
        element.decompose()
        return
    kept = {name: str(element.attrs[name]) for name in ("id", "class") if element.attrs.get(name)}
    block = finished.node(tree, "div", kept)
    block.inner_html = element.inner_html or ""
    element.replace_with(block)


def linked(chapter: Chapter, book: Book, place: Callable[[Chapter, str], str]) -> str:
    """Return the text of a chapter as XHTML, each link leading to a place that exists.

    `place` gives the address of an id in a chapter of the book; what is not in the book leads to
    the site, or nowhere if the site has no address.
    """
    known = {each.path: each for each in book.chapters}
    body = finished.only(LexborHTMLParser(chapter.text.html or ""), "body")
    for link in body.css("a[href]"):
        href = str(link.attrs["href"])
        if ADDRESS.match(href):
            continue
        target, _, anchor = href.partition("#")
        target = target.partition("?")[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(chapter.path), target))
        other = known.get(path) if target else chapter
        if other:
            link.attrs["href"] = place(other, anchor)
        elif book.site_url:
            link.attrs["href"] = f"{book.site_url}{path}" + (f"#{anchor}" if anchor else "")
        else:
            link.unwrap()
    return "".join(xhtml.written(child) for child in body.iter(include_text=True))


def ids(text: LexborHTMLParser) -> Sequence[str]:
    """Return the ids in a text."""
    return [str(each.attrs["id"]) for each in text.css("[id]")]
