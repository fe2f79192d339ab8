"""All that is published beside the pages: a line for each export, in the order in which it is made.

`build` goes through these lists and knows no export by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fieldguide.addresses import course_files
from fieldguide.courses import scorm, section_feed
from fieldguide.files import (
    archive,
    bibliography,
    font,
    inventory,
    lab_zip,
    qr,
    short_links,
    social_card,
    theme_styles,
)
from fieldguide.html import assets, csp, parts, search_worker
from fieldguide.model import lab_staleness
from fieldguide.search import index
from fieldguide.search.words import STOP_WORDS
from fieldguide.tables import course_downloads, notes, paths

if TYPE_CHECKING:
    from fieldguide.build import Build

PATHS = "assets/javascripts/path-data.js"
# Files by path that need no page. MkDocs knows of them, so that links to them are checked.
FILES: tuple[Callable[[Build], Mapping[str, bytes]], ...] = (
    lambda build: bibliography.files(build.site.guide.sources),
    lambda build: {inventory.NAME: inventory.inventory(build.links)},
    lambda build: {
        section_feed.NAME: section_feed.feed(build.site, build.links, build.kit.rows).encode()
    },
    lambda build: build.kit.files,
    lambda build: lab_zip.files(build.site.root, build.links.edition),
    lambda build: {path: text.encode() for path, text in build.links.gone_pages().items()},
    lambda build: {PATHS: paths.script(build.site).encode()},
    lambda build: {notes.NAME: notes.script(build.site.guide).encode()},
    # Written at the end, when there is something to pack.
    lambda build: {archive.NAME: b""},
    lambda build: dict.fromkeys(course_downloads.books(build.site), b""),
    lambda build: {course_files.scorm(key): b"" for key, _, _ in build.kit.units},
    lambda build: assets.published(
        build.site.root / "docs", build.bundles | parts.bundles(build.site.guide.lab)
    ),
)

# What needs the pages, and writes into the folder of the built site.
ENDINGS: tuple[Callable[[Build, Path], object], ...] = (
    lambda build, site: font.write(site, build.glyphs, build.cache),
    lambda build, site: short_links.write(site, build.links, build.cache),
    lambda build, site: qr.write(site, build.links, build.cache),
    lambda build, site: social_card.write(site, build.site, build.links, build.cache),
    lambda build, site: index.write(site, build.site),
    lambda build, site: search_worker.write(site, STOP_WORDS),
    lambda build, site: theme_styles.write(
        site, (page.seen for page in build.rendered.values()), build.cache
    ),
    lambda build, site: csp.write(site, build.hashes),
    lambda build, site: scorm.write(site, build.links, build.kit.units, build.cache),
    lambda build, site: archive.write(site, build.links.edition, build.links.site_url),
)

# What to warn of at the end: strict mode takes each for a failure.
WARNINGS: tuple[Callable[[Build], list[str]], ...] = (
    lambda build: build.links.warnings(),
    lambda build: build.kit.warnings,
    lambda build: lab_staleness.stale(build.site.root),
    lambda build: build.unused(),
)
