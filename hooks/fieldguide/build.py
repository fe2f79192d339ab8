"""The steps of one build, in the order in which MkDocs calls them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from markdown import Extension

from fieldguide import check, expand
from fieldguide.addresses import course_files, permalinks
from fieldguide.courses import kit, scorm, section_feed
from fieldguide.files import archive, bibliography, font, inventory, qr, short_links, social_card
from fieldguide.html import (
    arena_scripts,
    assets,
    csp,
    pruning,
    reader,
    repository_links,
    search_worker,
    widget_scripts,
)
from fieldguide.model import lab_staleness
from fieldguide.model.reading_time import page_facts
from fieldguide.model.site import Site
from fieldguide.search import index
from fieldguide.source import formulas, questions
from fieldguide.tables import course_address, registry

DRAWING = re.compile(r'<div data-drawing="([\w-]+)"></div>')


class FaultsError(Exception):
    """The faults of data and pages, one a line."""


def start(root: Path, site_url: str, extra: dict[str, Any]) -> Build:
    """Check everything and return the build; FaultsError carries every fault."""
    site, faults = check.check(root, site_url=site_url)
    if site is None:
        raise FaultsError("\n".join(["", *map(str, faults)]))
    links = permalinks.links(site, name=str(extra.get("name", "")), edition=str(extra["edition"]))
    return Build(site, site_url, extra, links)


def extensions() -> list[Extension]:
    """Return the Markdown extensions of our own."""
    return [formulas.extension(), questions.extension()]


@dataclass
class Build:
    """One build: the checked site, and what is learned while pages are rendered."""

    site: Site
    site_url: str
    extra: dict[str, Any]
    links: permalinks.Links
    glyphs: set[str] = field(default_factory=set)
    joined: dict[str, list[str]] = field(default_factory=dict)
    inline: set[str] = field(default_factory=set)

    @cached_property
    def kit(self) -> kit.Kit:
        """Return what a course team takes away."""
        return kit.make(self.site, self.links, self.site.root / ".cache")

    def generated(self) -> dict[str, bytes]:
        """Return the files, by path in the site, that are made from data alone."""
        return {
            "learn/sources.bib": bibliography.bibtex(self.site.guide.sources).encode(),
            "learn/sources.json": bibliography.csl_json(self.site.guide.sources).encode(),
            inventory.NAME: inventory.inventory(self.links),
            section_feed.NAME: section_feed.feed(self.site, self.links, self.kit.rows).encode(),
            **self.kit.files,
            **{path: text.encode() for path, text in self.links.gone_pages().items()},
            # Written by finish(), when there is something to pack.
            archive.NAME: b"",
            **{course_files.scorm(key): b"" for key, _, _ in self.kit.units},
        }

    def source(self, path: str) -> str | None:
        """Return the Markdown of a page, or None for one that the build itself has made.

        It begins with an empty line, lest MkDocs take its first lines for another front matter.
        """
        page = self.site.pages.get(path)
        return f"\n{page.body}" if page else None

    def meta(self, path: str) -> dict[str, Any]:
        """Return the checked front matter of a page."""
        page = self.site.pages.get(path)
        return page.meta if page else {}

    def markdown(self, text: str, path: str) -> str:
        """Return the Markdown of a page with its short forms expanded."""
        if path not in self.site.pages:  # a page of notes in the place of a deleted one
            return text
        text = course_address.filled(text, path, self.site_url, self.links.edition)
        text = expand.expand(text, path, self.site)
        text += self.links.notes(path)
        return re.sub(
            r"^(# [^\n]*\n)", lambda h1: h1[1] + page_facts(self.site, path), text, count=1
        )

    def content(self, html: str) -> str:
        """Return the rendered Markdown with its drawings."""
        html = DRAWING.sub(lambda match: self.site.drawings[match[1]].strip(), html)
        self.glyphs |= formulas.characters(html)
        return reader.kept(html)

    def page(self, html: str, path: str) -> str:
        """Return a finished page, with script, style and font where its parts need them."""
        html, joined = assets.join(pruning.without_toc(html))
        self.joined |= joined
        if "<math" in html:
            base = posixpath.relpath(".", posixpath.dirname(path) or ".")
            link = f'<link rel="stylesheet" href="{base}/{font.STYLESHEET}">'
            html = html.replace("</head>", f"{link}</head>", 1)
        html = assets.load(html, posixpath.relpath(".", posixpath.dirname(path) or "."))
        html = widget_scripts.load(html, posixpath.relpath(".", posixpath.dirname(path) or "."))
        html = arena_scripts.load(html, posixpath.relpath(".", posixpath.dirname(path) or "."))
        html = pruning.deferred(self.links.page(self.kit.page(html, path), path))
        html = repository_links.linked(html, path, str(self.extra.get("repo") or "").rstrip("/"))
        inline = csp.hashes(html)
        self.inline |= inline
        return csp.with_policy(html, inline)

    def finish(self, site_dir: Path) -> list[str]:
        """Write font, search index and archive, drop the theme's ballast; return warnings."""
        pruning.prune(site_dir, keep_sitemap=bool(self.site_url))
        assets.lighten(site_dir)
        assets.write_joined(site_dir, self.joined)
        widget_scripts.bundle(site_dir)
        arena_scripts.bundle(site_dir)
        font.write(site_dir, self.glyphs, self.site.root / ".cache")
        short_links.write(site_dir, self.links, self.site.root / ".cache")
        qr.write(site_dir, self.links, self.site.root / ".cache")
        social_card.write(site_dir, self.site, self.links, self.site.root / ".cache")
        index.write(site_dir, self.site)
        search_worker.write(site_dir)
        csp.write(site_dir, self.inline)
        scorm.write(site_dir, self.links, self.kit.units, self.site.root / ".cache")
        archive.write(site_dir, str(self.extra["edition"]), self.site_url)
        return (
            self.links.warnings()
            + self.kit.warnings
            + lab_staleness.stale(self.site.root)
            + self.unused()
        )

    def unused(self) -> list[str]:
        """Return a warning for each table on no page, each drawing and each source not in use."""
        markers = [match for page in self.site.pages.values() for _, match in page.markers]
        asked = {match["name"] for match in markers}
        drawn = {match["argument"].partition("|")[0].strip() for match in markers}
        warnings = [
            f"table '{name}' is on no page" for name in registry.REGISTRY if name not in asked
        ]
        warnings += [
            f"docs/assets/diagrams/{name}.svg is on no page"
            for name in self.site.drawings
            if name not in drawn and not name.startswith(("glyph-", "made-"))
        ]
        warnings += [
            f"docs/data/sources.yml: source '{key}' is cited nowhere"
            for key in self.site.guide.sources
            if key not in self.site.citing
        ]
        return warnings
