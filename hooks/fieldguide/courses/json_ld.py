"""What catalogs of teaching material read: each page and its sections as JSON-LD, and OpenGraph."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from fieldguide.addresses.permalinks import Links, address
from fieldguide.courses.section_feed import LICENSE_URL
from fieldguide.files import social_card
from fieldguide.model.site import Site

DEPTH = {"intro": "Introductory", "core": "Intermediate", "deep": "Advanced"}


def heads(site: Site, links: Links, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return for each page what its <head> says of it; `rows` are the sections of the feed."""
    pages: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        pages.setdefault(str(row["page"]), []).append(row)
    return {
        path: _head(links, path, found, social_card.metas(site, links, path))
        for path, found in pages.items()
    }


def _head(links: Links, path: str, rows: list[Mapping[str, Any]], more: Mapping[str, str]) -> str:
    document = json.dumps(
        learning_resource(links, path, rows), ensure_ascii=False, separators=(",", ":")
    )
    graph = {"og:site_name": links.name}
    if links.site_url:
        graph["og:url"] = links.site_url + address(path)
    metas = "".join(
        f'<meta property="{name}" content="{escape(value)}">'
        for name, value in (graph | dict(more)).items()
    )
    if more:
        metas += '<meta name="twitter:card" content="summary_large_image">'
    script = document.replace("<", "\\u003c")
    return f'{metas}<script type="application/ld+json">{script}</script>'


def learning_resource(links: Links, path: str, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a page as a LearningResource with its sections as parts.

    Without a public address the identifiers are relative to the page, as its own links are.
    """
    page = rows[0]
    here = links.site_url + address(path) if links.site_url else posixpath.basename(address(path))
    home = links.site_url or posixpath.relpath("index.html", posixpath.dirname(path) or ".")
    kinds = ["Explanation"]
    kinds += ["Exercise"] if any(str(row["id"]).endswith("-check") for row in rows) else []
    return {
        "@context": "https://schema.org/",
        "@type": ["WebPage", "LearningResource"],
        "@id": here,
        "name": links.pages[path],
        "description": page["summary"],
        "inLanguage": "en-US",
        "educationalLevel": DEPTH[page["depth"]],
        "learningResourceType": kinds,
        "timeRequired": f"PT{page['minutes']}M",
        "teaches": page["objectives"],
        "license": LICENSE_URL,
        "version": links.edition,
        "dateModified": page["checked"],
        "isPartOf": {"@type": "WebSite", "@id": home, "name": links.name},
        "hasPart": [
            {"@type": "LearningResource", "@id": f"{here}#{row['id']}", "name": row["title"]}
            for row in rows
            if row["level"] == 2
        ],
    }
