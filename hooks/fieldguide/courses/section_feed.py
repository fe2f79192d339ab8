"""sections.json: every section with what a course needs to choose and to cite it."""

from __future__ import annotations

import json
from typing import Any

from fieldguide.addresses.permalinks import SHORT_FOLDER, Links, address
from fieldguide.model import outline, reading_time
from fieldguide.model.outline import Outlined
from fieldguide.model.site import Site
from fieldguide.source import inline
from fieldguide.source.pages import Page
from fieldguide.source.shortcodes import VALUE

NAME = "sections.json"
SCHEMA = "data/sections.schema.json"
LICENSE = "CC-BY-4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"


def rows(site: Site, site_url: str) -> list[dict[str, Any]]:
    """Return the sections of all pages, in the order of the navigation."""
    return [
        row
        for group in outline.groups(site.root, list(site.pages))
        for path in group.pages
        for row in page_rows(site, site.pages[path], group.name, site_url)
    ]


def feed(site: Site, links: Links, found: list[dict[str, Any]] | None = None) -> str:
    """Return the sections of all pages as JSON; `found` are those that `rows` has returned."""
    document = {
        "$schema": links.site_url + SCHEMA,
        "name": links.name,
        "version": links.edition,
        "site": links.site_url,
        "license": LICENSE,
        "license_url": LICENSE_URL,
    }
    head = json.dumps(document, ensure_ascii=False)[:-1]
    found = rows(site, links.site_url) if found is None else found
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in found)
    return f'{head}, "sections": [\n{lines}\n]}}\n'


def page_rows(site: Site, page: Page, group: str, site_url: str) -> list[dict[str, Any]]:
    """Return the sections of one page."""
    found = []
    parts = outline.outlined(page)
    for index, part in enumerate(parts):
        found.append(
            {
                "id": part.heading.id,
                "title": part.title,
                "level": part.heading.level,
                "url": site_url + address(page.path, part.heading.id),
                "short_url": f"{site_url}{SHORT_FOLDER}/{part.heading.id}.html",
                "page": page.path,
                "trail": [name for name in (group, *part.above) if name],
                "summary": _summary(site, page, parts, index),
                "minutes": reading_time.minutes(page, part if part.heading.level > 1 else None),
                "depth": page.meta["level"],
                "objectives": [inline.plain(aim) for aim in page.meta["objectives"]],
                "license": LICENSE,
                "checked": page.meta["checked"],
            }
        )
    return found


def _summary(site: Site, page: Page, parts: list[Outlined], index: int) -> str:
    """Return what a part is about: its first sentences, else those below it, else the page's."""
    part = parts[index]
    if part.heading.level > 1:
        for other in parts[index:]:
            if other is not part and other.heading.level <= part.heading.level:
                break
            text = VALUE.sub(lambda value: site.values.get(value["value"], ""), other.own)
            if found := outline.summary(text):
                return found
    return str(page.meta["description"])
