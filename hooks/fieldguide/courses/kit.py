"""What a course team takes away, made of the checked site before any page is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fieldguide.addresses.permalinks import Links
from fieldguide.courses import (
    cartridge,
    citations,
    json_ld,
    picker_data,
    qti,
    section_feed,
    teaching_kit,
)
from fieldguide.courses.picker_data import Rows
from fieldguide.model.site import Site


@dataclass(frozen=True)
class Kit:
    """The files by path, what the <head> of each page says, the sections, and warnings."""

    rows: Rows
    files: dict[str, bytes]
    heads: dict[str, str]
    warnings: list[str]

    def page(self, html: str, path: str) -> str:
        """Return a page with what catalogs read in its head."""
        return html.replace("</head>", f"{self.heads.get(path, '')}</head>", 1)


def make(site: Site, links: Links, cache: Path) -> Kit:
    """Return the kit of a site; drawings that were made before are kept under `cache`."""
    rows = section_feed.rows(site, links.site_url)
    asked: dict[str, list[qti.Exported]] = {}
    warnings: list[str] = []
    for path in dict.fromkeys(row["page"] for row in rows):
        asked[path], reasons = qti.exported(site, site.pages[path])
        warnings += reasons
    cited = citations.cited(links, rows)
    texts = {
        citations.BIBTEX: citations.bibtex(links, cited),
        citations.CSL: citations.csl_json(links, cited),
        **picker_data.scripts(site, links, rows, asked),
    }
    files = {
        **{path: text.encode() for path, text in texts.items()},
        **cartridge.files(cartridge.chapters(site, rows, asked), links),
        **teaching_kit.files(site, links, cache),
    }
    return Kit(rows, files, json_ld.heads(site, links, rows), warnings)
