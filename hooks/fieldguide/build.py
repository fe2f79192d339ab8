"""The steps of one build, in the order in which MkDocs calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from markdown import Extension

from fieldguide import check, expand, exports
from fieldguide.addresses import course_files, permalinks
from fieldguide.courses import kit
from fieldguide.editions import notebooks
from fieldguide.files import cache, theme_styles
from fieldguide.html import allowed, assets, cards, csp, figures, finished, parts, reader
from fieldguide.model.reading_time import page_facts
from fieldguide.model.site import Site
from fieldguide.search import formula_words, readable
from fieldguide.source import derivations, formulas, problems, questions, web_address
from fieldguide.source.diagnostics import Fault
from fieldguide.source.pages import Page
from fieldguide.tables import course_address, registry

# The title of a page, and the paragraph below it that says what the page is about.
HEAD = re.compile(r"^# [^\n]*\n(?:\n+[A-Za-z\[*\"][^\n]*\n(?:[^\n]+\n)*)?", re.MULTILINE)

# A piece of code that is shown from a file of the lab, whose name is told.
SHOWN_FILE = re.compile(r'^(`{3,} *\w+)\n(--8<-- "([\w/]+\.py)[:"])', re.MULTILINE)


class FaultsError(Exception):
    """The faults of data and pages, one a line."""


def start(root: Path, site_url: str, extra: dict[str, Any]) -> Build:
    """Check everything and return the build; FaultsError carries every fault."""
    site, faults = check.check(root, site_url=site_url)
    if site is None:
        raise FaultsError("\n".join(["", *map(str, faults)]))
    if site_url and (wrong := web_address.place_fault(site_url)):
        raise FaultsError(f"site_url: {wrong}")
    cache.clear(root / ".cache")
    links = permalinks.links(site, name=str(extra.get("name", "")), edition=str(extra["edition"]))
    return Build(site, extra, links)


@dataclass
class Rendered:
    """What is learned of a page while it is rendered."""

    content: str = ""
    parts: list[parts.Part] = field(default_factory=list)
    glyphs: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)


@dataclass
class Build:
    """One build: the checked site, and what is learned while pages are rendered."""

    site: Site
    extra: dict[str, Any]
    links: permalinks.Links
    rendered: dict[str, Rendered] = field(default_factory=dict)
    bundles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def kit(self) -> kit.Kit:
        """Return what a course team takes away."""
        made = notebooks.files(self.site, self.links.site_url, self.repository)
        return kit.make(self.site, self.links, self.cache, made)

    @property
    def cache(self) -> Path:
        """Return where is kept what need not be made anew by each build."""
        return self.site.root / ".cache"

    @property
    def repository(self) -> str:
        """Return the address of the repository without a slash at its end, or nothing."""
        return str(self.extra.get("repo") or "").rstrip("/")

    @property
    def glyphs(self) -> set[str]:
        """Return the characters of all formulas."""
        return set().union(*(page.glyphs for page in self.rendered.values()))

    @property
    def hashes(self) -> set[str]:
        """Return the hashes of the scripts that stand in pages."""
        return set().union(*(page.hashes for page in self.rendered.values()))

    def extensions(self) -> list[Extension]:
        """Return the Markdown extensions of our own."""
        tests = f"{self.repository}/blob/main/tests/formulas" if self.repository else ""
        return [
            formulas.extension(tests),
            questions.extension(),
            problems.extension(),
            derivations.extension(),
        ]

    def loaded(self, paths: Iterable[str]) -> list[str]:
        """Return what every page loads in the place of these styles or scripts."""
        shown, bundles = assets.joined(paths)
        self.bundles |= bundles
        return shown

    def generated(self) -> dict[str, bytes]:
        """Return the files, by path in the site, that need no page to be rendered."""
        made: dict[str, bytes] = {}
        for export in exports.FILES:
            made |= export(self)
        return made

    def hidden(self) -> set[str]:
        """Return the paths of what is published within other files only."""
        return assets.hidden(self.bundles | parts.bundles(self.site.guide.lab))

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
        text = course_address.filled(text, path, self.links.site_url, self.links.edition)
        text = expand.expand(text, path, self.site)
        text = SHOWN_FILE.sub(r'\1 title="\3"\n\2', text)
        text += self.links.notes(path)
        family = any(each.page == path for each in self.site.guide.families)
        key = self.site.pages[path].headings[0].id
        facts = page_facts(self.site, path, course_files.teaching_kit(key) if family else "")
        return HEAD.sub(lambda head: f"{head[0]}\n{facts}", text, count=1)

    def content(self, html: str, path: str) -> str:
        """Keep the rendered Markdown with its drawings; return it as the search is to read it."""
        html = expand.DRAWING.sub(lambda match: self.site.drawings[match[1]].strip(), html)
        if wrong := allowed.complaints(html):
            page = self.site.pages.get(path)
            raise FaultsError("\n".join(["", *(str(_fault(path, page, *each)) for each in wrong)]))
        html = reader.kept(figures.numbered(cards.named(html)))
        self.rendered[path] = Rendered(
            html, parts.found(html, self.site.guide.lab), formulas.characters(html)
        )
        return readable.prose(formula_words.in_html(html))

    def context(self, path: str) -> dict[str, Any]:
        """Return what the templates put into a page beside its content."""
        its_own = self.rendered[path].parts
        files = {kind: parts.loaded(its_own, kind) for kind in ("styles", "early", "scripts")}
        head = csp.marked(self.kit.heads.get(path, "") + self.links.head(path))
        links = repository_links(self.repository, path) if self.repository else {}
        return {**files, "head": head, "repository": links}

    def page(self, html: str, path: str) -> str:
        """Return a finished page; FaultsError if it is not what the guide expects."""
        page = self.rendered.setdefault(path, Rendered())  # or the one for no address
        try:
            html, page.hashes = finished.finished(html, self.links.aliases(path), page.parts)
        except finished.FinishError as error:
            raise FaultsError(f"{path}: {error}") from None
        page.seen = theme_styles.seen(html)
        return html

    def finish(self, site_dir: Path) -> list[str]:
        """Write what needs the whole site, such as font, search index and archive."""
        try:
            for ending in exports.ENDINGS:
                ending(self, site_dir)
        except theme_styles.StyleError as error:
            raise FaultsError(str(error)) from None
        return [warning for found in exports.WARNINGS for warning in found(self)]

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


def _fault(path: str, page: Page | None, written: str, message: str) -> Fault:
    """Return a fault on the first line of a page where something is written, if it is found."""
    lines = page.text.split("\n") if page else []
    line = next((number for number, text in enumerate(lines, 1) if written in text), 1)
    return Fault(f"docs/{path}", line, "", message)


def repository_links(repository: str, path: str) -> dict[str, str]:
    """Return where a page can be edited, and where an error in it can be reported."""
    return {
        "edit": f"{repository}/edit/main/docs/{path}",
        "report": f"{repository}/issues/new?{urlencode({'title': f'Error on {path}'})}",
    }
